"""What a roster would change: new municipalities, changes field by field, what is the same, what is no longer there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from survey_app.rosters.reading import HEADINGS, Records, RosterLine

FIELDS = ("name", "kana", "kind", "bureau", "county", "population", "population_source", "groups")
SEPARATOR = ";"


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. ``before`` and ``after`` are texts, "" for blank."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """One municipality that changes."""

    line: RosterLine
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class RosterComparison:
    """A roster held against the present one. What is ``gone`` from the file stays where it is."""

    new: tuple[RosterLine, ...]
    changed: tuple[LineChange, ...]
    unchanged: tuple[RosterLine, ...]
    gone: tuple[RosterLine, ...]

    @property
    def changes_nothing(self) -> bool:
        """Would nothing change?"""
        return not self.new and not self.changed


def texts_of(line: RosterLine) -> dict[str, str]:
    """Return the fields of a line as texts."""
    one = line.municipality
    population = "" if one.population is None else str(one.population)
    return {
        **{name: getattr(one, name) for name in FIELDS[:5]},
        "population": population,
        "population_source": line.source,
        "groups": SEPARATOR.join(one.groups),
    }


def columns_of(records: Records) -> frozenset[str]:
    """Return the columns that a file has, by their names in FIELDS."""
    _, header = records[0]
    return frozenset(HEADINGS.get(cell, cell) for cell in header) & frozenset(FIELDS)


def compare(present: Iterable[RosterLine], given: Iterable[RosterLine], columns: Collection[str]) -> RosterComparison:
    """Hold a roster against the present one; what stands in no column of the file stays as it is."""
    known = {line.municipality.code: line for line in present}
    lines = sorted(given, key=lambda line: line.municipality.code)
    new, changed, unchanged = [], [], []
    for line in lines:
        before = known.get(line.municipality.code)
        if before is None:
            new.append(line)
        elif fields := _changes(before, line, columns):
            changed.append(LineChange(line, fields))
        else:
            unchanged.append(line)
    named = {line.municipality.code for line in lines}
    gone = [line for code, line in known.items() if code not in named]
    return RosterComparison(tuple(new), tuple(changed), tuple(unchanged), tuple(gone))


def _changes(before: RosterLine, after: RosterLine, columns: Collection[str]) -> tuple[FieldChange, ...]:
    old, new = texts_of(before), texts_of(after)
    named = [name for name in FIELDS if name in columns and old[name] != new[name]]
    return tuple(FieldChange(name, old[name], new[name]) for name in named)
