"""The town hall's journeys on the real server in a real browser, with and without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from questions.setting import Roster
from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Surroundings, find_reply

pytestmark = pytest.mark.browser
HERE = "/inquiries/support_needs"
CONTACT = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "０２４１－４８－５５１１（内線１２）",
    "A6": "somu@town.mishima.lg.jp",
    "A8": "R8.11.20",
}
Open = Callable[..., Any]


@pytest.fixture(autouse=True)
def _long_term(database: Database) -> None:
    """The server's clock is the real one here: the deadline lies far ahead, the day of approval behind."""
    database.execute(
        "UPDATE inquiry SET deadline = '2126-12-18T17:15:00+09:00', opened_at = '2026-01-01T00:00:00+09:00'"
    )


def answers(database: Database, whole_roster: Roster) -> Any:
    """What is stored of 三島町's reply now."""
    who = Who(None, "test", clock.now())
    return find_reply(database, find_inquiry(database, "support_needs"), "074446", Surroundings(whole_roster, who))


def fill_contact(page: Any) -> None:
    """Fill in section A."""
    for name, text in CONTACT.items():
        page.fill(f"[name={name}]", text)
    page.locator("[name=A7][value=gm]").check(force=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_nil_reply_in_two_clicks_and_the_contact(
    person: Open, database: Database, whole_roster: Roster, *, scripts: bool
) -> None:
    officer = person("mishima", scripts=scripts)
    page = officer.go(HERE)
    page.click("button:has-text('「該当なし」で回答する')")
    page.wait_for_url("**/sections/A**")
    fill_contact(page)
    page.click("button[name=go][value=next]")
    page.wait_for_url(re.compile("/(review|sections/[BZ])"))
    officer.go(f"{HERE}/review")
    page.click("button:has-text('この内容で提出する')")
    page.wait_for_url("**/receipts/1")
    assert "004-074446-01" in page.inner_text("main")
    page.reload()
    page.go_back()
    assert database.table("submission").count == 1
    assert answers(database, whole_roster).standing.nil


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_questions_appear_as_they_become_relevant(person: Open, *, scripts: bool) -> None:
    page = person("mishima", scripts=scripts).go(f"{HERE}/sections/B")
    assert not page.is_visible("#w-B4")
    page.locator("[name=B1][value='1']").check(force=True)
    if scripts:
        page.wait_for_selector("#w-B4", state="visible")
    else:
        page.click("button[name=go][value=next]")
        assert "設問が増えました" in page.inner_text("main")
    assert page.is_visible("#w-B4")
    assert not page.is_visible("#w-B2")
    page.locator("[name=B4][value=TAX]").check(force=True)
    page.click("button[name=go][value=next]")
    page.wait_for_url("**/sections/T**")


def test_what_is_typed_is_saved_by_itself_and_comes_back(
    person: Open, database: Database, whole_roster: Roster
) -> None:
    officer = person("mishima")
    page = officer.go(f"{HERE}/sections/A")
    page.locator("[name=A2]").press_sequentially("総務課")
    page.wait_for_selector("#autosave[data-state=saved]")
    assert "保存しました" in page.inner_text("#autosave")
    assert answers(database, whole_roster).answers.value("A2") == "総務課"
    page.fill("[name=A3]", "主査")
    page.wait_for_function("document.querySelector('#autosave').dataset.state === 'saving'")
    page.wait_for_selector("#autosave[data-state=saved]")
    again = person("mishima").go(f"{HERE}/sections/A")
    assert [again.input_value(f"[name={name}]") for name in ("A2", "A3")] == ["総務課", "主査"]


def test_two_officers_choose_between_two_texts(person: Open, database: Database, whole_roster: Roster) -> None:
    first, second = person("mishima", scripts=False), person("mishima2", scripts=False)
    one, other = first.go(f"{HERE}/sections/A"), second.go(f"{HERE}/sections/A")
    one.fill("[name=A2]", "総務課")
    one.fill("[name=A3]", "主査")
    one.click("button[name=go][value=stay]:not(.unseen)")
    other.fill("[name=A2]", "企画課")
    other.fill("[name=A4]", "鈴木 一郎")
    other.click("button[name=go][value=stay]:not(.unseen)")
    text = other.inner_text("main")
    assert "佐藤 花子さんの回答" in text
    assert "総務課" in text
    assert "企画課" in text
    kept = answers(database, whole_roster).answers
    assert [kept.value(name) for name in ("A2", "A3", "A4")] == ["総務課", "主査", "鈴木 一郎"]
    other.click("button[name=go][value=stay]:not(.unseen)")
    assert answers(database, whole_roster).answers.value("A2") == "企画課"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_needs_are_added_moved_and_removed(
    person: Open, database: Database, whole_roster: Roster, *, scripts: bool
) -> None:
    officer = person("mishima", scripts=scripts)
    page = officer.go(f"{HERE}/sections/B")
    page.locator("[name=B1][value='1']").check(force=True)
    page.click("button[name=go][value=stay]:not(.unseen)")
    for subject in ("土木技師の派遣", "併任徴収の継続"):
        officer.go(f"{HERE}/tables/D/rows/new")
        page.locator("[name$='.D5']").fill(subject)
        page.locator("[name$='.D6']").fill("=内容\n２行目")
        page.click("button[name=go]:not(.unseen) >> nth=0")
    rows = answers(database, whole_roster).answers.row_ids("D")
    stored = answers(database, whole_roster).answers
    assert [stored.value("D5", row) for row in rows] == ["土木技師の派遣", "併任徴収の継続"]
    assert stored.value("D6", rows[0]) == "=内容\n２行目"
    officer.go(f"{HERE}/tables/D/rows/{rows[0]}/removal")
    page.click("main form button >> nth=0")
    assert answers(database, whole_roster).answers.row_ids("D") == rows[1:]


def test_all_problems_at_once_each_linked_to_its_field(person: Open) -> None:
    officer = person("mishima")
    page = officer.go(f"{HERE}/sections/A")
    page.fill("[name=A6]", "メールなし")
    page.fill("[name=A8]", "令和99年99月99日")
    page.click("button[name=go][value=next]")
    page.wait_for_function("document.activeElement.id === 'problems'")
    links = page.locator("#problems a[href*='#']")
    assert links.count() == 2
    links.first.click()
    page.wait_for_function("document.activeElement.name === 'A6'")
    assert page.input_value("[name=A8]") == "令和99年99月99日"
    officer.go(f"{HERE}/review")
    assert page.locator("#problems a[href*='#']").count() > 5


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_town_hall_has_a_barrier(person: Open, width: int) -> None:
    officer = person("mishima", width=width)
    pages = ["", "/sections/A", "/sections/B", "/review", "/colleagues", "/questions", "/tables/D/rows/new"]
    page = officer.go(f"{HERE}/sections/B")
    page.locator("[name=B1][value='1']").check(force=True)
    page.click("button[name=go][value=stay]:not(.unseen)")
    found = {}
    for path in ["/account/", "/inquiries", *(HERE + one for one in pages)]:
        officer.go(path)
        found[path] = officer.violations()
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} scrolls sideways by {wider} px at {width}"
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_division_has_a_barrier(person: Open, width: int) -> None:
    division = person("division", width=width)
    found = {}
    for path in [
        "/board/",
        "/board/support_needs",
        "/board/support_needs/074446",
        "/board/support_needs/074446/questions",
    ]:
        division.go(path)
        found[path] = division.violations()
    assert {path: faults for path, faults in found.items() if faults} == {}
