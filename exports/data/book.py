"""Data as one workbook: a sheet for the replies, one for each table, and the codebook. No cell is merged.

The first line holds the names of the columns, with the unit in brackets; a note at each name holds the label. Codes
are text. A column with numbers of more than 15 digits, or days before 1900, is text as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from exports.addresses import Area
from exports.cut import Cut
from exports.data.codebook import Stored, codebook
from exports.data.exactness import cells_hold, days_since_1900, texts
from exports.data.tables import CODEBOOK, DataColumn, DataTable
from exports.overlays import Overlay
from exports.sheets import Line, Paging, Sheet
from exports.typesetting import PADDING, SMALL, longest_width
from exports.workbook import Properties, write_workbook

_NARROWEST, _WIDEST, _SAMPLE = 64, 320, 200
_STYLES = {"whole": "data_number", "decimal": "data_number", "flag": "data_number", "day": "data_day"}
_STYLES |= {"moment": "data_moment"}
_FIXED = {"moment": 130, "day": 84}


def write_data_book(cut: Cut, tables: Sequence[DataTable], file: Path) -> tuple[Path, ...]:
    """Write the workbook; the same cut gives the same bytes. Raises ``exports.workbook.CellRefused``."""
    fitted = [_fitted(table) for table in tables]
    stored: Stored = {
        (table.name, column.name): (_heading(column), column.form) for table in fitted for column in table.columns
    }
    about = Properties(f"{cut.title}　データ", cut.issuer, cut.inquiry, cut.taken_at)
    sheets = (_sheet(table) for table in (*fitted, codebook(tables, stored)))
    write_workbook(file, about, sheets)
    return (file,)


def _fitted(table: DataTable) -> DataTable:
    """Turn columns that no cells can hold into text."""
    return replace(table, columns=tuple(_as_held(column) for column in table.columns))


def _as_held(column: DataColumn) -> DataColumn:
    fits = {"whole": cells_hold, "decimal": cells_hold, "day": days_since_1900}.get(column.form)
    if fits is None or fits(column.values):
        return column
    return replace(column, form="text", values=texts(column.values))


def _heading(column: DataColumn) -> str:
    return f"{column.name}（{column.unit}）" if column.unit else column.name


def _sheet(table: DataTable) -> Sheet:
    styles = tuple(_STYLES.get(column.form, "data_text") for column in table.columns)
    notes = {(0, place): column.title for place, column in enumerate(table.columns) if column.label}
    last = max(len(table), 1)
    return Sheet(
        table.name,
        [_width(column) for column in table.columns],
        _lines(table, styles),
        frozen=(1, min(2, len(table.columns))),
        filtered=Area(table.name, 0, 0, last, len(table.columns) - 1),
        paging=Paging(scale=70, repeat_rows=(0, 0), repeat_columns=(0, 1)),
        grid=True,
        accent=table.name == CODEBOOK,
        overlay=Overlay(notes=notes),
    )


def _lines(table: DataTable, styles: tuple[str, ...]) -> Iterator[Line]:
    yield Line([_heading(column) for column in table.columns], ("data_name",) * len(styles))
    for row in table.rows():
        yield Line(row, styles)


def _width(column: DataColumn) -> int:
    heading = longest_width([_heading(column)], SMALL)
    body = longest_width([cell for cell in column.values[:_SAMPLE] if isinstance(cell, str)], SMALL)
    return int(min(max(heading + 2 * PADDING, body + PADDING, _FIXED.get(column.form, _NARROWEST)), _WIDEST))
