"""An officer answers as last time, on the real server in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from last_year import answer, reply_to, whole_last_year
from sqlite_utils import Database

from survey_app import clock
from survey_app.store.inquiries import Inquiry, find_inquiry

pytestmark = pytest.mark.browser
HERE = "/inquiries/support_needs/sections"
Open = Callable[..., Any]
WIDTHS = pytest.mark.parametrize("width", [1280, 400])


@pytest.fixture(autouse=True)
def _long_term(database: Database) -> None:
    """The server's clock is the real one here: the inquiry of now was opened lately and ends far ahead."""
    opened = clock.stored(clock.now() - timedelta(days=1))
    change = "UPDATE inquiry SET deadline = '2126-12-18T17:15:00+09:00', opened_at = ?"
    database.execute(change, [opened])
    database.conn.commit()


@pytest.fixture
def then(database: Database) -> Inquiry:
    """Last year's inquiry, answered with all that was asked."""
    return whole_last_year(database, A4="目黒 誠", Z2="前回の意見です。\n二行目です。")


def now(database: Database) -> Any:
    """The answers of now."""
    return reply_to(database, find_inquiry(database, "support_needs")).answers


@WIDTHS
def test_with_scripts_an_answer_is_taken_over_in_place(
    person: Open, database: Database, then: Inquiry, *, width: int
) -> None:
    officer = person("mishima", width=width)
    page = officer.go(f"{HERE}/B")
    assert officer.violations() == []
    page.click("button[value='same:B1']")
    page.wait_for_selector("#w-B4", state="visible")  # what it makes relevant
    page.click("button[value='same:B4']")
    page.wait_for_selector("#autosave[data-state=saved]")
    assert page.url.endswith("/sections/B")
    assert now(database).value("B4") == reply_to(database, then).answers.value("B4")
    page.click("button[value='same:B4']")  # 元に戻す
    assert page.locator("[name=B4]:checked").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert officer.violations() == []


def test_what_stood_there_comes_back(person: Open, then: Inquiry) -> None:
    page = person("mishima").go(f"{HERE}/Z")
    page.fill("[name=Z2]", "書きかけ")
    page.click("button[value='same:Z2']")
    assert page.input_value("[name=Z2]") == "前回の意見です。\n二行目です。"
    page.click("button[value='same:Z2']")
    assert page.input_value("[name=Z2]") == "書きかけ"


@WIDTHS
def test_the_contact_waits_for_somebody_to_look_at_it(
    person: Open, database: Database, then: Inquiry, *, width: int
) -> None:
    officer = person("mishima", width=width)
    page = officer.go(f"{HERE}/A")
    assert "前回の照会の連絡先を入れてあります" in page.inner_text("main")
    assert page.input_value("[name=A4]") == "目黒 誠"
    assert officer.violations() == []
    page.fill("[name=A9]", "8総行第1号")
    page.wait_for_selector("#autosave[data-state=saved]")
    assert {name for _, name in now(database).entries} == {"A9"}
    page.fill("[name=A5]", "0241-48-5511")
    page.wait_for_function("() => document.getElementsByName('seen')[0].value === '2'")
    assert now(database).value("A4") == "目黒 誠"
    page.reload()
    assert "前回の照会の連絡先を入れてあります" not in page.inner_text("main")


def test_without_scripts_answers_and_rows_are_taken_over(person: Open, database: Database, then: Inquiry) -> None:
    officer = person("mishima", scripts=False, width=400)
    page = officer.go(f"{HERE}/B")
    page.click("button[value='same:B1']")
    page.click("button[value='same:B4']")
    assert now(database).value("B4") == reply_to(database, then).answers.value("B4")
    officer.go(f"{HERE}/D")
    page.click("button[value^='copy:'] >> nth=0")
    page.click("button[value^='copy:'] >> nth=0")
    was = reply_to(database, then).answers
    rows = now(database).row_ids("D")
    assert [now(database).value("D5", row) for row in rows] == [was.value("D5", row) for row in was.row_ids("D")[:2]]


@WIDTHS
def test_rows_are_copied_and_the_prefecture_is_asked_by_keyboard(
    person: Open, database: Database, then: Inquiry, *, width: int
) -> None:
    fields = reply_to(database, then).answers.entry("B4").texts
    answer(database, find_inquiry(database, "support_needs"), {"B1": "1", "B4": ";".join(fields)})
    officer = person("mishima", width=width)
    page = officer.go(f"{HERE}/D")
    assert officer.violations() == []
    page.focus("button[value^='copy:']")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=前回の行を写しました")
    assert officer.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.focus("button[value='ask:D']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions?question=D#new")
    assert page.input_value("#question") == "D"
    officer.go("/inquiries/support_needs")
    assert "入力の目安は約" in page.inner_text("main")
    assert officer.violations() == []
