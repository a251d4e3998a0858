"""What lies over the cells of a sheet that people fill in, as pure data: names, drop-downs, looks by rule, notes.

It is laid through a ``Worksheet`` that a writer lends; this room knows no library.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from exports.addresses import Area

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # of an input message
NOTE_AUTHOR = "Shokai"


@dataclass(frozen=True)
class Rule:
    """Lays a style over cells for which a formula is TRUE.

    ``formula`` (without =) is seen from the first cell of the area. Of several rules for a cell the first that holds
    decides.
    """

    area: Area
    formula: str
    style: str


@dataclass(frozen=True)
class Intake:
    """What a cell tells the one who fills it in, and what it takes.

    ``choices``: a formula that lists them; ``longest``: characters. ``strict``: nothing else can be typed; otherwise
    the program only asks whether it is meant.
    """

    area: Area
    title: str
    message: str
    choices: str = ""
    longest: int | None = None
    strict: bool = False


@dataclass(frozen=True)
class Overlay:
    """Everything that lies over one sheet.

    ``names`` are known in the whole workbook; ``notes`` by (row, column); ``hidden_columns`` counts from the first.
    """

    names: Mapping[str, Area] = field(default_factory=dict)
    rules: Sequence[Rule] = ()
    intakes: Sequence[Intake] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_columns: int = 0


class Worksheet(Protocol):
    """What is needed of a sheet to lay something over it."""

    def conditional_format(self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any) -> int:
        """Lay a look over cells."""

    def data_validation(self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any) -> int:
        """Say what cells take."""

    def write_comment(self, row: int, col: int, comment: str, options: Any) -> int:
        """Put a note at a cell."""


def lay(overlay: Overlay, worksheet: Worksheet, look: Callable[[str], Any]) -> None:
    """Lay rules and intakes over a sheet; ``look`` gives the format of a style. Raises ValueError."""
    for rule in overlay.rules:
        options = {"type": "formula", "criteria": f"={rule.formula}", "format": look(rule.style), "stop_if_true": True}
        _told(worksheet.conditional_format(*_corners(rule.area), options), rule.area)
    for intake in overlay.intakes:
        _told(worksheet.data_validation(*_corners(intake.area), _options(intake)), intake.area)


def note(overlay: Overlay, worksheet: Worksheet) -> None:
    """Put the notes at their cells; before the rows are written, which are not touched again. Raises ValueError."""
    for (row, column), text in overlay.notes.items():
        lines = text.count("\n") + len(text) // 18 + 2
        options = {"author": NOTE_AUTHOR, "x_scale": 2, "y_scale": max(1.0, lines / 5), "font_size": 9}
        if worksheet.write_comment(row, column, text, options):
            raise ValueError(text)


def _options(intake: Intake) -> dict[str, Any]:
    options: dict[str, Any] = {
        "input_title": _cut(intake.title, LONGEST_TITLE),
        "input_message": _cut(intake.message, LONGEST_MESSAGE),
        "error_type": "stop" if intake.strict else "warning",
        "ignore_blank": True,
    }
    if intake.choices:
        told = "一覧から選んでください。" if intake.strict else "一覧にない内容です。このまま入力しますか。"
        return {**options, "validate": "list", "source": f"={intake.choices}", "error_message": told}
    if intake.longest is not None:
        told = f"{intake.longest}字を超えています。このまま入力しますか。"
        return {**options, "validate": "length", "criteria": "<=", "value": intake.longest, "error_message": told}
    return {**options, "validate": "any"}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.first_row, area.first_column, area.last_row, area.last_column


def _told(failed: int, area: Area) -> None:
    if failed:
        raise ValueError(str(area))
