"""Small things at the desk: an extension ends when the inquiry does and is named, the letter is there to be edited."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from preparer import TERM, fill, marks
from sqlite_utils import Database
from town import DEADLINE, OTHER, OWN

from survey_app.store.drafts import drafts
from survey_app.store.inquiries import Inquiry, standing

Open = Callable[..., Any]
CHASE = "/board/support_needs/chase"
LETTER = "/prepare/1/steps/letter"


@pytest.fixture
def desk(browser: Open) -> Any:
    """A desk with a draft on it that is filled in."""
    found = browser("division")
    found.get("/prepare/new")
    found.post("/prepare/new", {"source": "catalogue:support_needs", "token": "one"})
    fill(found)
    return found


def body(page: str) -> str:
    """What stands in the box of the letter."""
    found = re.search(r'<textarea[^>]*name="letter_body"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert found is not None
    return html.unescape(found.group(1))


def sent(page: str, text: str) -> dict[str, str]:
    """What the page sends with a text in its box."""
    automatic = re.findall(r'name="auto.letter_body" value="([0-9a-f]+)"', page)[0]
    return {"letter_body": text.replace("\n", "\r\n"), "auto.letter_body": automatic, **marks(page), "go": "stay"}


def test_a_day_alone_ends_when_the_inquiry_does_and_the_towns_are_named(
    database: Database, support_needs: Inquiry, browser: Open
) -> None:
    division = browser("division")
    assert "照会の回答期限と同じ時刻（17:15）まで" in division.get(CHASE)
    division.post(f"{CHASE}/extend", {"codes": [OWN, OTHER], "until": "R8.12.25", "reason": "災害対応のため"})
    page = division.get(CHASE)
    assert "期限を延長しました：三島町、金山町（令和8年12月25日（金） 17:15まで）" in page
    extended = standing(database, support_needs, OWN).term.extension
    assert extended is not None
    assert extended.timetz() == DEADLINE.timetz()


def test_many_towns_are_named_in_short(browser: Open) -> None:
    division = browser("division")
    codes = re.findall(r'name="codes" value="(\d{6})"', division.get(CHASE))
    division.post(f"{CHASE}/extend", {"codes": codes, "until": "R8.12.25", "reason": "災害対応のため"})
    assert f"、ほか{len(codes) - 10}団体（令和8年12月25日（金） 17:15まで）" in division.get(CHASE)


def test_the_box_holds_the_automatic_text_which_is_not_stored(desk: Any, database: Database) -> None:
    page = desk.get(LETTER)
    assert "支援の要望を把握するためです。" in body(page)
    assert "令和8年12月18日（金）17時15分" in body(page)
    desk.post(LETTER, sent(page, body(page)))
    assert drafts(database)[0].text("letter_body") == ""
    desk.post("/prepare/1/steps/term", {**TERM, "deadline_day": "R8.12.21"})
    assert "令和8年12月21日（月）17時15分" in body(desk.get(LETTER))


def test_what_was_written_is_stored_until_the_automatic_text_is_taken_again(desk: Any, database: Database) -> None:
    page = desk.get(LETTER)
    automatic = body(page)
    desk.post(LETTER, sent(page, "　別の本文です。"))
    assert drafts(database)[0].text("letter_body") == "　別の本文です。"
    page = desk.get(LETTER)
    assert body(page) == "　別の本文です。"
    assert "自動の文に戻す" in page
    fields = sent(page, body(page))
    del fields["go"]
    desk.post(LETTER, {**fields, "automatic": "letter_body"})
    assert drafts(database)[0].text("letter_body") == ""
    assert body(desk.get(LETTER)) == automatic


def test_a_deadline_is_read_as_officials_write_it_and_all_that_is_wrong_is_told(desk: Any, database: Database) -> None:
    desk.post("/prepare/1/steps/term", {**TERM, "deadline_time": "午後５時１５分"})
    assert "令和8年12月18日（金）17時15分" in body(desk.get(LETTER))
    to = desk.post("/prepare/1/steps/term", {**TERM, "deadline_day": "来週", "deadline_time": "", "go": "stay"})
    page = desk.get(to)
    assert 'href="/prepare/1/steps/term#f-deadline_day"' in page
    assert 'href="/prepare/1/steps/term#f-deadline_time"' in page
