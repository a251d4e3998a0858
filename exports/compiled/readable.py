"""Answers as people read them: columns with labels instead of codes, wide and tall enough to be printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exports.blanks import Mark
from exports.records import Records, unit_of
from exports.sheets import Cell, Line, Paging
from exports.typesetting import (
    PADDING,
    SMALL,
    TINY,
    height_of,
    lines_of,
    longest_width,
    most_lines,
    text_width,
    width_for,
)
from exports.words import correction
from questions.model import Question

PAGE_WIDTH = 1040
"""Pixels between the margins of A4 landscape at full size."""
LARGE_WIDTH = 1480
"""The same of A3 landscape, on which what is too wide for A4 at _GOOD_SCALE is printed."""
_GOOD_SCALE, _LEAST_SCALE = 80, 60  # per cent: 9 points become 7, or 5.4 where texts are very long
_BROKEN_SCALE = 72
_SPARE = 0.83  # of a page that is broken by hand: programs without the fonts set columns up to a fifth wider
_PROSE_WIDTHS = range(140, 361, 10)
_PROSE_STYLE = "text small top"
_EMPTY_PROSE = 70
_NARROWEST, _NARROW, _WIDE = 36, 60, 190
_HEADING_LINES, _ANSWER_LINES = 6, 6
_DATES = {"day": 98, "month": 72}


@dataclass(frozen=True)
class ReadableColumn:
    """One column of a list: its heading, its cells, and how they are set.

    ``width`` is wanted, ``least`` will do, ``tight`` sets long texts smaller, all in pixels. ``group`` is the section
    that it belongs to.
    """

    heading: str
    cells: Sequence[Cell]
    style: str
    width: int
    least: int
    tight: int
    group: str = ""

    @property
    def wraps(self) -> bool:
        """Can its cells take several lines?"""
        return self.style.startswith("text")


def of_question(records: Records, question: Question) -> ReadableColumn:
    """Return the answers to a question as a column."""
    unit = unit_of(question)
    heading = question.label.ja + (f"\n（{unit}）" if unit else "")
    cells = records.reading_cells(question)
    texts = [cell for cell in cells if isinstance(cell, str) and not isinstance(cell, Mark)]
    form = question.kind.cell_format
    if question.kind.long and texts:
        least, width = width_for(texts, _PROSE_WIDTHS, SMALL), _PROSE_WIDTHS[-1]
        tight = width_for(texts, _PROSE_WIDTHS, TINY)
        return ReadableColumn(heading, cells, _PROSE_STYLE, width, least, tight)
    if question.kind.long:
        least = width = _EMPTY_PROSE
    elif form in _DATES:
        least = width = _DATES[form]
    else:
        least, width = _widths(cells, heading, wraps=form == "text")
    return ReadableColumn(heading, cells, f"{style_of(question)} small top", width, least, least)


def style_of(question: Question) -> str:
    """Return the style of a question's answers: by its kind's format, its unit and its decimals."""
    form = question.kind.cell_format
    if form == "decimal":
        return f"decimal{question.kind.limits().get('places', 1)}"
    if form == "whole":
        return "whole" if unit_of(question) else "number"  # no commas in a year
    return form


def of_texts(heading: str, cells: Sequence[Cell], width: int, style: str = "text") -> ReadableColumn:
    """Return a column of texts that are no answers."""
    return ReadableColumn(heading, cells, f"{style} small top", width, width, width)


def corrections(records: Records) -> ReadableColumn:
    """Return the column that marks what is being corrected."""
    return of_texts("備考", [correction(state) or None for state in records.heads["_state"]], 56)


def _widths(cells: Sequence[Cell], heading: str, *, wraps: bool) -> tuple[int, int]:
    """Return the least and the wanted width of a column of short answers; numbers are never cut."""
    shown = {cell if isinstance(cell, str) else f"{cell:,}" for cell in cells if isinstance(cell, str | int | float)}
    longest = longest_width(shown, SMALL)
    label, _, unit = heading.partition("\n")
    for_heading = max(text_width(label, SMALL) / _HEADING_LINES, text_width(unit, SMALL)) + PADDING
    wanted = max(longest + PADDING, for_heading, _NARROWEST)
    if not wraps:
        return int(wanted), int(wanted)
    least = max(longest / _ANSWER_LINES + PADDING, for_heading, _NARROW)
    return int(min(least, wanted, _WIDE)), int(min(wanted, _WIDE))


def settled(columns: Sequence[ReadableColumn]) -> list[ReadableColumn]:
    """Give the columns their widths so that they fit on a page that can still be read, if that is possible.

    What is left over the least widths is shared out by how much more each column wants.
    """
    tight, least, wanted = (sum(widths) for widths in zip(*((c.tight, c.least, c.width) for c in columns), strict=True))
    if wanted <= PAGE_WIDTH * 100 // _GOOD_SCALE:
        return list(columns)
    good, most = (LARGE_WIDTH * 100 // scale for scale in (_GOOD_SCALE, _LEAST_SCALE))
    if wanted <= good:
        return list(columns)
    if least <= most:
        part = max(good - least, 0) / (wanted - least)
        return [replace(one, width=int(one.least + part * (one.width - one.least))) for one in columns]
    part = max(most - tight, 0) / (least - tight) if least > tight else 0
    return [replace(one, width=int(one.tight + part * (one.least - one.tight))) for one in columns]


def heading_line(columns: Sequence[ReadableColumn]) -> Line:
    """Return the line of headings."""
    lines = max(lines_of(column.heading, column.width, SMALL) for column in columns)
    return Line([column.heading for column in columns], ("head small",) * len(columns), height_of(lines, SMALL))


def body_lines(columns: Sequence[ReadableColumn]) -> Iterator[Line]:
    """Yield one line for each record, tall enough for its texts; what is too long for any row is set smaller."""
    styles = tuple(column.style for column in columns)
    needed = _lines_needed(columns)
    most = most_lines(SMALL)
    for cells, lines in zip(zip(*(column.cells for column in columns), strict=True), needed, strict=True):
        if lines <= most:
            yield Line(cells, styles, height_of(lines, SMALL))
        else:
            yield _tight_line(cells, columns)


def _lines_needed(columns: Sequence[ReadableColumn]) -> list[int]:
    needed = [1] * max((len(column.cells) for column in columns), default=0)
    for column in columns:
        if not column.wraps:
            continue
        known: dict[str, int] = {}
        for place, cell in enumerate(column.cells):
            if isinstance(cell, str):
                lines = known.get(cell)
                if lines is None:
                    lines = known[cell] = lines_of(cell, column.width, SMALL)
                needed[place] = max(needed[place], lines)
    return needed


def _tight_line(cells: tuple[Cell, ...], columns: Sequence[ReadableColumn]) -> Line:
    styles, lines = [], 1
    for cell, column in zip(cells, columns, strict=True):
        too_long = isinstance(cell, str) and lines_of(cell, column.width, SMALL) > most_lines(SMALL)
        styles.append(f"{column.style} tiny" if too_long else column.style)
        if too_long:
            lines = max(lines, lines_of(str(cell), column.width, TINY))
    return Line(cells, tuple(styles), max(height_of(lines, TINY), height_of(most_lines(SMALL), SMALL)))


def paging(columns: Sequence[ReadableColumn], repeated: int, base: Paging) -> Paging:
    """Fit the columns to the width of a page, A3 where A4 is too small; where that is not enough, break between groups.

    ``repeated`` is how many of the first columns are printed on every page.
    """
    widths = [column.width for column in columns]
    if sum(widths) * _GOOD_SCALE <= PAGE_WIDTH * 100:
        return base
    if sum(widths) * _LEAST_SCALE <= LARGE_WIDTH * 100:
        return replace(base, large=True)
    room = PAGE_WIDTH * 100 / _BROKEN_SCALE * _SPARE
    title = sum(widths[:repeated])
    breaks, used = [], title
    for place in range(repeated, len(columns)):
        starts = columns[place].group != columns[place - 1].group
        ahead = _group_width(columns, place) if starts else widths[place]
        ahead = ahead if title + ahead <= room else widths[place]
        if used > title and used + ahead > room:
            breaks.append(place)
            used = title
        used += widths[place]
    return replace(base, scale=_BROKEN_SCALE, column_breaks=tuple(breaks), repeat_columns=(0, repeated - 1))


def _group_width(columns: Sequence[ReadableColumn], place: int) -> int:
    width = 0
    for column in columns[place:]:
        if column.group != columns[place].group:
            break
        width += column.width
    return width
