"""Writes the workbooks for municipalities: 回答書, the shared list, all of them in one zip. Same value, same bytes."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from exports.answers.anchors import LetterIssue, meta_page
from exports.answers.letter import Letter, letter_sheet
from exports.answers.list_page import list_sheet
from exports.answers.told import Publication
from exports.file_names import Names
from exports.sheets import Sheet
from exports.workbook import Properties, write_workbook


def letter_of(contents: Publication, municipality: str, number: int, at: datetime) -> Letter:
    """Return the letter to one municipality; it holds nothing of the others. ``at``: when it was published."""
    name = contents.names.get(municipality, municipality)
    issue = LetterIssue(contents.inquiry, municipality, number, contents.digest)
    return Letter(contents.title.ja, contents.issuer, name, issue, at, contents.of(municipality))


def letter_bytes(letter: Letter) -> bytes:
    """Return 回答書. Raises ``exports.workbook.CellRefused``."""
    about = Properties(f"{letter.title}　回答書", letter.issuer, letter.town, letter.answered_at)
    return _bytes(about, letter_sheet(letter), meta_page(letter.issue))


def list_bytes(contents: Publication, at: datetime) -> bytes:
    """Return the list that all municipalities share. Raises ``exports.workbook.CellRefused``."""
    about = Properties(f"{contents.title.ja}　要望と回答の一覧", contents.issuer, contents.inquiry, at)
    return _bytes(about, list_sheet(contents.title.ja, contents.shared))


def all_letters(contents: Publication, number: int, at: datetime) -> bytes:
    """Return every 回答書 and the shared list in one zip, by code and name."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in all_books(contents, number, at):
            _put(packed, name, content, at)
    return file.getvalue()


def all_books(contents: Publication, number: int, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every 回答書, and of the shared list when anything is shared."""
    names = Names()
    for code in contents.told_to:
        letter = letter_of(contents, code, number, at)
        yield names.own(f"回答書_{code}_{letter.town}.xlsx"), letter_bytes(letter)
    if contents.shared:
        yield "要望と回答の一覧.xlsx", list_bytes(contents, at)


def _put(packed: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)


def _bytes(about: Properties, *sheets: Sheet) -> bytes:
    file = BytesIO()
    write_workbook(file, about, sheets)
    return file.getvalue()
