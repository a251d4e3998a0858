"""Answers as people read them: columns with labels instead of codes, wide and tall enough to be printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

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
_PAGE_HEIGHT, _LARGE_HEIGHT = 505, 751  # points between the margins of A4 and A3 landscape
_SPARE_HEIGHT = 0.97
_WIDEST_FILLED = 420
_SPARE = 0.83  # of a page that is broken by hand: programs without the fonts set columns up to a fifth wider
_PROSE_WIDTHS = range(140, 361, 10)
_PROSE_STYLE = "text small top"
_EMPTY_PROSE = 70
_NARROWEST, _NARROW, _WIDE = 36, 60, 190
_HEADING_LINES, _ANSWER_LINES = 6, 6
_DATES = {"day": 112, "month": 86}


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
    form = question.kind.cell_format
    if question.kind.long:
        return of_prose(heading, cells)
    if form in _DATES:
        least = width = _DATES[form]
    else:
        least, width = _widths(cells, heading, wraps=form == "text")
    return ReadableColumn(heading, cells, f"{style_of(question)} small top", width, least, least)


def of_prose(heading: str, cells: Sequence[Cell]) -> ReadableColumn:
    """Return long texts as a column."""
    texts = [cell for cell in cells if isinstance(cell, str) and not isinstance(cell, Mark)]
    if not texts:
        return ReadableColumn(heading, cells, _PROSE_STYLE, _EMPTY_PROSE, _EMPTY_PROSE, _EMPTY_PROSE)
    least, width = width_for(texts, _PROSE_WIDTHS, SMALL), _PROSE_WIDTHS[-1]
    return ReadableColumn(heading, cells, _PROSE_STYLE, width, least, width_for(texts, _PROSE_WIDTHS, TINY))


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

    ``repeated`` is how many of the first columns are printed on every page. What is broken stays on A4, unless the
    ``base`` is large.
    """
    widths = [column.width for column in columns]
    if sum(widths) * _GOOD_SCALE <= PAGE_WIDTH * 100:
        return replace(base, large=False)
    if sum(widths) * _LEAST_SCALE <= LARGE_WIDTH * 100:
        return replace(base, large=True)
    room = _room(base)
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


def _room(paged: Paging) -> float:
    """Return the pixels for columns on a page that is broken by hand."""
    return (LARGE_WIDTH if paged.large else PAGE_WIDTH) * 100 / _BROKEN_SCALE * _SPARE


def filled(columns: Sequence[ReadableColumn], repeated: int, paged: Paging) -> list[ReadableColumn]:
    """Share out what is left of each page to the columns whose texts take several lines, so that rows become lower."""
    if not paged.column_breaks:
        return list(columns)
    found = list(columns[:repeated])
    title = sum(column.width for column in found)
    for first, last in pairwise((repeated, *paged.column_breaks, len(columns))):
        page = columns[first:last]
        wanted = [_natural_width(column) - column.width for column in page]
        left = _room(paged) - title - sum(column.width for column in page)
        part = min(max(left, 0) / (sum(wanted) or 1), 1)
        found += [replace(one, width=int(one.width + part * more)) for one, more in zip(page, wanted, strict=True)]
    return found


def _natural_width(column: ReadableColumn) -> int:
    """Return the width at which its answers take one line, as far as that is sensible."""
    texts = [cell for cell in column.cells if isinstance(cell, str)]
    wanted = int(longest_width(texts, SMALL) / 0.97) + 2 * PADDING if column.wraps else 0
    return max(min(wanted, _WIDEST_FILLED), column.width)


def row_breaks(heights: Sequence[float], headings: float, paged: Paging) -> tuple[int, ...]:
    """Return before which rows to break, so that every page carries about as many; none where pages are not broken.

    ``heights`` of the rows and of the ``headings`` above them on every page, in points.
    """
    if not paged.column_breaks:
        return ()
    room = (_LARGE_HEIGHT if paged.large else _PAGE_HEIGHT) * 100 / _BROKEN_SCALE * _SPARE_HEIGHT - headings
    pages = max(ceil(sum(heights) / room), 1)
    breaks: list[int] = []
    used, share = 0.0, sum(heights) / pages
    for place, height in enumerate(heights):
        if place and used + height / 2 > share * (len(breaks) + 1) and len(breaks) + 1 < pages:
            breaks.append(place)
        used += height
    return tuple(breaks)


def _group_width(columns: Sequence[ReadableColumn], place: int) -> int:
    width = 0
    for column in columns[place:]:
        if column.group != columns[place].group:
            break
        width += column.width
    return width
