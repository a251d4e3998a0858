"""What each question comes to, before and after: over all replies, and among those that replied both times."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from exports.cut import Cut
from exports.versus.comparing import Versus
from questions.labels import Label
from questions.model import Question
from questions.setting import Setting


@dataclass(frozen=True)
class Part:
    """One line under a question: a choice with its counts, or a figure of numbers (``label`` None).

    ``name`` is the choice's code, or sum, median.
    """

    name: str
    label: Label | None
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Line:
    """One question: how many were asked and answered it each time, of all replies, and the answers by sort."""

    question: Question
    altered: bool
    asked: tuple[int, int]
    answered: tuple[int, int]
    sorts: Counter[str]
    parts: tuple[Part, ...]

    def count(self, sort: str) -> int:
        """Return how many municipalities that replied both times answered so."""
        return self.sorts[sort]


def totals(versus: Versus) -> tuple[Line, ...]:
    """Return a line for each question that both ask."""
    sorts: dict[str, Counter[str]] = {}
    for one in versus.answers:
        sorts.setdefault(one.question, Counter())[one.sort] += 1
    return tuple(_line(versus, question, sorts.get(question.name, Counter())) for question in versus.questions)


def _line(versus: Versus, question: Question, sorts: Counter[str]) -> Line:
    sides = (versus.before, versus.after)
    before, after = (sum(one.contents.asked(question.name) for one in cut.submissions) for cut in sides)
    was, now = (len(_values(cut, question)) for cut in sides)
    parts = _parts(versus, question)
    return Line(question, versus.altered(question), (before, after), (was, now), sorts, parts)


def _values(cut: Cut, question: Question) -> list[object]:
    values = (one.contents.value(question.name) for one in cut.submissions)
    return [value for value in values if value is not None]


def _parts(versus: Versus, question: Question) -> tuple[Part, ...]:
    was, now = (_values(cut, question) for cut in (versus.before, versus.after))
    earlier = versus.before.questionnaire.questions[question.name]
    if earlier.kind.summary != question.kind.summary:
        return ()
    if question.kind.summary == "numbers":
        return _figures(was, now)
    if question.kind.summary != "choices":
        return ()
    known = {
        option.code: option.label
        for kind, cut in ((earlier.kind, versus.before), (question.kind, versus.after))
        for option in (*kind.options(Setting(roster=cut.roster)), *kind.retired_options())
    }
    counts = [Counter(code for value in side for code in _codes(value)) for side in (was, now)]
    return tuple(Part(code, label, counts[0][code], counts[1][code]) for code, label in known.items())


def _codes(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _figures(was: list[object], now: list[object]) -> tuple[Part, ...]:
    sides = [[Decimal(str(value)) for value in side] for side in (was, now)]
    sums = [float(sum(side)) if side else None for side in sides]
    medians = [float(median(side)) if side else None for side in sides]
    return Part("sum", None, sums[0], sums[1]), Part("median", None, medians[0], medians[1])
