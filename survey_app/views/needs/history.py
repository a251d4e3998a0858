"""What became of one need over the submissions of its municipality."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.needs import needs_table
from questions.contents import Contents
from questions.model import Question, Table
from questions.setting import Setting
from survey_app import wording
from survey_app.store.submissions import Handed
from survey_app.views.needs.compiling import Compiled, Line

FIRST, SAME, CHANGED, GONE = "first", "same", "changed", "gone"


@dataclass(frozen=True)
class Changed:
    """One answer that is not what it was, as people read it; "" where there was none."""

    question: Question
    before: str
    after: str


@dataclass(frozen=True)
class Past:
    """What one submission did to the need: FIRST, SAME, CHANGED (with what) or GONE."""

    handed: Handed
    sort: str
    changes: tuple[Changed, ...] = ()


def history(compiled: Compiled, line: Line, handed: tuple[Handed, ...]) -> tuple[Past, ...]:
    """Return what each submission did to a need, the first one first; ``handed`` are those of its municipality."""
    table = needs_table(compiled.inquiry.questionnaire)
    if table is None:
        return ()
    return tuple(_history(table, line.need.row, sorted(handed, key=lambda one: one.number), compiled.setting))


def _history(table: Table, row: str, handed: list[Handed], setting: Setting) -> Iterator[Past]:
    before: Contents | None = None
    for one in handed:
        there = row in one.contents.row_ids(table.name)
        if there and before is None:
            yield Past(one, FIRST)
        elif there and before is not None:
            found = tuple(_changes(table, row, (before, one.contents), setting))
            yield Past(one, CHANGED if found else SAME, found)
        elif before is not None:
            yield Past(one, GONE)
        before = one.contents if there else None


def _changes(table: Table, row: str, both: tuple[Contents, Contents], setting: Setting) -> Iterator[Changed]:
    for question in table.questions:
        was, now = (_shown(question, row, one, setting) for one in both)
        if was != now:
            yield Changed(question, was, now)


def _shown(question: Question, row: str, contents: Contents, setting: Setting) -> str:
    value = contents.value(question.name, row)
    return "" if value is None else question.kind.show(value, wording.language(), setting)
