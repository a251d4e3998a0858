"""Keeps what is found while a workbook is read, each finding with its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exports.addresses import cell as address_of
from exports.xlsform.findings import NOTES, Finding, Sign

MOST_TOLD = 80
"""Characters of a cell that a finding quotes."""


@dataclass(frozen=True)
class Cell:
    """One cell, blank or not, with its place: rows and columns count from 0."""

    sheet: str
    row: int
    column: int
    text: str = ""

    @property
    def address(self) -> str:
        """Return its address as people name it: B7."""
        return address_of(self.row, self.column)

    def __bool__(self) -> bool:
        """Does it hold anything but blanks?"""
        return bool(self.text.strip())


class Ledger:
    """What was found, in the order of the sheets and cells."""

    def __init__(self, sheets: Sequence[str]) -> None:
        self._sheets = {name: number for number, name in enumerate(sheets, 1)}
        self._found: list[tuple[tuple[int, int, int], Finding]] = []
        self._faulty: set[tuple[str, str]] = set()

    def say(self, sign: Sign, cell: Cell, **context: Any) -> None:
        """Note something about a cell; two things that are wrong with one cell are told one after the other."""
        content = cell.text if len(cell.text) <= MOST_TOLD else cell.text[: MOST_TOLD - 1] + "…"
        self._keep((cell.sheet, cell.row, cell.column), Finding(cell.sheet, cell.address, content, sign, context))

    def say_of_sheet(self, sign: Sign, sheet: str = "", **context: Any) -> None:
        """Note something about a sheet as a whole, or about the file."""
        self._keep((sheet, -1, -1), Finding(sheet, "", "", sign, context))

    def _keep(self, place: tuple[str, int, int], finding: Finding) -> None:
        order = (self._sheets.get(place[0], len(self._sheets) + 1) if place[0] else 0, *place[1:])
        if (order, finding) not in self._found:
            self._found.append((order, finding))
        if finding.code not in NOTES:
            self._faulty.add((finding.sheet, finding.cell))

    def faulty(self, cell: Cell) -> bool:
        """Was an error told of this cell?"""
        return (cell.sheet, cell.address) in self._faulty

    @property
    def sound(self) -> bool:
        """Is there no error?"""
        return not self._faulty

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that was found, in the order of the cells."""
        return tuple(finding for _, finding in sorted(self._found, key=lambda entry: entry[0]))
