"""Sample replies: realistic texts, as officers type them, that go the way of real ones.

The same seed over the same inquiry gives the same answers, at the same moments.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlite_utils import Database

from questions.answers import Answers
from questions.checking import Examination
from questions.life import State
from questions.model import Questionnaire
from questions.reading import read_catalogue
from questions.setting import Setting
from survey_app.samples.cases import fill_cooperation_cases
from survey_app.samples.desk import Desk
from survey_app.samples.grants import fill_grant_cooperation, fill_grant_small
from survey_app.samples.moments import office_moments, soon_after
from survey_app.samples.needs import fill_support_needs
from survey_app.samples.sheet import Sheet
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.submissions import Incomplete

FILLED = {
    "support_needs": fill_support_needs,
    "cooperation_cases": fill_cooperation_cases,
    "grant_cooperation": fill_grant_cooperation,
    "grant_small": fill_grant_small,
}
"""The questionnaires that can be filled in."""
MOST_UNFINISHED = 3
"""Replies that are begun and not handed in, beside those that are; one of them waits for approval."""


class NoSample(LookupError):
    """A questionnaire for which no sample can be made."""


class TooFewTargets(ValueError):
    """More replies are wanted than targets have not begun; the arguments are both numbers."""


@dataclass(frozen=True)
class Run:
    """What is wanted: so many municipalities that hand in, for a seed.

    ``until`` ends the period over which they do so (the deadline when None); ``spared`` are left untouched.
    """

    replies: int
    seed: int
    until: datetime | None = None
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """What becomes of one municipality's reply.

    ``end``: "submitted", "accepted", "resubmitted" (corrected and handed in again), "withdrawn" (being corrected) or
    "returned" by the division; "awaiting" approval in the town hall or "draft": never handed in.
    """

    municipality: str
    end: str
    nil: bool | None
    at: datetime


Act = tuple[datetime, int, Callable[[], None]]


def contents(questionnaire: Questionnaire, setting: Setting, random: Random, *, nil: bool | None = None) -> Answers:
    """Fill in a whole questionnaire for the municipality of ``setting``, without a database.

    The answers hold no problem that keeps them from being handed in on ``setting.today``. ``nil`` says whether it is
    該当なし; None leaves it to chance. Raises NoSample.
    """
    if questionnaire.name not in FILLED:
        raise NoSample(questionnaire.name)
    sheet = Sheet(questionnaire, setting, random)
    FILLED[questionnaire.name](sheet, nil)
    return sheet.answers()


def can_fill(questionnaire: Questionnaire) -> bool:
    """Are its questions those of the catalogue's questionnaire of this name, whatever else it asks?"""
    if questionnaire.name not in FILLED:
        return False
    asked = {name: question.kind for name, question in questionnaire.questions.items()}
    known = read_catalogue(questionnaire.name).questions
    return all(asked.get(name) == question.kind for name, question in known.items())


def plan(database: Database, inquiry: Inquiry, run: Run) -> tuple[Part, ...]:
    """Decide who replies, when, and what becomes of it. Raises NoSample, TooFewTargets; changes nothing."""
    if not can_fill(inquiry.questionnaire):
        raise NoSample(inquiry.questionnaire.name)
    untouched = [
        one.municipality
        for one in standings(database, inquiry)
        if one.state is State.NOT_STARTED and one.municipality not in run.spared
    ]
    if run.replies > len(untouched):
        raise TooFewTargets(run.replies, len(untouched))
    random = Random(f"{run.seed}/{inquiry.name}")
    random.shuffle(untouched)
    ends = [*_ends(run.replies), *_unfinished(len(untouched) - run.replies)]
    nils = _nils(run.replies, random) if inquiry.questionnaire.name == "support_needs" else []
    moments = office_moments(inquiry.opened_at, _end(inquiry, run), len(ends), random)
    return tuple(
        Part(municipality, end, nil, at)
        for municipality, end, nil, at in zip(untouched, ends, [*nils, *[None] * len(ends)], moments, strict=False)
    )


def hand_in(database: Database, inquiry: Inquiry, run: Run, advance: Callable[[int], None]) -> tuple[Part, ...]:
    """Make the replies of a plan, in the order of their moments; ``advance`` is called with the number just made.

    Raises NoSample, TooFewTargets, Incomplete before anything is changed; NotAllowed when the inquiry is closed.
    """
    parts = plan(database, inquiry, run)
    known = roster(database)
    acts: list[Act] = []
    for number, part in enumerate(parts):
        setting = Setting(known, part.municipality, part.at.date())
        random = Random(f"{run.seed}/{inquiry.name}/{part.municipality}")
        answers = contents(inquiry.questionnaire, setting, random, nil=part.nil)
        if problems := Examination(inquiry.questionnaire, answers, setting).blocking():
            raise Incomplete(problems)
        desk = Desk(database, inquiry, setting, answers)
        acts += [(at, number, act) for at, act in _acts(desk, part, random, _end(inquiry, run))]
        acts.append((part.at, number, lambda: advance(1)))
    for _, _, act in sorted(acts, key=lambda act: act[:2]):
        act()
    return parts


def _acts(desk: Desk, part: Part, random: Random, end: datetime) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Yield what is done with one reply, and when."""
    if part.end == "draft":
        yield from desk.saving(part.at, share=random.uniform(0.3, 0.8))
        return
    yield from desk.saving(part.at)
    if part.end == "awaiting":
        yield part.at, lambda: desk.ask_approval(part.at)
        return
    later = soon_after(part.at, end, random)
    yield part.at, lambda: desk.submit(part.at)
    if part.end == "accepted":
        yield later, lambda: desk.accept(later)
    if part.end == "returned":
        yield later, lambda: desk.give_back(later)
    if part.end in ("withdrawn", "resubmitted"):
        yield later, lambda: desk.withdraw(later)
        yield later, lambda: desk.correct(later, random)
    if part.end == "resubmitted":
        yield later, lambda: desk.submit(later)


def _end(inquiry: Inquiry, run: Run) -> datetime:
    return inquiry.deadline if run.until is None else min(run.until, inquiry.deadline)


def _ends(replies: int) -> list[str]:
    """Return what becomes of so many replies that are handed in: a third accepted, one or two corrected or returned."""
    special = ("resubmitted", "withdrawn", "returned")
    each = 0 if replies < 5 else 1 if replies < 20 else 2
    accepted = replies // 3
    plain = replies - accepted - each * len(special)
    return [*["submitted"] * plain, *["accepted"] * accepted, *special * each]


def _unfinished(left: int) -> list[str]:
    """Return what becomes of some of the targets that are left; one at least stays untouched."""
    count = max(0, min(MOST_UNFINISHED, left - 1))
    return ["draft", "awaiting", "draft"][:count]


def _nils(replies: int, random: Random) -> list[bool]:
    """Say which of so many replies are 該当なし: about one in seven."""
    count = max(1, round(replies / 7)) if replies >= 3 else 0
    nils = [True] * count + [False] * (replies - count)
    random.shuffle(nils)
    return nils
