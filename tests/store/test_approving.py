"""What was approved is what was sent; any change cancels it. Returned items open, the rest stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlite_utils import Database
from town import DEADLINE, OPENED, OWN
from typing_in import NIL_REPLY, changes

from questions.answers import Entry
from questions.life import NotAllowed, State
from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account, settles_inside
from survey_app.store.approvals import approve, ask_approval, last_approval, send_back
from survey_app.store.inquiries import find_inquiry, standings
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, new_row, save_answers
from survey_app.store.returns import NothingReturned, open_items, return_items
from survey_app.store.rosters import roster
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, Order, submit

Load = Callable[..., Reply]
Around = Callable[..., Surroundings]


def asked(database: Database, reply: Load, around: Around) -> str:
    """Fill in a nil reply and ask for its approval; return the digest."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    ask_approval(database, reply(), Order(reply().revision, "ask"), around().who)
    waiting = last_approval(database, reply())
    assert waiting is not None
    return waiting.digest


def test_approved_as_it_was_asked(database: Database, reply: Load, around: Around) -> None:
    digest = asked(database, reply, around)
    assert reply().state is State.AWAITING_APPROVAL
    handed = approve(database, reply(), Order(reply().revision, "token"), digest, around("mishima2").who)
    assert (handed.digest, handed.actor, reply().state) == (digest, "鈴木 一郎", State.SUBMITTED)
    decided = last_approval(database, reply())
    assert decided is not None
    assert (decided.outcome, decided.asked_by, decided.decided_by) == ("approved", "佐藤 花子", "鈴木 一郎")
    again = approve(database, reply(), Order(0, "token"), digest, around("mishima2").who)
    assert again.receipt == handed.receipt


def test_a_later_change_cancels_the_request(database: Database, reply: Load, around: Around) -> None:
    digest = asked(database, reply, around)
    looked_at = reply()
    save_answers(database, reply(), changes(reply(), {"A2": "企画課"}), around().who)
    cancelled = last_approval(database, reply())
    assert cancelled is not None
    assert (cancelled.outcome, reply().state) == ("cancelled", State.DRAFT)
    with pytest.raises((ChangedMeanwhile, NotAllowed)):
        approve(database, looked_at, Order(looked_at.revision, "token"), digest, around("mishima2").who)
    assert database.table("submission").count == 0


def test_another_digest_is_not_approved(database: Database, reply: Load, around: Around) -> None:
    asked(database, reply, around)
    with pytest.raises(ChangedMeanwhile):
        approve(database, reply(), Order(reply().revision, "token"), "0" * 64, around("mishima2").who)


def test_sent_back_with_a_comment(database: Database, reply: Load, around: Around) -> None:
    asked(database, reply, around)
    send_back(database, reply(), "担当課を確認してください", around("mishima2").who)
    decided = last_approval(database, reply())
    assert decided is not None
    assert (decided.outcome, decided.comment, reply().state) == (
        "sent_back",
        "担当課を確認してください",
        State.DRAFT,
    )


def test_an_incomplete_reply_is_not_put_up_for_approval(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    with pytest.raises(Incomplete):
        ask_approval(database, reply(), Order(1, "ask"), around().who)


def test_an_approver_settles_approval_inside(database: Database) -> None:
    assert not settles_inside(database, OWN)
    create_account(database, Account(0, "kacho", "課長", "approver", OWN, hash_password("x" * 12)), OPENED)
    assert settles_inside(database, OWN)


def test_where_there_is_an_approver_nobody_hands_in_without(database: Database, reply: Load, around: Around) -> None:
    create_account(database, Account(0, "kacho", "課長", "approver", OWN, hash_password("x" * 12)), OPENED)
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    with pytest.raises(NotAllowed, match="approval"):
        submit(database, reply(), Order(reply().revision, "token"), around().who)
    assert reply().state is State.DRAFT


def returned(database: Database, reply: Load, around: Around) -> None:
    """Hand a nil reply in and have its A2 returned."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "first"), around().who)
    return_items(database, reply(), {("", "A2"): "課名が旧称です"}, around("division").who)


def test_only_returned_items_open(database: Database, reply: Load, around: Around, clock) -> None:
    returned(database, reply, around)
    assert reply().state is State.RETURNED
    assert open_items(database, reply())["", "A2"].reason == "課名が旧称です"
    with pytest.raises(NotAllowed, match="item"):
        save_answers(database, reply(), changes(reply(), {"A3": "係長"}), around().who)
    clock.now = reply().standing.term.end
    clock.move(days=1)
    save_answers(database, reply(), changes(reply(), {"A2": "企画財政課"}), around().who)
    assert reply().state is State.RETURNED
    handed = submit(database, reply(), Order(reply().revision, "second"), around().who)
    assert (handed.number, open_items(database, reply()), reply().items_open) == (2, {}, False)


def test_what_becomes_relevant_by_a_correction_opens_too(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "first"), around().who)
    return_items(database, reply(), {("", "B2"): "理由を選んでください"}, around("division").who)
    save_answers(database, reply(), changes(reply(), {"B2": "other", "B3": "合併協議中のため"}), around().who)
    assert reply().answers.value("B3") == "合併協議中のため"


def test_a_table_that_a_correction_asks_for_takes_rows(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "first"), around().who)
    return_items(database, reply(), {("", "B1"): "要望はありませんか"}, around("division").who)
    save_answers(database, reply(), changes(reply(), {"B1": "1", "B4": "INFO"}), around().who)
    save_answers(database, reply(), Changes(reply().revision, {}, {"D": (new_row(),)}), around().who)
    assert len(reply().answers.row_ids("D")) == 1


def test_what_was_not_asked_is_not_returned(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "first"), around().who)
    for place in (("", "A1"), ("", "H1"), ("rffff", "D5")):
        with pytest.raises(NothingReturned):
            return_items(database, reply(), {place: "理由"}, around("division").who)


def test_a_return_needs_an_item_and_a_reason(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "first"), around().who)
    for reasons in ({}, {("", "A2"): " "}, {("", "unknown"): "?"}):
        with pytest.raises(NothingReturned):
            return_items(database, reply(), reasons, around("division").who)
    assert reply().state is State.SUBMITTED


def test_the_day_of_approval_is_asked_only_where_it_is_settled_outside(
    database: Database, reply: Load, around: Around
) -> None:
    assert not settles_inside(database, OWN)
    assert reply().examination().asked("A8")
    account = Account(0, "approver", "決裁者", "approver", OWN, hash_password("ひみつのことば"))
    create_account(database, account, OPENED)
    assert [reply().examination().asked(name) for name in ("A7", "A8", "A9")] == [False, False, True]


def test_what_a_correction_makes_wrong_may_be_corrected_too(sampled: Database, around: Around) -> None:
    """Only B4 came back; a need whose field is no longer among its answers must not be a dead end."""
    inquiry = find_inquiry(sampled, "support_needs")
    who = replace(around().who, at=DEADLINE)
    here = Surroundings(roster(sampled), who)
    replies = [find_reply(sampled, inquiry, one.municipality, here) for one in standings(sampled, inquiry)]
    found = next(one for one in replies if one.state is State.SUBMITTED and len(one.answers.value("B4") or ()) > 1)
    row = found.answers.row_ids("D")[0]
    field = found.answers.value("D2", row)
    return_items(sampled, found, {("", "B4"): "対象の分野を確かめてください。"}, who)

    def now() -> Reply:
        return find_reply(sampled, inquiry, found.municipality, here)

    left = tuple(code for code in found.answers.value("B4") if code != field)
    other = Changes(now().revision, {(row, "D2"): Entry((left[0],), left[0])})
    with pytest.raises(NotAllowed):
        save_answers(sampled, now(), other, who)
    save_answers(sampled, now(), Changes(now().revision, {("", "B4"): Entry(left, left)}), who)
    assert (row, "D2") in {one.place for one in now().examination().blocking()}
    save_answers(sampled, now(), replace(other, seen=now().revision), who)
    assert now().answers.value("D2", row) == left[0]
    with pytest.raises(NotAllowed):
        save_answers(sampled, now(), Changes(now().revision, {(row, "D5"): Entry(("別の件名",), "別の件名")}), who)
