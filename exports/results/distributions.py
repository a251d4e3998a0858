"""Numbers as distributions: how many are in each bin, the median and the quartiles."""

import math
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

from exports.results.bins import Bin
from exports.results.variables import Results
from exports.summaries import Turnout
from questions.model import Question


@dataclass(frozen=True)
class Distribution:
    """The numbers that answer one question. ``quartiles`` are (lower, median, upper), None without numbers.

    Quartiles lie between the two nearest numbers in proportion, as Excel's QUARTILE.INC and pandas reckon them.
    """

    question: Question
    bins: tuple[tuple[Bin, int], ...]
    numbers: tuple[Decimal, ...]
    turnout: Turnout
    quartiles: tuple[float, float, float] | None
    total: float

    @property
    def mean(self) -> float | None:
        """The mean; None without numbers."""
        return self.total / len(self.numbers) if self.numbers else None


def distribution(results: Results, question: Question) -> Distribution:
    """Return how the numbers of a question lie."""
    numbers = tuple(sorted(results.numbers(question)))
    unit = results.questionnaire.table_of.get(question.name, "")
    variable = results.variable(question.name, unit)
    counted = Counter(code for codes in variable.of for code in codes)
    found = tuple((one.bin, counted[one.code]) for one in variable.categories if one.bin is not None)
    turnout = results.book.source(question).turnout(question)
    total = math.fsum(float(number) for number in numbers)
    return Distribution(question, found, numbers, turnout, _quartiles(numbers), total)


def _quartiles(numbers: tuple[Decimal, ...]) -> tuple[float, float, float] | None:
    if not numbers:
        return None
    if len(numbers) == 1:
        return (float(numbers[0]),) * 3
    low, middle, high = quantiles([float(number) for number in numbers], n=4, method="inclusive")
    return low, middle, high
