"""Choices as counts and shares: of those to whom the question was put."""

from collections import Counter
from dataclasses import dataclass

from exports.results.variables import Category, Results
from exports.summaries import Turnout, share
from questions.model import Question


@dataclass(frozen=True)
class Choices:
    """How often each choice of a question was made; ``counts`` in their order, without the blanks."""

    question: Question
    counts: tuple[tuple[Category, int], ...]
    turnout: Turnout

    def share(self, count: int) -> float | None:
        """Return the share among those who were asked (answered or not), from 0 to 1; None when nobody was."""
        return share(count, self.turnout.asked)


def choices(results: Results, question: Question) -> Choices:
    """Count the choices of a question."""
    unit = results.questionnaire.table_of.get(question.name, "")
    variable = results.variable(question.name, unit)
    counted = Counter(code for codes in variable.of for code in codes)
    counts = tuple((one, counted[one.code]) for one in variable.categories if not one.is_blank)
    return Choices(question, counts, results.book.source(question).turnout(question))
