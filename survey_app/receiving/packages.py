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
_WITH_TEXT = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_SHEET_PART = re.compile(r"xl/\w*sheets/[^/]+\.xml")
_BLANK_CELL = re.compile(rb"<c\s[^<>]*/>")
_BLANK_ROW = re.compile(rb"<row\s[^<>]*/>|<row\s[^<>]*></row>")
_LINKS = re.compile(rb"<(\w+:)?hyperlinks\b.*?</(\w+:)?hyperlinks>", re.DOTALL)
_DECLARATIONS = tuple(f"<!{word}".encode(code) for word in ("DOCTYPE", "ENTITY") for code in _CODES)
_LETTERS = SPARED_LETTERS.encode() + b"_"


def looked_at(content: bytes, *, bare: bool = True) -> bytes:
    """Return a workbook that may be parsed. Raises Refused.

    ``bare``: leave links out, for which openpyxl would make up a text in a blank cell, and of large sheets the cells
    that hold nothing but a look.
    """
    if not content.startswith(b"PK"):
        raise _no_package(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _look_at_sizes(package)
            _look_at_kind(package)
            return _respelled(package, content, bare=bare)
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


def _respelled(package: zipfile.ZipFile, content: bytes, *, bare: bool) -> bytes:
    """Return the package, written anew where a part must change before it is parsed."""
    changed: dict[str, bytes] = {}
    for part in package.infolist():
        if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            continue
        text = package.read(part)
        if any(declaration in text for declaration in _DECLARATIONS):
            raise Refused(Reason.DAMAGED, detail="DTD")
        if _WITH_TEXT.fullmatch(part.filename):
            parsed = _of_part(text, bare=bare)
            if len(parsed) != len(text):
                changed[part.filename] = parsed
            text = parsed
        if len(text) > MOST_PARSED or text.count(b"<c ") > MOST_CELLS or text.count(b"<") > MOST_TAGS:
            raise Refused(Reason.TOO_MUCH)
    return _rewritten(package, changed) if changed else content


def _of_part(text: bytes, *, bare: bool) -> bytes:
    if bare and b"<![CDATA[" not in text:
        text = _LINKS.sub(b"", text)
        if len(text) > SLIMMED_FROM:
            text = b"".join(_BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece)) for piece in _pieces(text))
    return text.replace(_LETTERS, SPARED.encode() + b"_") if _LETTERS in text else text


def _pieces(text: bytes) -> Iterator[bytes]:
    """Cut a sheet between its rows."""
    start = 0
    while start < len(text):
        end = text.find(b"<row", start + PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


def _rewritten(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as written:
        for name in dict.fromkeys(package.namelist()):
            written.writestr(name, changed[name] if name in changed else package.read(name))
    return file.getvalue()
