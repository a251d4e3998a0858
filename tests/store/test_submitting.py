"""Handing in: exactly once, what was looked at and nothing else, never changed again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlite_utils import Database
from typing_in import NIL_REPLY, changes

from questions import contents
from questions.life import NotAllowed, State
from questions.problems import Code
from survey_app.store.cuts import take_cut
from survey_app.store.database import writing
from survey_app.store.inquiries import find_inquiry, set_waived, standing
from survey_app.store.replies import Reply, Surroundings, find_reply, save_answers
from survey_app.store.submissions import (
    ChangedMeanwhile,
    Handed,
    Incomplete,
    Order,
    accept,
    submissions_of,
    submit,
    withdraw,
)

Load = Callable[..., Reply]
Around = Callable[..., Surroundings]


def hand_in(database: Database, reply: Load, around: Around, token: str = "token", **typed: str) -> Handed:
    """Fill in a nil reply and hand it in."""
    save_answers(database, reply(), changes(reply(), {**NIL_REPLY, **typed}), around().who)
    return submit(database, reply(), Order(reply().revision, token), around().who)


def test_a_reply_is_handed_in_once_however_often_it_is_sent(database: Database, reply: Load, around: Around) -> None:
    first = hand_in(database, reply, around)
    again = submit(database, reply(), Order(1, "token"), around("mishima2").who)
    assert again == first
    assert first.receipt == "004-074446-01"
    assert database["submission"].count == 1
    assert database.execute("SELECT count(*) FROM event WHERE act = 'submit'").fetchone()[0] == 1


def test_what_was_handed_in_is_what_was_typed(database: Database, reply: Load, around: Around) -> None:
    handed = hand_in(database, reply, around, A2="=総務課 髙")
    assert handed.nil
    assert handed.contents.value("A2") == "=総務課 髙"
    assert handed.contents.value("A1") == "074446"
    assert handed.contents.asked("A9")
    assert handed.contents.value("A9") is None
    assert not handed.contents.asked("H1")
    stored = contents.dump(handed.contents, reply().inquiry.questionnaire)
    assert contents.digest(stored) == handed.digest


def test_an_incomplete_reply_is_refused_with_every_reason(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課", "A8": "R9.1.1"}), around().who)
    with pytest.raises(Incomplete) as refused:
        submit(database, reply(), Order(1, "token"), around().who)
    found = {(problem.question, problem.code) for problem in refused.value.problems}
    assert ("A8", Code.CONSTRAINT) in found
    assert {("A3", Code.REQUIRED), ("B1", Code.REQUIRED)} <= found
    assert reply().state is State.DRAFT


def test_what_changed_since_the_look_is_not_handed_in(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    seen = reply().revision
    save_answers(database, reply(), changes(reply(), {"A2": "企画課"}), around("mishima2").who)
    with pytest.raises(ChangedMeanwhile):
        submit(database, reply(), Order(seen, "token"), around().who)


def test_a_submission_is_immutable(database: Database, reply: Load, around: Around) -> None:
    hand_in(database, reply, around)
    for statement in ("UPDATE submission SET nil = 0", "DELETE FROM submission"):
        with pytest.raises(Exception, match="immutable"), writing(database):
            database.execute(statement)


def test_a_submitted_reply_takes_no_answers(database: Database, reply: Load, around: Around) -> None:
    hand_in(database, reply, around)
    with pytest.raises(NotAllowed):
        save_answers(database, reply(), changes(reply(), {"A2": "遅い保存"}), around().who)
    assert reply().answers.value("A2") == NIL_REPLY["A2"]


def test_while_it_is_corrected_the_last_submission_counts(database: Database, reply: Load, around: Around) -> None:
    hand_in(database, reply, around)
    withdraw(database, reply(), around().who)
    save_answers(database, reply(), changes(reply(), {"A2": "直している途中"}), around().who)
    inquiry = reply().inquiry
    cut = take_cut(database, inquiry, around().who.at)
    (counted,) = cut.submissions
    assert counted.contents.value("A2") == NIL_REPLY["A2"]
    assert counted.state is State.DRAFT
    assert standing(database, inquiry, "074446").being_corrected
    submit(database, reply(), Order(reply().revision, "second"), around().who)
    assert [one.number for one in submissions_of(database, inquiry, "074446")] == [2, 1]


def test_only_submissions_count(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    cut = take_cut(database, reply().inquiry, around().who.at)
    assert cut.submissions == ()
    assert len(cut.targets) == 59


def test_withdrawing_and_accepting_follow_the_table(database: Database, reply: Load, around: Around, clock) -> None:
    with pytest.raises(NotAllowed):
        withdraw(database, reply(), around().who)
    hand_in(database, reply, around)
    accept(database, reply(), 1, around("division").who)
    assert reply().state is State.ACCEPTED
    with pytest.raises(NotAllowed):
        withdraw(database, reply(), around().who)
    with pytest.raises(NotAllowed):
        accept(database, reply(), 1, around("division").who)


def test_a_submitted_reply_is_not_withdrawn_after_the_deadline(
    database: Database, reply: Load, around: Around, clock
) -> None:
    hand_in(database, reply, around)
    clock.now = reply().standing.term.end
    clock.move(seconds=1)
    with pytest.raises(NotAllowed, match="late"):
        withdraw(database, reply(), around().who)


GRANT = {
    **{name: text for name, text in NIL_REPLY.items() if name != "B1"},
    "B1": "1",
    "G1": "奥会津広域連携研究会",
    "G2": "074446",
    "G3": "074446;074454",
    "G4": "gen;tour",
    "G5": "2027",
    "G6": "",
    "G7": "目的",
    "G8": "効果",
    "G10": "200,000",
}


def test_a_waived_check_no_longer_blocks(database: Database, around: Around) -> None:
    inquiry = find_inquiry(database, "grant_small")
    code = "072010"
    wanted = {"G3": "072010;072028", "G2": "072010", "B1": "1"}

    def found() -> set[object]:
        here = find_reply(database, inquiry, code, around())
        return {problem.context.get("check") for problem in here.examination().problems()}

    start = find_reply(database, inquiry, code, around())
    save_answers(database, start, changes(start, wanted), around().who)
    assert "G2-01" in found()
    set_waived(database, inquiry, code, {"G2-01"}, around("division").who)
    assert "G2-01" not in found()
    set_waived(database, inquiry, code, (), around("division").who)
    assert "G2-01" in found()


def test_warnings_ask_for_a_confirmation_and_do_not_block(database: Database, around: Around) -> None:
    from questions.answers import Entry
    from survey_app.store.replies import new_row

    inquiry = find_inquiry(database, "grant_cooperation")

    def here() -> Reply:
        return find_reply(database, inquiry, "074446", around())

    row = new_row()
    kinds = inquiry.questionnaire.questions
    rest = changes(here(), GRANT)
    columns = {"G9a": "調査", "G9b": "先進地調査", "G9c": "３００，０００"}
    entries = {
        (row, name): Entry((text,), kinds[name].kind.parse((text,), here().setting).value)
        for name, text in columns.items()
    }
    save_answers(
        database, here(), replace(rest, entries={**rest.entries, **entries}, rows={"G9": (row,)}), around().who
    )
    with pytest.raises(Incomplete) as refused:
        submit(database, here(), Order(here().revision, "token"), around().who)
    assert {problem.context["check"] for problem in refused.value.problems} == {"G1-07"}
    order = Order(here().revision, "token", frozenset({"G1-07"}))
    assert submit(database, here(), order, around().who).confirmed == ("G1-07",)
