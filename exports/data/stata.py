"""Data as Stata files (.dta, version 118): codes as numbers with value labels, long texts as strL.

Stata labels whole numbers only. Where all codes of a column are whole numbers they are the values; otherwise the
choices are counted from 1 in their order, and a label begins with its code: ``2 = "HR 人事交流"``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from exports.cut import Cut
from exports.data.codebook import Stored, codebook
from exports.data.exactness import doubles_hold, texts
from exports.data.files import beside
from exports.data.naming import legal_names, shortened_label
from exports.data.tables import DataColumn, DataTable

LONGEST_LABEL = 80  # characters of a column's label
LONGEST_FIXED = 2045  # bytes of a text that is no strL
_PLAIN_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")
_NUMERIC = frozenset({"whole", "decimal", "flag"})


@dataclass(frozen=True)
class _Held:
    """A column as the format holds it; ``numbers`` are what stands for codes."""

    name: str
    form: str
    values: "pd.Series[Any]"
    numbers: Mapping[str, int] = field(default_factory=dict)
    long: bool = False


def write_dta(cut: Cut, tables: Sequence[DataTable], file: Path) -> tuple[Path, ...]:
    """Write a file for each table and one for the codebook; the same cut gives the same bytes."""
    held = {table.name: _columns(table) for table in tables}
    stored: Stored = {
        (table.name, column.name): (one.name, _form_said(one))
        for table in tables
        for column, one in zip(table.columns, held[table.name], strict=True)
    }
    book = codebook(tables, stored)
    held[book.name] = _columns(book)
    found = []
    for table in (*tables, book):
        place = beside(file, table.name)
        _write(cut, table, held[table.name], place)
        found.append(place)
    return tuple(found)


def _form_said(held: _Held) -> str:
    """Say the form, with the numbers that stand for codes: code 1=HR 2=TAX."""
    said = " ".join(f"{number}={code}" for code, number in held.numbers.items() if str(number) != code)
    return f"{held.form} {said}".strip()


def _write(cut: Cut, table: DataTable, held: Sequence[_Held], place: Path) -> None:
    both = list(zip(table.columns, held, strict=True))
    pd.DataFrame({one.name: one.values for one in held}).to_stata(
        place,
        write_index=False,
        version=118,
        time_stamp=cut.taken_at.replace(tzinfo=None),
        data_label=shortened_label(table.label, LONGEST_LABEL, in_bytes=False),
        variable_labels={
            one.name: shortened_label(column.title, LONGEST_LABEL, in_bytes=False) for column, one in both
        },
        value_labels={one.name: _meanings(column, one) for column, one in both if one.numbers},
        convert_dates={one.name: "td" if one.form == "day" else "tc" for one in held if one.form in ("day", "moment")},
        convert_strl=[one.name for one in held if one.long],
    )


def _columns(table: DataTable) -> list[_Held]:
    names = legal_names(table.header)
    return [_held(column, names[column.name]) for column in table.columns]


def _held(column: DataColumn, name: str) -> _Held:
    values = column.values
    if column.form in _NUMERIC and doubles_hold(values):
        floats = [None if value is None else float(value) for value in values]
        numbers = {one.code: int(one.code) for one in column.choices}
        return _Held(name, column.form, pd.Series(floats, dtype="float64"), numbers)
    if column.form in ("day", "moment"):
        bare = [value.replace(tzinfo=None) if column.form == "moment" and value else value for value in values]
        return _Held(name, column.form, pd.Series(pd.to_datetime(bare), dtype="datetime64[us]"))
    if column.choices and (numbers := code_numbers(column)).keys() >= {value for value in values if value is not None}:
        coded = [None if value is None else float(numbers[value]) for value in values]
        return _Held(name, "code", pd.Series(coded, dtype="float64"), numbers)
    said = [value or "" for value in texts(values)]
    long = any(len(text.encode()) > LONGEST_FIXED for text in said)
    return _Held(name, "text", pd.Series(said, dtype=object), long=long)


def code_numbers(column: DataColumn) -> dict[str, int]:
    """Return the number that stands for each code of a column."""
    codes = [one.code for one in column.choices]
    if all(_PLAIN_NUMBER.fullmatch(code) for code in codes):
        return {code: int(code) for code in codes}
    return {code: number for number, code in enumerate(codes, 1)}


def _meanings(column: DataColumn, held: _Held) -> dict[float, str]:
    meanings: dict[float, str] = {}
    for one in column.choices:
        number = held.numbers[one.code]
        meanings[number] = one.label.ja if str(number) == one.code else f"{one.code} {one.label.ja}"
    return meanings
