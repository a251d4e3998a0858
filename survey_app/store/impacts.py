"""What a change of the questionnaire comes to for each reply, before it is made."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from questions.answers import Place
from questions.checking import Examination
from questions.easing import rule_of
from questions.life import COUNTED, State
from questions.model import Questionnaire
from survey_app.store.audit import Who
from survey_app.store.database import reading
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.rosters import roster


@dataclass(frozen=True)
class Affected:
    """What a change comes to for one reply that was begun.

    ``number``: of its last submission, None when nothing was handed in. ``asked``: what is asked only then;
    ``broken``: rules that are not met only then, each with its place; ``unasked``: answers to what is asked no more;
    ``unoffered``: answers that hold what is offered no more. They all stay as they are.
    """

    municipality: str
    state: State
    number: int | None
    asked: tuple[Place, ...] = ()
    broken: tuple[tuple[str, Place], ...] = ()
    unasked: tuple[Place, ...] = ()
    unoffered: tuple[Place, ...] = ()

    @property
    def touched(self) -> bool:
        """Is anything not as it was, for this reply?"""
        return bool(self.asked or self.broken or self.unasked or self.unoffered)

    @property
    def approval_waits(self) -> bool:
        """Is it with the approver, whose request the change cancels?"""
        return self.state is State.AWAITING_APPROVAL

    @property
    def open_items(self) -> tuple[Place, ...]:
        """What can be asked again: what is new, and what a new rule is about."""
        return tuple(dict.fromkeys((*self.asked, *(place for _, place in self.broken))))

    @property
    def may_ask_again(self) -> bool:
        """Can these items be given back, because the reply was handed in and rests?"""
        return self.state in COUNTED and bool(self.open_items)


def impact(database: Database, inquiry: Inquiry, after: Questionnaire, who: Who) -> tuple[Affected, ...]:
    """Return what a changed questionnaire comes to for every reply that was begun, in the official order."""
    with reading(database):
        around = Surroundings(roster(database), who)
        then = replace(inquiry, questionnaire=after)
        return tuple(_affected(database, inquiry, then, around))


def _affected(database: Database, inquiry: Inquiry, then: Inquiry, around: Surroundings) -> Iterator[Affected]:
    for target in standings(database, inquiry):
        if target.changed_at is None:  # nothing was saved
            continue
        was = find_reply(database, inquiry, target.municipality, around)
        now = find_reply(database, then, target.municipality, around)
        yield _compared(was, now)


def _compared(was: Reply, now: Reply) -> Affected:
    before, after = was.examination(), now.examination()
    asked_before, asked_after = _asked(before), _asked(after)
    known = {_rule(problem) for problem in before.problems()}
    broken = [_rule(problem) for problem in after.problems() if rule_of(problem) is not None]
    answered = [place for place in asked_before if before.answers.entry(place[1], place[0]).texts]
    return Affected(
        municipality=now.municipality,
        state=now.state,
        number=now.standing.number,
        asked=tuple(place for place in asked_after if place not in asked_before and _may_be_typed(after, place)),
        broken=tuple(one for one in dict.fromkeys(broken) if one not in known),
        unasked=tuple(place for place in answered if place not in asked_after),
        unoffered=tuple(place for place in answered if place in asked_after and _newly_unoffered(before, after, place)),
    )


def _rule(problem: Any) -> tuple[str, Place]:
    return (rule_of(problem) or "", problem.place)


def _asked(examination: Examination) -> dict[Place, None]:
    """Return the places that are asked, in order; a table that is asked by its own name."""
    found: dict[Place, None] = {}
    for section in examination.sections():
        found |= {("", table.name): None for table in section.tables() if examination.asked(table.name)}
        found |= {(row, question.name): None for question, row in examination.places(section)}
    return found


def _may_be_typed(examination: Examination, place: Place) -> bool:
    question = examination.questionnaire.questions.get(place[1])
    return question is None or not question.prefilled


def _newly_unoffered(before: Examination, after: Examination, place: Place) -> bool:
    if place[1] not in after.questionnaire.questions:
        return False
    value = after.answers.value(place[1], place[0])
    chosen = set(value if isinstance(value, tuple) else (value,))
    kinds = (one.questionnaire.questions[place[1]].kind for one in (after, before))
    gone, already = ({option.code for option in kind.retired_options()} for kind in kinds)
    return bool(chosen & (gone - already))
