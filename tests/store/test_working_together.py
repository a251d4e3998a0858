"""Links for colleagues, who is at work, questions and answers, 受け取りました."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlite_utils import Database
from town import OTHER, OWN

from survey_app.store.conversations import NewMessage, acknowledge, acknowledgement, conversations, say
from survey_app.store.delegations import (
    NewDelegation,
    delegate,
    delegations,
    find_delegation,
    withdraw_delegation,
)
from survey_app.store.inquiries import Inquiry
from survey_app.store.presence import present, tell_presence
from survey_app.store.replies import Surroundings

Around = Callable[..., Surroundings]


def test_a_link_opens_until_its_day_and_can_be_withdrawn(
    database: Database, support_needs: Inquiry, around: Around, clock
) -> None:
    new = NewDelegation(OWN, "T", "税務課 田中", date(2026, 11, 30))
    token = delegate(database, support_needs, new, around().who)
    found = find_delegation(database, token)
    assert found is not None
    assert (found.section, found.municipality, found.is_open(clock.now)) == ("T", OWN, True)
    clock.move(days=6)
    assert found.is_open(clock.now)
    clock.move(days=1)
    assert not found.is_open(clock.now)
    withdraw_delegation(database, support_needs, OWN, found.id, around().who)
    (listed,) = delegations(database, support_needs, OWN)
    assert listed.withdrawn_at == clock.now
    assert token not in str(list(map(tuple, database.execute("SELECT * FROM delegation"))))
    with pytest.raises(LookupError):
        withdraw_delegation(database, support_needs, OTHER, found.id, around().who)
    assert find_delegation(database, "guessed") is None


def test_who_else_is_here(database: Database, support_needs: Inquiry, around: Around, clock) -> None:
    tell_presence(database, support_needs, OWN, "T", around("mishima").who)
    tell_presence(database, support_needs, OTHER, "A", around("kaneyama").who)
    (seen,) = present(database, support_needs, OWN, around("mishima2").who)
    assert (seen.name, seen.section) == ("佐藤 花子", "T")
    assert present(database, support_needs, OWN, around("mishima").who) == ()
    clock.move(minutes=5)
    assert present(database, support_needs, OWN, around("mishima2").who) == ()


def test_a_question_is_asked_once_answered_and_closed(
    database: Database, support_needs: Inquiry, around: Around
) -> None:
    asked = NewMessage(OWN, "T1", "基準日はいつですか。", "municipality", "token")
    say(database, support_needs, asked, around().who)
    say(database, support_needs, asked, around().who)
    (open_one,) = conversations(database, support_needs, OWN)
    assert (len(open_one.messages), open_one.is_open, open_one.waits_for) == (1, True, "division")
    answered = NewMessage(OWN, "T1", "3月31日です。", "division", "token 2", closes=True)
    say(database, support_needs, answered, around("division").who)
    (closed,) = conversations(database, support_needs, OWN)
    assert not closed.is_open
    assert conversations(database, support_needs, OTHER) == ()


def test_received_before_anything_is_answered(database: Database, support_needs: Inquiry, around: Around) -> None:
    assert acknowledgement(database, support_needs, OWN) is None
    acknowledge(database, support_needs, OWN, "総務課 佐藤", around().who)
    acknowledge(database, support_needs, OWN, "総務課 佐藤", around().who)
    found = acknowledgement(database, support_needs, OWN)
    assert found is not None
    assert found.person == "総務課 佐藤"
    assert database.execute("SELECT count(*) FROM event WHERE act = 'acknowledge'").fetchone()[0] == 1
