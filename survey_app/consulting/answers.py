"""Where responses stand: of each need and division, of each division, and what they say to people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlite_utils import Database

from exports.needs import Key
from questions.labels import Language
from questions.model import Question
from questions.responses import DISPOSITION, read_response, responding
from questions.setting import Setting
from survey_app.consulting.matters import Consultation, Matter
from survey_app.store.divisions import Division
from survey_app.store.opinions import Opinion, by_need, opinions
from survey_app.store.responses import Response, responses
from survey_app.store.rounds import Asked, Round, RoundDivision, asked, round_divisions, rounds

SOON_DAYS = 3
"""A date that is at most so many days ahead is near."""


class State(StrEnum):
    """Where one response stands."""

    BLANK = "blank"
    STARTED = "started"  # something is missing, or cannot be handed in so
    READY = "ready"
    RETURNED = "returned"
    HANDED = "handed"


@dataclass(frozen=True)
class Answer:
    """What one division answers to one need.

    ``is_ready``: nothing keeps it from being handed in. ``stale``: the need changed since the response was given.
    """

    asked: Asked
    division: Division
    response: Response | None
    state: State
    is_ready: bool = False
    stale: bool = False

    def shown(self, language: Language) -> tuple[tuple[Question, str], ...]:
        """Return what was answered as people read it; what cannot be read as it was typed."""
        return () if self.response is None else shown(self.response.texts, language)


@dataclass(frozen=True)
class Progress:
    """Where one division stands in a round. ``days`` until its date; negative when that has passed."""

    division: Division
    stands: RoundDivision
    states: Counter[State]
    days: int
    overdue: bool

    @property
    def total(self) -> int:
        """How many needs it is asked about."""
        return self.states.total()

    @property
    def answered(self) -> int:
        """How many of them can be handed in, or are."""
        return self.states[State.READY] + self.states[State.HANDED]

    @property
    def left(self) -> int:
        """How many responses are still to be handed in."""
        return self.total - self.states[State.HANDED]

    @property
    def is_whole(self) -> bool:
        """Was everything handed in?"""
        return self.left == 0

    @property
    def soon(self) -> bool:
        """Is its date near?"""
        return not self.overdue and not self.is_whole and self.days <= SOON_DAYS


def state_of(line: Asked, response: Response | None, today: date) -> State:
    """Say where a response stands."""
    if response is None:
        return State.BLANK
    if response.handed_at is not None:
        return State.HANDED
    if line.remark:
        return State.RETURNED
    return State.READY if is_ready(response, today) else State.STARTED


def is_ready(response: Response | None, today: date) -> bool:
    """Does nothing keep a response from being handed in?"""
    if response is None:
        return False
    return not read_response(dict(response.texts), Setting(today=today)).blocking()


def shown(texts: Mapping[str, str], language: Language) -> tuple[tuple[Question, str], ...]:
    """Return the texts of a response as people read them, in the order of the questions; blank ones are left out."""
    found = []
    for question in responding().questions.values():
        text = texts.get(question.name, "")
        value = question.kind.parse((text,), Setting()).value if text.strip() else None
        if value is not None:
            said = question.kind.show(value, language, Setting())
            text = f"{value} {said}" if question.name == DISPOSITION else said
        if text.strip():
            found.append((question, text))
    return tuple(found)


def answers(
    database: Database, consultation: Consultation, today: date, lines: Iterable[Asked] | None = None
) -> dict[Key, tuple[Answer, ...]]:
    """Return the answers of a round by need, the lead division's first; those of some lines only."""
    given = responses(database, consultation.round)
    found: dict[Key, tuple[Answer, ...]] = {}
    for line in consultation.lines if lines is None else lines:
        one = _answer(consultation, line, given.get((line.key, line.division)), today)
        found[line.key] = (*found.get(line.key, ()), one)
    return found


def _answer(consultation: Consultation, line: Asked, response: Response | None, today: date) -> Answer:
    now = consultation.newest.needs.get(line.key)
    stale = response is not None and (now is None or now.digest != response.need_digest)
    division, state = consultation.divisions[line.division], state_of(line, response, today)
    ready = state in (State.READY, State.HANDED) or (state is State.RETURNED and is_ready(response, today))
    return Answer(line, division, response, state, ready, stale)


def progress(database: Database, consultation: Consultation, now: datetime) -> tuple[Progress, ...]:
    """Return where the divisions stand: those overdue first, then by their dates."""
    given = responses(database, consultation.round)
    states: dict[int, Counter[State]] = {}
    for line in consultation.lines:
        state = state_of(line, given.get((line.key, line.division)), now.date())
        states.setdefault(line.division, Counter())[state] += 1
    stands = round_divisions(database, consultation.round)
    found = [_progress(consultation, stands[one], counted, now) for one, counted in states.items()]
    return tuple(sorted(found, key=lambda one: (not one.overdue, one.is_whole, one.stands.due, one.division.id)))


def _progress(consultation: Consultation, stands: RoundDivision, states: Counter[State], now: datetime) -> Progress:
    late = now > stands.due
    days = (stands.due.date() - now.date()).days
    left = states.total() > states[State.HANDED]
    overdue = late and left and consultation.round.is_open
    return Progress(
        consultation.divisions[stands.division], stands, states, -1 if late and days == 0 else days, overdue
    )


def heard(database: Database, consultation: Consultation, matter: Matter) -> list[tuple[str, list[Opinion]]]:
    """Return what municipalities said to what they were told of a need and those that are one matter with it.

    By the name of the municipality; those that said nothing are left out.
    """
    said, name = by_need(opinions(database, consultation.inquiry)), consultation.newest.roster.name
    keys = (matter.asked.key, *(one.key for one in matter.together))
    return [(name(key[0]), said[key]) for key in keys if key in said]


def earlier(
    database: Database, consultation: Consultation, key: Key, division: int | None
) -> list[tuple[Round, list[Answer]]]:
    """Return what was answered to a need in the rounds before, the newest first.

    ``division``: as one division may see it, in the rounds in which it was asked about the need itself.
    """
    found = []
    for round_ in reversed(rounds(database, consultation.inquiry)):
        if round_.number >= consultation.round.number:
            continue
        lines = [one for one in asked(database, round_) if one.key == key]
        if division is not None and all(one.division != division for one in lines):
            continue
        given = responses(database, round_, key=key)
        told = [_answer(consultation, one, given.get((key, one.division)), round_.due.date()) for one in lines]
        told = [one for one in told if one.response is not None]
        if told:
            found.append((round_, told))
    return found
