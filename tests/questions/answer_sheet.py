"""A workbook with the answers of many replies, a reply to a row, for formulas to look at; and its recalculation."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from questions.eras import Month
from questions.expressions.cells import NotInWorkbook
from questions.kinds.base import OperandForm
from questions.model import Questionnaire
from questions.setting import Setting

SEPARATOR = "；"
ROWS = 5  # spare rows of each table, for each reply, on a sheet of its own
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""  # 0: always


@dataclass
class Layout:
    """Which column holds what: ``B4.TAX`` the mark of a choice, ``B2?`` whether a question is asked."""

    questionnaire: Questionnaire
    setting: Setting
    columns: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = []
        for name, question in self.questionnaire.questions.items():
            marks = self.marks_of(name)
            names += [name, f"{name}?"] if marks is None else [f"{name}?", *marks]
            assert question.kind.operand_form == "codes" or marks is None
        self.columns = {name: xl_col_to_name(number) for number, name in enumerate(names)}

    def marks_of(self, name: str) -> list[str] | None:
        """The columns of the marks of a question of several choices that stand each in a cell of its own."""
        kind = self.questionnaire.questions[name].kind
        if kind.summary != "choices" or not kind.many:
            return None
        return [f"{name}.{option.code}" for option in kind.options(self.setting)]


@dataclass
class RowCells:
    """The cells of the reply in one row (from 1), as a formula beside them sees them."""

    layout: Layout
    row: int
    at: str = ""
    asked_cells: frozenset[str] = frozenset()

    def itself(self) -> str:
        return self.at

    def form(self, name: str) -> OperandForm:
        return self.layout.questionnaire.questions[name].kind.operand_form

    def answer(self, name: str) -> str:
        return f"{self.layout.columns[name]}{self.row}"

    def asked(self, name: str) -> str | None:
        return self.answer(f"{name}?") if name in self.asked_cells else None

    def shown(self, name: str) -> Mapping[str, str] | None:
        options = self.layout.questionnaire.questions[name].kind.options(self.layout.setting)
        return {option.code: option.label.ja for option in options} or None

    def marks(self, name: str) -> Mapping[str, str] | None:
        marks = self.layout.marks_of(name)
        return None if marks is None else {mark.split(".")[1]: self.answer(mark) for mark in marks}

    def chosen(self, name: str, wanted: str) -> str:
        cell = self.answer(name)
        return f'ISNUMBER(FIND("{SEPARATOR}"&{wanted}&"{SEPARATOR}","{SEPARATOR}"&{cell}&"{SEPARATOR}"))'

    def count_chosen(self, name: str) -> str:
        cell = self.answer(name)
        return f'IF({cell}="",0,LEN({cell})-LEN(SUBSTITUTE({cell},"{SEPARATOR}",""))+1)'

    def count_small(self, name: str, inhabitants: int) -> str:
        small = [one.name for one in self.layout.setting.roster if one.is_small(inhabitants)]
        return "+".join(f"""IF({self.chosen(name, f'"{town}"')},1,0)""" for town in small) or "0"

    def cell_of_row(self, name: str, number: int) -> str:
        """The cell of a column in one row of its table, counted from 0."""
        return f"Rows!{self.layout.columns[name]}{(self.row - 1) * ROWS + 1 + number}"

    def column(self, name: str) -> str:
        table = self.layout.questionnaire.table_of.get(name)
        if table is None:
            raise NotInWorkbook(name)
        first = (self.row - 1) * ROWS + 1
        letter = self.layout.columns[name]
        return f"Rows!${letter}${first}:${letter}${first + ROWS - 1}"

    def count_rows(self, name: str) -> str:
        table = self.layout.questionnaire.tables[self.layout.questionnaire.table_of.get(name, name)]
        used = "+".join(f'({self.column(one.name)}<>"")' for one in table.questions)
        return f"SUMPRODUCT(--(({used})>0))"

    def constant(self, name: str) -> Decimal | None:
        found = self.layout.questionnaire.constants.get(name)
        return None if found is None else Decimal(found.value)


@dataclass
class AnswerBook:
    """The workbook: answers on the first sheet, behind them the formulas, and rows of tables on the second."""

    layout: Layout
    path: Path

    def __post_init__(self) -> None:
        self.book = xlsxwriter.Workbook(str(self.path), {"default_date_format": "yyyy-mm-dd"})
        self.answers, self.rows = self.book.add_worksheet("Answers"), self.book.add_worksheet("Rows")

    def write(self, row: int, name: str, value: Any, number: int | None = None) -> None:
        """Write one answer of the reply in a row; ``number`` counts the rows of its table from 0."""
        kind = self.layout.questionnaire.questions[name].kind
        if value is None:
            return
        marks = self.layout.marks_of(name)
        if marks is not None:
            for code in value:
                self.answers.write_string(f"{self.layout.columns[f'{name}.{code}']}{row}", "○")
            return
        sheet, place = (self.answers, row) if number is None else (self.rows, (row - 1) * ROWS + 1 + number)
        shown = (
            SEPARATOR.join(kind.show((one,), "ja", self.layout.setting) for one in value)
            if isinstance(value, tuple)
            else value
        )
        if kind.options(self.layout.setting) and isinstance(value, str):
            shown = kind.show(value, "ja", self.layout.setting)
        _put(sheet, f"{self.layout.columns[name]}{place}", shown)

    def write_asked(self, row: int, name: str, asked: bool | str) -> None:
        """Write whether a question is asked, or the formula that tells it."""
        cell = f"{self.layout.columns[f'{name}?']}{row}"
        if isinstance(asked, str):
            self.answers.write_formula(cell, f"={asked}")
        else:
            self.answers.write_boolean(cell, asked)

    def write_formula(self, row: int, number: int, formula: str) -> None:
        """Write one of the formulas (numbered from 1) of the reply in a row."""
        self.answers.write_formula(row - 1, len(self.layout.columns) + number, f"={formula}")

    def recalculated(self) -> Callable[[int, int], Any]:
        """Save, recalculate in LibreOffice, and return what it found for a formula of a row."""
        self.book.close()
        folder = self.path.parent
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx",
        ]
        subprocess.run(
            [*command, "--outdir", str(folder / "out"), str(self.path)], check=True, capture_output=True, timeout=110
        )
        sheet = openpyxl.load_workbook(folder / "out" / self.path.name, data_only=True)["Answers"]
        return lambda row, number: sheet.cell(row, len(self.layout.columns) + 1 + number).value


def _put(sheet: Worksheet, cell: str, value: Any) -> None:
    match value:
        case Month():
            sheet.write_datetime(cell, value.first)
        case date():
            sheet.write_datetime(cell, value)
        case int() | Decimal():
            sheet.write_number(cell, value)
        case _:
            sheet.write_string(cell, str(value))
