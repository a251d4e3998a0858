"""What a reply says when it is handed in: the values of everything that was asked, and nothing else."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questions.answers import Place
from questions.checking import Examination
from questions.model import Question, Questionnaire


@dataclass(frozen=True)
class Contents:
    """The values of one submission.

    ``values`` holds every place that was asked: None there is "not answered", a place that is absent was "not
    asked". ``rows`` holds the ids of each table's rows in order.
    """

    values: Mapping[Place, Any]
    rows: Mapping[str, tuple[str, ...]]

    def asked(self, question: str, row: str = "") -> bool:
        """Was the question asked?"""
        return (row, question) in self.values

    def value(self, question: str, row: str = "") -> Any:
        """Return a value; None when not answered or not asked."""
        return self.values.get((row, question))

    def row_ids(self, table: str) -> tuple[str, ...]:
        """Return the ids of a table's rows in their order."""
        return self.rows.get(table, ())


def contents_of(examination: Examination) -> Contents:
    """Take what is asked out of a reply."""
    values: dict[Place, Any] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for section in examination.sections():
        for question, row in examination.places(section):
            values[row, question.name] = examination.value(question.name, row)
        for table in section.tables():
            if examination.asked(table.name):
                rows[table.name] = tuple(examination.answers.row_ids(table.name))
    return Contents(values, rows)


def dump(contents: Contents, questionnaire: Questionnaire) -> str:
    """Return the stored form: JSON with plain values, the same text for the same contents."""
    plain: dict[str, Any] = {"answers": {}, "tables": {}}
    table_of = questionnaire.table_of
    by_row: dict[Place, dict[str, Any]] = {}
    for (row, name), value in contents.values.items():
        stored = None if value is None else questionnaire.questions[name].kind.dump(value)
        (by_row.setdefault((row, table_of[name]), {}) if name in table_of else plain["answers"])[name] = stored
    for table, row_ids in contents.rows.items():
        plain["tables"][table] = [{"row": row, "answers": by_row.get((row, table), {})} for row in row_ids]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def load(stored: str, questionnaire: Questionnaire) -> Contents:
    """Read the stored form back. Raises KeyError when it names a question that the questionnaire does not have."""
    plain = json.loads(stored)
    values: dict[Place, Any] = {}
    kinds = {name: one.kind for name, one in questionnaire.ever_asked.items() if isinstance(one, Question)}
    for name, value in plain["answers"].items():
        values["", name] = None if value is None else kinds[name].load(value)
    for rows in plain["tables"].values():
        for row in rows:
            for name, value in row["answers"].items():
                values[row["row"], name] = None if value is None else kinds[name].load(value)
    row_ids = {table: tuple(row["row"] for row in rows) for table, rows in plain["tables"].items()}
    return Contents(values, row_ids)


def digest(stored: str) -> str:
    """Return the digest to which an approval is bound."""
    return hashlib.sha256(stored.encode()).hexdigest()
