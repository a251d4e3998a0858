"""Where targets stand: one definition of every count for the board, the reminders and their mails."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from questions.life import State, Term
from survey_app import clock
from survey_app.store.inquiries import Inquiry, Standing

SOON_DAYS = 7
"""A deadline that is at most so many days ahead is due soon."""


class Waiting(StrEnum):
    """How a target stands whose reply is still to come. The first two are to be chased today."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    EXTENDED = "extended"


class Stage(StrEnum):
    """How far an inquiry is, in the order in which the list shows them."""

    OPEN = "open"
    PAST = "past"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Counts:
    """How many of some targets are in each state; the sum of ``states`` is ``total``.

    ``handed_in`` have a submission that counts; ``chase`` are overdue or due soon.
    """

    total: int
    states: dict[State, int]
    handed_in: int
    nil: int
    overdue: int
    chase: int

    @property
    def rate(self) -> float | None:
        """The share of targets that have handed in, in per cent; None without targets."""
        return 100 * self.handed_in / self.total if self.total else None


def counted(targets: Sequence[Standing], now: datetime) -> Counts:
    """Count targets by state."""
    states = Counter(target.state for target in targets)
    return Counts(
        total=len(targets),
        states={state: states[state] for state in State},
        handed_in=sum(target.number is not None for target in targets),
        nil=sum(bool(target.nil) for target in targets),
        overdue=sum(target.is_overdue(now) for target in targets),
        chase=sum(to_chase(target, now) for target in targets),
    )


def days_left(term: Term, now: datetime) -> int:
    """Return the days until the end of a term; negative when it has passed."""
    days = (term.end.date() - now.date()).days
    return -1 if days == 0 and term.is_over(now) else days


def waiting(target: Standing, now: datetime) -> Waiting | None:
    """Say how a target stands whose reply is still to come; None when it has replied or can no longer reply."""
    if not target.is_silent or target.term.closed:
        return None
    if target.term.is_over(now):
        return Waiting.OVERDUE
    if days_left(target.term, now) <= SOON_DAYS:
        return Waiting.SOON
    return Waiting.LATER if target.term.extension is None else Waiting.EXTENDED


def to_chase(target: Standing, now: datetime) -> bool:
    """Is a target to be chased today: overdue, or due soon?"""
    return waiting(target, now) in (Waiting.OVERDUE, Waiting.SOON)


def stage(inquiry: Inquiry, now: datetime) -> Stage:
    """Say how far an inquiry is."""
    if inquiry.archived_at is not None:
        return Stage.ARCHIVED
    if inquiry.cancelled_at is not None:
        return Stage.CANCELLED
    if inquiry.closed_at is not None:
        return Stage.CLOSED
    return Stage.PAST if inquiry.term(None).is_over(now) else Stage.OPEN


def first_replies(database: Database, inquiry: Inquiry) -> tuple[datetime, ...]:
    """Return when each target that has handed in did so for the first time, the earliest first."""
    query = (
        "SELECT submission.submitted_at FROM submission JOIN reply ON reply.id = submission.reply"
        " WHERE reply.inquiry = ? AND submission.number = 1 ORDER BY submission.submitted_at"
    )
    return tuple(clock.read(row[0]) for row in database.execute(query, [inquiry.id]))
