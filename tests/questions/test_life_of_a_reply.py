"""The life of a reply: every state with every act of everybody, and the deadline to the second."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from questions.life import COUNTED, STEPS, Act, Actor, NotAllowed, State, Term, may, step, target_of

TOKYO = timezone(timedelta(hours=9))
DEADLINE = datetime(2026, 12, 18, 17, 15, 0, tzinfo=TOKYO)
BEFORE, AFTER = DEADLINE - timedelta(days=1), DEADLINE + timedelta(days=1)
OPEN = Term(DEADLINE)

# from | act | by | to (while items of it are returned), as in the design. All the rest is refused.
TABLE = """
not_started       | save         | officer  | draft             | draft
draft             | save         | officer  | draft             | returned
returned          | save         | officer  | draft             | returned
awaiting_approval | save         | officer  | draft             | returned
draft             | ask_approval | officer  | awaiting_approval | awaiting_approval
returned          | ask_approval | officer  | awaiting_approval | awaiting_approval
awaiting_approval | send_back    | approver | draft             | returned
awaiting_approval | approve      | approver | submitted         | submitted
draft             | submit       | officer  | submitted         | submitted
returned          | submit       | officer  | submitted         | submitted
submitted         | withdraw     | officer  | draft             | draft
submitted         | return       | division | returned          | returned
accepted          | return       | division | returned          | returned
returned          | take_back    | division | submitted         | submitted
submitted         | accept       | division | accepted          | accepted
not_started       | enter        | division | submitted         | submitted
draft             | enter        | division | submitted         | submitted
"""
LINES = [[word.strip() for word in line.split("|")] for line in TABLE.strip().splitlines()]
ALLOWED = {(State(of), Act(act), Actor(by)): (State(to), State(returned)) for of, act, by, to, returned in LINES}
EVERYTHING = list(product(State, Act, Actor))
LATE_TOO = {Act.SEND_BACK, Act.RETURN, Act.ACCEPT, Act.ENTER}
COMPLETE = {Act.ASK_APPROVAL, Act.APPROVE, Act.SUBMIT, Act.ENTER}


@pytest.mark.parametrize(("state", "act", "actor"), EVERYTHING)
def test_who_may_do_what_in_which_state(state: State, act: Act, actor: Actor) -> None:
    allowed = ALLOWED.get((state, act, actor))
    assert may(state, act, actor, OPEN, BEFORE) is (allowed is not None)
    if allowed is None:
        with pytest.raises(NotAllowed) as caught:
            step(state, act, actor, OPEN, BEFORE)
        assert (caught.value.act, caught.value.state, caught.value.reason) == (act, state, "state")
        return
    found = step(state, act, actor, OPEN, BEFORE)
    assert target_of(found, items_open=False) is allowed[0]
    assert target_of(found, items_open=True) is allowed[1] or state is State.NOT_STARTED


@pytest.mark.parametrize(("state", "act", "actor"), ALLOWED)
def test_after_the_deadline_only_the_division_acts_and_returned_items_are_corrected(
    state: State, act: Act, actor: Actor
) -> None:
    in_time = act in LATE_TOO or state is State.RETURNED
    assert may(state, act, actor, OPEN, AFTER) is in_time
    if not in_time:
        with pytest.raises(NotAllowed) as caught:
            step(state, act, actor, OPEN, AFTER)
        assert caught.value.reason == "late"


@pytest.mark.parametrize(("state", "act", "actor"), ALLOWED)
def test_a_closed_inquiry_takes_no_answers_from_anybody(state: State, act: Act, actor: Actor) -> None:
    closed = Term(DEADLINE, extension=AFTER, closed=True)
    kept = act in {Act.SEND_BACK, Act.RETURN, Act.ACCEPT}
    assert may(state, act, actor, closed, BEFORE) is kept
    if not kept:
        with pytest.raises(NotAllowed) as caught:
            step(state, act, actor, closed, AFTER)
        assert caught.value.reason == "closed"


@pytest.mark.parametrize(("state", "act", "actor"), ALLOWED)
def test_what_needs_a_reply_without_blocking_problems(state: State, act: Act, actor: Actor) -> None:
    assert step(state, act, actor, OPEN, BEFORE).complete is (act in COMPLETE)


def test_the_deadline_holds_to_the_second() -> None:
    def in_time(now: datetime, term: Term = OPEN) -> bool:
        return may(State.DRAFT, Act.SUBMIT, Actor.OFFICER, term, now)

    assert in_time(DEADLINE - timedelta(seconds=1))
    assert in_time(DEADLINE)
    assert in_time(DEADLINE + timedelta(microseconds=999_999)), "the second that is named still belongs to it"
    assert not in_time(DEADLINE + timedelta(seconds=1))
    assert not in_time((DEADLINE + timedelta(seconds=1)).astimezone(UTC)), "whatever zone the clock is in"


def test_an_extension_moves_the_deadline_and_never_forward() -> None:
    extended = Term(DEADLINE, DEADLINE + timedelta(days=7))
    assert extended.end == DEADLINE + timedelta(days=7)
    assert may(State.DRAFT, Act.SAVE, Actor.OFFICER, extended, AFTER)
    assert not may(State.DRAFT, Act.SAVE, Actor.OFFICER, extended, AFTER + timedelta(days=7))
    shortened = Term(DEADLINE, DEADLINE - timedelta(days=7))
    assert may(State.DRAFT, Act.SAVE, Actor.OFFICER, shortened, BEFORE)


def test_a_correction_after_the_deadline_goes_through_its_approval() -> None:
    correcting = Term(DEADLINE, items_open=True)
    assert may(State.RETURNED, Act.ASK_APPROVAL, Actor.OFFICER, correcting, AFTER)
    assert may(State.AWAITING_APPROVAL, Act.APPROVE, Actor.APPROVER, correcting, AFTER)
    assert may(State.AWAITING_APPROVAL, Act.SAVE, Actor.OFFICER, correcting, AFTER)
    assert not may(State.AWAITING_APPROVAL, Act.APPROVE, Actor.APPROVER, OPEN, AFTER)
    assert not may(State.SUBMITTED, Act.WITHDRAW, Actor.OFFICER, correcting, AFTER)


def test_an_accepted_reply_is_not_withdrawn() -> None:
    assert may(State.SUBMITTED, Act.WITHDRAW, Actor.OFFICER, OPEN, BEFORE)
    assert not may(State.ACCEPTED, Act.WITHDRAW, Actor.OFFICER, OPEN, BEFORE)


def test_each_act_in_a_state_is_of_one_actor() -> None:
    pairs = [(one.act, state) for one in STEPS for state in one.of]
    assert len(pairs) == len(set(pairs)) == len(ALLOWED)
    assert {State.SUBMITTED, State.ACCEPTED} == COUNTED
