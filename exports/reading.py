"""Opens workbooks that come from outside, and marks what is wrong in them; the only room that knows openpyxl.

It is meant to run in a process of its own with limits on time and memory: call it on files that were looked at before.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.addresses import cell as address_of
from exports.addresses import quoted
from exports.form.anchors import REPORT_SHEET
from exports.form.opened import SPARED, SPARED_LETTERS, Form, OpenedBook, OpenedCell, OpenedSheet
from exports.overlays import NOTE_AUTHOR
from exports.styles import ACCENT, FONT, RULE, TINT
from exports.typesetting import row_height

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 1_000, 200_000
MARKED = "FFFFC7CE"

_ENCODED = re.compile(f"_{SPARED}_|_x([0-9A-Fa-f]{{4}})_|{SPARED}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGNIFICANT = 15  # digits that a cell keeps
_NOTE_MARK = "【確認】"
_HEADINGS = ("番号", "シート", "セル", "設問", "いまの内容", "確認していただきたいこと", "直し方")
_WIDTHS = (6, 16, 8, 28, 32, 44, 44)  # in characters
_PIXELS = 7  # of a character
_LIST_HEAD = 3
_SIDE = Side("thin", color=RULE.lstrip("#"))
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


class TooManyCells(Exception):
    """A workbook with more cells than are looked at."""


@dataclass(frozen=True)
class Remark:
    """One line of the list of what is to be looked at.

    ``spot``: the cell that it is about (sheet, row, column); None when it is about none. ``coloured``: mark the cell.
    """

    spot: tuple[str, int, int] | None
    question: str
    content: str
    wrong: str
    mend: str
    coloured: bool = True


def open_book(content: bytes) -> OpenedBook:
    """Return what a workbook holds. Raises TooManyCells, and whatever openpyxl raises on a broken file."""
    book = _loaded(content)
    omitted = 0
    sheets: list[OpenedSheet] = []
    results: Workbook | None = None
    for sheet in book.worksheets:
        cells: dict[tuple[int, int], OpenedCell] = {}
        for place, one in _filled(sheet):
            if place[0] >= MOST_ROWS or place[1] >= MOST_COLUMNS:
                omitted += 1
                continue
            if one.data_type == "f":
                results = results or _loaded(content, results=True)
                cells[place] = _of_formula(one, results[sheet.title].cell(place[0] + 1, place[1] + 1))
            elif (opened := _opened(one)) is not None:
                cells[place] = opened
        if sum(len(known.cells) for known in sheets) + len(cells) > MOST_CELLS:
            raise TooManyCells(sheet.title)
        sheets.append(OpenedSheet(sheet.title, cells, _merged(sheet)))
    names, broken = _names(book)
    return OpenedBook(tuple(sheets), names, broken, omitted)


def _loaded(content: bytes, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(BytesIO(content), data_only=results, keep_links=False, rich_text=True)


def _filled(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells that the file holds; a sheet that claims to reach far is not gone through."""
    for (row, column), one in sheet._cells.items():
        if not isinstance(one, MergedCell) and one.value is not None:
            yield (row - 1, column - 1), one


def _merged(sheet: Worksheet) -> tuple[tuple[int, int, int, int], ...]:
    areas = sheet.merged_cells.ranges
    return tuple((one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in list(areas)[:1000])


# ---- Cells


def _opened(one: Cell) -> OpenedCell | None:
    form, text = _read(one.value, one.data_type)
    return OpenedCell(form, text, str(one.number_format or "")) if text else None


def _of_formula(one: Cell, result: Cell | MergedCell) -> OpenedCell:
    value = one.value
    formula = str(
        value.text if isinstance(value, ArrayFormula) else "" if isinstance(value, DataTableFormula) else value
    )
    form, text = _read(result.value, result.data_type)
    return OpenedCell(form, text, str(one.number_format or ""), formula or "=", stale=result.value is None)


def _read(value: Any, data_type: str) -> tuple[Form, str]:
    if value is None:
        return "text", ""
    if data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return "number", _number(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return "day", value.date().isoformat()
        return "moment", value.isoformat(" ", timespec="seconds")
    if isinstance(value, date):
        return "day", value.isoformat()
    if isinstance(value, CellRichText):
        return "text", "".join(_decoded(str(piece)) for piece in value)
    return ("text", _decoded(value)) if isinstance(value, str) else ("moment", str(value))


def _number(value: float) -> str:
    """Return a number as it would be typed: no exponent, no more digits than a cell keeps."""
    if isinstance(value, int):
        return str(value)
    written = format(value, f".{_SIGNIFICANT}g")
    if "e" in written:
        written = format(value, f".{_SIGNIFICANT + 5}f").rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.0f}"
    return written


def _decoded(text: str) -> str:
    """Turn what a workbook encodes (_x000D_) into the character, and leave what was typed so."""
    if "_x" not in text and SPARED not in text:
        return text
    plain = _ENCODED.sub(_character, text)
    if _SURROGATE.search(plain) is None:
        return plain
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return "_" if found[0] != SPARED else SPARED_LETTERS


# ---- Names


def _names(book: Workbook) -> tuple[dict[str, tuple[str, int, int, int, int]], frozenset[str]]:
    """Return the cells of the names that stand for one area each, and the names whose cells are gone."""
    found: dict[str, tuple[str, int, int, int, int]] = {}
    broken: set[str] = set()
    for name, defined in book.defined_names.items():
        if "#REF!" in str(defined.value):
            broken.add(name.casefold())
            continue
        area = _area(defined)
        if area is not None:
            found[name.casefold()] = area
    return found, frozenset(broken)


def _area(defined: DefinedName) -> tuple[str, int, int, int, int] | None:
    try:
        places = list(defined.destinations)
        if len(places) != 1:
            return None
        first_column, first_row, last_column, last_row = (number or 0 for number in range_boundaries(places[0][1]))
    except (ValueError, TypeError, AttributeError):
        return None
    if not all((first_column, first_row, last_column, last_row)):  # whole rows or columns
        return None
    return places[0][0], first_row - 1, first_column - 1, last_row - 1, last_column - 1


# ---- What is wrong, marked in the workbook itself


def mark_book(content: bytes, bare: bytes, title: str, remarks: Sequence[Remark]) -> bytes:
    """Return the same workbook with cells coloured, a note at each, and a first sheet that lists them with links.

    ``bare`` is the workbook without its links, which tells what openpyxl made up. The marks of an earlier round are
    taken away.
    """
    book, plain = _loaded(content), _loaded(bare)
    for sheet in book.worksheets:
        for _, one in _filled(sheet):
            if one.hyperlink is not None and plain[sheet.title][one.coordinate].value is None:
                one.value = None
            _respell(one)
        _unmark(sheet)
    if REPORT_SHEET in book.sheetnames:
        del book[REPORT_SHEET]
    for remark in remarks:
        if remark.coloured and remark.spot is not None and remark.spot[0] in book.sheetnames:
            _mark(book[remark.spot[0]], remark)
    _list(book, title, remarks)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _respell(one: Cell) -> None:
    """Write again what was spared while the workbook was opened."""
    if isinstance(one.value, CellRichText):
        pieces = [piece.replace(SPARED, SPARED_LETTERS) if isinstance(piece, str) else piece for piece in one.value]
        for piece in pieces:
            if not isinstance(piece, str):
                piece.text = str(piece.text).replace(SPARED, SPARED_LETTERS)
        one.value = CellRichText(pieces)  # openpyxl lets nobody set a slice of one
    elif isinstance(one.value, str) and SPARED in one.value:
        form = one.data_type
        one.value = one.value.replace(SPARED, SPARED_LETTERS)
        one.data_type = form  # a text that begins with "=" stays one


def _unmark(sheet: Worksheet) -> None:
    for one in sheet._cells.values():
        if isinstance(one, MergedCell):
            continue
        if one.fill.fgColor.rgb == MARKED:
            one.fill = PatternFill()
        if one.comment is not None and one.comment.text.startswith(_NOTE_MARK):
            one.comment = None


def _mark(sheet: Worksheet, remark: Remark) -> None:
    _, row, column = remark.spot or ("", 0, 0)
    one = sheet.cell(row + 1, column + 1)
    if isinstance(one, MergedCell):
        return
    one.fill = PatternFill("solid", fgColor=MARKED)
    before = f"\n\n{one.comment.text}" if one.comment is not None else ""
    one.comment = Comment(f"{_NOTE_MARK}{remark.wrong}\n{remark.mend}{before}", NOTE_AUTHOR, height=140, width=320)


def _list(book: Workbook, title: str, remarks: Sequence[Remark]) -> None:
    """Put the list before all other sheets."""
    sheet = book.create_sheet(REPORT_SHEET, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    sheet["A1"], sheet["A1"].font = title, Font(FONT, 14, bold=True, color=ACCENT.lstrip("#"))
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        one = sheet.cell(_LIST_HEAD, column, heading)
        one.border = _FRAME
        one.font, one.fill = Font(FONT, 10, bold=True), PatternFill("solid", fgColor=TINT.lstrip("#"))
        sheet.column_dimensions[one.column_letter].width = width
    for number, remark in enumerate(remarks, 1):
        _list_one(sheet, number, remark)
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)


def _list_one(sheet: Worksheet, number: int, remark: Remark) -> None:
    """Write one line of the list, with a link to its cell."""
    row = _LIST_HEAD + number
    name, at = (remark.spot[0], address_of(*remark.spot[1:])) if remark.spot else ("", "")
    texts = (str(number), name, at, remark.question, remark.content, remark.wrong, remark.mend)
    for column, text in enumerate(texts, 1):
        one = sheet.cell(row, column)
        one.value, one.font, one.border = text, Font(FONT, 10), _FRAME
        one.alignment = Alignment(wrap_text=True, vertical="top")
        one.data_type = "s"  # no formula, whatever it begins with
    sheet.row_dimensions[row].height = row_height(zip(texts, (width * _PIXELS for width in _WIDTHS), strict=True))
    if at:
        leading = sheet.cell(row, 3)
        leading.hyperlink = Hyperlink(ref=leading.coordinate, location=f"{quoted(name)}!{at}")
        leading.font = Font(FONT, 10, underline="single", color=ACCENT.lstrip("#"))
