"""The questionnaire with all that was ever asked, so that an answer to what was retired since has its column."""

from typing import Any

from questions.kinds.base import Kind
from questions.model import AnyItem, Question, Questionnaire, Section, Table


def everything_asked(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire whose questions, tables and choices are all offered; itself when nothing was retired."""
    sections = tuple(_section(one) for one in questionnaire.past or questionnaire.sections)
    if not questionnaire.past and all(map(_same, sections, questionnaire.sections)):
        return questionnaire
    known = {name: getattr(questionnaire, name) for name in type(questionnaire).model_fields}
    return Questionnaire.model_construct(**{**known, "sections": sections, "past": ()})


def _same(one: Section, other: Section) -> bool:
    return one is other


def _section(section: Section) -> Section:
    items = tuple(_item(one) for one in section.items)
    unchanged = all(after is before for after, before in zip(items, section.items, strict=True))
    return section if unchanged else section.model_copy(update={"items": items})


def _item(item: AnyItem) -> AnyItem:
    if isinstance(item, Question):
        return _question(item)
    columns = tuple(_question(one) for one in item.questions)
    unchanged = all(after is before for after, before in zip(columns, item.questions, strict=True))
    if unchanged:
        return item
    copied: Table = item.model_copy(update={"questions": columns})
    return copied


def _question(question: Question) -> Question:
    kind: Kind[Any] = question.kind
    if not kind.retired_options():
        return question
    choices = tuple(one.model_copy(update={"retired": False}) for one in getattr(kind, "choices"))  # noqa: B009
    return question.model_copy(update={"kind": kind.model_copy(update={"choices": choices})})
