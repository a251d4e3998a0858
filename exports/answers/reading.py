"""Reads a 回答書 that came back: which it is, and what the municipality wrote into its cells for opinions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.answers.anchors import (
    END,
    OPINION,
    SHEET,
    LetterIssue,
    issue_of_line,
    issue_of_meta,
    labelled,
    named,
)
from exports.form.anchors import HIDDEN_SHEETS, META, REPORT_SHEET
from exports.form.opened import OpenedBook, OpenedCell, OpenedSheet, Spot
from exports.form.typed import Doubt, Typed, typed


@dataclass(frozen=True)
class ReadOpinion:
    """What one cell says about a need, by its number (``control``). ``text`` "" when it is blank or in doubt.

    ``content``: what stands in it, to be told; ``note`` is said, and changes nothing.
    """

    control: str
    spot: Spot
    text: str = ""
    content: str = ""
    doubt: Doubt | None = None
    note: Doubt | None = None


@dataclass(frozen=True)
class ReadLetter:
    """A workbook that came back. ``issues``: which letters it says it is, each once; ``opinions`` in their order.

    ``outside``: cells with a text where nothing is asked, each with what stands in it.
    """

    issues: tuple[LetterIssue, ...]
    opinions: tuple[ReadOpinion, ...] = ()
    outside: tuple[tuple[Spot, str], ...] = ()


def read_letter(book: OpenedBook) -> ReadLetter:
    """Read a workbook; one that is no 回答書 has neither issues nor opinions."""
    places = _places(book)
    opinions = (_opinion(book, control, spots) for control, spots in places.items())
    ordered = sorted(opinions, key=lambda one: (_order(book, one.spot[0]), one.spot[1:]))
    return ReadLetter(_issues(book), tuple(ordered), tuple(_outside(book, places)))


# ---- Which letter it is


def _issues(book: OpenedBook) -> tuple[LetterIssue, ...]:
    """Return what the hidden sheet and the visible lines say; a line holds the first digits of the digest only."""
    found: dict[tuple[str, str, int], LetterIssue] = {}
    meta = book.by_name.get(META)
    if meta is not None:
        issue = issue_of_meta(
            {sheet[0].text: sheet[1].text for sheet in meta.by_row.values() if {0, 1} <= sheet.keys()}
        )
        if issue is not None:
            found[issue.inquiry, issue.municipality, issue.number] = issue
    for sheet in _visible(book):
        for one in sheet.cells.values():
            issue = issue_of_line(one.text) if "整理番号" in one.text else None
            if issue is not None:
                found.setdefault((issue.inquiry, issue.municipality, issue.number), issue)
    return tuple(found.values())


# ---- Where opinions stand


def _places(book: OpenedBook) -> dict[str, list[Spot]]:
    """Return the cells beside the labels, by the number of the need; by the defined names where a label is lost."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for sheet in _visible(book):
        for (row, column), one in sheet.cells.items():
            control = labelled(one.text)
            if control:
                found[control].append((sheet.name, row, _beside(sheet, row, column)))
    taken = {spot for spots in found.values() for spot in spots}
    for name in book.names:
        control, spot = named(name), book.spot_of(name)
        if control and control not in found and spot is not None and spot not in taken:
            found[control].append(spot)
    return found


def _beside(sheet: OpenedSheet, row: int, column: int) -> int:
    """Return the column right of a label, which may be joined with others."""
    ends = [area[3] for area in sheet.merged if area[:2] == (row, column)]
    return max([column, *ends]) + 1


def _opinion(book: OpenedBook, control: str, spots: Sequence[Spot]) -> ReadOpinion:
    """Read the cell of one need; of several (the sheet was copied) they must say the same."""
    read = [_cell(book, control, spot) for spot in spots]
    filled = [one for one in read if one.content.strip()]
    if len({(one.text, one.content) for one in filled}) > 1:
        told = " ／ ".join(dict.fromkeys(one.content for one in filled))
        return ReadOpinion(control, filled[0].spot, content=told, doubt=Doubt.TWO_PLACES)
    return filled[0] if filled else read[0]


def _cell(book: OpenedBook, control: str, spot: Spot) -> ReadOpinion:
    cell = book.cell(spot)
    said = _typed(book, spot, cell)
    content = "" if cell is None else cell.formula if cell.stale else cell.text
    return ReadOpinion(control, spot, said.texts[0] if said.texts else "", content, said.doubt, said.note)


def _typed(book: OpenedBook, spot: Spot, cell: OpenedCell | None) -> Typed:
    covering = book.by_name[spot[0]].covered(spot[1], spot[2]) if cell is None else None
    if covering is not None and book.cell((spot[0], *covering)) is not None:
        return Typed(doubt=Doubt.COVERED)
    return typed(cell, OPINION)


# ---- What stands where nothing is asked


def _outside(book: OpenedBook, places: Mapping[str, Sequence[Spot]]) -> Iterator[tuple[Spot, str]]:
    """Yield the cells right of those for opinions, and below the end of the letter."""
    asked = {spot for spots in places.values() for spot in spots}
    for sheet in _visible(book):
        columns = [spot[2] for spot in asked if spot[0] == sheet.name]
        if not columns:
            continue
        last = max((row for (row, _), one in sheet.cells.items() if one.text.strip() == END), default=None)
        for (row, column), one in sorted(sheet.cells.items(), key=lambda item: item[0]):
            far = column > max(columns) or (last is not None and row > last)
            if far and (sheet.name, row, column) not in asked and one.text.strip():
                yield (sheet.name, row, column), one.text


def _visible(book: OpenedBook) -> Iterator[OpenedSheet]:
    return (sheet for sheet in book.sheets if sheet.name not in (*HIDDEN_SHEETS, REPORT_SHEET))


def _order(book: OpenedBook, name: str) -> tuple[bool, int]:
    return name != SHEET, [sheet.name for sheet in book.sheets].index(name)
