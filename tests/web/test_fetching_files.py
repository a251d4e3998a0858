"""Files are fetched by those whom they concern, to be saved, never to be opened in place."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from officer import hidden_value, hidden_values
from sent_files import DOCX, NAME, PDF, open_with_files
from sqlite_utils import Database
from town import OTHER, OWN, Clock

from questions.kinds.base import Attached
from survey_app.store.delegations import NewDelegation, delegate
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.submissions import submissions_of

HOME = f"/inquiries/{NAME}"
PAGE = f"{HOME}/sections/S"
BOARD = f"/board/{NAME}/{OWN}"


@pytest.fixture
def inquiry(database: Database) -> Inquiry:
    """An inquiry that asks for files."""
    return open_with_files(database)


@pytest.fixture
def town_hall(browser: Callable[..., Any], inquiry: Inquiry) -> Any:
    """Somebody of 三島町 who has sent 協定書（案）.pdf."""
    found = browser("mishima")
    attach(found, ("協定書（案）.pdf", PDF))
    return found


@pytest.fixture
def kept(town_hall: Any, database: Database, around: Callable[..., Surroundings], inquiry: Inquiry) -> Attached:
    """The file that was sent."""
    (found,) = find_reply(database, inquiry, OWN, around()).answers.value("F")
    return found  # type: ignore[no-any-return]


def attach(person: Any, *files: tuple[str, bytes], page: str = PAGE, question: str = "F", status: int = 303) -> str:
    """Send files with a page."""
    text = person.get(page)
    sent = {f"file.{question}": [(BytesIO(content), name) for name, content in files]}
    present = {question: hidden_values(text, question)}
    return str(person.post(page, {"seen": hidden_value(text, "seen"), **present, **sent, "go": "stay"}, status))


def hand_in(person: Any) -> None:
    """Hand the reply in."""
    text = person.get(f"{HOME}/review")
    person.post(f"{HOME}/submit", {name: hidden_value(text, name) for name in ("seen", "token")})


def test_a_file_is_given_out_to_be_saved_only(town_hall: Any, kept: Attached) -> None:
    response = town_hall.client.get(f"{HOME}/files/{kept.id}")
    assert response.status_code == 200
    assert response.data == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    name = "%E5%8D%94%E5%AE%9A%E6%9B%B8%EF%BC%88%E6%A1%88%EF%BC%89.pdf"
    told = response.headers["Content-Disposition"]
    assert told == f"attachment; filename=\"attachment.pdf\"; filename*=UTF-8''{name}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_media_type_is_ours_whatever_the_browser_said(
    town_hall: Any, database: Database, around: Callable[..., Surroundings], inquiry: Inquiry
) -> None:
    text = town_hall.get(PAGE)
    sent = {"F": hidden_values(text, "F"), "file.F": (BytesIO(DOCX), "規約.docx", "text/html")}
    town_hall.post(PAGE, {"seen": hidden_value(text, "seen"), **sent, "go": "stay"})
    found = find_reply(database, inquiry, OWN, around()).answers.value("F")[1]
    response = town_hall.client.get(f"{HOME}/files/{found.id}")
    assert response.headers["Content-Type"].endswith("wordprocessingml.document")


def test_others_find_nothing(kept: Attached, browser: Callable[..., Any], town_hall: Any) -> None:
    browser("kaneyama").get(f"{HOME}/files/{kept.id}", 404)
    browser("division").get(f"{HOME}/files/{kept.id}", 404)
    town_hall.get(f"/inquiries/support_needs/files/{kept.id}", 404)
    town_hall.get(f"{HOME}/files/{'0' * 32}", 404)
    town_hall.get(f"{BOARD}/files/{kept.id}", 404)
    assert browser().client.get(f"{HOME}/files/{kept.id}").status_code == 303


def test_the_division_gets_what_was_handed_in_and_only_that(
    town_hall: Any, kept: Attached, browser: Callable[..., Any]
) -> None:
    division = browser("division")
    division.get(f"{BOARD}/files/{kept.id}", 404)
    hand_in(town_hall)
    assert f'href="{BOARD}/files/{kept.id}">協定書（案）.pdf</a>' in division.get(BOARD)
    assert division.client.get(f"{BOARD}/files/{kept.id}").data == PDF
    division.get(f"/board/{NAME}/{OTHER}/files/{kept.id}", 404)


def test_what_was_handed_in_stays_when_it_is_taken_out_later(
    town_hall: Any, kept: Attached, browser: Callable[..., Any], database: Database
) -> None:
    hand_in(town_hall)
    town_hall.post(f"{HOME}/withdraw")
    text = town_hall.get(PAGE)
    fields = {"seen": hidden_value(text, "seen"), "F": hidden_values(text, "F"), "without.F": kept.id}
    town_hall.post(PAGE, {**fields, "go": "stay"})
    assert "協定書" not in town_hall.get(PAGE)
    hand_in(town_hall)
    last, first = submissions_of(database, find_inquiry(database, NAME), OWN)
    assert first.contents.value("F") == (kept,)
    assert last.contents.value("F") is None
    assert f'href="{HOME}/files/{kept.id}"' in town_hall.get(f"{HOME}/receipts/1")
    assert kept.id not in town_hall.get(f"{HOME}/receipts/2")
    assert town_hall.client.get(f"{HOME}/files/{kept.id}").data == PDF
    assert browser("division").client.get(f"{BOARD}/files/{kept.id}").data == PDF


def test_a_colleague_sends_and_fetches_in_the_section_of_the_link_only(
    kept: Attached,
    database: Database,
    inquiry: Inquiry,
    around: Callable[..., Surroundings],
    browser: Callable[..., Any],
) -> None:
    token = delegate(database, inquiry, NewDelegation(OWN, "U", "地域課", date(2026, 12, 1)), around().who)
    colleague = browser()
    colleague.get(f"/shared/{token}")
    colleague.post(f"/shared/{token}")
    colleague.get(f"{HOME}/files/{kept.id}", 404)
    attach(colleague, ("地域.pdf", PDF), page=f"{HOME}/sections/U", question="V")
    (own,) = find_reply(database, inquiry, OWN, around()).answers.value("V")
    assert colleague.client.get(f"{HOME}/files/{own.id}").data == PDF


def test_after_the_deadline_nothing_is_kept_and_what_was_typed_stays(
    kept: Attached, clock: Clock, database: Database, browser: Callable[..., Any]
) -> None:
    clock.move(days=9, seconds=1)
    late = browser("mishima")
    fields = {"seen": "1", "F": [kept.text, ""], "Q": "遅れて入力"}
    page = late.post(PAGE, {**fields, "file.F": [(BytesIO(DOCX), "規約.docx")], "go": "stay"}, 409)
    assert "回答期限を過ぎた" in page
    assert 'value="遅れて入力"' in page
    assert database.table("attachment").count == 1


def test_without_a_session_the_text_goes_along_and_it_is_said_that_the_files_do_not(
    town_hall: Any, kept: Attached
) -> None:
    text = town_hall.get(PAGE)
    town_hall.client.delete_cookie("shokai")
    fields = {"seen": hidden_value(text, "seen"), "F": hidden_values(text, "F"), "Q": "期限切れ"}
    page = town_hall.post(PAGE, {**fields, "file.F": [(BytesIO(DOCX), "規約.docx")], "go": "stay"}, 401)
    assert "選んだファイルは、まだ送られていません" in page
    assert 'value="期限切れ"' in page
