"""What changed between two cuts of one inquiry: replies that came in new, and answers that are no longer the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exports.cut import Cut, Submission
from questions.differences import Difference, differences
from questions.model import Table
from questions.setting import Setting

NEW = "new"


@dataclass(frozen=True)
class Change:
    """One line of what changed.

    ``sort`` is NEW for a reply that the earlier cut does not hold (the line stands for all of it), else one of
    ``questions.differences.Sort``. ``subject`` is the number of the row on paper, "" outside tables; ``before`` and
    ``after`` are the answers as people read them, "" where there was none.
    """

    municipality: str
    sort: str
    question: str = ""
    subject: str = ""
    before: str = ""
    after: str = ""


def changes(before: Cut, after: Cut) -> tuple[Change, ...]:
    """Return what changed, in the official order, then in the order of the questionnaire."""
    earlier = {one.municipality: one for one in before.submissions}
    return tuple(line for handed in after.submissions for line in _of(earlier.get(handed.municipality), handed, after))


def _of(was: Submission | None, now: Submission, cut: Cut) -> Iterator[Change]:
    if was is None:
        yield Change(now.municipality, NEW)
    elif was.digest != now.digest:
        for one in differences(cut.questionnaire, was.contents, now.contents):
            yield _line(one, was, now, cut)


def _line(one: Difference, was: Submission, now: Submission, cut: Cut) -> Change:
    table = cut.questionnaire.tables.get(one.question)
    before, after = _shown(one.question, one.before, cut), _shown(one.question, one.after, cut)
    if table is not None:  # a whole row: what it is about
        before = _about(table, was, one.row, cut) if one.sort == "row_removed" else ""
        after = _about(table, now, one.row, cut) if one.sort == "row_added" else ""
    return Change(now.municipality, one.sort, one.question, _subject(one.row, now, cut), before, after)


def _shown(question: str, value: Any, cut: Cut) -> str:
    if value is None or question not in cut.questionnaire.questions:
        return ""
    return cut.questionnaire.questions[question].kind.show(value, "ja", Setting(roster=cut.roster))


def _about(table: Table, handed: Submission, row: str, cut: Cut) -> str:
    """Say what a row is about: its subject where it is a need, else its first answer."""
    names = [table.need.subject] if table.need is not None else [one.name for one in table.questions]
    shown = (_shown(name, handed.contents.value(name, row), cut) for name in names)
    return next((text for text in shown if text), "")


def _subject(row: str, handed: Submission, cut: Cut) -> str:
    number = cut.numbers.get((handed.municipality, row))
    if number is not None:
        return f"{handed.municipality}-{number:02d}"
    return row


@dataclass(frozen=True)
class Extent:
    """How many replies came in new, say something else, or are the same."""

    new: int
    changed: int
    same: int


def extent(found: tuple[Change, ...], after: Cut) -> Extent:
    """Count the replies by what became of them."""
    sorts: Mapping[str, str] = {one.municipality: one.sort for one in found}
    new = sum(sort == NEW for sort in sorts.values())
    return Extent(new, len(sorts) - new, len(after.submissions) - len(sorts))
