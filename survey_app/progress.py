"""How far a reply is: each section's progress, and what is to be done next."""

from dataclasses import dataclass
from enum import StrEnum

from questions.checking import Examination
from questions.model import Section
from questions.problems import Code, Level, Problem

UNANSWERED = frozenset({Code.REQUIRED, Code.REQUIRED_HERE, Code.TOO_FEW_ROWS})
"""Problems of what is missing, as against problems in what was typed."""


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


def in_what_was_typed(problem: Problem) -> bool:
    """Is it a mistake in what was typed, not something that is still missing?"""
    return problem.level is Level.ERROR and problem.code not in UNANSWERED


def standing_of(examination: Examination, section: Section, number: int = 0) -> SectionStanding:
    """Return how far one asked section is."""
    problems = examination.problems_of(section)
    missing = sum(problem.code in UNANSWERED for problem in problems)
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
