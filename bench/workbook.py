"""The compiled workbook of 様式1, beside XlsxWriter writing the same cells in constant memory and nothing else."""

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import Aim, Figure, Part
from bench.processes import result_of

RUNS = {59: 5, 1_741: 3, 20_000: 1}
"""How many replies, and how often each book is written."""
PROFILED = 1_741  # the largest book that is written under the profiler
MOST_RATIO = 1.5
MOST_GROWTH = 1.2  # of the processor's time per reply, from the second largest book to the largest
MOST_MEGABYTES = 1_024


@dataclass(frozen=True)
class Book:
    """What was measured of one size; times in seconds, memory in megabytes."""

    replies: int
    cells: int
    looks: int
    seconds: float
    floor_seconds: float
    processor: float
    floor_processor: float
    peak: float
    floor_peak: float
    ready: float


def measure(sizes: dict[int, int] | None = None) -> Part:
    """Write the books, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="shokai-bench-") as folder:
        wrong: list[str] = []
        books = [_book(Path(folder), size, runs, wrong) for size, runs in (sizes or RUNS).items()]
        figures = [figure for book in books for figure in _figures(book)]
        if len(books) > 1:
            figures.append(_growth(*books[-2:]))
        notes = [_note(book) for book in books]
        notes += [_reason(Path(folder), book) for book in books if _figures(book)[0].verdict == "missed"]
    return Part("Compiled workbook of 様式1, from a cut that is ready", figures, notes, wrong)


def _book(folder: Path, size: int, runs: int, wrong: list[str]) -> Book:
    replies, cells = _replies(folder, size), folder / f"{size}.cells"
    ours, floor = folder / f"{size}.xlsx", folder / f"{size}.floor.xlsx"
    result_of("book", "make", size, replies)
    recorded = result_of("book", "record", replies, cells)
    written: list[dict[str, Any]] = []
    floors: list[dict[str, Any]] = []
    for _ in range(runs):
        written.append(result_of("book", "ours", replies, ours))
        floors.append(result_of("book", "floor", cells, floor))
    if floors[0]["cells"] != recorded["cells"]:
        wrong.append(f"{size:,} replies: the floor wrote {floors[0]['cells']:,} cells of {recorded['cells']:,}")
    if size == min(RUNS):
        wrong += result_of("book", "same", ours, floor)["differences"]
    cells.unlink()
    return Book(
        replies=size,
        cells=recorded["cells"],
        looks=recorded["looks"],
        seconds=statistics.median(one["seconds"] for one in written),
        floor_seconds=statistics.median(one["seconds"] for one in floors),
        processor=statistics.median(one["processor"] for one in written),
        floor_processor=statistics.median(one["processor"] for one in floors),
        peak=max(one["peak"] for one in written),
        floor_peak=max(one["peak"] for one in floors),
        ready=max(one["ready"] for one in written),
    )


def _replies(folder: Path, size: int) -> Path:
    return folder / f"{size}.replies"


def _figures(book: Book) -> list[Figure]:
    name = f"{book.replies:,} replies"
    memory = Aim("ours", most=MOST_MEGABYTES) if book.replies == max(RUNS) else None
    return [
        Figure(f"{name}: time", book.seconds, "s", book.floor_seconds, Aim("ratio", most=MOST_RATIO)),
        Figure(f"{name}: processor", book.processor, "s", book.floor_processor),
        Figure(f"{name}: peak memory", book.peak, "MB", book.floor_peak, memory),
    ]


def _growth(smaller: Book, larger: Book) -> Figure:
    """Compare the processor's time per reply of two sizes: 1 is linear."""
    more = larger.replies / smaller.replies
    ours, floor = larger.processor / smaller.processor / more, larger.floor_processor / smaller.floor_processor / more
    name = f"processor per reply, {larger.replies:,} : {smaller.replies:,}"
    return Figure(name, ours, "×", floor, Aim("ours", most=MOST_GROWTH))


def _note(book: Book) -> str:
    return (
        f"{book.replies:,} replies: {book.cells:,} cells with values, {book.looks:,} more that hold only a look; "
        f"process with the cut before writing: {book.ready:,.0f} MB"
    )


def _reason(folder: Path, book: Book) -> str:
    """Say where the time of a book goes that missed its aim."""
    size = min(book.replies, PROFILED)
    replies = _replies(folder, size)
    if not replies.exists():
        result_of("book", "make", size, replies)
    costs = result_of("book", "profile", replies)["costs"]
    return f"{book.replies:,} replies missed; under the profiler with {size:,}: {costs}"
