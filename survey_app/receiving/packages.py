"""Looks at a file before anything in it is parsed: is it a workbook, is it of a reasonable size, is it harmless?

It runs in the process with limits; it keeps only what answers are read from, so that nothing else is ever parsed.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from exports.form.opened import SPARED, SPARED_LETTERS
from survey_app.receiving.refusals import Reason, Refused

MOST_BYTES = 20_000_000
MOST_PARTS = 3_000
MOST_UNPACKED = 150_000_000
MOST_OF_ONE_PART = 100_000_000
MOST_PARSED = 40_000_000  # of one part, after blank cells are left out
MOST_CELLS, MOST_TAGS = 250_000, 2_000_000  # of one part, which openpyxl reads in a few seconds
HIGHEST_RATIO, RATIO_COUNTS_FROM = 200, 20_000_000
SLIMMED_FROM = 500_000
"""A sheet with more XML than this is freed of cells that hold nothing but a look: there are often a million of them."""

PIECE = 500_000

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
CONTENT_TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"

_CODES = ("ascii", "utf-16-le", "utf-16-be")
_WITH_TEXT = re.compile(r"xl/(worksheets/[^/]+|sharedstrings)\.xml")
_LEFT_OUT = re.compile(
    r"docprops/|customxml/|xl/(worksheets/_rels|media|drawings|charts|externallinks|printersettings)/"
)
_END_OF_CELLS = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_JOINED = re.compile(rb"<(?:\w+:)?mergeCells\b.*?</(?:\w+:)?mergeCells>", re.DOTALL)
_CLOSING = re.compile(rb"</(?:\w+:)?worksheet>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_SHEET_PART = re.compile(r"xl/\w*sheets/[^/]+\.xml")
_BLANK_CELL = re.compile(rb"<c\s[^<>]*/>")
_BLANK_ROW = re.compile(rb"<row\s[^<>]*/>|<row\s[^<>]*></row>")
_DECLARATIONS = tuple(f"<!{word}".encode(code) for word in ("DOCTYPE", "ENTITY") for code in _CODES)
_LETTERS = SPARED_LETTERS.encode() + b"_"


def looked_at(content: bytes, *, bare: bool = True) -> bytes:
    """Return a workbook that may be parsed. Raises Refused.

    ``bare``: with nothing but cells, their number formats and what is joined; all else is left out before anybody
    stumbles over it, or makes up a text for it as openpyxl does for links.
    """
    if not content.startswith(b"PK"):
        raise _no_package(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _look_at_sizes(package)
            _look_at_kind(package)
            return _respelled(package, bare=bare)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Refused(Reason.DAMAGED, detail=type(fault).__name__) from fault


def _no_package(content: bytes) -> Refused:
    if not content.strip():
        return Refused(Reason.EMPTY)
    if content.startswith(OLE):
        return Refused(Reason.ENCRYPTED if ENCRYPTED_PACKAGE in content else Reason.OLD_EXCEL)
    if content.startswith((b"%PDF", b"<", b"\xef\xbb\xbf<", b"{")):
        return Refused(Reason.NOT_EXCEL)
    head = content[:4000]
    readable = b"\x00" not in head and any(mark in head for mark in (b",", b"\t", b"\n"))
    return Refused(Reason.PLAIN_TEXT if readable else Reason.NOT_EXCEL)


def _look_at_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Refused(Reason.BOMB, parts=str(len(parts)), unpacked=str(unpacked))
    for part in parts:
        if part.flag_bits & 1:
            raise Refused(Reason.ENCRYPTED)
        tight = part.file_size > RATIO_COUNTS_FROM and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        if tight or part.file_size > MOST_OF_ONE_PART:
            raise Refused(Reason.BOMB, parts=str(len(parts)), unpacked=str(unpacked))


def _look_at_kind(package: zipfile.ZipFile) -> None:
    names = {name.casefold() for name in package.namelist()}
    if "mimetype" in names and "content.xml" in names:
        raise Refused(Reason.OPEN_DOCUMENT)
    if "xl/workbook.bin" in names:
        raise Refused(Reason.BINARY_EXCEL)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(Reason.MACRO)
    if CONTENT_TYPES.casefold() not in names or WORKBOOK not in names:
        raise Refused(Reason.NOT_EXCEL)
    types = package.read(_spelled(package, CONTENT_TYPES))
    if b"macroEnabled" in types:
        raise Refused(Reason.MACRO)
    book = package.read(_spelled(package, WORKBOOK))
    if STRICT_NAMESPACE in book:
        raise Refused(Reason.STRICT)
    if len(_SHEET.findall(book)) > sum(_SHEET_PART.fullmatch(name) is not None for name in names):
        raise Refused(Reason.DAMAGED, detail="a sheet is missing")


def _spelled(package: zipfile.ZipFile, wanted: str) -> str:
    return next(name for name in package.namelist() if name.casefold() == wanted.casefold())


def _respelled(package: zipfile.ZipFile, *, bare: bool) -> bytes:
    """Return the package, its parts looked at and made ready to be parsed."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as written:
        for name in dict.fromkeys(package.namelist()):
            if bare and _LEFT_OUT.match(name.casefold()):
                continue
            text = package.read(name)
            if name.casefold().endswith((".xml", ".rels", ".vml")):
                text = _of_part(name, text, bare=bare)
            written.writestr(name, text)
    return file.getvalue()


def _of_part(name: str, text: bytes, *, bare: bool) -> bytes:
    if any(declaration in text for declaration in _DECLARATIONS):
        raise Refused(Reason.DAMAGED, detail="DTD")
    if _WITH_TEXT.fullmatch(name.casefold()):
        text = text.replace(_LETTERS, SPARED.encode() + b"_")
        if bare and b"<![CDATA[" not in text:
            text = _cells_only(text)
    if len(text) > MOST_PARSED or text.count(b"<c ") > MOST_CELLS or text.count(b"<") > MOST_TAGS:
        raise Refused(Reason.TOO_MUCH)
    return text


def _cells_only(text: bytes) -> bytes:
    """Leave out of a sheet what comes behind its cells, but for what is joined; of a large one also blank cells."""
    end = _END_OF_CELLS.search(text)
    if end is not None:
        joined, closing = _JOINED.search(text, end.end()), _CLOSING.search(text, end.end())
        if closing is not None:
            text = text[: end.end()] + (joined[0] if joined else b"") + closing[0]
    if len(text) > SLIMMED_FROM:
        text = b"".join(_BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece)) for piece in _pieces(text))
    return text


def _pieces(text: bytes) -> Iterator[bytes]:
    """Cut a sheet between its rows."""
    start = 0
    while start < len(text):
        end = text.find(b"<row", start + PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end
