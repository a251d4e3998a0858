"""Kinds whose answer is text: kept to the code point as it was typed."""

import re
import unicodedata
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, PositiveInt

from questions.kinds.base import Kind, Parsed, wrong
from questions.labels import Label
from questions.patterns import NO_PATTERN, matches
from questions.problems import Code
from questions.setting import Setting

ALLOWED_CONTROLS = "\t\n"
NOT_CHARACTERS = "\ufffe\uffff"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unseen marks that turn the direction of writing: what is read is no longer what is stored."""
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3


def first_control(text: str) -> int | None:
    """Return the place (from 1) of the first character that no workbook can carry or nobody can see; None without."""
    for place, character in enumerate(text, 1):
        if character in ALLOWED_CONTROLS:
            continue
        if character in NOT_CHARACTERS or character in TURNING or unicodedata.category(character) in ("Cc", "Cs"):
            return place
    return None


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except NO_PATTERN as fault:
        raise ValueError(str(fault)) from fault
    return pattern


class Prose(Kind[str]):
    """Text over several lines, at most ``longest`` characters (code points)."""

    name: Literal["prose"] = "prose"
    widget: ClassVar[str] = "prose"
    long: ClassVar[bool] = True
    seconds: ClassVar[int] = 180
    longest: PositiveInt = 2000

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[str]:
        """Refuse what cannot be kept; change nothing."""
        text = texts[0]
        if (place := first_control(text)) is not None:
            return wrong(Code.CONTROL_CHARACTER, place=place, point=f"U+{ord(text[place - 1]):04X}")
        if len(text) > self.longest:
            return wrong(Code.TOO_LONG, longest=self.longest, length=len(text))
        return self.accept(text)

    def accept(self, text: str) -> Parsed[str]:
        """Hold the text against what this kind asks beyond length and characters."""
        return Parsed(text)


class Line(Prose):
    """Text on one line; ``pattern`` must match the whole of it (in bounded time: see questions.patterns)."""

    name: Literal["line"] = "line"  # type: ignore[assignment]
    widget: ClassVar[str] = "line"
    long: ClassVar[bool] = False
    seconds: ClassVar[int] = 20
    longest: PositiveInt = 200
    pattern: Annotated[str, AfterValidator(_compiles)] | None = None
    pattern_message: Label | None = None

    def accept(self, text: str) -> Parsed[str]:
        """Refuse a line break, and what the pattern does not match."""
        if "\n" in text:
            return wrong(Code.LINE_BREAK)
        if self.pattern is not None and not matches(self.pattern, text):
            return wrong(Code.PATTERN, message=self.pattern_message)
        return Parsed(text)


class Email(Line):
    """An e-mail address, of the internet or of LGWAN."""

    name: Literal["email"] = "email"  # type: ignore[assignment]
    widget: ClassVar[str] = "email"
    longest: PositiveInt = LONGEST_EMAIL

    def accept(self, text: str) -> Parsed[str]:
        """Refuse what is plainly no address; who reads it there cannot be known."""
        if re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text.strip()) is None or not text.strip().isascii():
            return wrong(Code.NOT_AN_EMAIL)
        return Parsed(text.strip())
