"""Fills in a division's workbook as somebody does with another program: by its names and anchors, with openpyxl."""

import re
from collections.abc import Callable, Mapping
from copy import copy
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.divisions.anchors import dispositions
from exports.needs import Key

Step = Callable[[Workbook], object]


def opened(content: bytes) -> Workbook:
    """Open a workbook as openpyxl does."""
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def handled(content: bytes, *steps: Step) -> bytes:
    """Let a workbook go through hands."""
    book = opened(content)
    for step in steps:
        step(book)
    return saved(book)


def needs_sheet(book: Workbook) -> tuple[Worksheet, int, dict[str, int]]:
    """Return the sheet of needs, the first row of its body, and its columns by key."""
    sheet = book["要望と回答"]
    names = next(row for row in sheet.iter_rows() if row[0].value == "#table.needs")
    return sheet, names[0].row + 2, {str(one.value): one.column for one in names if one.value}


def row_of(sheet: Worksheet, key: Key) -> int:
    """Return the row of a need."""
    return next(row for row in range(1, 500) if str(sheet.cell(row, 1).value or "").endswith("/".join(key)))


def put(key: Key, texts: Mapping[str, object]) -> Step:
    """Type a response: texts as texts, whatever they look like."""

    def step(book: Workbook) -> None:
        sheet, _, columns = needs_sheet(book)
        row = row_of(sheet, key)
        for name, text in texts.items():
            one = sheet.cell(row, columns[name])
            if isinstance(text, str):
                one.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", dispositions().get(text, text))
                one.data_type = "s"
            else:
                one.value = text  # type: ignore[assignment]

    return step


def put_formula(key: Key, name: str, formula: str) -> Step:
    """Type a formula that no program has worked out."""

    def step(book: Workbook) -> None:
        sheet, _, columns = needs_sheet(book)
        sheet.cell(row_of(sheet, key), columns[name]).value = formula

    return step


def cell_of(book: Workbook, key: Key, name: str) -> str:
    """Return the address of a cell."""
    sheet, _, columns = needs_sheet(book)
    return str(sheet.cell(row_of(sheet, key), columns[name]).coordinate)


def without_names(book: Workbook) -> None:
    """Lose all defined names."""
    for name in list(book.defined_names):
        del book.defined_names[name]


def without_hidden(book: Workbook) -> None:
    """Lose the hidden sheets."""
    for name in ("_meta", "_issued", "_choices"):
        book.remove(book[name])


def without_keys(book: Workbook) -> None:
    """Lose the texts of the hidden column."""
    for row in needs_sheet(book)[0].iter_rows(max_col=1):
        row[0].value = None


def names_row_deleted(book: Workbook) -> None:
    """Lose the hidden row above the header."""
    sheet, first, _ = needs_sheet(book)
    sheet.delete_rows(first - 2)
    without_names(book)


def rows_inserted(book: Workbook) -> None:
    """Insert rows above the header and among the needs."""
    sheet, first, _ = needs_sheet(book)
    sheet.insert_rows(first + 1, 2)
    sheet.insert_rows(2, 3)
    without_names(book)


def row_deleted(number: int) -> Step:
    """Delete a need's row, numbered from 0."""

    def step(book: Workbook) -> None:
        sheet, first, _ = needs_sheet(book)
        sheet.delete_rows(first + number)

    return step


def rows_hidden(book: Workbook) -> None:
    """Hide some rows, as a filter does."""
    sheet, first, _ = needs_sheet(book)
    for row in range(first + 1, first + 6):
        sheet.row_dimensions[row].hidden = True


def turned_round(first_column: int) -> Step:
    """Sort the needs the other way round, from a column on: 1 takes the hidden keys along, 2 leaves them."""

    def step(book: Workbook) -> None:
        sheet, first, _ = needs_sheet(book)
        last = max(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 2).value)
        cells = [
            [(one.value, one.data_type) for one in sheet[row][first_column - 1 :]] for row in range(first, last + 1)
        ]
        for row, held in zip(range(first, last + 1), reversed(cells), strict=True):
            for one, (value, form) in zip(sheet[row][first_column - 1 :], held, strict=True):
                one.value, one.data_type = value, form

    return step


def pasted(other: bytes, *, keys: bool) -> Step:
    """Paste all rows of another workbook below one's own, with or without the hidden column."""

    def step(book: Workbook) -> None:
        sheet, first, _ = needs_sheet(book)
        theirs, start, _ = needs_sheet(opened(other))
        last = max(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 2).value)
        for number, row in enumerate(theirs.iter_rows(min_row=start), 1):
            for one in row[0 if keys else 1 :]:
                sheet.cell(last + number, one.column).value = copy(one.value)

    return step
