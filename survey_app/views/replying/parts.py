"""What a page of the form is made of beside its fields: tables and what is filled in already; for the templates."""

from dataclasses import dataclass
from typing import ClassVar

from questions.model import Question, Table
from survey_app.forms import AnswerField, Message
from survey_app.last_time import LastRow
from survey_app.views.replying.opening import Opened


@dataclass(frozen=True)
class Given:
    """A question that is filled in already."""

    shape: ClassVar[str] = "given"
    question: Question
    title: str
    hint: str
    text: str


@dataclass(frozen=True)
class GridRow:
    """A row of a grid. ``present``: the reply has it; else it is a blank one to be filled in."""

    id: str
    number: int
    fields: tuple[AnswerField, ...]
    present: bool


@dataclass(frozen=True)
class Card:
    """A row of a wide table, in short. ``facts`` are (label, answer) pairs."""

    id: str
    number: int
    heading: str
    facts: tuple[tuple[str, str], ...]
    missing: int
    wrong: int


@dataclass(frozen=True)
class EarlierRow:
    """A row of last time above its table. ``copied``: a row of now says the same."""

    number: int
    row: LastRow
    copied: bool


@dataclass(frozen=True)
class TablePart:
    """A table on a page; ``shape`` names the macro that draws it: grid or cards.

    ``last``: its rows of last time. ``settled``: its rows can be neither added nor removed now.
    """

    shape: str
    table: Table
    title: str
    hint: str
    condition: str
    asked: bool
    messages: tuple[Message, ...]
    rows: tuple[GridRow | Card, ...]
    full: bool
    last: tuple[EarlierRow, ...] = ()
    settled: bool = False

    @property
    def copying(self) -> bool:
        """Are rows of last time still to be copied, by somebody who has not begun otherwise?"""
        begun = any(getattr(row, "present", True) for row in self.rows)
        return any(not one.copied for one in self.last) and (not begun or any(one.copied for one in self.last))


def given(opened: Opened, question: Question) -> Given:
    """Return a question that is filled in with the municipality that replies."""
    setting, language = opened.reply.setting, opened.language
    return Given(
        question,
        question.label.text(language),
        "" if question.hint is None else question.hint.text(language),
        f"{setting.municipality} {setting.roster.name(setting.municipality)}",
    )
