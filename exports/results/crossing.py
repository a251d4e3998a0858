"""Two variables crossed: how many records stand in each cell, and which."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from exports.results.variables import Results, Variable
from exports.summaries import share

ANY = ""
"""In place of a category: whatever the variable says."""


@dataclass(frozen=True)
class Crossing:
    """Counts of records by two variables over the same records.

    ``counts`` by the codes of row and column; ANY in place of one is the total over records, which with several
    choices is less than the sum of the cells.
    """

    row: Variable
    column: Variable
    counts: Mapping[tuple[str, str], int]

    def count(self, row: str = ANY, column: str = ANY) -> int:
        """Return how many records are in a cell, a row, a column, or in all."""
        return self.counts.get((row, column), 0)

    def share(self, row: str, column: str) -> float | None:
        """Return what part of a row's records is in a cell; None when the row has none."""
        return share(self.count(row, column), self.count(row))

    @property
    def most(self) -> int:
        """The largest count of a cell."""
        return max((n for (row, column), n in self.counts.items() if ANY not in (row, column)), default=0)

    @property
    def several(self) -> bool:
        """Can a record stand in several cells?"""
        return self.row.several or self.column.several


def cross(results: Results, row: str, column: str) -> Crossing:
    """Cross two variables. Raises LookupError, CannotCross."""
    unit = results.unit_of(row, column)
    down, across = results.variable(row, unit), results.variable(column, unit)
    counts: Counter[tuple[str, str]] = Counter()
    for mine, others in zip(down.of, across.of, strict=True):
        counts.update((one, other) for one in {*mine, ANY} for other in {*others, ANY})
    return Crossing(down, across, dict(counts))


def places(crossing: Crossing, row: str = ANY, column: str = ANY) -> list[int]:
    """Return which records are in a cell, by their places among the records of the unit."""
    pairs = zip(crossing.row.of, crossing.column.of, strict=True)
    return [
        place
        for place, (mine, others) in enumerate(pairs)
        if (row == ANY or row in mine) and (column == ANY or column in others)
    ]


@dataclass(frozen=True)
class Holder:
    """One record behind a count: whose it is, and for a row of a table its number on paper and what it is about."""

    municipality: str
    control: str = ""
    subject: str = ""


def holders(results: Results, found: list[int], unit: str) -> list[Holder]:
    """Return whose the records are, in the official order."""
    heads = results.records(unit).heads
    if not unit:
        return [Holder(heads["_code"][place]) for place in found]
    table = results.questionnaire.tables[unit]
    subjects = results.records(unit).values[table.need.subject] if table.need is not None else []
    return [
        Holder(heads["_code"][one], heads["_control"][one], str(subjects[one] or "") if subjects else "")
        for one in found
    ]
