"""What the answers to one question come to: counts and statistics, the blanks kept apart."""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from exports.blanks import Standing


@dataclass(frozen=True)
class Turnout:
    """How many records were asked a question, and what became of it. ``asked`` is ``answered`` + ``blank``."""

    answered: int
    blank: int
    not_asked: int
    nil: int

    @property
    def asked(self) -> int:
        """To how many the question was put: shares are taken over these."""
        return self.answered + self.blank


@dataclass(frozen=True)
class Statistics:
    """What numbers come to; all None but ``n`` and ``total`` when there are none."""

    n: int
    total: float
    mean: float | None = None
    median: float | None = None
    least: float | None = None
    most: float | None = None


def turnout(standings: "pd.Series[Any]") -> Turnout:
    """Count the standings of one question."""
    found = standings.value_counts()
    return Turnout(*(int(found.get(int(one), 0)) for one in Standing))


def statistics(numbers: "pd.Series[Any]") -> Statistics:
    """Describe numbers; NA is left out. The sum is exact before it is rounded once."""
    known = [float(number) for number in numbers.dropna()]
    if not known:
        return Statistics(0, 0)
    total = math.fsum(known)
    middle = float(pd.Series(known).median())
    return Statistics(len(known), total, total / len(known), middle, min(known), max(known))


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole; None when there is no whole."""
    return part / whole if whole else None


def counts_by(groups: "pd.Series[Any]", chosen: "pd.Series[bool]") -> dict[str, int]:
    """Count, for each group, the records of which ``chosen`` is true. Groups without any are missing."""
    return {str(group): count for group, count in Counter(groups[chosen]).items()}


def counts_of_pairs(rows: "pd.Series[Any]", columns: "pd.Series[Any]") -> dict[tuple[str, str], int]:
    """Count the records for each pair of two codes; records without either are left out."""
    pairs = pd.DataFrame({"row": rows, "column": columns}).dropna()
    found = Counter(zip(pairs["row"], pairs["column"], strict=True))
    return {(str(row), str(column)): count for (row, column), count in found.items()}
