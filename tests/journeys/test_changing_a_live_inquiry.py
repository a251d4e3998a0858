"""The division changes a questionnaire while it is answered, in a real browser, with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from random_changes import present
from sqlite_utils import Database
from typing_in import NIL_REPLY, changes

from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
AT = "/board/support_needs/change"


@pytest.fixture
def handed_in(reply: Callable[..., Reply], database: Database, around: Callable[..., Surroundings]) -> None:
    """三島町 has handed in 該当なし."""
    who = around().who
    save_answers(database, reply(), changes(reply(), {**NIL_REPLY, "B2": "none"}), who)
    submit(database, reply(), Order(reply().revision, "token"), who)


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_edit_to_the_answer(person: Open, database: Database, *, scripts: bool) -> None:
    page = person("division", scripts=scripts).go(AT)
    page.click("#q-A5 a:has-text('次に加える')")
    page.fill("[name=label_ja]", "緊急時の連絡先")
    page.locator("[name=required]").check(force=True)
    page.click("main button:has-text('変更案に入れる')")
    page.wait_for_url("**#q-A10")
    page.click("#q-A9 a:has-text('直す')")
    page.click("button[value=retire]")
    page.wait_for_url("**#q-A9")
    page.click("text=影響を確かめる")
    assert "三島町" in page.inner_text("main")
    page.locator("[name=again][value=all]").check(force=True)
    page.click("main button.button-large")
    assert "変える理由を入力してください" in page.inner_text("main")
    assert page.locator("[name=again][value=all]").is_checked()
    page.fill("[name=reason]", "夜間にも連絡が要るため")
    page.click("main button.button-large")
    page.wait_for_url("**/change/history")
    assert "三島町" in page.inner_text("main")
    assert "A10" in present(database).questionnaire.questions

    town = person("mishima", scripts=scripts).go("/inquiries/support_needs")
    assert "夜間にも連絡が要るため" in town.inner_text("main")
    town.click("main a:has-text('A10')")
    town.fill("[name=A10]", "090-0000-0000")
    assert town.locator("[name=A2]").count() == 0  # settled: to be read only
    town.click("main button[value=next]:visible >> nth=0")
    town.wait_for_load_state()
    assert "090-0000-0000" in person("mishima").go("/inquiries/support_needs/review").inner_text("main")


def test_a_town_that_began_is_told_what_changed(person: Open) -> None:
    town = person("mishima")
    page = town.go("/inquiries/support_needs/sections/A")
    page.fill("[name=A2]", "総務課")
    page.click("main button[value=next]:visible >> nth=0")
    page.wait_for_load_state()
    page = person("division").go(f"{AT}/questions/A5")
    page.fill("[name=label_ja]", "電話番号（代表）")
    page.click(".acts button[value=words]")
    page.wait_for_url("**#q-A5")
    page.click("text=影響を確かめる")
    page.fill("[name=reason]", "言葉を直すため")
    page.click("main button.button-large")
    page.wait_for_url("**/change/history")
    told = town.go("/inquiries/support_needs").inner_text("main")
    assert "言葉を直すため" in told
    assert "電話番号（代表）" in told


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_changing_has_a_barrier(person: Open, width: int) -> None:
    division = person("division", width=width)
    page = division.go(f"{AT}/questions/B4")
    page.fill("[name=option_new_ja]", "広域連携")
    page.click(".acts button[value=words]")
    page.wait_for_url("**#q-B4")
    paths = ("", "/questions/B4", "/questions/D", "/questions/A5/new", "/rules/new", "/impact", "/history")
    found, wider = {}, {}
    for path in paths:
        division.go(AT + path)
        found[path] = division.violations()
        wider[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert {path: by for path, by in wider.items() if by > 0} == {}
