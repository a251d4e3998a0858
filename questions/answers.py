"""The answers of one reply: what was typed, and what it was read as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from questions.problems import Problem

Place = tuple[str, str]
"""Where an answer stands: (row id, question name); the row id is "" outside tables."""


@dataclass(frozen=True)
class Entry:
    """One answer: the texts as they were typed, the value that they were read as (None: blank or wrong)."""

    texts: tuple[str, ...] = ()
    value: Any = None
    problems: tuple[Problem, ...] = ()


BLANK = Entry()


@dataclass(frozen=True)
class Answers:
    """All answers of one reply.

    ``entries`` by place; ``rows`` the ids of each table's rows in their order.
    """

    entries: Mapping[Place, Entry] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def entry(self, question: str, row: str = "") -> Entry:
        """Return the entry at a place; a blank one when there is none."""
        return self.entries.get((row, question), BLANK)

    def value(self, question: str, row: str = "") -> Any:
        """Return the value at a place; None when blank or wrong."""
        return self.entry(question, row).value

    def row_ids(self, table: str) -> tuple[str, ...]:
        """Return the ids of a table's rows in their order."""
        return self.rows.get(table, ())

    def with_entries(self, changed: Mapping[Place, Entry]) -> "Answers":
        """Return these answers with some replaced."""
        return replace(self, entries={**self.entries, **changed})

    def with_rows(self, table: str, row_ids: Sequence[str]) -> "Answers":
        """Return these answers with another list of rows for one table; entries of rows that are gone stay unseen."""
        return replace(self, rows={**self.rows, table: tuple(row_ids)})
