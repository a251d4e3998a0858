"""A workbook that came from outside, as pure data: what its cells hold, and what names it knows.

It crosses from the process that opened the file to the one that asked, as JSON.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from exports.addresses import cell as address_of

SPARED, SPARED_LETTERS = "\ufdd1", "x005F"
"""What stands for these letters in a workbook that is opened: openpyxl would leave them out, and what was typed could
not be told from what was encoded. It is no character; nobody types it."""

Form = Literal["text", "number", "flag", "day", "moment", "error"]
Spot = tuple[str, int, int]
"""A sheet's name, a row and a column, from 0."""


@dataclass(frozen=True)
class OpenedCell:
    """One cell that is not blank.

    ``text``: what it holds; a number without exponent, a day as 2026-04-01. ``look``: its number format. ``formula``:
    the formula that it holds, whose last result is the text; ``stale``: a formula without a result.
    """

    form: Form
    text: str
    look: str = ""
    formula: str = ""
    stale: bool = False


@dataclass(frozen=True)
class OpenedSheet:
    """One sheet. ``merged``: (first row, first column, last row, last column) of joined cells."""

    name: str
    cells: Mapping[tuple[int, int], OpenedCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, OpenedCell]]:
        """The cells by row and column, rows in order."""
        rows: dict[int, dict[int, OpenedCell]] = {}
        for (row, column), found in sorted(self.cells.items(), key=lambda item: item[0]):
            rows.setdefault(row, {})[column] = found
        return rows

    def text(self, row: int, column: int) -> str:
        """Return what a cell holds; "" when it is blank."""
        found = self.cells.get((row, column))
        return "" if found is None else found.text

    def covered(self, row: int, column: int) -> tuple[int, int] | None:
        """Return the cell that covers another by being joined with it; None when none does."""
        for first_row, first_column, last_row, last_column in self.merged:
            inside = first_row <= row <= last_row and first_column <= column <= last_column
            if inside and (row, column) != (first_row, first_column):
                return first_row, first_column
        return None


@dataclass(frozen=True)
class OpenedBook:
    """One workbook. ``names``: the cells of defined names, as (sheet, first row, first column, last row, last column).

    ``broken``: names whose cells are gone. ``omitted``: how many cells lie too far out to be looked at.
    """

    sheets: tuple[OpenedSheet, ...]
    names: Mapping[str, tuple[str, int, int, int, int]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    omitted: int = 0

    @cached_property
    def by_name(self) -> Mapping[str, OpenedSheet]:
        """The sheets by name."""
        return {sheet.name: sheet for sheet in self.sheets}

    def cell(self, spot: Spot) -> OpenedCell | None:
        """Return a cell; None when it is blank."""
        sheet = self.by_name.get(spot[0])
        return None if sheet is None else sheet.cells.get((spot[1], spot[2]))

    def spot_of(self, name: str) -> Spot | None:
        """Return the one cell of a defined name; None when there is none."""
        found = self.names.get(name.casefold())
        return None if found is None or found[0] not in self.by_name else found[:3]


def address(spot: Spot) -> str:
    """Return the address of a cell as people name it: E12."""
    return address_of(spot[1], spot[2])


def dump(book: OpenedBook) -> str:
    """Return a workbook as one line of JSON."""
    sheets = [
        {
            "name": sheet.name,
            "merged": sheet.merged,
            "cells": [[*place, *_fields(one)] for place, one in _sorted(sheet)],
        }
        for sheet in book.sheets
    ]
    plain = {"sheets": sheets, "names": book.names, "broken": sorted(book.broken), "omitted": book.omitted}
    return json.dumps(plain)


def load(plain: Mapping[str, Any]) -> OpenedBook:
    """Read what ``dump`` wrote, once it is JSON no more."""
    sheets = tuple(
        OpenedSheet(
            one["name"],
            {(row, column): OpenedCell(*fields) for row, column, *fields in one["cells"]},
            tuple(tuple(area) for area in one["merged"]),
        )
        for one in plain["sheets"]
    )
    names = {name: tuple(area) for name, area in plain["names"].items()}
    return OpenedBook(sheets, names, frozenset(plain["broken"]), plain["omitted"])


def _fields(one: OpenedCell) -> list[object]:
    return list(asdict(one).values())


def _sorted(sheet: OpenedSheet) -> Iterator[tuple[tuple[int, int], OpenedCell]]:
    yield from sorted(sheet.cells.items(), key=lambda item: item[0])
