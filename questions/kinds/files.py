"""The kind whose answer is files (別紙): references to what was sent, kept apart from the answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from questions.kinds.base import Attached, Kind, Operand, OperandForm, Parsed, wrong
from questions.kinds.texts import first_control
from questions.labels import Language
from questions.problems import Code
from questions.setting import Setting

LONGEST_NAME = 150
MOST_MEGABYTES = 60
"""What can be sent with one page of answers."""
BYTES_OF_A_MEGABYTE = 1_048_576  # as the file managers of offices count
_SHAPE = re.compile(r"([0-9a-f]{32}) (.+)", re.DOTALL)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # characters by which a name looks like another

FileType = Literal["pdf", "docx", "xlsx", "jpg", "png"]


@dataclass(frozen=True)
class Format:
    """A type of file: how it is called, its media type, and how names of such files end."""

    name: str
    media: str
    endings: tuple[str, ...]


FORMATS: Mapping[FileType, Format] = {
    "pdf": Format("PDF", "application/pdf", ("pdf",)),
    "docx": Format(
        "Word (.docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)
    ),
    "xlsx": Format("Excel (.xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    "jpg": Format("JPEG", "image/jpeg", ("jpg", "jpeg")),
    "png": Format("PNG", "image/png", ("png",)),
}
"""What can be sent: nothing that can hold a macro."""


class Files(Kind[tuple[Attached, ...]]):
    """At most ``most`` files of some types, each of at most so many megabytes; the value is references to them."""

    name: Literal["files"] = "files"
    widget: ClassVar[str] = "files"
    operand_form: ClassVar[OperandForm] = "codes"
    many: ClassVar[bool] = True
    group: ClassVar[bool] = True
    portable: ClassVar[bool] = False
    attaches: ClassVar[bool] = True
    most: int = Field(default=3, ge=1, le=10)
    megabytes: int = Field(default=10, ge=1, le=20)
    types: tuple[FileType, ...] = Field(default=tuple(FORMATS), min_length=1)

    @model_validator(mode="after")
    def _fits_one_page(self) -> "Files":
        if self.most * self.megabytes > MOST_MEGABYTES:
            raise ValueError(f"more than {MOST_MEGABYTES} megabytes at once")
        return self

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[tuple[Attached, ...]]:
        """Read references; whether there are such files is known only where they are kept."""
        found = []
        for text in texts:
            one = _reference(text)
            if one is None:
                return wrong(Code.NOT_A_FILE)
            found.append(one)
        kept = _each_once(found)
        if len(kept) > self.most:
            return wrong(Code.TOO_MANY_FILES, most=self.most, found=len(kept))
        return Parsed(kept)

    def attached(self, texts: Iterable[str]) -> tuple[Attached, ...]:
        """Return the references among texts, be they too many; what is none is left out."""
        return _each_once(one for one in map(_reference, texts) if one is not None)

    def show(self, value: tuple[Attached, ...], language: Language, setting: Setting) -> str:
        """Show the names, joined."""
        return ("、" if language == "ja" else ", ").join(one.name for one in value)

    def texts(self, value: tuple[Attached, ...]) -> tuple[str, ...]:
        """Return a text for each file."""
        return tuple(one.text for one in value)

    def dump(self, value: tuple[Attached, ...]) -> Any:
        """Store the texts as a list."""
        return [one.text for one in value]

    def load(self, stored: Any) -> tuple[Attached, ...]:
        """Read the stored list."""
        return self.attached(stored)

    def operand(self, value: tuple[Attached, ...]) -> Operand:
        """Expressions see a selection of ids, so that files can be counted."""
        return tuple(one.id for one in value)

    def cells(self, value: tuple[Attached, ...], setting: Setting) -> tuple[str, ...]:
        """The names, joined by 、."""
        return ("、".join(one.name for one in value),)

    def limits(self) -> Mapping[str, Any]:
        """Return how many files of what size and of which types are taken; no bounds of a number."""
        return {"files": self.most, "megabytes": self.megabytes, "types": self.formats}

    @property
    def formats(self) -> tuple[str, ...]:
        """The names of the types that are taken."""
        return tuple(FORMATS[one].name for one in self.types)

    @property
    def endings(self) -> Mapping[str, FileType]:
        """The types that are taken by how names end, in small letters without a dot."""
        return {ending: one for one in self.types for ending in FORMATS[one].endings}


def name_is_sound(name: str) -> bool:
    """Can a file be kept under this name?"""
    bare = bool(name.strip()) and "/" not in name and "\\" not in name
    plain = first_control(name) is None and "\n" not in name and "\t" not in name and not _TURNING.search(name)
    return bare and plain and len(name) <= LONGEST_NAME


def _reference(text: str) -> Attached | None:
    found = _SHAPE.fullmatch(text)
    return Attached(found[1], found[2]) if found is not None and name_is_sound(found[2]) else None


def _each_once(found: Iterable[Attached]) -> tuple[Attached, ...]:
    return tuple({one.id: one for one in found}.values())
