"""Writes the workbooks for municipalities: 回答書, the shared list, all of them in one zip. Same value, same bytes."""

import zipfile
from datetime import datetime
from io import BytesIO

from exports.answers.letter import Letter, letter_sheet
from exports.answers.list_page import list_sheet
from exports.answers.told import Publication
from exports.sheets import Sheet
from exports.workbook import Properties, write_workbook


def letter_of(contents: Publication, municipality: str, number: int, at: datetime) -> Letter:
    """Return the letter to one municipality; it holds nothing of the others. ``at``: when it was published."""
    name = contents.names.get(municipality, municipality)
    return Letter(contents.title.ja, contents.issuer, name, number, at, contents.of(municipality))


def letter_bytes(letter: Letter) -> bytes:
    """Return 回答書. Raises ``exports.workbook.CellRefused``."""
    about = Properties(f"{letter.title}　回答書", letter.issuer, letter.town, letter.answered_at)
    return _bytes(about, letter_sheet(letter))


def list_bytes(contents: Publication, at: datetime) -> bytes:
    """Return the list that all municipalities share. Raises ``exports.workbook.CellRefused``."""
    about = Properties(f"{contents.title.ja}　要望と回答の一覧", contents.issuer, contents.inquiry, at)
    return _bytes(about, list_sheet(contents.title.ja, contents.shared))


def all_letters(contents: Publication, number: int, at: datetime) -> bytes:
    """Return every 回答書 and the shared list in one zip, by code and name."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for code in contents.told_to:
            letter = letter_of(contents, code, number, at)
            _put(packed, f"回答書_{code}_{letter.town}.xlsx", letter_bytes(letter), at)
        if contents.shared:
            _put(packed, "要望と回答の一覧.xlsx", list_bytes(contents, at), at)
    return file.getvalue()


def _put(packed: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)


def _bytes(about: Properties, sheet: Sheet) -> bytes:
    file = BytesIO()
    write_workbook(file, about, [sheet])
    return file.getvalue()
