"""What municipalities are told: as it was answered, once, never changed; opinions and promises after it."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database
from telling import LEADER, PROMISE, Desk, desk_of
from town import DEADLINE

from survey_app.store import merging
from survey_app.store.follow_ups import Note, Status, find_promise, follow_ups, note_follow_up, promises
from survey_app.store.opinions import opinions, say_opinion
from survey_app.store.overtaking import Overtaken
from survey_app.store.publications import NewPublication, publications, publish, responses_told
from survey_app.store.telling import Lack, differences


@pytest.fixture
def desk(sampled: Database) -> Desk:
    return desk_of(sampled)


def test_nothing_is_told_that_was_not_handed_in(desk: Desk) -> None:
    first = desk.of("TAX")[0]
    desk.respond(first.key, desk.tax, **PROMISE)
    line = desk.prepared().line(first.key)
    assert line.told.lead is None
    assert Lack.WAITING in line.lacks
    desk.hand_in(desk.tax)
    line = desk.prepared().line(first.key)
    assert line.told.lead is not None
    assert line.told.lead.text == PROMISE["R2"]
    assert line.told.lead.until == "2027-04"
    assert line.told.lead.name == "総務部 税務課"
    assert set(line.lacks) & {Lack.WAITING, Lack.FAULTY, Lack.UNOWNED, Lack.EARLIER} == set()
    assert Lack.SUPPORT in line.lacks, "人事課 stands beside it and has not handed in"
    assert {one.told.key for one in desk.prepared().lacking(Lack.UNOWNED)} == {
        key for key, need in desk.needs.items() if need.field not in ("TAX", "HR")
    }


def test_every_need_is_told_with_its_own_number(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    told = desk.prepared().publication
    assert {one.key: one.control for one in told.needs} == {key: need.control for key, need in desk.needs.items()}


def test_merged_needs_are_told_to_each_under_its_own_number(desk: Desk) -> None:
    one = desk.of("TAX")[0]
    other = next(need for need in desk.of("TAX") if need.municipality != one.municipality)
    merging.merge(desk.database, desk.inquiry, [one.key, other.key], "研修", LEADER)
    desk.open_round("two")
    desk.hand_in(desk.tax)
    told = desk.prepared().publication.by_key
    first, second = sorted([one.key, other.key])
    assert told[second].asked_as == first
    assert told[first].lead == told[second].lead is not None
    assert told[second].control == desk.needs[second].control


def test_published_once_and_only_what_was_seen(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    seen = desk.prepared().digest
    new = NewPublication(seen, "one")
    first = publish(desk.database, desk.inquiry, desk.round, new, LEADER)
    assert publish(desk.database, desk.inquiry, desk.round, new, LEADER) == first
    assert len(publications(desk.database, desk.inquiry)) == 1
    assert desk.acts().count("publish") == 1
    desk.hand_in(desk.people, **{**PROMISE, "R2": "人事課の回答です。"})
    with pytest.raises(Overtaken):
        publish(desk.database, desk.inquiry, desk.round, NewPublication(seen, "two"), LEADER)
    second = desk.publish("two")
    changed = {now.key for now, was in differences(second.contents, first.contents) if was is not None}
    assert changed == {need.key for need in (*desk.of("TAX"), *desk.of("HR"))}
    assert publications(desk.database, desk.inquiry)[0] == first


def test_a_publication_is_not_changed(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    desk.publish()
    for statement in ("UPDATE publication SET contents = ''", "DELETE FROM publication"):
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            desk.database.conn.execute(statement)
        desk.database.conn.rollback()


def test_an_answer_of_an_earlier_round_stays_until_the_next_one(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    desk.open_round("two")
    key = desk.of("TAX")[0].key
    line = desk.prepared().line(key)
    assert line.told.lead is not None
    assert (line.told.lead.round, Lack.EARLIER in line.lacks) == (1, True)
    desk.hand_in(desk.tax, **{**PROMISE, "R2": "第2回の回答です。"})
    line = desk.prepared().line(key)
    assert line.told.lead is not None
    assert (line.told.lead.round, line.told.lead.text, Lack.EARLIER in line.lacks) == (2, "第2回の回答です。", False)


def test_a_response_that_breaks_a_rule_is_told(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    key = desk.of("TAX")[0].key
    desk.database.execute("UPDATE response SET measure = '' WHERE municipality = ? AND row = ?", [*key])
    desk.database.conn.commit()
    line = desk.prepared().line(key)
    assert Lack.FAULTY in line.lacks
    assert [one.question for one in line.problems] == ["R3"]


def test_rows_that_are_no_needs_are_not_told(desk: Desk) -> None:
    key = desk.of("TAX")[0].key
    merging.remark(desk.database, desk.inquiry, key, merging.NOT_A_NEED, LEADER)
    assert key not in desk.prepared().publication.by_key


def test_opinions_come_once_and_to_needs_that_were_told(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    told, key = desk.publish(), desk.of("TAX")[0].key
    for _again in range(2):
        say_opinion(desk.database, told, key, "時期を早めてほしい。", "t", LEADER)
    (one,) = opinions(desk.database, desk.inquiry)
    assert (one.key, one.text, one.publication) == (key, "時期を早めてほしい。", 1)
    assert opinions(desk.database, desk.inquiry, "000000") == ()
    with pytest.raises(LookupError):
        say_opinion(desk.database, told, (key[0], "elsewhere"), "？", "u", LEADER)


def test_promises_are_asked_again_when_their_month_has_passed(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    assert promises(desk.database, desk.inquiry) == ()
    desk.publish()
    found = promises(desk.database, desk.inquiry)
    assert {one.key for one in found} == {need.key for need in desk.of("TAX")}
    promise = found[0]
    assert str(promise.due) == "2027-04-30"
    assert not promise.is_over(promise.due)
    assert promise.is_over(promise.due + timedelta(days=1))
    for _again in range(2):
        later = Note(Status.LATER, "予算の都合で遅れます。", "2027-10", "n")
        note_follow_up(desk.database, desk.inquiry, promise, later, LEADER)
    promise = find_promise(desk.database, desk.inquiry, promise.key)
    assert (str(promise.due), len(promise.notes), promise.settled) == ("2027-10-31", 1, False)
    note_follow_up(desk.database, desk.inquiry, promise, Note(Status.DONE, "開きました。", "", "m"), LEADER)
    promise = find_promise(desk.database, desk.inquiry, promise.key)
    assert promise.settled
    assert not promise.is_over(DEADLINE.date() + timedelta(days=9999))
    assert [one.status for one in follow_ups(desk.database, desk.inquiry, promise.key[0])] == ["later", "done"]
    assert desk.acts().count("note_follow_up") == 2


def test_what_was_told_stands_beside_the_question_next_time(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    need = desk.of("TAX")[0]
    assert responses_told(desk.database, "support_needs", need.municipality) == {}
    desk.publish(who=replace(LEADER, name="県庁 花子"))
    told = responses_told(desk.database, "support_needs", need.municipality)
    assert told[need.row, "D"].startswith("【対応予定】滞納整理の研修会を開きます。")
    assert "予定時期：令和9年4月" in told[need.row, "D"]
