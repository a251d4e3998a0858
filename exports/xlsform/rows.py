"""A questionnaire as the rows of an XLSForm's sheets: pure data, without looks."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from exports.xlsform.options import OF_QUESTIONS, OF_TABLES
from exports.xlsform.own_sheets import ACROSS, CHECKS, ITEMS
from exports.xlsform.types import says_kind, type_of
from questions.kinds.base import Option
from questions.kinds.choices import YesNo
from questions.labels import Label
from questions.model import Item, Question, Questionnaire, Section, Table

JAPANESE, ENGLISH = "Japanese (ja)", "English (en)"
Value = str | int | float | Decimal
Row = dict[str, Value]
"""What one row holds, by the heading of its column."""
SIGNIFICANT = 15  # digits that a cell keeps
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
NOT_WRITTEN = frozenset({"name", "choices", "yes", "no"})
"""Options of kinds that stand elsewhere than in a column of their own."""
ALWAYS = frozenset({("amount", "places"), ("files", "most")})
"""Options that are written even where they are what we take anyway: without them, a form of others means more."""


def spoken(heading: str, label: Label | None) -> Row:
    """Return the two cells of a text; nothing when there is none."""
    return {} if label is None else {f"{heading}::{JAPANESE}": label.ja, f"{heading}::{ENGLISH}": label.en}


class Rows:
    """The rows of every sheet by the sheet's name."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        names = [*questionnaire.questions, *questionnaire.tables, *questionnaire.constants]
        self._taken = {name.casefold() for name in names}
        self._list_names = dict(_list_names(questionnaire.document))
        self.lists: dict[str, tuple[Option, ...]] = {}
        self.sheets: dict[str, list[Row]] = {SURVEY: list(self._survey())}
        self.sheets[CHOICES] = list(self._choices())
        self.sheets[SETTINGS] = [
            {"form_title": questionnaire.title.ja, "form_id": questionnaire.name, "default_language": JAPANESE}
        ]
        self.sheets |= {ITEMS: list(self._items()), CHECKS: list(self._checks()), ACROSS: list(self._across())}

    def _free(self, wanted: str) -> str:
        """Return a name that no question has, whatever its case: in an XLSForm all names share one room."""
        number, name = 2, wanted
        while name.casefold() in self._taken:
            number, name = number + 1, f"{wanted}_{number}"
        self._taken.add(name.casefold())
        return name

    # ---- survey

    def _survey(self) -> Iterator[Row]:
        for name, constant in self.questionnaire.constants.items():
            yield {"type": "calculate", "name": name, **spoken("label", constant.label),
                   "calculation": written(constant.value)}  # fmt: skip
        for number, label in enumerate(self.questionnaire.guide, 1):
            yield {"type": "note", "name": self._free(f"guide_{number}"), **spoken("label", label)}
        for section in self.questionnaire.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Row]:
        name = section.name if section.name.casefold() not in self._taken else f"section_{section.name}"
        name = self._free(name)
        own: Row = {} if name == section.name else {"shokai::name": section.name}
        yield {"type": "begin_group", "name": name, **spoken("label", section.title), **_when(section), **own}
        for item in section.items:
            if isinstance(item, Table):
                yield from self._table(item)
            else:
                yield self._question(item)
        yield {"type": "end_group"}

    def _table(self, table: Table) -> Iterator[Row]:
        row: Row = {"type": "begin_repeat", **_head(table), **_owns(table, OF_TABLES), "shokai::most": table.most}
        if table.rank is not None:
            row["shokai::rank"] = table.rank
        if table.need is not None:
            said = {key: name for key, name in table.need if name is not None}
            row["shokai::need"] = " ".join(f"{key}={name}" for key, name in said.items())
        yield row
        for column in table.questions:
            yield self._question(column)
        yield {"type": "end_repeat"}

    def _question(self, question: Question) -> Row:
        kind = question.kind
        word, appearance = type_of(kind.name)
        row: Row = {"type": word, **_head(question)}
        if word.startswith("select"):
            row["type"] = f"{word} {self._list(question)}"
        if question.constraint is not None:
            row["constraint"] = question.constraint.source
        row |= spoken("constraint_message", question.constraint_message)
        row |= {"appearance": appearance} if appearance else {}
        row |= {"shokai::kind": kind.name} if says_kind(kind.name) else {}
        row |= {} if question.example is None else {"shokai::example": question.example}
        row |= _owns(question, OF_QUESTIONS)
        row |= _owns(kind, [option for option in type(kind).model_fields if option not in NOT_WRITTEN])
        for _, option in (one for one in ALWAYS if one[0] == kind.name):
            row |= _own(option, getattr(kind, option))
        return row

    def _list(self, question: Question) -> str:
        """Return the name of a question's list of choices; lists that differ have different names."""
        kind = question.kind
        options: tuple[Option, ...] = getattr(kind, "choices", ())
        wanted = self._list_names.get(question.name, f"{question.name}_choices")
        if isinstance(kind, YesNo):
            wanted, options = "yesno", (Option(code="1", label=kind.yes), Option(code="0", label=kind.no))
        number, name = 2, wanted
        while self.lists.get(name, options) != options or (isinstance(kind, YesNo) and name in self._reserved):
            number, name = number + 1, f"{wanted}_{number}"
        self.lists[name] = options
        return name

    @property
    def _reserved(self) -> set[str]:
        return set(self._list_names.values())

    # ---- The other sheets

    def _choices(self) -> Iterator[Row]:
        for name, options in self.lists.items():
            for option in options:
                row: Row = {"list_name": name, "name": option.code, **spoken("label", option.label)}
                yield row | ({"retired": "yes"} if option.retired else {})

    def _items(self) -> Iterator[Row]:
        questionnaire = self.questionnaire
        yield {"item": "title", f"label::{ENGLISH}": questionnaire.title.en}
        yield {"item": "style", **spoken("label", questionnaire.style)}
        if questionnaire.nil is not None:
            yield {"item": "nil.question", "setting": questionnaire.nil.question}
            yield {"item": "nil.choice", "setting": questionnaire.nil.choice}

    def _checks(self) -> Iterator[Row]:
        for check in self.questionnaire.checks:
            row: Row = {"name": check.name, "at": check.at, "expression": check.expression.source}
            row |= spoken("message", check.message) | {"level": check.level.value}
            yield row | ({"waivable": "yes"} if check.waivable else {}) | _source(check.source)

    def _across(self) -> Iterator[Row]:
        for rule in self.questionnaire.across:
            row: Row = {"name": rule.name, "rule": rule.rule, "question": rule.question, "by": rule.by}
            row |= {} if rule.most is None else {"most": written(rule.most)}
            row |= {} if rule.other is None else {"with": rule.other}
            yield row | spoken("message", rule.message) | _source(rule.source)


def _head(item: Item) -> Row:
    row: Row = {"name": item.name, **spoken("label", item.label), **spoken("hint", item.hint)}
    return row | ({"required": "yes"} if item.required else {}) | _when(item)


def _when(item: Item | Section) -> Row:
    return {} if item.relevant is None else {"relevant": item.relevant.source}


def _source(text: str) -> Row:
    return {"source": text} if text else {}


def _owns(holder: BaseModel, options: Iterable[str]) -> Row:
    """Return what something says in our own columns; what it says by saying nothing is left out."""
    row: Row = {}
    for option in options:
        value = getattr(holder, option)
        if value is not None and value != type(holder).model_fields[option].default:
            row |= spoken(f"shokai::{option}", value) if isinstance(value, Label) else _own(option, value)
    return row


def _own(option: str, value: Any) -> Row:
    if isinstance(value, bool):
        return {f"shokai::{option}": "yes" if value else "no"}
    if isinstance(value, int | float | Decimal):
        return {f"shokai::{option}": written(value)}
    return {f"shokai::{option}": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}


def written(value: float | Decimal) -> Value:
    """Return a number as a cell holds it: as text when it has more digits than a cell keeps."""
    text = f"{Decimal(str(value)):f}"
    return value if sum(character.isdigit() for character in text) <= SIGNIFICANT else text


def _list_names(document: str) -> Iterator[tuple[str, str]]:
    """Yield the name of the list of choices for each question, as the definition calls it."""
    written_form = json.loads(document) if document else {}
    for section in written_form.get("sections", ()):
        for item in section.get("questions", ()):
            for question in item["questions"] if item.get("kind") == "table" else (item,):
                if isinstance(question.get("choices"), str):
                    yield question["name"], question["choices"]


def headings(rows: list[Row], order: Mapping[str, int]) -> list[str]:
    """Return the headings of some rows: the known ones in their order, others as they come, behind them."""
    used = dict.fromkeys(heading for row in rows for heading in row)
    return [*(one for one in order if one in used), *(one for one in used if one not in order)]
