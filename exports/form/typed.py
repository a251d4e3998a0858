"""What somebody typed into a cell, as the texts that a kind reads; or why that cannot be told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from exports.form.opened import OpenedCell
from questions.model import Question

_BLANKS = " \t\r\n\u3000"
"""As on the page: a text of these alone is no answer."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NUMBERS, _DAYS = ("whole", "decimal"), ("day", "month")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_SURROGATE = re.compile("[\ud800-\udfff]")

MARKS = frozenset("○〇◯◎●⚪⭕✓✔✅☑レ1１有") | {"TRUE", "まる", "マル"}
NO_MARKS = frozenset("×✕✗✖☐0０-－―ー無") | {"FALSE", "✕"}


class Doubt(StrEnum):
    """Why the content of a cell is not taken, or is taken with a word about it."""

    ERROR_VALUE = "error_value"  # #REF! and its like
    NOT_CALCULATED = "not_calculated"  # a formula without a result
    DATE_INSTEAD = "date_instead"  # the program made a date of something else
    SCALED = "scaled"  # shown in thousands, held in ones
    NOT_A_MARK = "not_a_mark"
    BROKEN_CHARACTER = "broken_character"
    MARKS_AND_TEXT = "marks_and_text"  # a question of several choices answered twice, differently
    TWO_PLACES = "two_places"
    COVERED = "covered"  # joined with a cell that is no place for the answer
    # What is said besides
    FORMULA = "formula"  # its last result is taken
    NUMBER_IN_TEXT = "number_in_text"  # zeros before it would be lost
    MOVED = "moved"  # found beside its number, away from where its name points


@dataclass(frozen=True)
class Typed:
    """What a cell says. ``texts`` is empty when it is blank or in doubt; ``note`` is said, and changes nothing."""

    texts: tuple[str, ...] = ()
    doubt: Doubt | None = None
    note: Doubt | None = None
    context: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


def typed(cell: OpenedCell | None, question: Question) -> Typed:
    """Return what a cell says to a question, as the texts that its kind reads."""
    if cell is None:
        return Typed()
    if cell.stale:
        return Typed(doubt=Doubt.NOT_CALCULATED, context={"formula": cell.formula})
    if cell.form == "error":
        return Typed(doubt=Doubt.ERROR_VALUE)
    if _SURROGATE.search(cell.text):
        return Typed(doubt=Doubt.BROKEN_CHARACTER)
    if not cell.text.strip(_BLANKS):
        return Typed()
    if cell.form in ("day", "moment"):
        return _of_day(cell, question)
    if cell.form == "number":
        return _of_number(cell, question)
    return Typed((_plain_breaks(cell.text),), note=_calculated(cell))


def _of_day(cell: OpenedCell, question: Question) -> Typed:
    form = question.kind.cell_format
    if form not in _DAYS:
        return Typed(doubt=Doubt.DATE_INSTEAD)
    day = cell.text[:10]
    return Typed((day if form == "day" else day[:7],), note=_calculated(cell))


def _of_number(cell: OpenedCell, question: Question) -> Typed:
    look = _LITERAL.sub("", cell.look)
    if _SCALED.search(look):
        return Typed(doubt=Doubt.SCALED)
    text = f"{_hundredfold(cell.text)}%" if "%" in look else cell.text
    kind = question.kind
    lone = kind.cell_format == "text" and kind.operand_form == "text" and kind.summary == "texts"
    return Typed((text,), note=_calculated(cell) or (Doubt.NUMBER_IN_TEXT if lone else None))


def _hundredfold(text: str) -> str:
    """Return a number as a cell in per cent shows it."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = digits.partition(".")
    moved = f"{whole}{fraction[:2]:0<2}.{fraction[2:]}".lstrip("0").rstrip(".")
    return sign + (f"0{moved}" if moved.startswith(".") or not moved else moved)


def _calculated(cell: OpenedCell) -> Doubt | None:
    return Doubt.FORMULA if cell.formula else None


def is_mark(cell: OpenedCell | None) -> bool | None:
    """Say whether the cell of one choice says that it is chosen; None when that cannot be told."""
    text = "" if cell is None else cell.text.strip(_BLANKS)
    if not text:
        return False
    if cell is None or cell.stale or cell.form == "error":
        return None
    if text.upper() in MARKS:
        return True
    return False if text.upper() in NO_MARKS else None


def apart(texts: Sequence[str]) -> tuple[str, ...]:
    """Take names apart that were joined as people join them: 福島市、会津若松市 or one below the other."""
    return tuple(piece.strip(_BLANKS) for text in texts for piece in _JOINTS.split(text) if piece.strip(_BLANKS))


_JOINTS = re.compile(r"[、，,・；;／/\n\t]|[ \u3000]+")


def _plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
