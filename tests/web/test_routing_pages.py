"""The routing matrix at the division's desk."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database
from town import OPENED

from survey_app.routing_start import start
from survey_app.store.audit import Who
from survey_app.store.divisions import Division, add, end, listed
from survey_app.store.routing import LEAD, routing_rules
from survey_app.store.routing_cells import Cell, rules_of

MATRIX, CELL = "/divisions/routing/", "/divisions/routing/cell"
WHO = Who(None, "県庁 太郎", OPENED)
Open = Callable[..., Any]


@pytest.fixture
def divisions(database: Database) -> dict[str, int]:
    for name in ("市町村行政課", "税務課", "人事課"):
        add(database, Division(0, "総務部", name, date(2026, 4, 1)), WHO)
    return {one.name: one.id for one in listed(database)}


@pytest.fixture
def division(divisions: dict[str, int], browser: Open) -> Any:
    return browser("division")


def seen(page: str) -> str:
    return re.search(r'name="seen" value="([^"]+)"', page).group(1)


def inside(page: str, about: str) -> str:
    """What stands in a cell of the matrix."""
    cells = re.findall(r'<a class="route-cell[^"]*" href="[^"]*">(.*?)</a>', page, re.DOTALL)
    return next(one for one in cells if f"（{about}）" in one)


def test_every_field_and_form_has_its_cell(division: Any) -> None:
    page = division.get(MATRIX)
    for label in ("人事交流の拡大", "税の滞納整理", "その他", "説明会等実施", "併任徴収"):
        assert label in page
    assert page.count('class="route-cell') == 6 * 10
    assert "主担当なし" in inside(page, "税の滞納整理")
    assert "既定" in inside(page, "税の滞納整理・併任徴収")


def test_the_list_that_comes_with_the_product_is_taken_over_once(division: Any, database: Database) -> None:
    page = division.get(MATRIX)
    assert "備え付けの振り分けの案（" in page
    assert "総務部 文書法務課" in page, "what is not registered is told"
    division.post(f"{MATRIX}start")
    assert start(database).rules == ()
    page = division.get(MATRIX)
    assert "税務課" in inside(page, "税の滞納整理")
    assert "人事課" in inside(page, "人事交流の拡大")
    assert "主担当なし" in inside(page, "政策法務支援")
    rules = len(routing_rules(database))
    division.post(f"{MATRIX}start")
    assert len(routing_rules(database)) == rules


def test_a_lead_changes_in_april(division: Any, database: Database, divisions: dict[str, int]) -> None:
    page = division.get(f"{CELL}?field=TAX")
    sent = {"field": "TAX", "form": "", "division": divisions["税務課"], "since": "", "seen": seen(page)}
    division.post(f"{MATRIX}lead", sent)
    page = division.get(f"{CELL}?field=TAX")
    assert "総務部 税務課" in page
    april = {**sent, "division": divisions["市町村行政課"], "since": "Ｒ９．４．１", "seen": seen(page)}
    division.post(f"{MATRIX}lead", april)
    old, new = rules_of(database, Cell("TAX"))
    assert (old.until, new.since) == (date(2027, 3, 31), date(2027, 4, 1))
    assert "変わる予定あり" in inside(division.get(MATRIX), "税の滞納整理")
    assert "市町村行政課" in inside(division.get(f"{MATRIX}?on=R9.4.1"), "税の滞納整理")
    assert "税務課" in inside(division.get(f"{MATRIX}?on=R9.3.31"), "税の滞納整理")
    assert "日付を「R8.4.1」" in division.get(f"{MATRIX}?on=いつか")


def test_supports_of_a_cell_are_added_and_end(division: Any, database: Database, divisions: dict[str, int]) -> None:
    here = {"field": "TAX", "form": "JOINT"}
    page = division.get(f"{CELL}?field=TAX&form=JOINT")
    sent = {**here, "division": divisions["人事課"], "since": "R8.12.1"}
    division.post(f"{MATRIX}support", {**sent, "seen": seen(page)})
    again = {**sent, "since": "R8.12.2", "seen": seen(division.get(f"{CELL}?field=TAX&form=JOINT"))}
    assert "期間が重なります" in division.post(f"{MATRIX}support", again, 422)
    (rule,) = rules_of(database, Cell("TAX", "JOINT"))
    address = f"{MATRIX}rules/{rule.id}/end"
    assert "始めの日" in division.post(address, {**here, "until": "R8.11.1"}, 422)
    assert "最後の日を入力してください" in division.post(address, {**here, "until": ""}, 422)
    page = division.post(address, {**here, "until": "あした"}, 422)
    assert 'value="あした"' in page, "what was typed stays"
    division.post(address, {**here, "until": "R9.3.31"})
    assert rules_of(database, Cell("TAX", "JOINT"))[0].until == date(2027, 3, 31)
    division.post(address, {**here, "never": "1"})
    division.post(address, {**here, "now": "1"})
    assert rules_of(database, Cell("TAX", "JOINT")) == (), "it never began"
    division.post(address, {"field": "HR", "form": "", "now": "1"}, 404)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"division": ""}, "課を選んでください"),
        ({"division": "999"}, "課を選んでください"),
        ({"since": "いつか"}, "日付を「R8.4.1」"),
        ({"since": "R8.3.31"}, "にはない課です"),
    ],
)
def test_faults_stay_beside_what_was_typed(
    division: Any, database: Database, divisions: dict[str, int], changed: dict[str, str], said: str
) -> None:
    page = division.get(f"{CELL}?field=TAX")
    sent = {"field": "TAX", "form": "", "division": divisions["税務課"], "since": "R8.12.1", "seen": seen(page)}
    page = division.post(f"{MATRIX}lead", {**sent, **changed}, 422)
    assert said in page
    assert f'value="{changed.get("since", "R8.12.1")}"' in page
    assert routing_rules(database) == ()


def test_two_at_one_cell(division: Any, database: Database, divisions: dict[str, int]) -> None:
    old = seen(division.get(f"{CELL}?field=TAX"))
    sent = {"field": "TAX", "form": "", "since": "", "seen": old}
    division.post(f"{MATRIX}lead", {**sent, "division": divisions["税務課"]})
    page = division.post(f"{MATRIX}lead", {**sent, "division": divisions["人事課"]}, 409)
    assert "ほかの方がこの欄を変えました" in page
    assert [one.division for one in rules_of(database, Cell("TAX"))] == [divisions["税務課"]]
    division.post(f"{MATRIX}lead", {**sent, "division": divisions["人事課"], "seen": seen(page)})
    assert [one.division for one in rules_of(database, Cell("TAX")) if one.part == LEAD] == [divisions["人事課"]]


def test_a_division_that_is_no_more_is_told(division: Any, database: Database, divisions: dict[str, int]) -> None:
    division.post(f"{MATRIX}start")
    end(database, divisions["税務課"], OPENED.date().replace(day=1), WHO)
    assert "廃止" in inside(division.get(MATRIX), "税の滞納整理")


def test_unknown_cells_are_no_pages(division: Any) -> None:
    for address in (f"{CELL}?field=", f"{CELL}?field=NOPE", f"{CELL}?field=TAX&form=NOPE"):
        division.get(address, 404)
    division.get(CELL, 303)
    division.post(f"{MATRIX}lead", {"field": "NOPE", "division": "1"}, 404)
