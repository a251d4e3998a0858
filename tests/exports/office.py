"""LibreOffice as a reader: what it recalculates and what it finds in the cells."""

import math
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""  # 0: always
SECONDS = 110


def recalculated(book: Path, folder: Path) -> Path:
    """Open a workbook in LibreOffice, have every formula reckoned anew, and return what it saves."""
    return _converted(book, folder, "xlsx")


def printed(book: Path, folder: Path) -> str:
    """Print every sheet of a workbook in LibreOffice, and return the text on the pages."""
    pages = _converted(book, folder, "pdf")
    return subprocess.run(["pdftotext", pages, "-"], check=True, capture_output=True, text=True).stdout


def all_recalculated(books: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Do the same with several workbooks at once, whose names differ; return what it saves of each."""
    _convert(books, folder, "xlsx")
    return {book: folder / "saved" / book.name for book in books}


def _converted(book: Path, folder: Path, form: str) -> Path:
    return _convert([book], folder, form) / book.with_suffix(f".{form}").name


def _convert(books: Sequence[Path], folder: Path, form: str) -> Path:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    saved = folder / "saved"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", saved, *books], check=True, capture_output=True, timeout=SECONDS)
    return saved


def formulas(book: Path) -> Iterator[tuple[str, str, str, Any]]:
    """Yield every formula of a workbook: sheet, address, the formula, the value that the file holds for it."""
    written = openpyxl.load_workbook(book)
    held = openpyxl.load_workbook(book, data_only=True)
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.value, held[sheet.title][cell.coordinate].value


def disagreements(book: Path, folder: Path) -> tuple[int, list[str]]:
    """Compare each value that a workbook holds for a formula with what LibreOffice makes of it.

    Returns how many formulas there are, and those that differ; numbers may differ from the fifteenth digit on.
    """
    reckoned = openpyxl.load_workbook(recalculated(book, folder), data_only=True)
    found, wrong = 0, []
    for sheet, address, formula, held in formulas(book):
        found += 1
        anew = reckoned[sheet][address].value
        if not _same(held, anew):
            wrong.append(f"{sheet}!{address} {formula}: {held!r}, anew {anew!r}")
    return found, wrong


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-14, abs_tol=1e-14)
    return bool(one == other)


def column(sheet: Any, name: str) -> list[Any]:
    """Return the cells below a name in the first row of a data sheet, its label left out."""
    names = [cell.value for cell in sheet[1]]
    return [row[names.index(name)] for row in sheet.iter_rows(min_row=3, values_only=True)]
