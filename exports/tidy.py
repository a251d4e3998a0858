"""Tidy data: one record a reply, and for each table one record a row; codes as text, units in the labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.cut import Cut
from exports.records import HEADS, ROW_HEADS, Head, Records, collect
from questions.kinds.base import ColumnForm

REPLIES = "replies"
"""The name of the table that has one record a reply."""


@dataclass(frozen=True)
class TidyColumn:
    """One column. ``form`` is that of the answers' columns, or "moment"; values are None where there is no answer."""

    name: str
    label: str
    form: ColumnForm | str
    values: Sequence[Any]


@dataclass(frozen=True)
class TidyTable:
    """One table: ``name`` is REPLIES or the name of a table of the questionnaire."""

    name: str
    columns: tuple[TidyColumn, ...]

    @property
    def header(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def __len__(self) -> int:
        return len(self.columns[0].values)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield its records."""
        return zip(*(column.values for column in self.columns), strict=True)


def tidy_tables(cut: Cut) -> tuple[TidyTable, ...]:
    """Return the replies and the rows of each table, in the official order."""
    replies, tables = collect(cut)
    found = [_table(REPLIES, replies, HEADS)]
    found += [_table(name, records, ROW_HEADS) for name, records in tables.items()]
    return tuple(found)


def _table(name: str, records: Records, heads: Sequence[Head]) -> TidyTable:
    first = (TidyColumn(plain_name(head.name), head.label, head.form, records.heads[head.name]) for head in heads)
    rest = (TidyColumn(one.name, one.label, one.column.form, records.cells(one)) for one in records.fields)
    return TidyTable(name, (*first, *rest))


def plain_name(name: str) -> str:
    """Return a head's name as it stands in data: ``_code`` is ``code``; no question's name is in small letters."""
    return _NAMES.get(name, name.removeprefix("_"))


_NAMES: Mapping[str, str] = {"_row": "row_id", "_control": "control_number", "_order": "row_order"}
