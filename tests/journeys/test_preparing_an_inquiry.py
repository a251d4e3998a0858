"""The division sets an inquiry up in a real browser, with and without scripts, and a town hall sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from survey_app.store.drafts import drafts
from survey_app.store.inquiries import find_inquiry, standings

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
ABOUT = {
    "name": "needs_r8",
    "purpose": "支援の要望を把握するためです。",
    "contact_section": "市町村行政課",
    "contact_telephone": "024-521-7000",
}


def next_step(page: Any) -> None:
    """Press the first button that people see."""
    page.click("main button[name=go][value=next]")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_questionnaire_to_the_town_hall(person: Open, database: Database, *, scripts: bool) -> None:
    page = person("division", scripts=scripts).go("/prepare/")
    page.click("text=新しい照会を作る")
    page.click("button[value='catalogue:support_needs']")
    page.wait_for_url("**/prepare/1")
    page.click("text=次へ：照会の内容")
    for name, text in ABOUT.items():
        page.fill(f"[name={name}]", text)
    next_step(page)
    page.wait_for_url("**/targets")
    page.click("button[value='add:bureau:会津']")
    assert "13団体" in page.inner_text("#chosen")
    page.locator("[name=target][value='074446']").uncheck(force=True)
    page.locator("[name=target][value='072010']").check(force=True)
    if scripts:
        assert "福島市" in page.inner_text("#names")
    page.fill("[name=pasted]", "三島町、072036")
    page.click("button[value=paste]")
    page.wait_for_url("**#chosen")
    assert "15団体" in page.inner_text("#chosen")
    next_step(page)
    page.wait_for_url("**/steps/term")
    page.fill("[name=deadline_day]", "令和81年12月19日")
    page.click("button[name=go][value=stay]:not(.unseen)")
    assert "閉庁日" in page.inner_text("main") or "読み取り" in page.inner_text("main")
    next_step(page)
    page.wait_for_url("**/steps/letter")
    next_step(page)
    page.wait_for_url("**/preview")
    page.click("nav a:has-text('要望の有無')")
    assert "B1が「該当なし」のとき回答" in page.inner_text("main")
    assert page.locator("main fieldset.looked-at :is(input, select, textarea, button):enabled").count() == 0
    page.click("main a:has-text('確認して発出へ')")
    page.click("button:has-text('15団体に発出する')")
    page.wait_for_url("**/board/needs_r8")
    assert "発出しました" in page.inner_text("main")
    page.go_back()
    targets = [one.municipality for one in standings(database, find_inquiry(database, "needs_r8"))]
    assert len(targets) == 15
    town = person("mishima", scripts=scripts).go("/inquiries/needs_r8")
    assert ABOUT["purpose"] in town.inner_text("main")
    assert "024-521-7000" in town.inner_text("main")


def test_going_to_another_step_keeps_what_was_typed(person: Open, database: Database) -> None:
    page = person("division").go("/prepare/new")
    page.click("button[value='catalogue:grant_small']")
    page.wait_for_url("**/prepare/1")
    page.goto(page.url + "/steps/about")
    page.fill("[name=purpose]", "途中の趣旨")
    page.click("nav button:has-text('期限と保存')")
    page.wait_for_url("**/steps/term")
    assert drafts(database)[0].text("purpose") == "途中の趣旨"
    page.fill("[name=deadline_day]", "来週")
    page.press("[name=deadline_day]", "Enter")
    page.wait_for_function("document.activeElement.id === 'problems'")
    page.click("#problems a")
    page.wait_for_function("document.activeElement.name === 'deadline_day'")
    assert page.input_value("[name=deadline_day]") == "来週"


def test_the_letter_fits_a_page(person: Open) -> None:
    page = person("division").go("/prepare/new")
    page.click("button[value='catalogue:grant_small']")
    page.wait_for_url("**/prepare/1")
    page.goto(page.url + "/letter")
    assert page.is_visible("button:has-text('印刷する')")
    page.emulate_media(media="print")
    assert not page.is_visible("header")
    assert not page.is_visible("button:has-text('印刷する')")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_preparing_has_a_barrier(person: Open, width: int) -> None:
    division = person("division", width=width)
    page = division.go("/prepare/new")
    page.click("button[value='catalogue:support_needs']")
    page.wait_for_url("**/prepare/1")
    steps = ("/questionnaire", "/steps/about?show=all", "/targets?show=all", "/steps/term?show=all", "/steps/letter")
    looks = ("/letter", "/preview", "/preview?section=B", "/preview?section=D", "/open", "/discard")
    found, wider = {}, {}
    for path in ["/prepare/", "/prepare/new", "/prepare/1", *(f"/prepare/1{one}" for one in (*steps, *looks))]:
        division.go(path)
        found[path] = division.violations()
        wider[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert {path: by for path, by in wider.items() if by > 0} == {}
