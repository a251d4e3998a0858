"""XLSForm workbooks from small tables, made with openpyxl as people's files are."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl

from exports.reading import open_book
from exports.xlsform.findings import Sign, XlsformRead
from exports.xlsform.reading import read_xlsform

Table = list[list[Any]]
SETTINGS: Table = [["form_title", "form_id"], ["防災備蓄調査", "bosai"]]


def table(text: str) -> Table:
    """Return a table from lines whose cells stand between |; blank cells are left out of the file."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    return [[cell.strip() or None for cell in line] for line in lines]


def book(survey: str | Table, choices: str | Table = (), settings: Table | None = None, **more: Table) -> bytes:
    """Return a workbook with the sheets survey, choices and settings."""
    sheets: dict[str, Table] = {"survey": table(survey) if isinstance(survey, str) else survey}
    if choices:
        sheets["choices"] = table(choices) if isinstance(choices, str) else list(choices)
    sheets["settings"] = SETTINGS if settings is None else settings
    return packed({**sheets, **more})


def packed(sheets: Mapping[str, Table]) -> bytes:
    """Return a workbook with some sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def read(content: bytes) -> XlsformRead:
    """Read a workbook."""
    return read_xlsform(open_book(content))


def told(found: XlsformRead) -> dict[tuple[str, Sign], dict[str, Any]]:
    """Return what was found by place and sign: ("survey!B4", Sign.BAD_NAME)."""
    return {(f"{one.sheet}!{one.cell}", one.code): dict(one.context) for one in found.findings}


def errors(found: XlsformRead) -> set[tuple[str, Sign]]:
    """Return the places and signs of the errors only."""
    return {(f"{one.sheet}!{one.cell}", one.code) for one in found.errors}
