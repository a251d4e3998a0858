"""Writes the answers of a reply and the rows of its tables; within the transaction of a save."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from questions.answers import Answers, Entry, Place
from questions.model import Questionnaire
from survey_app import clock


@dataclass(frozen=True)
class Written:
    """What is written: entries by place, and the rows that tables now have, in order; ``page`` sent it."""

    entries: Mapping[Place, Entry]
    rows: Mapping[str, Sequence[str]]
    page: str = ""

    def upon(self, answers: Answers) -> Answers:
        """Return answers as they are when this was written."""
        changed = answers.with_entries(self.entries)
        for table, ids in self.rows.items():
            changed = changed.with_rows(table, ids)
        return changed

    def before(self, answers: Answers) -> dict[str, Any]:
        """Say for the trail what stood there."""
        entries = {key_of(place): list(answers.entries.get(place, Entry()).texts) for place in self.entries}
        return {"answers": entries, "rows": {table: list(answers.row_ids(table)) for table in self.rows}}

    def after(self) -> dict[str, Any]:
        """Say for the trail what stands there."""
        entries = {key_of(place): list(entry.texts) for place, entry in self.entries.items()}
        return {"page": self.page, "answers": entries, "rows": {table: list(ids) for table, ids in self.rows.items()}}


@dataclass(frozen=True)
class Target:
    """The reply that is written to: its id, its new revision, and when."""

    reply: int
    revision: int
    at: datetime


def write_answers(
    database: Database, to: Target, questionnaire: Questionnaire, answers: Answers, written: Written
) -> None:
    """Write to a reply; ``answers`` are those that it has."""
    _write_rows(database, to, answers, written.rows)
    kinds = {name: question.kind for name, question in questionnaire.questions.items()}
    lines = (
        (
            to.reply,
            row,
            question,
            json.dumps(entry.texts, ensure_ascii=False),
            None if entry.value is None else json.dumps(kinds[question].dump(entry.value), ensure_ascii=False),
            to.revision,
        )
        for (row, question), entry in written.entries.items()
    )
    database.conn.executemany(_WRITE, list(lines))


def _write_rows(database: Database, to: Target, answers: Answers, rows: Mapping[str, Sequence[str]]) -> None:
    for table, ids in rows.items():
        gone = set(answers.row_ids(table)) - set(ids)
        for row in gone:
            update = "UPDATE reply_row SET removed_at = ? WHERE reply = ? AND row = ?"
            database.execute(update, [clock.stored(to.at), to.reply, row])
        database.table("reply_row").upsert_all(
            (
                {"reply": to.reply, "row": row, "question_table": table, "position": position, "removed_at": None}
                for position, row in enumerate(ids)
            ),
            pk=("reply", "row"),
        )


_WRITE = (
    "INSERT INTO answer (reply, row, question, texts, value, revision) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (reply, row, question) DO UPDATE"
    " SET texts = excluded.texts, value = excluded.value, revision = excluded.revision"
)


def key_of(place: Place) -> str:
    """Return how a place is named in the trail: row/question."""
    return "/".join(place)
