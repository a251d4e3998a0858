"""What the answers to one question come to: counts and statistics, the blanks kept apart."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from exports.blanks import Standing

Group = tuple[str, str]
"""Some of the records: the head that is looked at and what it says, such as ("_bureau", "県北")."""
EVERYONE: Group = ("", "")


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


@dataclass(frozen=True)
class Tally:
    """How often each choice was made, by groups of records; ``asked`` and ``blank`` by group, too."""

    chosen: Mapping[tuple[str, Group], int]
    asked: Mapping[Group, int]
    blank: Mapping[Group, int]


def turnout(standings: Sequence[Standing]) -> Turnout:
    """Count the standings of one question."""
    packed = bytes(standings)
    return Turnout(*(packed.count(int(one)) for one in Standing))


def statistics(numbers: "pd.Series[Any]") -> Statistics:
    """Describe numbers; NA is left out. The sum is exact before it is rounded once."""
    known = [float(number) for number in numbers.dropna()]
    if not known:
        return Statistics(0, 0)
    total = math.fsum(known)
    return Statistics(len(known), total, total / len(known), median(known), min(known), max(known))


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole; None when there is no whole."""
    return part / whole if whole else None


def memberships(heads: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return a frame of 1 and 0: which record belongs to which group, everyone included. ``heads`` by their names."""
    parts = [pd.get_dummies(pd.Series(found, dtype="object"), dtype=float) for found in heads.values()]
    names = [(head, str(name)) for head, part in zip(heads, parts, strict=True) for name in part.columns]
    together = pd.concat(parts, axis=1)
    together.columns = pd.Index(names, tupleize_cols=False)
    together.insert(0, EVERYONE, 1.0, allow_duplicates=False)
    return together


def tally(chosen: Mapping[str, Iterable[bool]], standings: Sequence[Standing], members: pd.DataFrame) -> Tally:
    """Count the choices of one question by group.

    ``chosen`` says for each code of which records it was the answer, or among the answers.
    """
    asked = [standing <= Standing.BLANK for standing in standings]
    blank = [standing == Standing.BLANK for standing in standings]
    marked = pd.DataFrame(dict(enumerate((asked, blank, *map(list, chosen.values())))), dtype=float)
    counts = (marked.to_numpy().T @ members.to_numpy()).tolist()
    groups: list[Any] = members.columns.tolist()
    by_group = [dict(zip(groups, map(round, line), strict=True)) for line in counts]
    made = {(code, group): n for code, line in zip(chosen, by_group[2:], strict=True) for group, n in line.items()}
    return Tally(made, by_group[0], by_group[1])


def counts_of_pairs(rows: Iterable[str | None], columns: Iterable[str | None]) -> dict[tuple[str, str], int]:
    """Count the records for each pair of two codes; records without either are left out."""
    pairs = zip(rows, columns, strict=True)
    return dict(Counter((row, column) for row, column in pairs if row is not None and column is not None))
