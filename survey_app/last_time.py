"""Last time's answers beside the questions of now: as people read them, and as a control takes them over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questions.answers import Answers, Entry, Place
from questions.labels import Language
from questions.model import Question, Questionnaire, Table
from questions.setting import Setting
from survey_app.store.earlier import EarlierReply

FACTS = 5  # answers of a row that are told in short


@dataclass(frozen=True)
class LastAnswer:
    """What was answered to one question last time.

    ``text`` as people read it. ``texts`` is what the control holds when it is taken over, () when it cannot be;
    ``gone`` names the choices of then that are not offered now. ``response``: what the prefecture said to it.
    """

    text: str
    texts: tuple[str, ...]
    gone: tuple[str, ...] = ()
    response: str = ""


@dataclass(frozen=True)
class LastRow:
    """One row of a table last time.

    ``facts``: its short answers, (label, answer). ``answers`` holds all of them by question. ``entries`` is what a
    copy of it holds.
    """

    id: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    answers: Mapping[str, LastAnswer]
    entries: Mapping[str, Entry]
    response: str = ""

    @property
    def gone(self) -> tuple[str, ...]:
        """The choices that are not offered now, and so are not copied."""
        return tuple(dict.fromkeys(choice for answer in self.answers.values() for choice in answer.gone))

    def stands_in(self, answers: Answers, table: Table) -> bool:
        """Does a row of the present answers say the same in everything that a copy holds?"""
        held = {name: entry.value for name, entry in self.entries.items()}
        rows = answers.row_ids(table.name)
        return bool(held) and any(all(answers.value(name, row) == held[name] for name in held) for row in rows)


@dataclass(frozen=True)
class LastTime:
    """An earlier reply, read for the questions of a questionnaire of now."""

    earlier: EarlierReply
    questionnaire: Questionnaire
    setting: Setting
    language: Language

    @property
    def title(self) -> str:
        """The title of the inquiry of last time."""
        return self.earlier.title if self.language == "ja" else self.earlier.questionnaire.title.en

    def answer(self, name: str, row: str = "") -> LastAnswer | None:
        """Return what was answered to a question; None when nothing was, or when it is another question now."""
        question, value = self.questionnaire.questions[name], self.earlier.contents.value(name, row)
        if value is None or not self._carries_on(question):
            return None
        texts, gone = self._split(question, value)
        response = self.earlier.responses.get((row, name), "")
        return LastAnswer(self._text(name, value), texts, gone, response)

    def _carries_on(self, question: Question) -> bool:
        """Does an earlier answer to a question say anything now?"""
        own = question.prefilled or question.anew
        return not own and self.earlier.asked_same(question.name, self.questionnaire)

    def rows(self, table: Table) -> tuple[LastRow, ...]:
        """Return the rows of a table in their order; those in which nothing is asked now are left out."""
        found = (self._row(table, row) for row in self.earlier.contents.row_ids(table.name))
        return tuple(row for row in found if row.answers)

    def entry(self, name: str, answer: LastAnswer) -> Entry:
        """Return an answer as it is taken over."""
        parsed = self.questionnaire.questions[name].kind.parse(answer.texts, self.setting)
        return Entry(answer.texts, parsed.value, parsed.problems)

    def _row(self, table: Table, row: str) -> LastRow:
        found = ((one.name, self.answer(one.name, row)) for one in table.questions)
        answers = {name: answer for name, answer in found if answer is not None}
        heading = table.need.subject if table.need else table.questions[0].name
        told = (one for one in table.questions if one.name in answers and one.name not in (heading, table.rank))
        short = [one for one in told if not one.kind.long]
        carried = (name for name, answer in answers.items() if answer.texts and name != table.rank)
        return LastRow(
            id=row,
            heading=answers[heading].text if heading in answers else "",
            facts=tuple((one.label.text(self.language), answers[one.name].text) for one in short[:FACTS]),
            answers=answers,
            entries={name: self.entry(name, answers[name]) for name in carried},
            response=self.earlier.responses.get((row, table.name), ""),
        )

    def _split(self, question: Question, value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what can be taken over of a value, and the choices of then that cannot."""
        texts = question.kind.texts(value) if question.kind.portable else ()
        offered = {option.code for option in question.kind.options(self.setting)}
        if not offered:
            return texts, ()
        then = self.earlier.questionnaire.questions[question.name].kind.options(self.setting)
        labels = {option.code: option.label.text(self.language) for option in then}
        gone = tuple(labels.get(text, text) for text in texts if text not in offered)
        return tuple(text for text in texts if text in offered), gone

    def _text(self, name: str, value: Any) -> str:
        kind = self.earlier.questionnaire.questions[name].kind
        shown = kind.show(value, self.language, self.setting)
        unit = getattr(kind, "unit", None)
        return shown if unit is None else f"{shown} {unit.text(self.language)}"


def blank_contact(questionnaire: Questionnaire, answers: Answers) -> tuple[Place, ...]:
    """Return the places of the contact while nothing of it was ever saved; none when something was."""
    places = tuple(("", name) for name, question in questionnaire.questions.items() if question.contact)
    return () if any(place in answers.entries for place in places) else places
