"""Fills in a form as somebody does with another program: by its names and anchors, with openpyxl."""

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from questions.answers import Answers
from questions.model import Question, Questionnaire
from questions.setting import Setting


def opened(content: bytes) -> Workbook:
    """Open a form as openpyxl does."""
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content: bytes, *steps: Callable[[Workbook], object]) -> bytes:
    """Change a form and return its bytes."""
    book = opened(content)
    for step in steps:
        step(book)
    return saved(book)


def cell(book: Workbook, key: str) -> Any:
    """Return the cell of an answer outside tables."""
    sheet, address = next(iter(book.defined_names[f"ans.{key}"].destinations))
    return book[sheet][address]


def put(key: str, value: object) -> Callable[[Workbook], object]:
    """Type something into the cell of an answer."""
    return lambda book: setattr(cell(book, key), "value", value)


def table_sheet(book: Workbook, table: str) -> tuple[Worksheet, int, dict[str, int]]:
    """Return the sheet of a table, the first row of its body, and its columns by key."""
    sheet, area = next(iter(book.defined_names[f"table.{table}"].destinations))
    first = book[sheet][area.split(":")[0]].row
    keys = {one.value: one.column for one in book[sheet][first - 2] if one.value}
    return book[sheet], first, keys


def put_row(table: str, number: int, **values: object) -> Callable[[Workbook], object]:
    """Type something into a row of a table, numbered from 1."""

    def step(book: Workbook) -> None:
        sheet, first, keys = table_sheet(book, table)
        for key, value in values.items():
            sheet.cell(first + number - 1, keys[key.replace("__", ".")]).value = value  # type: ignore[assignment]

    return step


def fill(book: Workbook, questionnaire: Questionnaire, answers: Answers, setting: Setting) -> None:
    """Type all answers of a reply."""
    for (row, name), entry in answers.entries.items():
        question = questionnaire.questions[name]
        table = questionnaire.table_of.get(name)
        if question.prefilled or not entry.texts:
            continue
        if table is None:
            _type(question, entry, setting, lambda key: cell(book, key))
        elif row in answers.row_ids(table):
            sheet, first, keys = table_sheet(book, table)
            place = first + answers.row_ids(table).index(row)
            _type(question, entry, setting, lambda key, s=sheet, p=place, k=keys: s.cell(p, k[key]))  # type: ignore[misc]


def _type(question: Question, entry: Any, setting: Setting, at: Callable[[str], Any]) -> None:
    kind = question.kind
    if kind.many and kind.options(Setting()):
        for code in entry.value:
            at(f"{question.name}.{code}").value = "○"
    elif kind.options(setting) and entry.value is not None:
        codes = entry.value if kind.many else (entry.value,)
        at(question.name).value = "、".join(kind.show((code,) if kind.many else code, "ja", setting) for code in codes)
    else:
        type_text(at(question.name), entry.texts[0])


def type_text(one: Any, text: str) -> None:
    """Type a text into a cell for texts: no formula, no error; what looks encoded is written as Excel writes it."""
    one.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    one.data_type = "s"


def write(path: Path, content: bytes) -> Path:
    """Write a file."""
    path.write_bytes(content)
    return path


def through_libreoffice(folder: Path) -> dict[str, bytes]:
    """Open all workbooks of a folder in LibreOffice and save them again; return them by name."""
    files = sorted(folder.glob("*.xlsx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "xlsx"]
    arguments = ["--outdir", str(folder / "saved"), *map(str, files)]
    subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=110)
    return {file.stem: (folder / "saved" / file.name).read_bytes() for file in files}
