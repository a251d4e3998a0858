"""A sheet of an XLSForm as rows whose cells are found by the name of their column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.form.opened import OpenedCell, OpenedSheet
from exports.xlsform.findings import Sign
from exports.xlsform.headings import ENGLISH, JAPANESE, OWN, SPOKEN, heading, plain
from exports.xlsform.ledger import Cell, Ledger
from questions.kinds.texts import first_control

HEAD_WITHIN = 20
"""Rows at the top of a sheet among which the headings are looked for."""
LONGEST_TEXT = 2_000
"""Characters of what people read: a question, its hint, a choice."""
LONGEST_CELL = 10_000
"""Characters of any other cell, such as a condition."""


@dataclass(frozen=True)
class Row:
    """One row. ``columns`` are the numbers of the sheet's columns by name."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def text(self, column: str) -> str:
        """Return what a cell holds without blanks around it; "" when it is blank or the column is not there."""
        found = self.cells.get(column)
        return "" if found is None else found.text.strip()

    def cell(self, *columns: str) -> Cell:
        """Return the first cell of some columns that is filled in; else the place where it should be."""
        for column in columns:
            if column in self.cells:
                return self.cells[column]
        place = next((self.columns[column] for column in columns if column in self.columns), 0)
        return Cell(self.sheet, self.number, place)

    def own(self, word: str) -> str:
        """Return what stands in one of our own columns."""
        return self.text(f"{OWN}:{word}")


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet below its headings, blank ones left out; ``heads`` are the cells of the headings."""

    sheet: str
    heads: Mapping[str, Cell]
    rows: tuple[Row, ...]

    def languages(self, word: str) -> tuple[str, ...]:
        """Return the languages in which a column stands; "" is the one that is not said."""
        return tuple(name.partition(":")[2] for name in self.heads if name.partition(":")[0] == word)


def known_sheet(sheets: Mapping[str, OpenedSheet], wanted: str) -> OpenedSheet | None:
    """Return the sheet of a name, however it is cased."""
    return next((sheet for name, sheet in sheets.items() if plain(name) == wanted), None)


def read_grid(sheet: OpenedSheet, keys: tuple[str, ...], ledger: Ledger) -> Grid | None:
    """Read a sheet whose headings hold one of the ``keys``; None, with a finding, when there are no headings."""
    rows = sheet.by_row
    head = next((number for number in list(rows)[:HEAD_WITHIN] if _heads(rows[number], keys)), None)
    if head is None:
        ledger.say_of_sheet(Sign.NO_HEADER, sheet.name, column=keys[0])
        return None
    heads: dict[str, Cell] = {}
    for column, opened in rows[head].items():
        name, cell = heading(opened.text), Cell(sheet.name, head, column, opened.text)
        if name in heads:
            ledger.say(Sign.DOUBLE_COLUMN, cell, first=heads[name].address)
        elif cell:
            heads[name] = cell
    columns = {name: cell.column for name, cell in heads.items()}
    for first_row, first_column, *_ in sheet.merged:
        if first_row > head and first_column in columns.values():
            ledger.say(Sign.JOINED_CELLS, Cell(sheet.name, first_row, first_column))
    found = (Row(sheet.name, number, _cells(sheet.name, number, rows[number], columns, ledger), columns)
             for number in rows if number > head)  # fmt: skip
    return Grid(sheet.name, heads, tuple(row for row in found if row.cells))


def _heads(row: Mapping[int, OpenedCell], keys: tuple[str, ...]) -> bool:
    return any(heading(cell.text) in keys for cell in row.values())


def _cells(
    sheet: str, number: int, row: Mapping[int, OpenedCell], columns: Mapping[str, int], ledger: Ledger
) -> dict[str, Cell]:
    found = {}
    for name, column in columns.items():
        opened = row.get(column)
        if opened is None:
            continue
        cell = Cell(sheet, number, column, opened.text)
        if opened.form == "error" or opened.stale:
            ledger.say(Sign.BROKEN_CELL, cell, formula=opened.formula)
        elif opened.form in ("day", "moment"):
            ledger.say(Sign.DATE_IN_CELL, cell)
        elif (place := first_control(opened.text)) is not None:
            ledger.say(Sign.CONTROL_CHARACTER, cell, place=place, point=f"U+{ord(opened.text[place - 1]):04X}")
        elif len(opened.text) > (longest := _longest(name)):
            ledger.say(Sign.TOO_LONG, cell, longest=longest, length=len(opened.text))
        if cell:
            found[name] = cell
    return found


def _longest(column: str) -> int:
    """Return how many characters a cell of a column may hold."""
    words = column.split(":")
    return LONGEST_TEXT if not SPOKEN.isdisjoint(words) or "form_title" in words else LONGEST_CELL


def strange_columns(grid: Grid, known: frozenset[str], ledger: Ledger) -> Iterator[Cell]:
    """Yield the headings of columns that hold something and are not known; tell of columns in other languages.

    ``known`` are the names of columns without their language.
    """
    filled = {name for row in grid.rows for name in row.cells}
    for name, head in grid.heads.items():
        word, _, spoken = name.partition(":")
        if name not in filled or name in known or word == OWN:
            continue
        if word not in known or word not in SPOKEN:
            yield head
        elif spoken not in ("", JAPANESE, ENGLISH) and not {"", JAPANESE, ENGLISH}.isdisjoint(grid.languages(word)):
            ledger.say(Sign.OTHER_LANGUAGE, head)
