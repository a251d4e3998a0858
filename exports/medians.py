"""Numbers that are far from those of comparable municipalities: a slip of the unit shows as 1,000 times the others.

A number is held against the median of the municipalities of the same kind (市, 町, 村), then of the same class of
inhabitants, then of the same bureau; the first group in which it stands out is told. A number stands out from
``FACTOR`` times the median on, or at the ``FACTOR``-th part of it or less, where at least ``FEWEST`` other
municipalities of the group answered. 0 and blanks are neither held against others nor counted.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from exports.cut import Cut
from questions.contents import Contents
from questions.labels import Label
from questions.model import Question
from questions.setting import Municipality

FACTOR = 10
FEWEST = 5
CLASSES = (5_000, 10_000, 30_000, 100_000)
"""Where one class of inhabitants ends and the next begins."""

Bounds = tuple[int | None, int | None]
NO_BOUNDS: Bounds = (None, None)


class GroupKind(StrEnum):
    """By what municipalities are comparable."""

    KIND = "kind"
    INHABITANTS = "inhabitants"
    BUREAU = "bureau"


@dataclass(frozen=True)
class Outlier:
    """One number that stands out. ``row`` is the row's id in a table, "" outside.

    ``name`` is the group's, ``bounds`` its inhabitants (from, below) when it is a class of them; ``count``: how many
    others were compared; ``times``: how many times the median it is, or which part of it.
    """

    municipality: str
    question: str
    row: str
    unit: Label | None
    group: GroupKind
    name: str
    bounds: Bounds
    median: Decimal
    count: int
    high: bool
    times: Decimal


def outliers(cut: Cut) -> dict[str, tuple[Outlier, ...]]:
    """Return what stands out in each submission of a cut, by municipality, in the order of the questionnaire."""
    replies = [
        (cut.roster[one.municipality], one.contents) for one in cut.submissions if one.municipality in cut.roster
    ]
    found: dict[str, list[Outlier]] = {}
    for question in cut.questionnaire.questions.values():
        if question.kind.summary == "numbers":
            table = cut.questionnaire.table_of.get(question.name)
            numbers = [(town, tuple(_numbers(question, table, contents))) for town, contents in replies]
            compared = _compared(numbers)
            for town, own in numbers:
                found.setdefault(town.code, []).extend(_outstanding(question, town, own, compared))
    return {code: tuple(some) for code, some in found.items() if some}


def inhabitants(population: int | None) -> Bounds | None:
    """Return the class of a number of inhabitants: from, and below; None when the number is not known."""
    if population is None:
        return None
    least = max((one for one in CLASSES if one <= population), default=None)
    most = min((one for one in CLASSES if one > population), default=None)
    return least, most


Numbers = tuple[tuple[str, Decimal], ...]
"""The numbers that one reply says to a question, each with its row."""
Group = tuple[GroupKind, str, Bounds]


@dataclass
class _Compared:
    """What the municipalities of one group say: all numbers in order, and how many municipalities said them."""

    values: list[Decimal] = field(default_factory=list)
    towns: int = 0

    def without(self, own: Numbers) -> list[Decimal]:
        """Return the numbers of the others."""
        others = list(self.values)
        for _, value in own:
            del others[bisect_left(others, value)]
        return others


def _numbers(question: Question, table: str | None, contents: Contents) -> Iterator[tuple[str, Decimal]]:
    for row in ("",) if table is None else contents.row_ids(table):
        value = contents.value(question.name, row)
        if value is not None and value > 0:
            yield row, Decimal(value)


def _groups(town: Municipality) -> Iterator[Group]:
    """Yield the groups of a municipality; what the roster leaves blank makes none."""
    if town.kind:
        yield GroupKind.KIND, town.kind, NO_BOUNDS
    bounds = inhabitants(town.population)
    if bounds is not None:
        yield GroupKind.INHABITANTS, "", bounds
    if town.bureau:
        yield GroupKind.BUREAU, town.bureau, NO_BOUNDS


def _compared(numbers: Sequence[tuple[Municipality, Numbers]]) -> Mapping[Group, _Compared]:
    found: dict[Group, _Compared] = {}
    for town, own in numbers:
        for group in _groups(town) if own else ():
            some = found.setdefault(group, _Compared())
            some.values += (value for _, value in own)
            some.towns += 1
    for some in found.values():
        some.values.sort()
    return found


def _outstanding(
    question: Question, town: Municipality, own: Numbers, compared: Mapping[Group, _Compared]
) -> Iterator[Outlier]:
    told: set[str] = set()
    for group in _groups(town) if own else ():
        others = compared[group].towns - 1
        if others < FEWEST:
            continue
        middle = Decimal(median(compared[group].without(own)))
        for row, value in own:
            high = value >= middle * FACTOR
            if row not in told and (high or value * FACTOR <= middle):
                told.add(row)
                times = (value / middle if high else middle / value).quantize(Decimal(1), ROUND_HALF_UP)
                unit = getattr(question.kind, "unit", None)
                yield Outlier(town.code, question.name, row, unit, *group, middle, others, high, times)
