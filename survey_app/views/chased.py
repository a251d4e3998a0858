"""What the pages of chasing show of one target: how it stands, whom to call, what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from questions.setting import Municipality
from survey_app.connections import database, moment
from survey_app.store.answered_contacts import AnsweredContact, answered_contact
from survey_app.store.chasing import Call, last_calls
from survey_app.store.extensions import Extension, present_extensions
from survey_app.store.inquiries import Inquiry, Standing, standings
from survey_app.store.mails import Kind
from survey_app.store.reachable import Person, people, receivers
from survey_app.store.rosters import roster
from survey_app.store.turnout import Waiting, days_left, waiting


@dataclass(frozen=True)
class Chased:
    """One target. ``receiver`` is who said 受け取りました; ``days`` are left until its deadline, negative when over.

    ``answered``: whom it named in a reply, where no contact is registered.
    """

    target: Standing
    town: Municipality
    waiting: Waiting | None
    days: int
    overdue_days: int
    people: tuple[Person, ...]
    receiver: str
    call: Call | None
    extension: Extension | None
    today: date
    answered: AnsweredContact | None = None

    @property
    def code(self) -> str:
        """The code of the municipality."""
        return self.town.code

    @property
    def promise_ahead(self) -> bool:
        """Have they named a day that is still to come?"""
        promised = None if self.call is None else self.call.promised
        return promised is not None and promised >= self.today

    @property
    def promise_broken(self) -> bool:
        """Has the day that they named passed?"""
        return self.call is not None and self.call.promised is not None and self.call.promised < self.today

    @property
    def kind(self) -> Kind:
        """The letter that fits."""
        return Kind.AFTER if self.waiting is Waiting.OVERDUE else Kind.BEFORE


def chased(inquiry: Inquiry) -> list[Chased]:
    """Return every target of an inquiry, in the official order."""
    now, known = moment(), roster(database())
    reached, received = people(database()), receivers(database(), inquiry)
    calls, agreed = last_calls(database(), inquiry), present_extensions(database(), inquiry)
    return [
        Chased(
            target=target,
            town=known[target.municipality],
            waiting=waiting(target, now),
            days=days_left(target.term, now),
            overdue_days=max(0, (now.date() - target.term.end.date()).days),
            people=reached.get(target.municipality, ()),
            receiver=received.get(target.municipality, ""),
            call=calls.get(target.municipality),
            extension=agreed.get(target.municipality),
            today=now.date(),
            answered=None if target.municipality in reached else _answered(inquiry, target),
        )
        for target in standings(database(), inquiry)
    ]


def _answered(inquiry: Inquiry, target: Standing) -> AnsweredContact | None:
    return answered_contact(database(), inquiry, target.municipality, target.number)


def one_chased(inquiry: Inquiry, municipality: str) -> Chased:
    """Return one target. Raises LookupError when the municipality is none."""
    for found in chased(inquiry):
        if found.code == municipality:
            return found
    raise LookupError(municipality)


def by_waiting(every: Sequence[Chased]) -> dict[Waiting, list[Chased]]:
    """Return those whose reply is still to come in their groups; those who promised a day to come stand last."""
    return {
        group: sorted((one for one in every if one.waiting is group), key=lambda one: one.promise_ahead)
        for group in Waiting
    }
