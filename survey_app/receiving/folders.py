"""Files as they are sent with a page: single ones and those of zip files, within limits, by their own names."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from survey_app.receiving.batches import SUFFIXES
from survey_app.receiving.packages import MOST_BYTES

MOST_FILES = 300
MOST_UNPACKED = 200_000_000
UTF8_NAME = 0x800  # the flag of a zip's entry whose name is UTF-8


@dataclass(frozen=True)
class SentForm:
    """One file: its name without folders, and its bytes."""

    name: str
    content: bytes


class TooManyFiles(ValueError):
    """More files, or more bytes in them, than are taken at once."""


class DamagedFolder(ValueError):
    """A zip file that cannot be opened; its name is the argument."""


def forms_sent(files: Iterable[SentForm]) -> tuple[SentForm, ...]:
    """Return the files that can be forms, those in zip files among them, in the order of their names.

    Raises TooManyFiles, DamagedFolder.
    """
    found: list[SentForm] = []
    room = MOST_UNPACKED
    for file in files:
        is_folder = file.name.casefold().endswith(".zip")
        for one in _unpacked(file, room) if is_folder else (file,):
            found.append(one)
            room -= len(one.content)
            if len(found) > MOST_FILES or room < 0:
                raise TooManyFiles
    return tuple(sorted(found, key=lambda one: one.name))


def _unpacked(file: SentForm, room: int) -> Iterator[SentForm]:
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as folder:
            entries = [one for one in folder.infolist() if not one.is_dir() and _can_be_form(_name(one))]
            if len(entries) > MOST_FILES:
                raise TooManyFiles
            for entry in entries:
                with folder.open(entry) as opened:
                    content = opened.read(min(MOST_BYTES + 1, room + 1))  # what the entry says of its size is not asked
                room -= len(content)
                yield SentForm(_name(entry), content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise DamagedFolder(file.name) from fault


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name without folders; Windows writes Japanese names in its own code, and does not say so."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp932")
    return PureWindowsPath(PurePosixPath(name).name).name


def _can_be_form(name: str) -> bool:
    suffix = PurePosixPath(name).suffix.casefold()
    return suffix in SUFFIXES and not name.startswith(("~$", "._", "."))
