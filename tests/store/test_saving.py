"""Saved means saved; nobody is overwritten; every change has its line in the trail."""

import json
from collections.abc import Callable

import pytest
from sqlite_utils import Database
from typing_in import changes, entry

from questions.life import NotAllowed, State
from survey_app.store.database import writing
from survey_app.store.replies import Changes, Conflict, Reply, Saved, Surroundings, new_row, save_answers

Load = Callable[..., Reply]
Around = Callable[..., Surroundings]


def test_what_was_typed_comes_back_as_it_was(database: Database, reply: Load, around: Around) -> None:
    typed = {"A2": "=総務課\t髙𠮟", "T1": "１，２３４", "A8": "R8.4.1", "T5": "十人"}
    assert save_answers(database, reply(), changes(reply(), typed), around().who) == Saved(1)
    saved = reply()
    assert (saved.state, saved.revision) == (State.DRAFT, 1)
    assert {name: saved.answers.entry(name).texts[0] for name in typed} == typed
    assert saved.answers.value("T1") == 1234
    assert saved.answers.value("T5") is None
    assert saved.answers.entry("T5").problems


def test_an_unchanged_page_changes_nothing(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    events = database["event"].count
    assert save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who) == Saved(1)
    assert database["event"].count == events


def test_different_answers_of_two_officers_merge(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課", "A3": "主査"}), around().who)
    both = reply()
    save_answers(database, both, changes(both, {"A2": "企画課", "A3": "主査"}), around("mishima").who)
    stale = changes(both, {"A2": "総務課", "A3": "係長"}, seen=1)
    assert save_answers(database, both, stale, around("mishima2").who) == Saved(3)
    assert [reply().answers.value(name) for name in ("A2", "A3")] == ["企画課", "係長"]


def test_the_same_answer_of_two_officers_is_a_conflict(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    both = reply()
    save_answers(database, both, changes(both, {"A2": "企画課"}), around("mishima").who)
    saved = save_answers(database, both, changes(both, {"A2": "財政課", "A4": "鈴木"}, seen=1), around("mishima2").who)
    assert saved.conflicts == (Conflict(("", "A2"), ("財政課",), ("企画課",), "佐藤 花子"),)
    assert [reply().answers.value(name) for name in ("A2", "A4")] == ["企画課", "鈴木"]


def test_rows_keep_their_ids(database: Database, reply: Load, around: Around) -> None:
    first, second = new_row(), new_row()
    start = reply()
    entries = {(first, "D5"): entry(start, "D5", "一つ目"), (second, "D5"): entry(start, "D5", "二つ目")}
    save_answers(database, start, Changes(0, entries, {"D": (first, second)}), around().who)
    save_answers(database, reply(), Changes(1, {}, {"D": (second, first)}), around().who)
    assert reply().answers.row_ids("D") == (second, first)
    save_answers(database, reply(), Changes(2, {}, {"D": (second,)}), around().who)
    assert reply().answers.row_ids("D") == (second,)
    kept = database.execute("SELECT count(*) FROM answer WHERE row = ?", [first]).fetchone()[0]
    assert kept == 1, "a removed row's answers stay in the database"


def test_rows_that_others_added_or_removed_meanwhile_stand(database: Database, reply: Load, around: Around) -> None:
    first, second, third = new_row(), new_row(), new_row()
    start = reply()
    save_answers(database, start, Changes(0, {(first, "D5"): entry(start, "D5", "一")}, {"D": (first,)}), around().who)
    loaded = reply()
    typed = {(second, "D5"): entry(start, "D5", "二")}
    save_answers(database, reply(), Changes(1, typed, {"D": (first, second)}), around("mishima2").who)
    typed = {(third, "D5"): entry(start, "D5", "三")}
    save_answers(database, loaded, Changes(1, typed, {"D": (first, third)}), around().who)
    assert reply().answers.row_ids("D") == (first, third, second)
    loaded = reply()
    save_answers(database, reply(), Changes(3, {}, {"D": (third, second)}), around("mishima2").who)
    save_answers(database, loaded, Changes(3, {}, {"D": (first, second, third)}), around().who)
    assert reply().answers.row_ids("D") == (second, third)


def test_every_change_has_a_line_with_before_and_after(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    save_answers(database, reply(), changes(reply(), {"A2": "企画課"}), around("mishima2").who)
    lines = list(database.execute("SELECT * FROM event WHERE act = 'save' ORDER BY id"))
    assert [line["actor"] for line in lines] == ["佐藤 花子", "鈴木 一郎"]
    assert json.loads(lines[1]["before"])["answers"] == {"/A2": ["総務課"]}
    assert json.loads(lines[1]["after"])["answers"] == {"/A2": ["企画課"]}


def test_the_trail_is_append_only(database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    for statement in ("UPDATE event SET actor = 'x'", "DELETE FROM event"):
        with pytest.raises(Exception, match="append-only"), writing(database):
            database.execute(statement)


def test_after_the_deadline_nothing_is_changed(database: Database, reply: Load, around: Around, clock) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "総務課"}), around().who)
    clock.now = reply().standing.term.end
    save_answers(database, reply(), changes(reply(), {"A2": "企画課"}), around().who)
    clock.move(seconds=1)
    with pytest.raises(NotAllowed, match="late"):
        save_answers(database, reply(), changes(reply(), {"A2": "財政課"}), around().who)
    assert reply().answers.value("A2") == "企画課"


def test_a_municipality_that_is_no_target_is_not_found(reply: Load) -> None:
    with pytest.raises(LookupError):
        reply("011002")
