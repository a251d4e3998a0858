"""The submissions of a cut as columns: one record for each reply, and one for each row of each table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exports.blanks import MARKS, Mark, Standing, asked_of_nil_replies
from exports.cut import Cut, Submission
from questions.kinds.base import Column, ColumnForm, Scalar
from questions.model import Question, Questionnaire, Table
from questions.setting import Municipality, Setting

UNKNOWN = "（未設定）"
"""Stands for a kind or bureau that the roster leaves blank, so that it can be counted."""
_ABSENT: Any = object()
_NUMBERED_ROW = re.compile(r"[a-z]?0*([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Head:
    """A column that stands before the answers of a record; its name begins as no question's can."""

    name: str
    label: str
    form: ColumnForm | str  # "moment" besides the forms of answers


HEADS = (
    Head("_code", "団体コード", "code"),
    Head("_name", "団体名", "text"),
    Head("_kind", "区分", "code"),
    Head("_bureau", "地方振興局", "code"),
    Head("_state", "状態", "code"),
    Head("_number", "提出回数", "whole"),
    Head("_receipt", "受付番号", "text"),
    Head("_submitted_at", "提出日時", "moment"),
    Head("_nil", "該当なし", "flag"),
    Head("_digest", "提出内容のダイジェスト", "text"),
)
"""What stands before the answers of a reply."""
ROW_HEADS = (
    Head("_control", "管理番号", "text"),
    *HEADS[:5],
    Head("_order", "行の順", "whole"),
    Head("_row", "行の識別子", "text"),
)
"""What stands before the answers of a table's row."""


@dataclass(frozen=True)
class Field:
    """One column of tidy data that a question fills: ``B1``, ``B4.HR``. ``place`` counts among the question's own."""

    question: Question
    column: Column
    place: int

    @property
    def name(self) -> str:
        """Its name: the question's, with the choice's code where the question fills several."""
        return f"{self.question.name}.{self.column.suffix}" if self.column.suffix else self.question.name

    @property
    def label(self) -> str:
        """Its heading in Japanese, the unit in brackets."""
        option = f"：{self.column.label.ja}" if self.column.label else ""
        unit = unit_of(self.question)
        return self.question.label.ja + option + (f"（{unit}）" if unit else "")


class Records:
    """Replies, or the rows of one table, as columns; every list has one entry for each record.

    ``heads`` by the names in HEADS or ROW_HEADS. ``values`` and ``standings`` by question; a value is None unless it
    is ANSWERED. Among replies they also hold, by the table's name, how many rows each table has; none is BLANK.
    """

    def __init__(self, heads: Sequence[Head], questions: Sequence[Question], setting: Setting) -> None:
        self.questions = tuple(questions)
        self.setting = setting
        self.heads: dict[str, list[Any]] = {head.name: [] for head in heads}
        self.values: dict[str, list[Any]] = {question.name: [] for question in questions}
        self.standings: dict[str, list[Standing]] = {question.name: [] for question in questions}

    def __len__(self) -> int:
        return len(self.heads["_code"])

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every column that the questions fill, in order."""
        return tuple(one for question in self.questions for one in self.fields_of(question))

    def fields_of(self, question: Question) -> tuple[Field, ...]:
        """Return the columns that a question fills."""
        columns = question.kind.columns(self.setting)
        return tuple(Field(question, column, place) for place, column in enumerate(columns))

    def add(self, name: str, value: Any, standing: Standing) -> None:
        """Add what one record says to one question."""
        self.values[name].append(value)
        self.standings[name].append(standing)

    def cells(self, one: Field) -> list[Scalar]:
        """Return a column of tidy data; None wherever there is no answer."""
        kind = one.question.kind
        known: dict[Any, Scalar] = {None: None}
        found = []
        for value in self.values[one.question.name]:
            if value not in known:
                known[value] = kind.cells(value, self.setting)[one.place]
            found.append(known[value])
        return found

    def marked_cells(self, one: Field) -> list[Scalar | Mark]:
        """Return a column of tidy data, with marks where the question was not asked."""
        return self._marked(one.question.name, self.cells(one))

    def reading_cells(self, question: Question) -> list[Scalar | Mark]:
        """Return the one column in which people read the answers, with marks where it was not asked."""
        known: dict[Any, Scalar] = {None: None}
        found = []
        for value in self.values[question.name]:
            if value not in known:
                known[value] = question.kind.reading_cell(value, "ja", self.setting)
            found.append(known[value])
        return self._marked(question.name, found)

    def counts(self, table: str) -> list[Scalar | Mark]:
        """Return how many rows of a table each reply has, with marks where it was not asked."""
        return self._marked(table, self.values[table])

    def _marked(self, name: str, cells: list[Scalar]) -> list[Scalar | Mark]:
        pairs = zip(cells, self.standings[name], strict=True)
        return [cell if standing is Standing.ANSWERED else MARKS[standing] for cell, standing in pairs]


def unit_of(question: Question) -> str:
    """Return the unit of a question in Japanese; "" when it has none."""
    unit = question.kind.limits().get("unit")
    return unit.ja if unit is not None else ""


def is_nil(questionnaire: Questionnaire, submission: Submission) -> bool:
    """Does a submission say 該当なし?"""
    nil = questionnaire.nil
    return nil is not None and submission.contents.value(nil.question) == nil.choice


def collect(cut: Cut) -> tuple[Records, Mapping[str, Records]]:
    """Turn a cut into columns: the replies, and the rows of each table by its name.

    Goes through ``cut.submissions`` once and keeps no contents, so that they may be read as they are needed.
    """
    return _Collector(cut).collected()


class _Collector:
    """Takes one submission after the other apart."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.questionnaire = cut.questionnaire
        setting = Setting(roster=cut.roster)
        outer = [item for _, item in self.questionnaire.items() if isinstance(item, Question)]
        self.replies = Records(HEADS, outer, setting)
        self.tables: dict[str, Records] = {}
        for name, table in self.questionnaire.tables.items():
            self.tables[name] = Records(ROW_HEADS, table.questions, setting)
            self.replies.values[name] = []
            self.replies.standings[name] = []
        self.of_nil = asked_of_nil_replies(self.questionnaire)

    def collected(self) -> tuple[Records, dict[str, Records]]:
        for submission in self.cut.submissions:
            nil = is_nil(self.questionnaire, submission)
            head = self._head(submission, nil)
            for name, cell in head.items():
                self.replies.heads[name].append(cell)
            self._answers(self.replies, submission, "", nil)
            for table in self.questionnaire.tables.values():
                self._rows(table, submission, head, nil)
        return self.replies, self.tables

    def _head(self, submission: Submission, nil: bool) -> dict[str, Any]:
        code = submission.municipality
        known = self.cut.roster[code] if code in self.cut.roster else Municipality(code, code)
        return {
            "_code": code,
            "_name": known.name,
            "_kind": known.kind or UNKNOWN,
            "_bureau": known.bureau or UNKNOWN,
            "_state": submission.state.value,
            "_number": submission.number,
            "_receipt": submission.receipt,
            "_submitted_at": submission.submitted_at,
            "_nil": int(nil),
            "_digest": submission.digest,
        }

    def _answers(self, records: Records, submission: Submission, row: str, nil: bool) -> None:
        said = submission.contents.values
        for question in records.questions:
            name = question.name
            value = said.get((row, name), _ABSENT)
            if value is _ABSENT:
                records.add(name, None, self._not_asked(name, nil))
            else:
                records.add(name, value, Standing.BLANK if value is None else Standing.ANSWERED)

    def _rows(self, table: Table, submission: Submission, head: dict[str, Any], nil: bool) -> None:
        contents = submission.contents
        if table.name not in contents.rows:
            self.replies.add(table.name, None, self._not_asked(table.name, nil))
            return
        ids = contents.row_ids(table.name)
        self.replies.add(table.name, len(ids) or None, Standing.ANSWERED if ids else Standing.BLANK)
        records = self.tables[table.name]
        plain = table.need is not None or len(self.tables) == 1
        lasting = self.cut.numbers if table.need is not None else {}
        middle = "-" if plain else f"-{table.name}-"
        for order, (row, place) in enumerate(zip(ids, ordinals(ids), strict=True), 1):
            number = lasting.get((head["_code"], row), place)
            own = {**head, "_control": f"{head['_code']}{middle}{number:02d}", "_order": order, "_row": row}
            for name, cells in records.heads.items():
                cells.append(own[name])
            self._answers(records, submission, row, nil)

    def _not_asked(self, name: str, nil: bool) -> Standing:
        return Standing.NIL if nil and name not in self.of_nil else Standing.NOT_ASKED


def ordinals(row_ids: Sequence[str]) -> list[int]:
    """Return a number for each row of one reply.

    Where the ids of the rows are numbers (``3``, ``r3``), these: they stay the same when other rows go. Otherwise
    the rows are counted.
    """
    found = [_NUMBERED_ROW.fullmatch(row) for row in row_ids]
    numbers = [int(one[1]) for one in found if one is not None]
    return numbers if len(set(numbers)) == len(row_ids) else list(range(1, len(row_ids) + 1))
