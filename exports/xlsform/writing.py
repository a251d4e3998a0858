"""Writes a questionnaire as an XLSForm workbook, and an empty one to begin with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from exports.addresses import Area
from exports.overlays import Intake, Overlay
from exports.sheets import Cell, Line, Paging, Sheet
from exports.typesetting import SMALL, row_height
from exports.workbook import Properties, write_workbook
from exports.xlsform.columns import MEANINGS, ORDER, OTHER_WIDTH
from exports.xlsform.guide import guide_sheet
from exports.xlsform.rows import CHOICES, JAPANESE, SETTINGS, SURVEY, Row, Rows, headings
from questions.model import Questionnaire

SPARE = {SURVEY: 100, CHOICES: 100, SETTINGS: 1}
"""Lines with a frame that an empty form has."""
_SPARE_HEIGHT = 20.0
_FROZEN = {SURVEY: (1, 2), CHOICES: (1, 2)}
_HEAD_HEIGHT = 34.0
_INDENT = 36  # pixels before the types of what stands in a group
_PAGING = Paging(scale=65, repeat_rows=(0, 0), repeat_columns=(0, 1), large=True)  # too broad for one page
_OPENING, _CLOSING = ("begin_group", "begin_repeat"), ("end_group", "end_repeat")


def write_xlsform(questionnaire: Questionnaire, file: Path | BinaryIO, made_at: datetime | None = None) -> None:
    """Write a questionnaire; read back it is the same. Raises ``exports.workbook.CellRefused``.

    ``made_at`` stands at the foot of printed pages: now, unless it is said.
    """
    rows = Rows(questionnaire).sheets
    kept = {name: of_sheet for name, of_sheet in rows.items() if of_sheet or name in SPARE}
    sheets = [_sheet(name, of_sheet) for name, of_sheet in kept.items()]
    about = Properties(questionnaire.title.ja, "", questionnaire.name, made_at or _now())
    write_workbook(file, about, [*sheets, guide_sheet()])


def write_empty_xlsform(file: Path | BinaryIO, made_at: datetime | None = None) -> None:
    """Write an XLSForm without questions, with a sheet in Japanese that tells how to fill it in."""
    settings: Row = {"default_language": JAPANESE}
    sheets = [_sheet(name, [settings] if name == SETTINGS else [], every=True) for name in SPARE]
    about = Properties("調査票のひな型（XLSForm）", "", "xlsform", made_at or _now())
    write_workbook(file, about, [guide_sheet(), *sheets])


def _now() -> datetime:
    return datetime.now(UTC)


def _sheet(name: str, rows: list[Row], *, every: bool = False) -> Sheet:
    """Lay out one sheet; ``every``: with all columns that are known, and lines to write in."""
    heads = list(ORDER[name]) if every else headings(rows, ORDER[name]) or list(ORDER[name])
    widths = [ORDER[name].get(head, OTHER_WIDTH) for head in heads]
    lines = [Line(heads, ("head small",) * len(heads), _HEAD_HEIGHT), *_lines(rows, heads, widths)]
    spare = SPARE.get(name, 0) - len(rows) if every else 0
    lines += [Line((None,) * len(heads), ("answer small",) * len(heads), _SPARE_HEIGHT)] * spare
    notes = {(0, column): MEANINGS[name][head] for column, head in enumerate(heads) if head in MEANINGS[name]}
    return Sheet(
        name,
        widths,
        lines,
        frozen=_FROZEN.get(name, (1, 0)),
        paging=_PAGING if name == SURVEY else Paging(repeat_rows=(0, 0)),
        accent=name in SPARE,
        overlay=Overlay(notes=notes, intakes=list(_intakes(name, heads, len(lines))) if every else ()),
    )


def _lines(rows: list[Row], heads: list[str], widths: list[int]) -> Iterator[Line]:
    within = 0
    for row in rows:
        kind = str(row.get("type", ""))
        within -= kind in _CLOSING
        cells: list[Cell] = [row.get(head) for head in heads]
        style = "answer small" + _look(kind)  # as text, so that 4-1 is not turned into a day
        room = [widths[0] - _INDENT * (within > 0), *widths[1:]]
        texts = ((str(cell), float(width)) for cell, width in zip(cells, room, strict=True) if cell is not None)
        styles = [f"{style} indented" if number == 0 and within > 0 else style for number in range(len(heads))]
        yield Line(cells, styles, row_height(texts, SMALL))
        within += kind in _OPENING


def _look(kind: str) -> str:
    return " tinted strong" if kind in _OPENING else " tinted" if kind in _CLOSING else ""


def _intakes(name: str, heads: list[str], lines: int) -> Iterator[Intake]:
    """What is told where one begins to write."""
    if name != SURVEY:
        return
    for head, choices in (("type", ""), ("name", ""), ("required", '"yes"'), ("relevant", "")):
        column = heads.index(head)
        area = Area(name, 1, column, lines - 1, column)
        yield Intake(area, head, MEANINGS[name][head], choices)
