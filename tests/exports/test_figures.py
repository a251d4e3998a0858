"""Every figure of the book: as pandas reckons it from the replies, and as LibreOffice reckons it from the book."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from a_cut import Given, cut, sample_cut
from office import disagreements
from town import needs

from exports.compiled import write_compiled
from exports.cut import Cut
from questions.kinds.base import Kind
from questions.life import State
from questions.reading import catalogue

Books = Callable[[str], tuple[Cut, Path]]


def mixed_codes() -> Cut:
    """Codes that COUNTIFS mixes up, typed marks, every state."""
    codes = ["a", "A", "1", "01", "1e0", "a", None, "A"]
    states = [State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.DRAFT]
    towns = ("072010", "072028", "072036", "073083", "073644", "074446", "075019", "075655")
    given = {}
    for place, (town, code) in enumerate(zip(towns, codes, strict=True)):
        rows = [{"D1": "TAX", "D2": code, "D3": "－", "D5": place}, {"D1": "HR", "D2": "a"}, {"D2": "A"}]
        values = {"B1": "1", "N1": place, "N10": code, "N11": "該当なし" if place % 2 else None, "N8": ("HR",)}
        given[town] = Given(values, {"D": rows[: place % 4]}, states[place % 4])
    given["075825"] = Given({"B1": "0", "B2": "other", "B3": "－"})
    return cut(given, others={"072044": State.NOT_STARTED, "072052": State.DRAFT, "072079": State.AWAITING_APPROVAL})


MADE = {
    **{name: lambda name=name: sample_cut(name, 52) for name in catalogue()},
    "mixed codes": mixed_codes,
    "one reply": lambda: cut({"072010": Given({"B1": "0"})}),
    "no reply": lambda: cut({}, others={"072010": State.NOT_STARTED}),
    "no target": lambda: cut({}),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Workbooks by what they are made from, each written once."""
    folder = tmp_path_factory.mktemp("books")
    kept: dict[str, tuple[Cut, Path]] = {}

    def book(name: str) -> tuple[Cut, Path]:
        if name not in kept:
            made = MADE[name]()
            write_compiled(made, folder / f"{name}.xlsx")
            kept[name] = made, folder / f"{name}.xlsx"
        return kept[name]

    return book


@pytest.mark.libreoffice
@needs("soffice")
@pytest.mark.parametrize("name", MADE)
def test_every_value_is_what_libreoffice_reckons(name: str, books: Books, tmp_path: Path) -> None:
    _, path = books(name)
    found, wrong = disagreements(path, tmp_path)
    assert wrong == []
    assert found > 50


@pytest.mark.parametrize("name", MADE)
def test_the_proof_holds(name: str, books: Books) -> None:
    proof = openpyxl.load_workbook(books(name)[1], data_only=True)["検算"]
    assert proof["C3"].value == "○"
    lines = [row for row in proof.iter_rows(min_row=12, values_only=True) if row[0]]
    assert len(lines) > 10
    assert [row for row in lines if row[6] != "○" or row[4] != row[5]] == []


@pytest.mark.libreoffice
@needs("soffice")
def test_the_proof_tells_what_does_not_agree(tmp_path: Path) -> None:
    whole = sample_cut("grant_small", 9)
    handed = {one.municipality for one in whole.submissions}
    lost = next(target for target in whole.targets if target.municipality in handed)
    broken = replace(whole, targets=[target for target in whole.targets if target is not lost])
    write_compiled(broken, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)
    assert book["検算"]["C3"].value == "×"
    wrong = [row[1] for row in book["検算"].iter_rows(min_row=12, values_only=True) if row[6] == "×"]
    assert "提出のある団体は、全てデータにある" in wrong
    assert "×" in [cell.value for row in book["表紙"].iter_rows() for cell in row]
    assert disagreements(tmp_path / "x.xlsx", tmp_path)[1] == []


def _summary(path: Path) -> dict[tuple[str, str | None], tuple[Any, ...]]:
    """The lines of 集計 by question and code (None: the question itself, "": those who did not answer)."""
    found: dict[tuple[str, str | None], tuple[Any, ...]] = {}
    question = ""
    for *row, code in openpyxl.load_workbook(path, data_only=True)["集計"].iter_rows(min_row=4, values_only=True):
        if row[0] and row[2] is not None:
            question = row[0]
            found[question, None] = tuple(row[2:])
        elif row[1] and row[7] is not None:
            found[question, code or ""] = tuple(row[2:])
    return found


def _said(made: Cut, question: str) -> "pd.Series[Any]":
    """Every answer to a question where it was asked, None where it was not answered."""
    places = [
        (one.contents, row)
        for one in made.submissions
        for row in ("", *(row for rows in one.contents.rows.values() for row in rows))
        if one.contents.asked(question, row)
    ]
    return pd.Series([contents.value(question, row) for contents, row in places], dtype="object")


@pytest.mark.parametrize("name", [*catalogue(), "mixed codes"])
def test_the_summary_is_what_pandas_reckons(name: str, books: Books) -> None:
    made, path = books(name)
    told = _summary(path)
    for question in made.questionnaire.questions.values():
        said = _said(made, question.name)
        answered = said.dropna()
        asked, count, blank, *_ = told[question.name, None]
        assert (asked, count, blank) == (len(said), len(answered), len(said) - len(answered)), question.name
        kind: Kind[Any] = question.kind
        if kind.summary == "numbers":
            numbers = answered.map(float)
            whole = told[question.name, None]
            assert whole[5] == len(numbers)
            assert whole[7] == pytest.approx(numbers.sum())
            reckoned = ["…"] * 4
            if len(numbers):
                reckoned = [numbers.mean(), numbers.median(), numbers.min(), numbers.max()]
            assert list(whole[8:12]) == pytest.approx(reckoned)
        if kind.summary == "choices":
            chosen = answered.map(lambda value: value if isinstance(value, tuple) else (value,)).explode()
            for option in kind.options(None):  # type: ignore[arg-type]
                number = int((chosen == option.code).sum())
                *_, found, share = told[question.name, option.code][:7]
                assert found == number, (question.name, option.code)
                assert share == (pytest.approx(number / len(said)) if len(said) else "…")


def test_the_states_of_all_targets_are_told(books: Books) -> None:
    made, path = books("support_needs")
    opened = openpyxl.load_workbook(path, data_only=True)
    rows = list(opened["提出状況一覧"].iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [target.municipality for target in made.targets]
    total = next(row for row in opened["提出状況"].iter_rows(values_only=True) if row[0] == "計")
    states = pd.Series([target.state for target in made.targets]).value_counts()
    order = ("accepted", "submitted", "returned", "awaiting_approval", "draft", "not_started")
    assert total[1:8] == (59, *(states.get(State(state), 0) for state in order))
    assert total[8:10] == (52, 52 / 59)
    late = [t for t in made.targets if t.state in (State.NOT_STARTED, State.DRAFT, State.AWAITING_APPROVAL)]
    assert total[11] == len(late)


def test_the_needs_are_counted_by_field_and_form(books: Books) -> None:
    made, path = books("support_needs")
    pairs = pd.DataFrame({"D2": _said(made, "D2"), "D4": _said(made, "D4")}).value_counts()
    rows = list(openpyxl.load_workbook(path, data_only=True)["要望クロス集計"].iter_rows(min_row=3, values_only=True))
    assert rows[0][12] == "コード", "the codes stand beside the table"
    forms = rows[0][13:22]
    found = {(row[12], form): number for row in rows[1:7] for form, number in zip(forms, row[1:10], strict=True)}
    assert {pair: number for pair, number in found.items() if number} == pairs.to_dict()


def test_choices_are_counted_by_bureau_and_kind(books: Books) -> None:
    made, path = books("support_needs")
    towns = pd.DataFrame(
        [
            {"bureau": made.roster[one.municipality].bureau, "kind": made.roster[one.municipality].kind, "field": field}
            for one in made.submissions
            for field in one.contents.value("B4") or ()
        ]
    )
    rows = list(openpyxl.load_workbook(path, data_only=True)["クロス集計"].iter_rows(min_row=4, values_only=True))
    heads = rows[0]
    start = next(place for place, row in enumerate(rows) if row[0] == "B4")
    for row in rows[start + 1 : start + 7]:
        mine = towns[towns["field"] == row[-1]]
        for head, number in zip(heads[3:-1], row[3:-1], strict=True):
            column = "kind" if head in ("市", "町", "村") else "bureau"
            assert number == int((mine[column] == head).sum()), (row[-1], head)
