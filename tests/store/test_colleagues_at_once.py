"""Two officials at the same thing: the second is told what the first did, and undoes nothing of it unseen."""

from datetime import timedelta

import pytest
from round_desk import LEADER, open_first
from round_desk import Desk as RoundDesk
from round_desk import desk_of as round_desk
from sqlite_utils import Database
from telling import PROMISE, Desk, desk_of
from town import DEADLINE, OPENED

from survey_app.store.asking import plan_round
from survey_app.store.audit import Who
from survey_app.store.divisions import Division, add
from survey_app.store.follow_ups import Note, Status, find_promise, note_follow_up
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import Looked, merge, merge_mark, merges
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.publications import NewPublication, publications, publish
from survey_app.store.round_changes import TooFar, due_mark, extend_division
from survey_app.store.rounds import NewRound, open_round, round_divisions, rounds
from survey_app.store.routing import LEAD, SUPPORT, NewRule
from survey_app.store.routing_cells import Cell, add_support, rules_of, set_lead

WHO = Who(None, "県庁 太郎", OPENED)
A, B, C, D = (("072010", "ra"), ("072028", "rb"), ("072036", "rc"), ("072044", "rd"))


@pytest.fixture
def asking(sampled: Database) -> RoundDesk:
    return round_desk(sampled)


@pytest.fixture
def desk(sampled: Database) -> Desk:
    return desk_of(sampled)


def test_one_round_is_opened_when_two_press_at_once(asking: RoundDesk) -> None:
    seen = mark(plan_round(asking.database, asking.inquiry, 1, DEADLINE.date()).told)
    first = NewRound(1, DEADLINE, "", "one", seen)
    open_round(asking.database, asking.inquiry, first, LEADER)
    with pytest.raises(Overtaken):
        open_round(asking.database, asking.inquiry, NewRound(1, DEADLINE, "", "two", seen), LEADER)
    assert open_round(asking.database, asking.inquiry, first, LEADER).number == 1, "the same page sent again"
    assert len(rounds(asking.database, asking.inquiry)) == 1


def test_one_publication_is_made_when_two_press_at_once(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    seen, round_ = desk.prepared().digest, desk.round
    first = publish(desk.database, desk.inquiry, round_, NewPublication(seen, "one"), LEADER)
    with pytest.raises(Overtaken):
        publish(desk.database, desk.inquiry, round_, NewPublication(seen, "two"), LEADER)
    assert publish(desk.database, desk.inquiry, round_, NewPublication(seen, "one"), LEADER) == first
    assert len(publications(desk.database, desk.inquiry)) == 1


def test_a_merge_of_a_colleague_is_not_renamed_unseen(database: Database, support_needs: Inquiry) -> None:
    seen = merge_mark(merges(database, support_needs), [A, B])
    first = merge(database, support_needs, [A, B], "甲の件名", WHO, Looked(seen, [A, B]))
    assert merge(database, support_needs, [A, B], "甲の件名", WHO, Looked(seen, [A, B])) == first, "sent again"
    with pytest.raises(Overtaken):
        merge(database, support_needs, [A, B], "乙の件名", WHO, Looked(seen, [A, B]))
    with pytest.raises(Overtaken):
        merge(database, support_needs, [B, C], "丙の件名", WHO, Looked(seen, [A, B]))
    assert [one.subject for one in merges(database, support_needs)] == ["甲の件名"]
    merge(database, support_needs, [C, D], "別の件名", WHO, Looked(merge_mark((), [C, D]), [C, D]))
    now = merge_mark(merges(database, support_needs), [A, B])
    merge(database, support_needs, [A, B], "乙の件名", WHO, Looked(now, [A, B]))
    assert {one.subject for one in merges(database, support_needs)} == {"乙の件名", "別の件名"}


def test_an_extension_of_a_colleague_is_not_cut_short_unseen(asking: RoundDesk) -> None:
    database, round_ = asking.database, open_first(asking).round
    seen = due_mark(round_divisions(database, round_)[asking.tax])
    longer, shorter = (DEADLINE + timedelta(days=days) for days in (14, 7))
    extend_division(database, round_, asking.tax, longer, LEADER, seen)
    extend_division(database, round_, asking.tax, longer, LEADER, seen)
    with pytest.raises(Overtaken):
        extend_division(database, round_, asking.tax, shorter, LEADER, seen)
    assert round_divisions(database, round_)[asking.tax].due == longer
    now = due_mark(round_divisions(database, round_)[asking.tax])
    extend_division(database, round_, asking.tax, shorter, LEADER, now)
    with pytest.raises(TooFar):
        extend_division(database, round_, asking.tax, DEADLINE.replace(year=2117), LEADER)
    assert round_divisions(database, round_)[asking.tax].due == shorter
    assert asking.acts().count("extend_division") == 2


def test_a_new_promise_is_not_settled_by_an_old_note(desk: Desk) -> None:
    desk.hand_in(desk.tax)
    desk.publish("one")
    key = desk.of("TAX")[0].key
    first = find_promise(desk.database, desk.inquiry, key)
    note_follow_up(desk.database, desk.inquiry, first, Note(Status.LATER, "遅れます。", "2029-10", "a"), LEADER)
    note_follow_up(desk.database, desk.inquiry, first, Note(Status.DONE, "開きました。", "", "b"), LEADER)
    assert find_promise(desk.database, desk.inquiry, key).settled
    desk.hand_in(desk.people, **PROMISE)
    desk.publish("two")
    assert find_promise(desk.database, desk.inquiry, key).settled, "the same promise, told again"

    desk.open_round("again")
    desk.hand_in(desk.tax, **PROMISE | {"R3": "別の研修を開きます。", "R4": "令和10年4月"})
    desk.publish("three")
    second = find_promise(desk.database, desk.inquiry, key)
    assert (second.settled, second.notes, str(second.due)) == (False, (), "2028-04-30")
    assert [one.text for one in second.earlier] == ["遅れます。", "開きました。"]
    assert second.is_over(DEADLINE.date() + timedelta(days=900))
    old = Note(Status.DONE, "前の画面から", "", "c", first.mark)
    with pytest.raises(Overtaken):
        note_follow_up(desk.database, desk.inquiry, first, old, LEADER)
    note_follow_up(desk.database, desk.inquiry, second, Note(Status.DONE, "済み", "", "d", second.mark), LEADER)
    assert find_promise(desk.database, desk.inquiry, key).settled


def test_who_leads_a_field_does_not_support_it_too(database: Database) -> None:
    today = DEADLINE.date()
    one, other = (add(database, Division(0, "総務部", name, today), WHO) for name in ("税務課", "人事課"))
    add_support(database, NewRule("TAX", "", one, SUPPORT, today), WHO)
    add_support(database, NewRule("TAX", "", other, SUPPORT, today), WHO)
    from_when = today + timedelta(days=10)
    (ended,) = set_lead(database, NewRule("TAX", "", one, LEAD, from_when), WHO)
    assert ended.division == one
    rules = rules_of(database, Cell("TAX"))
    holding = {(rule.division, rule.part) for rule in rules if rule.is_valid(from_when)}
    assert holding == {(one, LEAD), (other, SUPPORT)}
    assert (one, SUPPORT) in {(rule.division, rule.part) for rule in rules if rule.is_valid(today)}, "until then it did"
