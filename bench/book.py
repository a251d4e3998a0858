"""One process of the workbook's measurement; prints what it found as JSON.

``python -m bench.book make COUNT REPLIES`` · ``ours REPLIES BOOK`` · ``record REPLIES CELLS`` · ``floor CELLS BOOK`` ·
``same BOOK FLOOR`` · ``profile REPLIES``
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from xlsxwriter import Workbook

from bench.processes import peak_megabytes
from bench.profiles import costs
from bench.recording import FORMULA, STRING, Batch, batches, recording
from bench.replies import make, read_cut
from exports.compiled.book import write_compiled

Found = dict[str, Any]
SECONDS = 6  # decimals of a day


def ours(replies: Path, book: Path) -> Found:
    """Write the compiled workbook from a cut that is ready; ``ready`` is the memory that the cut itself takes."""
    cut = read_cut(replies)
    ready = peak_megabytes()
    clock = _Clock()
    with clock:
        write_compiled(cut, book)
    return {"seconds": clock.seconds, "processor": clock.processor, "ready": ready, "peak": peak_megabytes()}


def record(replies: Path, cells: Path) -> Found:
    """Write the cells of the compiled workbook down."""
    cut = read_cut(replies)
    with recording(cells) as recorder, tempfile.TemporaryDirectory() as folder:
        write_compiled(cut, Path(folder) / "book.xlsx")
    return {"cells": recorder.cells, "looks": recorder.looks}


def floor(cells: Path, book: Path) -> Found:
    """Write the same cells, row by row, and nothing else; the clocks stand while they are read from the file."""
    clock = _Clock()
    with clock:
        made = Workbook(book, {"constant_memory": True})
    written = 0
    for batch in batches(cells):
        with clock:
            _write(made, batch)
        written += len(batch[1])
    with clock:
        made.close()
    return {"seconds": clock.seconds, "processor": clock.processor, "peak": peak_megabytes(), "cells": written}


class _Clock:
    """Adds up the time of its blocks, and the processor's time in them."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __enter__(self) -> None:
        self.began, self.used = time.perf_counter(), time.process_time()

    def __exit__(self, *_fault: object) -> None:
        self.seconds += time.perf_counter() - self.began
        self.processor += time.process_time() - self.used


def _write(book: Workbook, batch: Batch) -> None:
    name, cells = batch
    sheet = book.get_worksheet_by_name(name) or book.add_worksheet(name)
    for form, row, column, value, result in cells:
        if form == STRING:
            sheet.write_string(row, column, value)
        elif form == FORMULA:
            sheet.write_formula(row, column, value, None, result)
        else:
            sheet.write_number(row, column, value)


def same(book: Path, other: Path) -> Found:
    """Compare what two workbooks hold, formulas as formulas; ``differences`` names the first cells that differ."""
    differences = [f"{ours} – {theirs}" for ours, theirs in zip_longest(_cells(book), _cells(other)) if ours != theirs]
    return {"cells": sum(1 for _ in _cells(book)), "differences": differences[:5]}


def _cells(path: Path) -> Iterator[tuple[str, str, object]]:
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    value = round(to_excel(cell.value), SECONDS) if isinstance(cell.value, date) else cell.value
                    yield sheet.title, cell.coordinate, round(value, SECONDS) if isinstance(value, float) else value
    book.close()


def profile(replies: Path) -> Found:
    """Say which functions take the time of the compiled workbook."""
    cut = read_cut(replies)
    with tempfile.TemporaryDirectory() as folder:
        return {"costs": costs(lambda: write_compiled(cut, Path(folder) / "book.xlsx"))}


def made(count: str, replies: Path) -> Found:
    """Make the replies of so many municipalities."""
    return {"replies": make(int(count), replies)}


ROLES = {"make": made, "ours": ours, "record": record, "floor": floor, "same": same, "profile": profile}

if __name__ == "__main__":
    role, first, *others = sys.argv[1:]
    given = first if role == "make" else Path(first)
    print(json.dumps(ROLES[role](given, *(Path(other) for other in others)), ensure_ascii=False))
