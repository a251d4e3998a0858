"""Looks at a file that is sent with an answer: is it of a type that the question takes, and what its name says?

A file is never opened beyond its first bytes; of a package (Word, Excel) only the list of its parts is read.
"""

import zipfile
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from questions.kinds.files import BYTES_OF_A_MEGABYTE, FORMATS, LONGEST_NAME, Files, FileType, name_is_sound
from questions.problems import Code, Problem

MOST_PARTS = 10_000
MOST_UNPACKED, SMALL = 100, 20_000_000  # times its size, and bytes: whoever opens a larger one opens a bomb
BEGINNINGS: dict[FileType, bytes] = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
FOLDERS: dict[FileType, str] = {"docx": "word/", "xlsx": "xl/"}
"""The folder in which a package keeps what it is about."""
CONTENT_TYPES = "[Content_Types].xml"
MACROS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("xl/macrosheets/",)
_ENTRY = b"PK\x01\x02"  # begins each line of a package's list of parts


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent: its name without folders, its size in bytes, its bytes (none of one that is too large)."""

    name: str
    size: int
    content: bytes


def bare_name(given: str) -> str:
    """Return the name of a file without folders: some browsers send them along."""
    return PureWindowsPath(PurePosixPath(given).name).name


def largest(kind: Files) -> int:
    """Return how many bytes a file of a question may have."""
    return kind.megabytes * BYTES_OF_A_MEGABYTE


def media_of(kind: Files, name: str) -> str:
    """Return the media type under which a file is given out: by our own list, never by what was sent with it."""
    return FORMATS[kind.endings[_ending(name)]].media


def problem_of(sent: SentFile, kind: Files) -> Problem | None:
    """Return why a file is not taken; None when it is. The context names the file and what is taken."""
    if not name_is_sound(sent.name):
        return Problem(Code.FILE_NAME, context={"file": sent.name[:LONGEST_NAME], "longest": LONGEST_NAME})
    expected = kind.endings.get(_ending(sent.name))
    if expected is None:
        return Problem(Code.FILE_TYPE, context={"file": sent.name, "types": kind.formats})
    if not sent.size:
        return Problem(Code.FILE_EMPTY, context={"file": sent.name})
    if sent.size > largest(kind):
        told = {"file": sent.name, "size": in_megabytes(sent.size), "megabytes": kind.megabytes}
        return Problem(Code.FILE_TOO_LARGE, context=told)
    code = _content(sent.content, expected)
    return None if code is None else Problem(code, context={"file": sent.name, "type": FORMATS[expected].name})


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _content(content: bytes, expected: FileType) -> Code | None:
    if not content.startswith(BEGINNINGS[expected]):
        return Code.FILE_CONTENT
    return _package(content, FOLDERS[expected]) if expected in FOLDERS else None


def _package(content: bytes, folder: str) -> Code | None:
    """Look at the list of a package's parts."""
    if content.count(_ENTRY) > MOST_PARTS:  # before the list is read: each line of it costs memory
        return Code.FILE_CONTENT
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [part.casefold() for part in package.namelist()]
            unpacked = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Code.FILE_CONTENT
    if unpacked > max(MOST_UNPACKED * len(content), SMALL):
        return Code.FILE_CONTENT
    if any(part.endswith(MACROS) or part.startswith(MACRO_FOLDERS) for part in parts):
        return Code.FILE_MACRO
    sound = CONTENT_TYPES.casefold() in parts and any(part.startswith(folder) for part in parts)
    return None if sound else Code.FILE_CONTENT


def in_megabytes(size: int) -> Decimal:
    """Return a size as people read it: megabytes with one decimal, rounded up."""
    return (Decimal(size) / BYTES_OF_A_MEGABYTE).quantize(Decimal("0.1"), ROUND_CEILING)
