"""Data as SPSS files (.sav): codes as text with their labels, numbers as numbers, days and moments as such.

SPSS knows no blanks at the end of a text: they are not kept. A text of more than 32,767 bytes is refused.
"""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from exports.cut import Cut
from exports.data.codebook import Stored, codebook
from exports.data.columnar import needed
from exports.data.exactness import doubles_hold, texts
from exports.data.files import DataRefused, beside
from exports.data.naming import legal_names, shortened_label
from exports.data.tables import DataColumn, DataTable

LONGEST_TEXT = 32_767  # bytes of a text
_NO_ROOM = "Unable to write data"  # all that the writer says of a full disk
LONGEST_LABEL = 256  # bytes of a column's label
LONGEST_CHOICE = 120  # bytes of a code's label
_MADE_AT = 92  # bytes before the day (9) and the time (8) in the head of the file
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FORMATS = {"whole": "F18.0", "flag": "F1.0", "day": "SDATE10", "moment": "DATETIME20"}
_NUMERIC = frozenset({"whole", "decimal", "flag"})


@dataclass(frozen=True)
class _Held:
    """A column as the format holds it."""

    name: str
    form: str
    values: "pd.Series[Any]"


def write_sav(cut: Cut, tables: Sequence[DataTable], file: Path) -> tuple[Path, ...]:
    """Write a file for each table and one for the codebook; the same cut gives the same bytes.

    Raises MissingPackage, DataRefused.
    """
    writer = needed("pyreadstat")
    held = {table.name: _columns(table) for table in tables}
    stored: Stored = {
        (table.name, column.name): (one.name, one.form)
        for table in tables
        for column, one in zip(table.columns, held[table.name], strict=True)
    }
    book = codebook(tables, stored)
    held[book.name] = _columns(book)
    found = []
    for table in (*tables, book):
        place = beside(file, table.name)
        _write(writer, table, held[table.name], place)
        _date(place, cut.taken_at)
        found.append(place)
    return tuple(found)


def _date(place: Path, at: datetime) -> None:
    """Put the moment of the cut where the writer puts that of its own clock: day and time in the head of the file."""
    with place.open("r+b") as file:
        file.seek(_MADE_AT)
        file.write(f"{at.day:02d} {_MONTHS[at.month - 1]} {at:%y%H:%M:%S}".encode("ascii"))


def _write(writer: Any, table: DataTable, held: Sequence[_Held], place: Path) -> None:
    both = list(zip(table.columns, held, strict=True))
    labels = {one.name: shortened_label(column.title, LONGEST_LABEL, in_bytes=True) for column, one in both}
    meanings = {one.name: _meanings(column, one) for column, one in both if column.choices}
    formats = {one.name: _format(column, one) for column, one in both if one.form != "text"}
    try:
        writer.write_sav(
            pd.DataFrame({one.name: one.values for one in held}),
            str(place),
            file_label=shortened_label(table.label, 64, in_bytes=True),
            column_labels=labels,
            variable_value_labels=meanings,
            variable_format={name: form for name, form in formats.items() if form},
            variable_measure={one.name: _measure(one) for one in held},
        )
    except writer.ReadstatError as fault:
        if str(fault) != _NO_ROOM:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place)) from fault


def _columns(table: DataTable) -> list[_Held]:
    names = legal_names(table.header)
    return [_held(table, column, names[column.name]) for column in table.columns]


def _held(table: DataTable, column: DataColumn, name: str) -> _Held:
    if column.form in _NUMERIC and doubles_hold(column.values):
        floats = [None if value is None else float(value) for value in column.values]
        return _Held(name, column.form, pd.Series(floats, dtype="float64"))
    if column.form == "day":
        return _Held(name, "day", pd.Series(list(column.values), dtype=object))
    if column.form == "moment":
        bare = [None if value is None else value.replace(tzinfo=None) for value in column.values]
        return _Held(name, "moment", pd.Series(bare, dtype="datetime64[us]"))
    said = [value or "" for value in texts(column.values)]
    for record, text in enumerate(said, 1):
        if len(text.encode()) > LONGEST_TEXT:
            raise DataRefused(table.name, column.name, record, f"{len(text.encode())} bytes > {LONGEST_TEXT}")
    return _Held(name, "text", pd.Series(said, dtype=object))


def _meanings(column: DataColumn, held: _Held) -> dict[Any, str]:
    short = {one.code: shortened_label(one.label.ja, LONGEST_CHOICE, in_bytes=True) for one in column.choices}
    return {float(code): label for code, label in short.items()} if held.form == "flag" else short


def _format(column: DataColumn, held: _Held) -> str:
    return f"F18.{column.places}" if held.form == "decimal" else _FORMATS.get(held.form, "")


def _measure(held: _Held) -> str:
    return "scale" if held.form in ("whole", "decimal", "day", "moment") else "nominal"
