"""Records the cells that a workbook is made of, and reads them back in batches."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellRichStringTuple,
    CellStringTuple,
    Worksheet,
)

BATCH = 5_000  # cells
STRING, NUMBER, FORMULA = 0, 1, 2

Cell = tuple[int, int, int, Any, Any]
"""(STRING, NUMBER or FORMULA, row, column, value, and the value that a formula has now)."""
Batch = tuple[str, list[Cell]]
"""Cells of one sheet, row by row."""


class Recorder:
    """Writes down what each finished row holds. ``looks`` counts cells that hold a look and nothing else."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.sheet = ""
        self.batch: list[Cell] = []
        self.cells = 0
        self.looks = 0

    def row(self, sheet: Worksheet) -> None:
        """Write down the row that the sheet is about to finish."""
        if sheet.name != self.sheet or len(self.batch) > BATCH:
            self.flush()
            self.sheet = sheet.name
        row = sheet.previous_row
        for column, cell in sorted(sheet.table.get(row, {}).items()):
            if isinstance(cell, CellBlankTuple):
                self.looks += 1
                continue
            self.batch.append(_cell(row, column, cell))
            self.cells += 1

    def flush(self) -> None:
        """Put what is written down into the file."""
        if self.batch:
            pickle.dump((self.sheet, self.batch), self.file, pickle.HIGHEST_PROTOCOL)
            self.batch = []


def _cell(row: int, column: int, cell: Any) -> Cell:
    if isinstance(cell, CellStringTuple):
        return STRING, row, column, cell.string, None
    if isinstance(cell, CellRichStringTuple):
        return STRING, row, column, cell.raw_string, None
    if isinstance(cell, CellNumberTuple | CellDatetimeTuple):
        return NUMBER, row, column, cell.number, None
    if isinstance(cell, CellFormulaTuple):
        return FORMULA, row, column, f"={cell.formula}", cell.value
    raise TypeError(f"a cell of a kind that the bench does not know: {type(cell).__name__}")


@contextmanager
def recording(file: Path) -> Iterator[Recorder]:
    """Write down the cells of all workbooks that are written in constant memory while the block runs."""
    finish = Worksheet._write_single_row
    with file.open("wb") as opened:
        recorder = Recorder(opened)

        def noted(sheet: Worksheet, *arguments: Any) -> None:
            recorder.row(sheet)
            finish(sheet, *arguments)

        Worksheet._write_single_row = noted
        try:
            yield recorder
        finally:
            Worksheet._write_single_row = finish
        recorder.flush()


def batches(file: Path) -> Iterator[Batch]:
    """Read recorded cells."""
    with file.open("rb") as opened:
        while True:
            try:
                yield pickle.load(opened)
            except EOFError:
                return
