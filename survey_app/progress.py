"""How far a reply is: each section's progress, and what is to be done next."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from questions.checking import Examination
from questions.model import Section
from questions.problems import Code, Level, Problem

UNANSWERED = frozenset({Code.REQUIRED, Code.REQUIRED_HERE, Code.TOO_FEW_ROWS})
"""Problems of what is missing, as against problems in what was typed."""


SECONDS_OF_A_MINUTE = 60


class Progress(StrEnum):
    """How far a section is."""

    BLANK = "blank"
    OPTIONAL = "optional"
    STARTED = "started"
    WRONG = "wrong"
    DONE = "done"


@dataclass(frozen=True)
class SectionStanding:
    """One section's progress: how many required answers are missing, how many typed ones cannot be accepted."""

    section: Section
    progress: Progress
    missing: int
    wrong: int
    to_confirm: int
    number: int = 0

    @property
    def complete(self) -> bool:
        """Does nothing in it keep the reply from being handed in?"""
        return not self.missing and not self.wrong


@dataclass(frozen=True)
class Length:
    """How much is asked: the questions, and the seconds that they take; ``left``: those for what is still open.

    A simple estimate: each question takes the seconds that its kind names, whatever its length. Questions that are
    filled in by the system take none; those that may still become relevant are not foreseen. A table that must be
    filled in and has no rows yet counts with the fewest that it needs. Still open is what is asked and not answered;
    what may stay blank is open only as long as nothing in its section was answered.
    """

    questions: int = 0
    seconds: int = 0
    left: int = 0

    def __add__(self, other: "Length") -> "Length":
        return Length(self.questions + other.questions, self.seconds + other.seconds, self.left + other.left)

    @property
    def minutes(self) -> int:
        """All minutes, rounded up."""
        return ceil(self.seconds / SECONDS_OF_A_MINUTE)

    @property
    def minutes_left(self) -> int:
        """The minutes that are left, rounded up."""
        return ceil(self.left / SECONDS_OF_A_MINUTE)


def length_of(examination: Examination, section: Section) -> Length:
    """Return how much one asked section asks."""
    answers, begun = examination.answers, _begun(examination, section)
    found = Length()
    for question, row in examination.places(section):
        if not question.prefilled:
            open_still = not answers.entry(question.name, row).texts and (question.required or not begun)
            found += Length(1, question.kind.seconds, question.kind.seconds if open_still else 0)
    for table in section.tables():
        if table.required and examination.asked(table.name) and not answers.row_ids(table.name):
            always = [one for one in table.questions if one.relevant is None and not one.prefilled]
            rows, seconds = table.least or 1, sum(one.kind.seconds for one in always)
            found += Length(rows * len(always), rows * seconds, rows * seconds)
    return found


def in_what_was_typed(problem: Problem) -> bool:
    """Is it a mistake in what was typed, not something that is still missing?"""
    return problem.level is Level.ERROR and problem.code not in UNANSWERED


def standing_of(examination: Examination, section: Section, number: int = 0) -> SectionStanding:
    """Return how far one asked section is."""
    problems = examination.problems_of(section)
    missing = sum(problem.code in UNANSWERED and problem.level is Level.ERROR for problem in problems)
    wrong = sum(in_what_was_typed(problem) for problem in problems)
    to_confirm = sum(problem.level is Level.CONFIRM for problem in problems)
    if wrong:
        progress = Progress.WRONG
    elif not _begun(examination, section):
        progress = Progress.BLANK if missing else Progress.OPTIONAL
    else:
        progress = Progress.STARTED if missing else Progress.DONE
    return SectionStanding(section, progress, missing, wrong, to_confirm, number)


def standings(examination: Examination) -> tuple[SectionStanding, ...]:
    """Return how far each asked section is, in order, numbered from 1."""
    return tuple(standing_of(examination, section, number) for number, section in enumerate(examination.sections(), 1))


def next_section(examination: Examination, after: Section) -> Section | None:
    """Return the section that comes after one; None when only the review is left.

    A nil reply goes straight to what it still lacks.
    """
    asked = examination.sections()
    order = [section.name for section in examination.questionnaire.sections]
    later = [section for section in asked if order.index(section.name) > order.index(after.name)]
    if examination.nil:
        lacking = (one.section for one in standings(examination) if not one.complete)
        return next((section for section in lacking if section.name != after.name), None)
    return later[0] if later else None


def _begun(examination: Examination, section: Section) -> bool:
    if any(examination.answers.row_ids(table.name) for table in section.tables()):
        return True
    places = examination.places(section)
    return any(examination.answers.entry(question.name, row).texts for question, row in places)
