"""Reads a division's workbook that came back: which it is, its rows, and what its cells say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.divisions.anchors import (
    CONTROL,
    CONTROL_HEADING,
    DIGEST,
    NEEDS,
    SUBJECT,
    SUBJECT_HEADING,
    BookIssue,
    control_of,
    disposition_code,
    issue_of_line,
    issue_of_meta,
    key_of,
    table_of_needs,
)
from exports.form.anchors import HIDDEN_SHEETS, ISSUED, META, REPORT_SHEET, TABLE_MARK
from exports.form.locating_tables import LocatedRow, LocatedTable, locate_table
from exports.form.opened import OpenedBook, OpenedCell, OpenedSheet, Spot
from exports.form.typed import Doubt, Typed, typed
from exports.needs import Key
from questions.model import Question
from questions.responses import DISPOSITION

_HEAD_ROWS = 60


@dataclass(frozen=True)
class ReadCell:
    """What one cell says. ``text`` "" when it is blank or in doubt; ``content``: what stands in it, to be told."""

    spot: Spot
    text: str = ""
    content: str = ""
    doubt: Doubt | None = None
    note: Doubt | None = None


@dataclass(frozen=True)
class ReadRow:
    """One row. ``key`` from its hidden cell; ``control`` and ``subject`` are what people see beside the response."""

    spot: Spot
    key: Key | None
    control: str
    subject: str
    cells: Mapping[str, ReadCell]

    @property
    def content(self) -> str:
        """What stands in the cells for the response."""
        return "、".join(one.content for one in self.cells.values() if one.content)


@dataclass(frozen=True)
class ReadBook:
    """A workbook that came back.

    ``issues``: what it says it is, by sheet; ``issued``: the texts as they stood in it when it was made, with the
    digest of each need under DIGEST; None when they were lost. ``outside``: cells below the table; ``lost`` and
    ``doubled``: questions without a column, or with several. ``copied``: two sheets hold the table, differently.
    """

    issues: Mapping[str, BookIssue]
    issued: Mapping[Key, Mapping[str, str]] | None
    sheet: str = ""
    rows: tuple[ReadRow, ...] = ()
    outside: tuple[ReadCell, ...] = ()
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    copied: bool = False

    @property
    def found(self) -> bool:
        """Is there a table of needs?"""
        return bool(self.sheet)


def read_book(book: OpenedBook) -> ReadBook:
    """Read a workbook; what does not look like one of ours has neither issues nor rows."""
    issues, issued = dict(_issues(book)), _issued(book)
    table = table_of_needs().tables[NEEDS]
    located = locate_table(book, table)
    if located is None:
        return ReadBook(issues, issued)
    sheet = book.by_name[located.sheet]
    names = [question.name for question in table.questions]
    words = _words_columns(located, sheet)
    below = [_row(book, located, row, words) for row in located.outside]
    return ReadBook(
        issues,
        issued,
        located.sheet,
        (*(_row(book, located, row, words) for row in located.rows), *(row for row in below if row.control)),
        tuple(_outside(sheet, row.spot) for row in below if not row.control),
        tuple(name for name in names if name not in located.columns and name not in located.doubtful),
        tuple(located.doubtful),
        located.copied,
    )


# ---- Which workbook it is


def _issues(book: OpenedBook) -> Iterator[tuple[str, BookIssue]]:
    meta = book.by_name.get(META)
    if meta is not None:
        pairs = {cells[0].text: cells[1].text for cells in meta.by_row.values() if 0 in cells and 1 in cells}
        issue = issue_of_meta(pairs)
        if issue is not None:
            yield META, issue
    for sheet in book.sheets:
        if sheet.name not in (*HIDDEN_SHEETS, REPORT_SHEET):
            texts = (one.text for place, one in sheet.cells.items() if place[0] < _HEAD_ROWS and "整理番号" in one.text)
            found = next((issue for issue in map(issue_of_line, texts) if issue is not None), None)
            if found is not None:
                yield sheet.name, found


def _issued(book: OpenedBook) -> dict[Key, dict[str, str]] | None:
    sheet = book.by_name.get(ISSUED)
    if sheet is None:
        return None
    found: dict[Key, dict[str, str]] = {}
    for row in sheet.by_row:
        key = key_of(sheet.text(row, 0))
        try:
            text = json.loads(sheet.text(row, 2))
        except ValueError:
            return None
        if key is None or not isinstance(text, str):
            return None
        found.setdefault(key, {})[sheet.text(row, 1)] = text
    return found if any(DIGEST in texts for texts in found.values()) else None


# ---- Rows


def _words_columns(located: LocatedTable, sheet: OpenedSheet) -> dict[str, int]:
    """Find the columns of a need's number and subject: by their keys, else by their headings."""
    found = {key: spot[2] for key, spot in located.strangers.items() if key in (CONTROL, SUBJECT)}
    headings = {CONTROL_HEADING: CONTROL, SUBJECT_HEADING: SUBJECT}
    for cells in list(sheet.by_row.values())[:_HEAD_ROWS]:
        for column, one in cells.items():
            if one.text in headings:
                found.setdefault(headings[one.text], column)
    return found


def _row(book: OpenedBook, located: LocatedTable, row: LocatedRow, words: Mapping[str, int]) -> ReadRow:
    sheet = book.by_name[row.sheet]
    seen = {name: sheet.text(row.row, column) for name, column in words.items()}
    cells = {
        question.name: _cell(book, row.spot(located.columns[question.name]), question)
        for question in located.table.questions
        if question.name in located.columns
    }
    first = row.spot(words.get(CONTROL, min(located.columns.values(), default=0)))
    return ReadRow(first, key_of(row.id), control_of(seen.get(CONTROL, "")), seen.get(SUBJECT, ""), cells)


def _outside(sheet: OpenedSheet, spot: Spot) -> ReadCell:
    cells = sheet.by_row[spot[1]]
    return ReadCell((sheet.name, spot[1], min(cells)), content="、".join(one.text for one in cells.values()))


def _cell(book: OpenedBook, spot: Spot, question: Question) -> ReadCell:
    cell = book.cell(spot)
    content = "" if cell is None else cell.formula if cell.stale else cell.text
    said = _typed(book, spot, cell, question)
    text = said.texts[0] if said.texts else ""
    if text and question.name == DISPOSITION:
        text = disposition_code(text)
    return ReadCell(spot, text, content, said.doubt, said.note)


def _typed(book: OpenedBook, spot: Spot, cell: OpenedCell | None, question: Question) -> Typed:
    if cell is None:
        covering = book.by_name[spot[0]].covered(spot[1], spot[2])
        if covering is not None and book.cell((spot[0], *covering)) is not None:
            return Typed(doubt=Doubt.COVERED)
    return typed(cell, question)


def is_ours(book: OpenedBook) -> bool:
    """Does a workbook look as if it had been a division's?"""
    marked = any(one.text == f"{TABLE_MARK}{NEEDS}" for sheet in book.sheets for one in sheet.cells.values())
    return marked or bool(dict(_issues(book))) or f"table.{NEEDS}" in book.names
