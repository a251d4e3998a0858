"""Items that were returned by mistake are taken back, until the town hall has begun to correct them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database
from town import OWN
from typing_in import NIL_REPLY, changes

from questions.life import NotAllowed, State
from survey_app.store.replies import Reply, save_answers
from survey_app.store.returns import open_items
from survey_app.store.submissions import Order, accept, submit
from survey_app.store.undoing_returns import undo_return

Open = Callable[..., Any]
HERE = f"/board/support_needs/{OWN}"


@pytest.fixture
def handed_in(database: Database, reply: Callable[..., Reply], around: Any) -> None:
    """三島町 has handed in."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "one"), around().who)


def give_back(desk: Any) -> str:
    """Return two items; the page after it."""
    desk.get(f"{HERE}/return")
    desk.post(f"{HERE}/return", {"reason:/A2": "課名が旧称です", "reason:/A4": "氏名を確かめてください"})
    page: str = desk.get(HERE)
    return page


@pytest.mark.parametrize("before", [State.SUBMITTED, State.ACCEPTED])
def test_it_leads_back_to_the_state_before(
    handed_in: None, database: Database, browser: Open, reply: Callable[..., Reply], around: Any, before: State
) -> None:
    if before is State.ACCEPTED:
        accept(database, reply(), 1, around("division").who)
    desk = browser("division")
    page = give_back(desk)
    assert "三島町に、2項目を差し戻しました" in page
    assert "差戻しを取り消す" in page
    assert reply().state is State.RETURNED
    desk.post(f"{HERE}/return/undo")
    page = desk.get(HERE)
    assert "差戻しを取り消し、差し戻す前の状態に戻しました" in page
    assert reply().state is before
    assert not reply().items_open
    assert open_items(database, reply()) == {}
    acts = [row["act"] for row in database.execute("SELECT act FROM event ORDER BY id")]
    assert acts.count("take_back") == 1
    desk.post(f"{HERE}/return/undo")
    assert "差戻しを取り消していません" in desk.get(HERE)
    assert reply().state is before


def test_once_the_town_has_saved_it_stands(
    handed_in: None, database: Database, browser: Open, reply: Callable[..., Reply], around: Any
) -> None:
    desk = browser("division")
    give_back(desk)
    save_answers(database, reply(), changes(reply(), {"A2": "総務企画課"}), around().who)
    assert "差戻しを取り消す" not in desk.get(HERE)
    desk.post(f"{HERE}/return/undo")
    assert "差戻しを取り消していません" in desk.get(HERE)
    assert reply().state is State.RETURNED
    with pytest.raises(NotAllowed):
        undo_return(database, reply(), around("division").who)


def test_given_back_and_taken_back_it_can_be_given_back_again(
    handed_in: None, browser: Open, reply: Callable[..., Reply]
) -> None:
    desk = browser("division")
    give_back(desk)
    desk.post(f"{HERE}/return/undo")
    desk.get(HERE)
    assert "2項目を差し戻しました" in give_back(desk)
    assert reply().state is State.RETURNED


def test_a_town_hall_cannot(handed_in: None, browser: Open, reply: Callable[..., Reply]) -> None:
    give_back(browser("division"))
    officer = browser("mishima")
    officer.get("/inquiries/support_needs")
    officer.post(f"{HERE}/return/undo", {}, 404)
    assert reply().state is State.RETURNED
