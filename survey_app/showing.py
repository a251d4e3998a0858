"""Answers as people read them: by section, labels for codes, blanks told apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from questions.answers import Answers
from questions.contents import Contents
from questions.labels import Language
from questions.model import Question, Questionnaire, Section, Table
from questions.retiring import as_answered
from questions.setting import Setting

Blank = Literal["", "not_answered", "unread"]


@dataclass(frozen=True)
class ShownFile:
    """A file of an answer. ``address``: where it is fetched, "" where it is only named."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Shown:
    """One answer to read. ``blank`` says why there is no value: not answered, or typed but not readable (``text``)."""

    question: Question
    row: str
    text: str
    blank: Blank = ""
    files: tuple[ShownFile, ...] = ()


@dataclass(frozen=True)
class ShownTable:
    """One table to read: for each row its id and its answers; what is not asked in a row is left out."""

    table: Table
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class ShownSection:
    """One section to read; ``asked`` False where nothing of it was asked."""

    section: Section
    asked: bool
    items: tuple[Shown | ShownTable, ...]


@dataclass(frozen=True)
class Reader:
    """Shows contents in one language.

    ``answers`` adds what was typed but could not be read; ``address_of`` says where a file is fetched, by its id.
    """

    questionnaire: Questionnaire
    contents: Contents
    setting: Setting
    language: Language
    answers: Answers | None = None
    address_of: Callable[[str], str] | None = None

    def sections(self) -> tuple[ShownSection, ...]:
        """Return every section, those not asked included; what was retired since stands where it was answered."""
        shown = as_answered(self.questionnaire, (self.contents,))
        return tuple(self._section(section) for section in shown.sections)

    def answer(self, question: Question, row: str = "") -> Shown:
        """Return one answer."""
        value = self.contents.value(question.name, row)
        if value is not None:
            text = question.kind.show(value, self.language, self.setting)
            return Shown(question, row, text, files=self._files(question, value))
        typed = () if self.answers is None else self.answers.entry(question.name, row).texts
        text = "\n".join(text for text in typed if text.strip())
        return Shown(question, row, text, "unread" if text else "not_answered")

    def _files(self, question: Question, value: Any) -> tuple[ShownFile, ...]:
        if not question.kind.attaches:
            return ()
        address_of = self.address_of or (lambda _: "")
        return tuple(ShownFile(one.name, address_of(one.id)) for one in value)

    def _section(self, section: Section) -> ShownSection:
        items: list[Shown | ShownTable] = []
        for item in section.items:
            if isinstance(item, Question):
                if self.contents.asked(item.name):
                    items.append(self.answer(item))
            elif item.name in self.contents.rows:
                items.append(self._table(item))
        return ShownSection(section, bool(items), tuple(items))

    def _table(self, table: Table) -> ShownTable:
        rows = tuple(
            (row, tuple(self.answer(one, row) for one in table.questions if self.contents.asked(one.name, row)))
            for row in self.contents.row_ids(table.name)
        )
        return ShownTable(table, rows)
