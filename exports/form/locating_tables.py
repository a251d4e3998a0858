"""Finds the rows and columns of a form's tables in a workbook that went through many hands."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exports.form.anchors import HEAD_MARK, ROW_HEADING, TABLE_MARK, TABLE_NAME, choices_of
from exports.form.locating import answer_sheets
from exports.form.opened import OpenedBook, OpenedSheet, Spot
from questions.model import Table


@dataclass(frozen=True)
class LocatedRow:
    """One row that holds something.

    ``id`` is "" when it was lost or the row is new. ``other``: the id that was issued beside the number that people see
    in the row, when that is another; a part of the columns was sorted, or the numbers were written anew.
    """

    id: str
    sheet: str
    row: int
    other: str = ""

    def spot(self, column: int) -> Spot:
        """Return its cell in a column."""
        return self.sheet, self.row, column


@dataclass(frozen=True)
class LocatedTable:
    """Where a table is.

    ``columns`` by key; ``doubtful``: keys that several columns bear; ``outside``: rows with something in them below
    the table's last row; ``known``: the ids of all its rows, blank ones too. ``copied``: another sheet holds the table,
    too, with something else in it.
    """

    table: Table
    sheet: str
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[LocatedRow, ...] = ()
    doubtful: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    strangers: Mapping[str, Spot] = field(default_factory=dict)
    outside: tuple[LocatedRow, ...] = ()
    known: frozenset[str] = frozenset()
    copied: bool = False

    @property
    def ids_lost(self) -> bool:
        """Have the rows lost their ids?"""
        return not self.known and bool(self.rows)


def locate_table(book: OpenedBook, table: Table) -> LocatedTable | None:
    """Find a table; None when it is not there."""
    found = [one for sheet in answer_sheets(book) for one in _in_sheet(book, sheet, table)]
    if not found:
        return None
    filled = [one for one in found if one.rows] or found
    contents = {tuple(_texts(book, one, row) for row in one.rows) for one in filled}
    return replace(filled[0], copied=len(contents) > 1)


def _texts(book: OpenedBook, located: LocatedTable, row: LocatedRow) -> tuple[tuple[str, str], ...]:
    sheet = book.by_name[row.sheet]
    return tuple((key, sheet.text(row.row, column)) for key, column in located.columns.items())


def new_row_id(source: str, number: int) -> str:
    """Return the id of a row that has none: the same however often the same workbook comes back."""
    return "r" + hashlib.sha256(f"{source} {number}".encode()).hexdigest()[:16]


def _in_sheet(book: OpenedBook, sheet: OpenedSheet, table: Table) -> Iterator[LocatedTable]:
    head = _head(sheet, table)
    if head is None:
        return
    names_row, key_column, by_column = head
    columns, doubtful = _columns(by_column, _keys(table))
    strangers = {key: (sheet.name, names_row, column) for column, key in by_column.items() if key not in _keys(table)}
    places = [*columns.values(), *(column for several in doubtful.values() for column in several)]
    rows = list(_rows(sheet, names_row, key_column, places))
    last = _last_row(book, sheet, table, rows)
    filled = [row for row in rows if any(_holds(sheet, row.row, place) for place in places)]
    yield LocatedTable(
        table,
        sheet.name,
        columns,
        tuple(row for row in filled if row.row <= last),
        doubtful,
        strangers,
        tuple(row for row in filled if row.row > last),
        frozenset(row.id for row in rows if row.id),
    )


def _holds(sheet: OpenedSheet, row: int, column: int) -> bool:
    """Does a cell hold anything, be it a formula that was never worked out?"""
    found = sheet.cells.get((row, column))
    return found is not None and (found.stale or bool(found.text.strip()))


def _head(sheet: OpenedSheet, table: Table) -> tuple[int, int | None, dict[int, str]] | None:
    """Return the row above the body's header, the column of ids, and the key of each column."""
    mark = f"{TABLE_MARK}{table.name}"
    for (row, column), one in sheet.cells.items():
        if one.text == mark:
            keys = {place: found.text.strip() for place, found in sheet.by_row[row].items() if place != column}
            return row, column, keys
    return _seen_head(sheet, table)


def _seen_head(sheet: OpenedSheet, table: Table) -> tuple[int, int | None, dict[int, str]] | None:
    """Find the header that people see, where the hidden row was lost."""
    for row, cells in sheet.by_row.items():
        titles = {column: one.text.split("\n")[0] for column, one in cells.items()}
        if ROW_HEADING not in titles.values():
            continue
        keys = {column: title.split(" ")[0] for column, title in titles.items() if title != ROW_HEADING}
        plain = {question.name for question in table.questions if not choices_of(question)}
        if len(plain.intersection(keys.values())) * 2 < len(plain):
            continue
        keys = {column: key for column, key in keys.items() if key in plain} | _seen_choices(sheet, row, titles, table)
        ids = next((column for column, one in cells.items() if one.text == HEAD_MARK), None)
        return row - 1, ids, keys
    return None


def _seen_choices(sheet: OpenedSheet, row: int, titles: Mapping[int, str], table: Table) -> dict[int, str]:
    """Find the columns of choices: their labels stand below the title of their question."""
    above = {column: one.text for column, one in sheet.by_row.get(row - 1, {}).items()}
    above = above or {column: one.text for column, one in sheet.by_row.get(row - 2, {}).items()}
    found: dict[int, str] = {}
    labels: dict[str, str] = {}
    by_name = {question.name: question for question in table.questions}
    for column in sorted(titles):
        if column in above:
            question = by_name.get(above[column].split(" ")[0])
            labels = {one.label.ja: one.key for one in choices_of(question)} if question else {}
        if titles[column] in labels:
            found[column] = labels[titles[column]]
    return found


def _keys(table: Table) -> frozenset[str]:
    """Return what columns of the table may be called: of a question of several choices also by its own name."""
    own = {question.name for question in table.questions}
    return frozenset(own | {choice.key for question in table.questions for choice in choices_of(question)})


def _columns(by_column: Mapping[int, str], known: frozenset[str]) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    places: dict[str, tuple[int, ...]] = {}
    for column, key in sorted(by_column.items()):
        if key in known:
            places[key] = (*places.get(key, ()), column)
    single = {key: columns[0] for key, columns in places.items() if len(columns) == 1}
    return single, {key: columns for key, columns in places.items() if len(columns) > 1}


def _rows(sheet: OpenedSheet, names_row: int, key_column: int | None, places: Sequence[int]) -> Iterator[LocatedRow]:
    """Yield the rows of the body that have an id or hold something."""
    numbers = _number_column(sheet, names_row + 1)
    body = [row for row in sheet.by_row if row > names_row + 1]
    keys = {row: sheet.text(row, key_column).strip() if key_column is not None else "" for row in body}
    issued = {number: row_id for number, row_id in map(_key, keys.values()) if number}
    seen: set[str] = set()
    for row in body:
        number, written = _key(keys[row])
        row_id = "" if written in seen else written
        seen.add(written)
        shown = sheet.text(row, numbers).strip() if numbers is not None else ""
        other = issued.get(shown, "") if row_id and shown != number else ""
        if row_id or any(_holds(sheet, row, place) for place in places):
            yield LocatedRow(row_id, sheet.name, row, other)


def _key(text: str) -> tuple[str, str]:
    """Take the key of a row apart: the number that it was issued with, and its id."""
    number, slash, row_id = text.partition("/")
    if slash:
        return number, row_id
    return "", "" if text.startswith("#") else text


def _number_column(sheet: OpenedSheet, header_row: int) -> int | None:
    cells = sheet.by_row.get(header_row, {})
    return next((column for column, one in cells.items() if one.text == ROW_HEADING), None)


def _last_row(book: OpenedBook, sheet: OpenedSheet, table: Table, rows: Sequence[LocatedRow]) -> int:
    """Return the last row of the body: the last with an id, or the last of the table's name; else wherever it ends."""
    area = book.names.get(f"{TABLE_NAME}{table.name}".casefold())
    named = area[3] if area is not None and area[0] == sheet.name else -1
    with_id = max((row.row for row in rows if row.id), default=-1)
    last = max(named, with_id)
    return last if last >= 0 else max((row.row for row in rows), default=-1)
