"""How a sheet is printed as it is handed over: A4 or A3, page numbers, headings repeated.

It is set up through a worksheet that the writer lends; this room knows no library.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exports.addresses import cell
from exports.moments import show_moment
from exports.sheets import Sheet
from exports.styles import FONT
from exports.words import office

A3, A4 = 8, 9


@dataclass(frozen=True)
class Properties:
    """What a workbook says about itself; ``created`` is the moment of the cut."""

    title: str
    author: str
    subject: str
    created: datetime


def set_up_page(worksheet: Any, sheet: Sheet, about: Properties, last_row: int) -> None:
    """Set up the page of a sheet whose rows have been written; ``worksheet`` is one of XlsxWriter's."""
    paging, last_column = sheet.paging, max(len(sheet.widths) - 1, 0)
    if not paging.portrait:
        worksheet.set_landscape()
    worksheet.set_paper(A3 if paging.large else A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.65, bottom=0.6)
    worksheet.center_horizontally()
    small = f'&9&"{FONT}"'  # the font between the size and the text, which may begin with a digit
    worksheet.set_header(f"&L{small}{_plain(paging.remark or about.title)}&R{small}&A", {"margin": 0.3})
    moment, author = show_moment(about.created), _plain(office(about.author))
    worksheet.set_footer(f"&L{small}{moment} 現在&C{small}&P / &N&R{small}{author}", {"margin": 0.3})
    rows, columns = paging.first_rows or last_row + 1, paging.first_columns or last_column + 1
    worksheet.print_area(0, 0, min(last_row, rows - 1), min(last_column, columns - 1))
    if paging.scale is None:
        worksheet.fit_to_pages(1, int(paging.whole))
    else:
        worksheet.set_print_scale(paging.scale)
    if paging.column_breaks:
        worksheet.set_v_pagebreaks(list(paging.column_breaks))
    if paging.row_breaks:
        worksheet.set_h_pagebreaks(list(paging.row_breaks))
    if paging.repeat_rows:
        worksheet.repeat_rows(*paging.repeat_rows)
    if paging.repeat_columns:
        worksheet.repeat_columns(*paging.repeat_columns)
    worksheet.ignore_errors({"number_stored_as_text": f"A1:{cell(last_row, last_column)}"})


def _plain(text: str) -> str:
    """Return a text as headers and footers take it: one line, & doubled, not too long."""
    return " ".join(text.split())[:70].replace("&", "&&")
