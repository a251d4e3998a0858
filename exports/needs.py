"""Needs (要望事項): the rows of a table that go on to the relevant divisions, as a cut holds them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.cut import Cut, Submission
from exports.records import ordinals
from questions.contents import Contents
from questions.model import Questionnaire, Table

Key = tuple[str, str]
"""A need's own name: the municipality's code and the id of the row. It stays the same when other rows go."""


@dataclass(frozen=True)
class Need:
    """One need.

    ``control`` is its number on paper (管理番号). ``field``, ``form`` and ``disclosure`` are codes of choices, "" when
    not answered; ``values`` are all columns of its row by question, as values. ``digest`` changes with any of them.
    ``submission`` counts the municipality's submissions from 1.
    """

    municipality: str
    row: str
    control: str
    field: str
    form: str
    subject: str
    detail: str
    disclosure: str
    submission: int
    values: Mapping[str, Any]
    digest: str

    @property
    def key(self) -> Key:
        """Its own name."""
        return self.municipality, self.row


def needs_table(questionnaire: Questionnaire) -> Table | None:
    """Return the table whose rows are needs; None when the questionnaire has none."""
    return next((table for table in questionnaire.tables.values() if table.need is not None), None)


def needs_of(cut: Cut) -> tuple[Need, ...]:
    """Return the needs of a cut in the official order, then in the order of the municipality."""
    table = needs_table(cut.questionnaire)
    if table is None:
        return ()
    return tuple(need for handed in cut.submissions for need in _needs(handed, table, cut))


def _needs(handed: Submission, table: Table, cut: Cut) -> list[Need]:
    columns = table.need
    rows = handed.contents.row_ids(table.name)
    if columns is None:
        return []
    found = []
    for row, place in zip(rows, ordinals(rows), strict=True):
        values = _values(handed.contents, table, row)
        said = {name: str(values.get(getattr(columns, name) or "") or "") for name in _SAID}
        number = cut.numbers.get((handed.municipality, row), place)
        found.append(
            Need(
                municipality=handed.municipality,
                row=row,
                control=f"{handed.municipality}-{number:02d}",
                **said,
                submission=handed.number,
                values=values,
                digest=digest_of(values, cut.questionnaire),
            )
        )
    return found


_SAID = ("field", "form", "subject", "detail", "disclosure")


def _values(contents: Contents, table: Table, row: str) -> dict[str, Any]:
    names = (question.name for question in table.questions)
    return {name: contents.value(name, row) for name in names if contents.asked(name, row)}


def digest_of(values: Mapping[str, Any], questionnaire: Questionnaire) -> str:
    """Return the digest of a need's values: what a response was given to."""
    kinds = {name: questionnaire.questions[name].kind for name in values}
    plain = {name: None if value is None else kinds[name].dump(value) for name, value in values.items()}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def by_key(needs: Sequence[Need]) -> dict[Key, Need]:
    """Return needs by their own names."""
    return {need.key: need for need in needs}
