"""Opens a round for the division of the person signed in: what it is not asked is no page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from exports.needs import Key
from survey_app.access import around, current_account
from survey_app.connections import database, moment
from survey_app.consulting.answers import Answer, Progress, State, answers, progress
from survey_app.consulting.matters import Consultation, Matter, consultation
from survey_app.store.audit import Who
from survey_app.store.inquiries import find_inquiry


@dataclass(frozen=True)
class Line:
    """One need of the division's list: what it is, and where its response stands."""

    matter: Matter
    answer: Answer

    @property
    def key(self) -> Key:
        """The need's own name."""
        return self.answer.asked.key

    @property
    def control(self) -> str:
        """The need's number."""
        return self.matter.asked.control


@dataclass(frozen=True)
class OwnRound:
    """One round as one division sees it."""

    consultation: Consultation
    division: int
    at: datetime

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What the division is asked, in order."""
        asked = self.consultation.lines_of(self.division)
        found = answers(database(), self.consultation, self.at.date(), asked)
        return tuple(Line(self.consultation.matter(key), several[0]) for key, several in found.items())

    @cached_property
    def by_control(self) -> Mapping[str, Line]:
        """The lines by the numbers of their needs."""
        return {one.control: one for one in self.lines}

    @cached_property
    def progress(self) -> Progress:
        """Where the division stands."""
        return next(one for one in progress(database(), self.consultation, self.at) if one.division.id == self.division)

    def line(self, control: str) -> Line:
        """Return one need. Raises LookupError for one that the division is not asked about."""
        found = self.by_control.get(control)
        if found is None:
            raise LookupError(control)
        return found

    def next_after(self, control: str) -> Line | None:
        """Return the next need whose response is still to be handed in; None when there is none."""
        order = list(self.by_control)
        place = order.index(control)
        following = (self.by_control[one] for one in (*order[place + 1 :], *order[:place]))
        left = (one for one in following if one.answer.state not in (State.HANDED, State.READY))
        return next(left, None)

    @property
    def ready(self) -> int:
        """How many responses can be handed in now."""
        return sum(one.answer.is_ready and one.answer.state is not State.HANDED for one in self.lines)

    @property
    def unfinished(self) -> tuple[Line, ...]:
        """The needs whose responses cannot be handed in yet."""
        return tuple(one for one in self.lines if not one.answer.is_ready)


def own_round(inquiry: str, number: int) -> OwnRound:
    """Open a round. Raises LookupError for what does not exist, and for what the division is not asked."""
    division = current_account().consulted
    found = consultation(database(), find_inquiry(database(), inquiry), number)
    if division is None or not found.lines_of(division):
        raise LookupError(number)
    return OwnRound(found, division, moment())


def who() -> Who:
    """Return the person who acts."""
    return around().who
