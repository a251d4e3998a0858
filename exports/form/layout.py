"""Where everything stands in a form as it is issued: sheets, rows and columns. The reader falls back on the same."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exports.addresses import Area, SheetNames, spot
from exports.form.anchors import Choice, Issue, answer_name, choices_of
from questions.answers import Answers
from questions.model import Question, Questionnaire, Section, Table
from questions.setting import Setting

GUIDE, ANSWERS, ROSTER = "記入要領", "回答", "市町村一覧"
KEY, NUMBER, LABEL, MUST, ANSWER, ADVICE, EARLIER = range(7)
"""Columns of the sheet of questions."""
HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
NAMES_ROW = 5
"""Row of a table's sheet that holds its columns' keys; the header that people see follows."""
ROW_NUMBER = 1
FIRST_COLUMN = 2
"""Column of the number of a table's row, and of its first answer."""


@dataclass(frozen=True)
class Row:
    """One row of the sheet of questions: a band for a section, a table's name, a question, or one of its choices."""

    section: Section
    item: Question | Table | None = None
    choice: Choice | None = None

    @property
    def key(self) -> str:
        """The key of the answer in it; "" when it takes none."""
        if self.choice is not None:
            return self.choice.key
        return self.item.name if isinstance(self.item, Question) else ""


@dataclass(frozen=True)
class TableColumn:
    """One column of a table's sheet: a question, or one choice of a question of several."""

    question: Question
    choice: Choice | None
    column: int

    @property
    def key(self) -> str:
        """What the hidden row above its header holds."""
        return self.question.name if self.choice is None else self.choice.key


@dataclass(frozen=True)
class TablePlan:
    """Where a table stands: its sheet, the rows of its parts, its columns, and the ids of its rows, spare ones last."""

    table: Table
    sheet: str
    columns: tuple[TableColumn, ...]
    row_ids: tuple[str, ...]
    names_row: int

    @property
    def header_row(self) -> int:
        """The row that people see as the header."""
        return self.names_row + 1

    @property
    def first_row(self) -> int:
        """The first row of the body."""
        return self.names_row + 2

    @property
    def last_row(self) -> int:
        """The last row of the body."""
        return self.first_row + len(self.row_ids) - 1

    @property
    def last_column(self) -> int:
        """The last column with answers."""
        return self.columns[-1].column

    @property
    def body(self) -> Area:
        """All cells for answers."""
        return Area(self.sheet, self.first_row, FIRST_COLUMN, self.last_row, self.last_column)

    def down(self, column: TableColumn) -> Area:
        """The cells of one column."""
        return Area(self.sheet, self.first_row, column.column, self.last_row, column.column)


@dataclass(frozen=True)
class Layout:
    """The whole form of one municipality."""

    questionnaire: Questionnaire
    setting: Setting
    issue: Issue
    answers: Answers

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the sheet of questions below its heading."""
        return tuple(row for section in self.questionnaire.sections for row in _rows(section))

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row on the sheet of questions for each key."""
        return {row.key: FIRST_ROW + number for number, row in enumerate(self.rows) if row.key}

    @cached_property
    def tables(self) -> Mapping[str, TablePlan]:
        """Where each table stands."""
        names = SheetNames()
        for taken in (GUIDE, ANSWERS, ROSTER):
            names.take(taken)
        tables = self.questionnaire.tables.items()
        return {name: self._plan(table, names.take(f"{name} {table.label.ja}")) for name, table in tables}

    @cached_property
    def needs_roster(self) -> bool:
        """Is there a question that asks for municipalities?"""
        questions = self.questionnaire.questions.values()
        return any(self.chooses_from_roster(one) and not one.prefilled for one in questions)

    def chooses_from_roster(self, question: Question) -> bool:
        """Are the choices the municipalities, not choices of the definition?"""
        return bool(question.kind.options(self.setting)) and not question.kind.options(Setting())

    def cell_of(self, key: str) -> Area:
        """Return the cell of an answer outside tables."""
        return spot(ANSWERS, self.row_of[key], ANSWER)

    def names(self) -> dict[str, Area]:
        """Return all defined names of answers outside tables."""
        found: dict[str, Area] = {}
        for row in self.rows:
            if isinstance(row.item, Question) and (row.choice is not None or not choices_of(row.item)):
                found.setdefault(answer_name(row.key), self.cell_of(row.key))
        return found

    def _plan(self, table: Table, sheet: str) -> TablePlan:
        columns = tuple(
            TableColumn(question, choice, FIRST_COLUMN + number)
            for number, (question, choice) in enumerate(_cells(table))
        )
        present = self.answers.row_ids(table.name)
        spare = max(0, table.most - len(present))
        ids = (*present, *(self._spare(table, number) for number in range(spare)))
        return TablePlan(table, sheet, columns, ids, names_row=NAMES_ROW)

    def _spare(self, table: Table, number: int) -> str:
        """Return the id of a spare row: the same however often this workbook comes back."""
        made = self.issue.made_at.isoformat() if self.issue.made_at else ""
        source = f"{self.issue.serial} {made} {table.name} {number}"
        return "r" + hashlib.sha256(source.encode()).hexdigest()[:16]


def _rows(section: Section) -> Iterator[Row]:
    yield Row(section)
    for item in section.items:
        yield Row(section, item)
        if isinstance(item, Question):
            yield from (Row(section, item, choice) for choice in choices_of(item))


def _cells(table: Table) -> Iterator[tuple[Question, Choice | None]]:
    for question in table.questions:
        choices = choices_of(question)
        if choices:
            yield from ((question, choice) for choice in choices)
        else:
            yield question, None
