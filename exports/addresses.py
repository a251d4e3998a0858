"""Where things stand in a workbook: cells and areas as formulas name them. Rows and columns count from 0."""

import re
from dataclasses import dataclass
from itertools import count

LONGEST_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def letters(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def cell(row: int, column: int, fixed: str = "") -> str:
    """Return the address of a cell; ``fixed`` names what does not move when it is copied: "row", "column", "both"."""
    row_mark = "$" if fixed in ("row", "both") else ""
    column_mark = "$" if fixed in ("column", "both") else ""
    return f"{column_mark}{letters(column)}{row_mark}{row + 1}"


def quoted(sheet: str) -> str:
    """Return the name of a sheet as formulas hold it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells on a sheet; first and last belong to it."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """Return it as a formula on another sheet names it."""
        first = cell(self.first_row, self.first_column, "both")
        last = cell(self.last_row, self.last_column, "both")
        return f"{quoted(self.sheet)}!{first}" if first == last else f"{quoted(self.sheet)}!{first}:{last}"


def spot(sheet: str, row: int, column: int) -> Area:
    """Return an area of one cell."""
    return Area(sheet, row, column, row, column)


class SheetNames:
    """Gives out names of sheets that a workbook takes: no forbidden characters, at most 31, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return ``wanted``, changed as little as the rules ask."""
        cleaned = _FORBIDDEN.sub("・", wanted).strip("' ") or "表"
        for number in count(1):
            ending = "" if number == 1 else f"_{number}"
            name = _shortened(cleaned, LONGEST_SHEET_NAME - len(ending)) + ending
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def _shortened(text: str, longest: int) -> str:
    """Cut to ``longest`` UTF-16 units, which is how a workbook counts."""
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text
