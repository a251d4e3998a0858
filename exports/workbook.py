"""Writes sheets into an Excel workbook; the only room that knows XlsxWriter.

Every cell is written by its Python type: text as text, whatever it begins with. A cell that cannot hold its value
stops the export with its address. The same sheets give the same bytes.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellStringTuple, Worksheet

from exports.addresses import Area, quoted
from exports.blanks import Mark
from exports.charting import draw
from exports.fitting import LONGEST_TEXT, CellRefused, fits_a_cell
from exports.moments import HOUSE_TIME
from exports.overlays import lay, note
from exports.printing import Properties, set_up_page
from exports.sheets import Chart, Formula, Line, Link, Rich, Sheet, Span
from exports.styles import ACCENT, ALERT, BAR, NORMAL, RULE, WORDS, properties

__all__ = ["CellRefused", "Properties", "write_workbook"]

MIDNIGHT = time()
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": NORMAL,
}
_NOT_PLAIN = re.compile(r"[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]").search
# What XlsxWriter or a reader would take for something else: rich text as it is stored, and _x000D_ and its like,
# which one reader takes for the character and another for the letters. Cut in two, all read the letters.
_MISREAD = re.compile(r"(?<=_x)(?=[0-9A-Fa-f]{4}_)|(?<=\A<)(?=r>)")

_BARS = {
    **{"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR, "bar_border_color": BAR},
    **{"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1},
}
_SHADES = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "min_color": "#FFFFFF", "max_color": BAR}
_WRONG = {"type": "cell", "criteria": "==", "value": '"×"'}

Formats = tuple[Format, Format, bool]
"""How a cell looks with a value, how with a mark in its place, and whether it shows while it is blank."""


def write_workbook(file: Path | BinaryIO, about: Properties, sheets: Iterable[Sheet]) -> None:
    """Write the sheets in their order. Raises CellRefused, OSError; the file is then not fit for use."""
    if isinstance(file, Path):  # a zip that fails on a full disk would complain a second time when it is dropped
        made = BytesIO()
        write_workbook(made, about, sheets)
        file.write_bytes(made.getbuffer())
        return
    book = Workbook(file, dict(_OPTIONS))
    try:
        created = about.created.astimezone(UTC).replace(tzinfo=None)
        told = {"title": about.title, "author": about.author, "subject": about.subject, "created": created}
        book.set_properties(told)
        book.set_size(2400, 1500)
        formats = _Formats(book)
        for sheet in sheets:
            _SheetWriter(book, formats, sheet, about).write()
    except BaseException:
        _abandon(book)
        raise
    try:
        book.close()
    except FileCreateError as fault:
        _abandon(book)
        raise fault.args[0] from fault  # what the system said of the disk


def _abandon(book: Workbook) -> None:
    """Drop the temporary files of a workbook that will not be written."""
    book.fileclosed = 1
    for worksheet in book.worksheets():
        if worksheet.row_data_fh is not None:
            with suppress(OSError):  # what waits to be written may find no room either
                worksheet.row_data_fh.close()
            Path(worksheet.row_data_filename).unlink(missing_ok=True)


class _Paper(Worksheet):
    """A worksheet that is quick with what most cells are: a plain text, put by row and column."""

    put_string = Worksheet._write_string
    put_number = Worksheet._write_number
    put_blank = Worksheet._write_blank
    put_formula = Worksheet._write_formula

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a text that needs no escapes in one stroke, everything else as XlsxWriter does: the same XML."""
        text = cell.string if type(cell) is CellStringTuple and cell.format is not None else ""
        if text and not (text[0].isspace() or text[-1].isspace() or _NOT_PLAIN(text)):
            address, style = xl_rowcol_to_cell_fast(row, col), cell.format._get_xf_index()
            file: Any = self.fh
            file.write(f'<c r="{address}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>')
        else:
            super()._write_cell(row, col, cell)


class _Formats:
    """Makes each format once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self._pairs: dict[tuple[str, ...], tuple[Formats, ...]] = {}

    def one(self, style: str) -> Format:
        if style not in self._made:
            self._made[style] = self._book.add_format(properties(style))
        return self._made[style]

    def laid(self, style: str) -> Format:
        """Return the format that a rule lays over others: of the style only what it adds itself."""
        if f"over {style}" not in self._made:
            self._made[f"over {style}"] = self._book.add_format(dict(WORDS[style]))
        return self._made[f"over {style}"]

    def of(self, styles: tuple[str, ...]) -> tuple[Formats, ...]:
        """Return the formats of a row of cells."""
        if styles not in self._pairs:
            self._pairs[styles] = tuple(
                (self.one(style), self.one(f"{style} mark"), _shows_blank(style)) for style in styles
            )
        return self._pairs[styles]


class _SheetWriter:
    """Writes one sheet, row after row; a finished row is never touched again."""

    def __init__(self, book: Workbook, formats: _Formats, sheet: Sheet, about: Properties) -> None:
        self.book, self.formats, self.sheet, self.about = book, formats, sheet, about
        added = book.add_worksheet(sheet.name, worksheet_class=_Paper)
        assert isinstance(added, _Paper)
        self.worksheet = added
        self.writers: dict[type, Callable[[int, int, Any, Formats], int]] = {
            str: self._text,
            Mark: self._mark,
            int: self._number,
            float: self._number,
            Decimal: self._decimal,
            date: self._date,
            datetime: self._moment,
            type(None): self._blank,
            Formula: self._formula,
            Link: self._link,
            Rich: self._rich,
        }

    def write(self) -> None:
        self._columns()
        if self.sheet.overlay is not None:
            note(self.sheet.overlay, self.worksheet)
        last_row = self._lines(self.sheet.lines)
        self._looks()
        for chart in self.sheet.charts:
            self._chart(chart)
        if not self.sheet.hidden:
            set_up_page(self.worksheet, self.sheet, self.about, last_row)

    def _columns(self) -> None:
        plain = self.formats.one("")
        for column, width in enumerate(self.sheet.widths):
            hidden = self.sheet.overlay is not None and column < self.sheet.overlay.hidden_columns
            self.worksheet.set_column_pixels(column, column, width, plain, {"hidden": hidden})

    def _lines(self, lines: Iterable[Line]) -> int:
        row = -1
        writers = self.writers
        for row, line in enumerate(lines):
            if line.height is not None or line.hidden:
                self.worksheet.set_row(row, line.height, None, {"hidden": line.hidden})
            formats = self.formats.of(tuple(line.styles))
            column = 0
            for value, pair in zip(line.cells, formats, strict=True):
                kind = type(value)
                if kind is Span:
                    column += self._span(row, column, value, pair[0])  # type: ignore[arg-type]
                    continue
                try:
                    failed = writers[kind](row, column, value, pair)
                except (KeyError, ValueError, TypeError, XlsxWriterException) as fault:
                    raise CellRefused(self.sheet.name, row, column, f"{kind.__name__}: {fault}") from fault
                if failed:
                    raise CellRefused(self.sheet.name, row, column, self._reason(value))
                column += 1
        return max(row, 0)

    @staticmethod
    def _reason(value: Any) -> str:
        if isinstance(value, str):
            return f"the text has {len(value)} characters, a cell holds {LONGEST_TEXT}"
        return "outside the sheet"

    def _text(self, row: int, column: int, value: str, formats: Formats) -> int:
        if ("_x" in value or value[:3] == "<r>") and (parts := [part for part in _MISREAD.split(value) if part])[1:]:
            run = self.formats.one("")
            rich = [piece for part in parts for piece in (run, part)][1:]
            if not fits_a_cell(value):
                return -2
            return self.worksheet.write_rich_string(row, column, *rich, formats[0])
        return self.worksheet.put_string(row, column, value, formats[0])

    def _mark(self, row: int, column: int, value: Mark, formats: Formats) -> int:
        return self.worksheet.put_string(row, column, value, formats[1])

    def _number(self, row: int, column: int, value: float, formats: Formats) -> int:
        return self.worksheet.put_number(row, column, value, formats[0])

    def _decimal(self, row: int, column: int, value: Decimal, formats: Formats) -> int:
        return self.worksheet.put_number(row, column, float(value), formats[0])

    def _date(self, row: int, column: int, value: date, formats: Formats) -> int:
        if value.year < 1900:
            raise ValueError(f"{value} is before the first day that a cell can hold")
        return self.worksheet.write_datetime(row, column, datetime.combine(value, MIDNIGHT), formats[0])

    def _moment(self, row: int, column: int, value: datetime, formats: Formats) -> int:
        local = value.astimezone(HOUSE_TIME).replace(tzinfo=None, microsecond=0)
        return self.worksheet.write_datetime(row, column, local, formats[0])

    def _blank(self, row: int, column: int, value: None, formats: Formats) -> int:
        return self.worksheet.put_blank(row, column, None, formats[0]) if formats[2] else 0

    def _formula(self, row: int, column: int, value: Formula, formats: Formats) -> int:
        return self.worksheet.put_formula(row, column, value.text, formats[0], value.value)

    def _link(self, row: int, column: int, value: Link, formats: Formats) -> int:
        target = f"internal:{quoted(value.sheet)}!{value.cell}"
        return int(self.worksheet.write_url(row, column, target, formats[0], value.text))

    def _rich(self, row: int, column: int, value: Rich, formats: Formats) -> int:
        parts = [piece for text, style in value.parts for piece in (self.formats.one(style), text)]
        if len(value.parts) == 1:
            return self._text(row, column, value.parts[0][0], formats)
        return self.worksheet.write_rich_string(row, column, *parts, formats[0])

    def _span(self, row: int, column: int, span: Span, look: Format) -> int:
        """Write a cell over several columns; return how many."""
        if span.across > 1:
            self.worksheet.merge_range(row, column, row, column + span.across - 1, None, look)
        failed = self.writers[type(span.content)](row, column, span.content, (look, look, True))
        if failed:
            raise CellRefused(self.sheet.name, row, column, self._reason(span.content))
        return span.across

    def _looks(self) -> None:
        """What lies over the cells: frozen panes, filter, bars, shades, verdicts."""
        sheet, worksheet = self.sheet, self.worksheet
        worksheet.hide_gridlines(1 if sheet.grid else 2)
        worksheet.set_tab_color(ACCENT if sheet.accent else RULE)
        if any(sheet.frozen):
            worksheet.freeze_panes(*sheet.frozen)
        if sheet.filtered:
            worksheet.autofilter(*_corners(sheet.filtered))
        for area in sheet.bars:
            worksheet.conditional_format(*_corners(area), _BARS)
        for area in sheet.shaded:
            worksheet.conditional_format(*_corners(area), _SHADES)
        for area in sheet.verdicts:
            alert = self.book.add_format({"font_color": "#FFFFFF", "bg_color": ALERT})
            worksheet.conditional_format(*_corners(area), {**_WRONG, "format": alert})
        if sheet.hidden:
            worksheet.hide()
        if sheet.overlay is not None:
            lay(sheet.overlay, worksheet, self.formats.laid)
            for name, area in sheet.overlay.names.items():
                self.book.define_name(name, f"={area}")

    def _chart(self, chart: Chart) -> None:
        drawn = self.book.add_chart({"type": "column", "subtype": "stacked"})
        assert isinstance(drawn, ChartColumn)
        draw(chart, drawn)
        self.worksheet.insert_chart(*chart.at, drawn, {"object_position": 1})


def _shows_blank(style: str) -> bool:
    """Does a cell of this style have lines or a ground, so that it must be written even while it is blank?"""
    return not {"border", "bg_color"}.isdisjoint(properties(style))


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.first_row, area.first_column, area.last_row, area.last_column
