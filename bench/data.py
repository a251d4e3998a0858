"""Data for analysis of 様式1: the workbook and the CSV, beside ``pandas.DataFrame.to_excel`` and ``to_csv``.

The floor writes the same tables, made into frames beforehand. ``python -m bench.data FORM REPLIES`` is one process of
the measurement and prints what it found as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from bench.figures import Aim, Figure, Part
from bench.processes import peak_megabytes, result_of
from bench.replies import read_cut
from exports.data.frames import as_frame
from exports.data.tables import DataTable, data_tables
from exports.data.writing import write_tables

SIZES = (59, 1_741, 20_000)
FORMS = ("xlsx", "csv")
MOST_RATIO = 2.0


def measure(sizes: Sequence[int] = SIZES) -> Part:
    """Write the data in both formats, each in a process of its own."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="shokai-bench-") as folder:
        for size in sizes:
            replies = Path(folder) / f"{size}.replies"
            result_of("book", "make", size, replies)
            for form in FORMS:
                found = result_of("data", form, replies)
                name = f"{size:,} replies, {form}"
                aim = Aim("ratio", MOST_RATIO)
                figures.append(Figure(f"{name}: time to write", found["ours"], "s", found["floor"], aim))
                figures.append(Figure(f"{name}: time to make the tables", found["tables"], "s"))
                figures.append(Figure(f"{name}: peak memory", found["peak"], "MB"))
    return Part("Data of 様式1, from a cut that is ready; floor: pandas", figures)


def one(form: str, replies: Path) -> dict[str, float]:
    """Write one format; return seconds of ours and of pandas, and the megabytes that ours took."""
    cut = read_cut(replies)
    began = time.perf_counter()
    tables = data_tables(cut)
    made = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        ours = _seconds(lambda: write_tables(cut, tables, Path(folder) / f"ours.{form}"))
        peak = peak_megabytes()
        floor = _seconds(_by_pandas(form, tables, Path(folder)))
    return {"tables": made, "ours": ours, "floor": floor, "peak": peak}


def _by_pandas(form: str, tables: Sequence[DataTable], folder: Path) -> Callable[[], object]:
    frames = {table.name: as_frame(table) for table in tables}
    frames["replies"]["submitted_at"] = frames["replies"]["submitted_at"].dt.tz_localize(None)  # Excel has no zones

    def csv() -> None:
        for name, frame in frames.items():
            frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")

    def xlsx() -> None:
        with pd.ExcelWriter(folder / "floor.xlsx", engine="xlsxwriter") as book:
            for name, frame in frames.items():
                frame.to_excel(book, sheet_name=name, index=False)

    return csv if form == "csv" else xlsx


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], Path(sys.argv[2]))))
