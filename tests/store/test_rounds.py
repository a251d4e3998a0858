"""Rounds of asking the divisions: what is asked of whom, and what becomes of the responses."""

import json

import pytest
from round_desk import HANAKO, LEADER, WHOLE, ZEIMU, Desk, desk_of, open_first
from sqlite_utils import Database
from town import DEADLINE, Clock

from survey_app.store import merging
from survey_app.store.asking import plan_round
from survey_app.store.cut_needs import cut_needs
from survey_app.store.handing_responses import NothingReady, Unfinished, give_back, hand_in, reopen
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.responses import HandedIn, Typed, responses, save_responses
from survey_app.store.round_changes import NotLater, add_division, extend_division, withdraw_division
from survey_app.store.rounds import (
    NewRound,
    NothingToAsk,
    RoundClosed,
    asked,
    close_round,
    find_asked,
    open_round,
    open_round_again,
    round_divisions,
    rounds,
    rounds_asking,
)
from survey_app.store.routing import NewRule, add_rule


@pytest.fixture
def desk(sampled: Database) -> Desk:
    return desk_of(sampled)


@pytest.fixture
def opened(desk: Desk) -> Desk:
    return open_first(desk)


def test_each_need_is_asked_of_those_who_answer_it(desk: Desk) -> None:
    needs = cut_needs(desk.database, desk.inquiry, 1).needs
    plan = plan_round(desk.database, desk.inquiry, 1, DEADLINE.date())
    assert {one.need.field for one in plan.asked} == {"TAX", "HR"}
    assert {one.need.field for one in plan.unowned} == {one.field for one in needs.values()} - {"TAX", "HR"}
    found = open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "", "one", mark(plan.told)), LEADER)
    tax = {key for key, need in needs.items() if need.field == "TAX"}
    assert set(desk.needs_of(desk.tax)) == tax
    assert {one.key for one in asked(desk.database, found, division=desk.people) if one.part == "support"} == tax
    assert all(one.need_digest == needs[one.key].digest for one in asked(desk.database, found))
    assert set(round_divisions(desk.database, found)) == {desk.tax, desk.people}


def test_a_token_opens_one_round(desk: Desk) -> None:
    new = NewRound(1, DEADLINE, "", "one")
    assert open_round(desk.database, desk.inquiry, new, LEADER) == open_round(desk.database, desk.inquiry, new, LEADER)
    assert desk.acts().count("open_round") == 1
    assert [name for name, _ in rounds_asking(desk.database, desk.tax)] == ["support_needs"]


def test_rows_that_are_no_needs_and_merged_ones_are_not_asked_twice(desk: Desk) -> None:
    needs = list(cut_needs(desk.database, desk.inquiry, 1).needs.values())
    tax = [need.key for need in needs if need.field == "TAX"]
    merging.merge(desk.database, desk.inquiry, tax[:3], "滞納整理", LEADER)
    merging.remark(desk.database, desk.inquiry, tax[0], merging.NOT_A_NEED, LEADER)
    plan = plan_round(desk.database, desk.inquiry, 1, DEADLINE.date())
    assert [need.key for need in plan.left_out] == [tax[0]]
    first = next(one for one in plan.asked if one.need.key == tax[1])
    assert [one.key for one in first.together] == [tax[2]]
    assert tax[2] not in {one.need.key for one in plan.asked}


def test_what_was_looked_at_is_what_is_asked(desk: Desk) -> None:
    seen = mark(plan_round(desk.database, desk.inquiry, 1, DEADLINE.date()).told)
    add_rule(desk.database, NewRule("LAW", "", desk.people, "lead", DEADLINE.date()), LEADER)
    with pytest.raises(Overtaken):
        open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "", "one", seen), LEADER)
    with pytest.raises(LookupError):
        open_round(desk.database, desk.inquiry, NewRound(9, DEADLINE, "", "two"), LEADER)
    assert rounds(desk.database, desk.inquiry) == ()


def test_without_a_division_there_is_nothing_to_ask(desk: Desk) -> None:
    desk.database.execute("UPDATE division SET until = '2026-04-30'")
    with pytest.raises(NothingToAsk):
        open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "", "one"), LEADER)


def test_texts_are_kept_as_typed_and_nobody_is_overwritten(opened: Desk) -> None:
    key = opened.needs_of(opened.tax)[0]
    opened.respond(key, opened.tax, R1="B", R2="一郎の案　", R4="Ｒ９．４")
    kept = opened.respond(key, opened.tax, HANAKO, 1, R1="B", R2="花子の案", R4="Ｒ９．４", R3="当初予算")
    assert kept.clashes == ()
    kept = opened.respond(key, opened.tax, ZEIMU, 1, R2="一郎の第二案", R5="理由")
    assert [(one.question, one.mine, one.theirs, one.by) for one in kept.clashes] == [
        ("R2", "一郎の第二案", "花子の案", "税務課 花子")
    ]
    found = responses(opened.database, opened.round, division=opened.tax)[key, opened.tax]
    assert found.texts == {
        **{"R1": "B", "R2": "花子の案", "R3": "当初予算", "R4": "Ｒ９．４", "R5": "理由", "R6": "", "R7": ""}
    }
    assert (found.revision, found.changed_by) == (3, "税務課 一郎")
    told = [
        json.loads(row["before"])["texts"]
        for row in opened.database.execute("SELECT before FROM event WHERE act = 'respond' ORDER BY id")
    ]
    assert told == [{"R1": "", "R2": "", "R4": ""}, {"R2": "一郎の案　", "R3": ""}, {"R5": ""}]


def test_the_same_again_changes_nothing(opened: Desk) -> None:
    key = opened.needs_of(opened.tax)[0]
    opened.respond(key, opened.tax, **WHOLE)
    opened.respond(key, opened.tax, seen=1, **WHOLE)
    opened.respond(key, opened.tax, seen=0, **WHOLE)
    assert opened.acts().count("respond") == 1


def test_only_those_asked_can_respond(opened: Desk) -> None:
    hr = next(one for one in opened.needs_of(opened.people) if one not in opened.needs_of(opened.tax))
    with pytest.raises(LookupError):
        opened.respond(hr, opened.tax, **WHOLE)


def test_all_is_handed_in_only_when_nothing_is_missing(opened: Desk) -> None:
    keys = opened.needs_of(opened.tax)
    with pytest.raises(NothingReady):
        hand_in(opened.database, opened.round, opened.tax, ZEIMU, part=True)
    for key in keys[1:]:
        opened.respond(key, opened.tax, **WHOLE)
    opened.respond(keys[0], opened.tax, **{**WHOLE, "R1": "B", "R3": "予算"})  # no date
    with pytest.raises(Unfinished) as fault:
        hand_in(opened.database, opened.round, opened.tax, ZEIMU)
    assert fault.value.needs == (keys[0],)
    part = hand_in(opened.database, opened.round, opened.tax, ZEIMU, part=True)
    assert (part.count, part.whole) == (len(keys) - 1, False)
    with pytest.raises(HandedIn):
        opened.respond(keys[1], opened.tax, seen=1, R2="あとから")
    opened.respond(keys[0], opened.tax, seen=1, R4="R9.4")
    assert hand_in(opened.database, opened.round, opened.tax, ZEIMU).whole
    assert hand_in(opened.database, opened.round, opened.tax, ZEIMU).count == 0
    assert opened.acts().count("hand_in_responses") == 2
    assert round_divisions(opened.database, opened.round)[opened.tax].handed_by == "税務課 一郎"


def test_one_response_goes_back_with_a_remark_and_the_rest_stays(opened: Desk) -> None:
    opened.respond_to_all(opened.tax)
    hand_in(opened.database, opened.round, opened.tax, ZEIMU)
    key, other = opened.needs_of(opened.tax)[:2]
    to = find_asked(opened.database, opened.round, key, opened.tax)
    give_back(opened.database, opened.round, to, "時期を示してください。", LEADER)
    give_back(opened.database, opened.round, to, "時期を示してください。", LEADER)
    assert opened.acts().count("return_response") == 1
    assert find_asked(opened.database, opened.round, key, opened.tax).remark == "時期を示してください。"
    found = responses(opened.database, opened.round, division=opened.tax)
    assert found[key, opened.tax].texts["R2"] == WHOLE["R2"], "the lead changes no text"
    opened.respond(key, opened.tax, seen=1, R2="来年４月から")
    with pytest.raises(HandedIn):
        opened.respond(other, opened.tax, seen=1, R2="x")
    assert hand_in(opened.database, opened.round, opened.tax, ZEIMU).count == 1
    assert find_asked(opened.database, opened.round, key, opened.tax).remark == ""


def test_everything_is_reopened_by_the_lead(opened: Desk) -> None:
    opened.respond_to_all(opened.tax)
    hand_in(opened.database, opened.round, opened.tax, ZEIMU)
    assert reopen(opened.database, opened.round, opened.tax, LEADER)
    assert not reopen(opened.database, opened.round, opened.tax, LEADER)
    opened.respond(opened.needs_of(opened.tax)[0], opened.tax, seen=1, R2="直した")
    assert round_divisions(opened.database, opened.round)[opened.tax].handed_at is None


def test_a_need_moves_to_another_division_within_a_round(opened: Desk) -> None:
    key = opened.needs_of(opened.tax)[0]
    opened.respond_to_all(opened.people)
    hand_in(opened.database, opened.round, opened.people, LEADER)
    opened.respond(key, opened.tax, **WHOLE)
    extra = opened.database.table("division").insert({"bureau": "企画部", "name": "情報政策課", "since": "2026-04-01"})
    new = int(str(extra.last_pk))
    add_division(opened.database, opened.inquiry, opened.round, (key, new, "lead"), LEADER)
    withdraw_division(opened.database, opened.round, key, opened.tax, LEADER)
    parts = {one.division: one.part for one in asked(opened.database, opened.round) if one.key == key}
    assert parts == {new: "lead", opened.people: "support"}
    with pytest.raises(LookupError):
        opened.respond(key, opened.tax, seen=1, R2="x")
    assert responses(opened.database, opened.round, division=opened.tax)[key, opened.tax].texts["R1"] == "A"
    assert opened.needs_of(new) == [key]
    assert round_divisions(opened.database, opened.round)[opened.people].handed_at is not None
    add_division(opened.database, opened.inquiry, opened.round, (key, opened.tax, "support"), LEADER)
    assert find_asked(opened.database, opened.round, key, opened.tax).part == "support"


def test_a_division_gets_more_time(opened: Desk, clock: Clock) -> None:
    later = DEADLINE.replace(day=25)
    with pytest.raises(NotLater):
        extend_division(opened.database, opened.round, opened.tax, DEADLINE, LEADER)
    extend_division(opened.database, opened.round, opened.tax, later, LEADER)
    extend_division(opened.database, opened.round, opened.tax, later, LEADER)
    found = round_divisions(opened.database, opened.round)
    assert (found[opened.tax].due, found[opened.tax].extended) == (later, True)
    assert (found[opened.people].due, found[opened.people].extended) == (DEADLINE, False)
    assert opened.acts().count("extend_division") == 1


def test_a_closed_round_takes_nothing(opened: Desk) -> None:
    key = opened.needs_of(opened.tax)[0]
    close_round(opened.database, opened.round, LEADER)
    close_round(opened.database, opened.round, LEADER)
    with pytest.raises(RoundClosed):
        opened.respond(key, opened.tax, **WHOLE)
    with pytest.raises(RoundClosed):
        hand_in(opened.database, opened.round, opened.tax, ZEIMU)
    open_round_again(opened.database, opened.round, LEADER)
    opened.respond(key, opened.tax, **WHOLE)
    assert (opened.acts().count("close_round"), opened.acts().count("open_round_again")) == (1, 1)


def test_several_are_saved_together_or_not_at_all(opened: Desk) -> None:
    first, second, third = (
        find_asked(opened.database, opened.round, key, opened.tax) for key in opened.needs_of(opened.tax)[:3]
    )
    save = lambda to, **texts: (to, Typed({**texts}, 0, to.need_digest, "workbook"))  # noqa: E731
    opened.respond(third.key, opened.tax, **WHOLE)
    assert save_responses(opened.database, opened.round, [save(first, **WHOLE), save(third, **WHOLE)], "a.xlsx", ZEIMU)
    withdraw_division(opened.database, opened.round, third.key, opened.tax, LEADER)
    with pytest.raises(LookupError):
        save_responses(opened.database, opened.round, [save(second, **WHOLE), save(third, **WHOLE)], "b.xlsx", ZEIMU)
    found = responses(opened.database, opened.round, division=opened.tax)
    assert (first.key, opened.tax) in found
    assert (second.key, opened.tax) not in found
    assert found[first.key, opened.tax].source == "workbook"
