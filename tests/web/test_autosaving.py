"""A page saves itself while it is filled in, and never more than it says."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.store.approvals import ask_approval
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit

HERE = "/inquiries/support_needs/sections/A/autosave"


def autosave(person: object, status: int = 200, **fields: str) -> dict[str, object]:
    """Send a page as the script does."""
    response = person.client.post(HERE, data={"csrf_token": person.token, **fields})
    assert response.status_code == status, response.text
    return response.json if response.is_json else {"page": response.text}


@pytest.fixture
def officer(browser: Callable[..., object]) -> object:
    """An officer with section A open."""
    person = browser("mishima")
    person.get("/inquiries/support_needs/sections/A")
    return person


def test_what_it_calls_saved_is_in_the_database(officer, reply: Callable[..., Reply]) -> None:
    told = autosave(officer, seen="0", page="p", A2="総務課 髙")
    assert (told["seen"], told["conflicts"]) == (1, [])
    assert reply().answers.value("A2") == "総務課 髙"


def test_a_page_is_no_stranger_to_itself(officer, reply: Callable[..., Reply]) -> None:
    """The answer to a first save was lost on the way: the page still names the old revision."""
    autosave(officer, seen="0", page="p", A2="総務")
    told = autosave(officer, seen="0", page="p", A2="総務課")
    assert told["conflicts"] == []
    assert reply().answers.value("A2") == "総務課"


def test_another_page_is(officer, reply: Callable[..., Reply]) -> None:
    autosave(officer, seen="0", page="p", A2="総務課")
    told = autosave(officer, seen="0", page="q", A2="企画課")
    assert told["conflicts"] == ["A2"]
    assert reply().answers.value("A2") == "総務課"


def test_a_late_one_never_changes_a_submitted_reply(
    officer, database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "token"), around().who)
    told = autosave(officer, 409, seen="1", page="p", A2="遅い保存")
    assert "いまの状態では" in str(told["refusal"])
    assert (reply().state, reply().answers.value("A2")) == (State.SUBMITTED, NIL_REPLY["A2"])


def test_after_the_deadline_it_says_so(officer, reply: Callable[..., Reply], clock) -> None:
    clock.now = reply().standing.term.end
    clock.move(seconds=1)
    told = autosave(officer, 401, seen="0", A2="遅い")  # the session of 24 November has ended, too
    assert "遅い" in str(told["page"])


def test_it_removes_no_row(officer, reply: Callable[..., Reply]) -> None:
    row = "r0123456789abcdef"
    address = "/inquiries/support_needs/sections/L/autosave"
    sent = {"csrf_token": officer.token, "seen": "0", "rows.L4": row, f"{row}.L4a": "髙条例"}
    officer.client.post(address, data=sent)
    assert reply().answers.row_ids("L4") == (row,)
    officer.client.post(address, data={**sent, "seen": "1", "remove": row})
    assert reply().answers.row_ids("L4") == (row,)
    assert reply().answers.value("L4a", row) == "髙条例"


def test_it_takes_a_request_for_approval_back(
    officer, database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    ask_approval(database, reply(), Order(reply().revision, "ask"), around().who)
    told = autosave(officer, seen=str(reply().revision), page="p", A2="企画課")
    assert told["state"] == "draft"
