"""The results on the real server in a real browser: coloured, crossed, compared, printed; axe on every page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from last_year import inquire
from live import Server
from town import DEADLINE, OPENED, PASSWORD

from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import find_inquiry

pytestmark = pytest.mark.browser
RESULTS, VERSUS = "/board/support_needs/results", "/board/support_needs/versus"
PAGES = (
    RESULTS,
    f"{RESULTS}?colour=needs",
    f"{RESULTS}/cross?row=B4&column=_bureau",
    f"{RESULTS}/towns?row=D2&row_is=ICT",
)
PAGES += (VERSUS, f"{VERSUS}/answers", f"{VERSUS}/needs")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def address(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the file: twelve replies, a cut, an inquiry of last year, an analyst."""
    path = Path(shutil.copy(prepared_replies, tmp_path_factory.mktemp("results") / "shokai.db"))
    with connect(path) as database:
        fix_cut(database, find_inquiry(database, "support_needs"), "第1次集計", "t", Who(None, "県庁 太郎", DEADLINE))
        inquire(database)
        create_account(database, Account(0, "analyst", "分析 担当", "analyst", None, hash_password(PASSWORD)), OPENED)
        with Server(path) as server:
            yield server.address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_colour_the_map_cross_two_questions_and_see_who_it_is(person: Open, *, scripts: bool) -> None:
    page = person("division", scripts=scripts).go(RESULTS)
    assert "第1次集計" in page.inner_text("main")
    page.select_option("#colour", "needs")
    page.click("button:has-text('色分けを変える')")
    page.wait_for_url("**colour=needs*")
    assert page.locator(".tiles .tile").count() == 59
    assert page.locator(".tiles .tile-name", has_text="三島町").count() == 1
    page.click("text=地図の値を表で見る")
    assert page.locator("details[open] tbody tr").count() >= 59
    page.click("nav >> text=クロス集計")
    page.select_option("#row", "B4")
    page.select_option("#column", "_kind")
    page.click("button:has-text('掛け合わせる')")
    page.wait_for_url("**row=B4&column=_kind*")
    cell = page.locator(".heat tbody .count-link").first
    count = int(cell.inner_text())
    cell.click()
    page.wait_for_url("**/towns?*")
    assert page.locator("main .sheet tbody tr").count() == count
    page.locator("main .sheet tbody a").first.click()
    page.wait_for_url("**/board/support_needs/07*")


def test_it_is_printed_on_a4(person: Open) -> None:
    page = person("division").go(f"{RESULTS}?colour=needs")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    assert not page.locator(".tabs").is_visible()
    box = page.locator(".tiles").bounding_box()
    assert box is not None
    assert box["width"] <= 680
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_an_analyst_comes_to_the_results(person: Open) -> None:
    somebody = person()
    page = somebody.go("/sign-in")
    page.fill("[name=sign_in_name]", "analyst")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_load_state()
    somebody.go(RESULTS)
    assert page.locator("main a[href*='/board/support_needs/0']").count() == 0
    assert page.locator(".tiles .tile").count() == 59


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_for_everybody(person: Open, width: int) -> None:
    somebody = person("division", width=width)
    for address in PAGES:
        page = somebody.go(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert somebody.violations() == [], address
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, address
