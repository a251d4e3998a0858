"""The life of a reply: its states, who may do what in which, and until when. One table for every stage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a reply stands."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Act(StrEnum):
    """What can be done with a reply."""

    SAVE = "save"
    ASK_APPROVAL = "ask_approval"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    TAKE_BACK = "take_back"
    ACCEPT = "accept"
    ENTER = "enter"


class Actor(StrEnum):
    """Who acts."""

    OFFICER = "officer"
    APPROVER = "approver"
    DIVISION = "division"


@dataclass(frozen=True)
class Step:
    """One line of the table.

    ``to`` None is "draft, or returned while items are open for correction". ``timely``: only while the target may
    still answer. ``complete``: only without a blocking problem.
    """

    act: Act
    by: Actor
    of: frozenset[State]
    to: State | None
    timely: bool = False
    complete: bool = False


_OPEN = frozenset({State.DRAFT, State.RETURNED})
_NEW_OR_OPEN = _OPEN | {State.NOT_STARTED}
_WAITING = frozenset({State.AWAITING_APPROVAL})

STEPS = (
    Step(Act.SAVE, Actor.OFFICER, _NEW_OR_OPEN | _WAITING, None, timely=True),
    Step(Act.ASK_APPROVAL, Actor.OFFICER, _OPEN, State.AWAITING_APPROVAL, timely=True, complete=True),
    Step(Act.SEND_BACK, Actor.APPROVER, _WAITING, None),
    Step(Act.APPROVE, Actor.APPROVER, _WAITING, State.SUBMITTED, timely=True, complete=True),
    Step(Act.SUBMIT, Actor.OFFICER, _OPEN, State.SUBMITTED, timely=True, complete=True),
    Step(Act.WITHDRAW, Actor.OFFICER, frozenset({State.SUBMITTED}), State.DRAFT, timely=True),
    Step(Act.RETURN, Actor.DIVISION, frozenset({State.SUBMITTED, State.ACCEPTED}), State.RETURNED),
    Step(Act.TAKE_BACK, Actor.DIVISION, frozenset({State.RETURNED}), State.SUBMITTED),
    Step(Act.ACCEPT, Actor.DIVISION, frozenset({State.SUBMITTED}), State.ACCEPTED),
    Step(Act.ENTER, Actor.DIVISION, frozenset({State.NOT_STARTED, State.DRAFT}), State.SUBMITTED, complete=True),
)

COUNTED = frozenset({State.SUBMITTED, State.ACCEPTED})
"""States in which the last submission is what the municipality says now."""
SILENT = frozenset({State.NOT_STARTED, State.DRAFT, State.AWAITING_APPROVAL})
"""States in which a reply is still to come: nothing was handed in, or it was withdrawn and not handed in again."""


class NotAllowed(Exception):
    """An act that the table does not allow from the present state."""

    def __init__(self, act: Act, state: State, reason: str) -> None:
        super().__init__(f"{act} in {state}: {reason}")
        self.act, self.state, self.reason = act, state, reason


@dataclass(frozen=True)
class Term:
    """Until when a target may answer.

    ``closed``: the inquiry takes no more answers from anybody. ``items_open``: items of its reply were returned and
    are being corrected, to which no deadline applies.
    """

    deadline: datetime
    extension: datetime | None = None
    closed: bool = False
    items_open: bool = False

    @property
    def end(self) -> datetime:
        """The last moment, to the second."""
        return max(self.deadline, self.extension) if self.extension else self.deadline

    def is_over(self, now: datetime) -> bool:
        """Has the deadline, with its extension, passed? Its last second still belongs to it."""
        return now.replace(microsecond=0) > self.end


def may(state: State, act: Act, actor: Actor, term: Term, now: datetime) -> bool:
    """Say whether an act is open now (completeness aside)."""
    try:
        step(state, act, actor, term, now)
    except NotAllowed:
        return False
    return True


def step(state: State, act: Act, actor: Actor, term: Term, now: datetime) -> Step:
    """Return the line of the table for an act. Raises NotAllowed with the reason: state, closed or late.

    A returned reply may be corrected after the deadline, with its approval; a closed inquiry takes nothing more in.
    """
    found = next((one for one in STEPS if one.act is act and one.by is actor and state in one.of), None)
    if found is None:
        raise NotAllowed(act, state, "state")
    if term.closed and (found.timely or found.to is State.SUBMITTED):
        raise NotAllowed(act, state, "closed")
    correcting = state is State.RETURNED or (state is State.AWAITING_APPROVAL and term.items_open)
    if found.timely and term.is_over(now) and not correcting:
        raise NotAllowed(act, state, "late")
    return found


def target_of(found: Step, *, items_open: bool) -> State:
    """Return the state to which a step leads; ``items_open``: items were returned and are being corrected."""
    return found.to or (State.RETURNED if items_open else State.DRAFT)
