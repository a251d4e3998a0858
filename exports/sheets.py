"""Sheets as pure data: titles, columns, rows of typed cells, charts. Knows no library that writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from exports.addresses import Area
from exports.blanks import Mark
from exports.overlays import Overlay

Result = str | int | float
"""What a formula comes to."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the value that it has now. ``text`` begins with ``=``."""

    text: str
    value: Result


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another sheet of the same workbook, to its first cell or to another."""

    text: str
    sheet: str
    cell: str = "A1"


@dataclass(frozen=True, slots=True)
class Span:
    """A text, moment or formula over several cells of one row; the cells that it covers are not in the row."""

    content: "str | datetime | Formula | None"
    across: int


@dataclass(frozen=True, slots=True)
class Rich:
    """A text whose parts look different: (part, style); no part is blank."""

    parts: tuple[tuple[str, str], ...]


Cell = str | Rich | Mark | int | float | Decimal | date | datetime | Formula | Link | Span | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, from the first column on.

    ``styles`` has one name, or several joined by blanks, for each cell; a ``Span`` counts as one cell. ``height`` is
    in points; None leaves it to the reader's program. A ``hidden`` row is there for programs.
    """

    cells: Sequence[Cell]
    styles: Sequence[str]
    height: float | None = None
    hidden: bool = False


EMPTY = Line((), ())


@dataclass(frozen=True)
class Series:
    """One colour of a chart: where its name and values stand, and what they are now."""

    name: Area
    values: Area
    now: tuple[float, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """Stacked columns under the table that they draw. ``at`` is (row, column), sizes in pixels."""

    title: str
    at: tuple[int, int]
    size: tuple[int, int]
    categories: Area
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True)
class Paging:
    """How a sheet is printed: fitted to the width of a page, or at ``scale`` per cent with breaks before columns.

    ``whole``: on one page. ``large``: on A3, for many columns. ``first_rows`` and ``first_columns``: only so many are
    printed, because the others are there for formulas or for the screen. ``remark`` stands above every
    printed page instead of the title.
    """

    scale: int | None = None
    whole: bool = False
    column_breaks: tuple[int, ...] = ()
    row_breaks: tuple[int, ...] = ()
    repeat_rows: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None
    portrait: bool = False
    large: bool = False
    first_rows: int | None = None
    first_columns: int | None = None
    remark: str = ""

    @property
    def for_screen(self) -> bool:
        """Is the sheet meant for the screen, so that of it no more is printed than what it is?"""
        return self.first_rows is not None


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``widths`` of its columns in pixels; ``frozen`` is (rows, columns) that stay when scrolling.

    ``filtered`` carries filter buttons in its first row; ``bars`` hold shares from 0 to 1 that are drawn as bars,
    ``shaded`` counts that are shaded by size, ``verdicts`` ○ and ×; ``codes`` numbers that are meant as text.
    """

    name: str
    widths: Sequence[int]
    lines: Iterable[Line]
    frozen: tuple[int, int] = (0, 0)
    filtered: Area | None = None
    bars: Sequence[Area] = ()
    shaded: Sequence[Area] = ()
    verdicts: Sequence[Area] = ()
    charts: Sequence[Chart] = ()
    paging: Paging = Paging()
    grid: bool = False
    accent: bool = False
    hidden: bool = False
    overlay: Overlay | None = None
