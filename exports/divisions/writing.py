"""Writes the workbook of one division."""

from collections.abc import Iterator
from io import BytesIO

from exports.divisions.book import DivisionBook
from exports.divisions.guide_page import guide_page
from exports.divisions.hidden_pages import choices_page, issued_page, meta_page
from exports.divisions.need_rows import need_rows
from exports.sheets import Sheet
from exports.workbook import Properties, write_workbook


def book_bytes(book: DivisionBook) -> bytes:
    """Return the workbook: the same value gives the same bytes. Raises ``exports.workbook.CellRefused``."""
    issue = book.issue
    about = Properties(f"{book.title}　{book.division}", book.issuer, issue.inquiry, issue.made_at or book.due)
    file = BytesIO()
    write_workbook(file, about, _sheets(book))
    return file.getvalue()


def _sheets(book: DivisionBook) -> Iterator[Sheet]:
    yield guide_page(book)
    yield need_rows(book)
    yield choices_page()
    yield issued_page(book)
    yield meta_page(book)
