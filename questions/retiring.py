"""What is no longer asked: it leaves the questionnaire that people fill in, and never the answers that were given.

A retired question keeps its name, a retired option its code, so that neither is ever used for something else.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from questions.answers import Answers
from questions.contents import Contents
from questions.labels import Label
from questions.model import Item, Question, Questionnaire, Section, Table

Codes = Mapping[str, frozenset[str]]
"""Codes by question."""
RETIRED = Label(ja="（廃止）", en=" (retired)")


def living(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire as it was read, of which only what is asked stands in ``sections``."""
    every = questionnaire.sections
    sections = tuple(found for section in every if (found := _section(section, frozenset())) is not None)
    options = any(one.kind.retired_options() for one in questionnaire.questions.values())
    if sections == every and not options:
        return questionnaire
    asked = {one.name for section in sections for item in section.items for one in (item, *_columns(item))}
    checks = tuple(check for check in questionnaire.checks if check.at in asked)
    return _with(questionnaire, sections=sections, checks=checks, past=every)


def as_answered(questionnaire: Questionnaire, handed_in: Iterable[Contents]) -> Questionnaire:
    """Return a questionnaire with what is retired wherever an answer to it was handed in, marked as （廃止）.

    For those who read what was handed in: no column is lost while anybody's answer stands in it.
    """
    if not questionnaire.past:
        return questionnaire
    live, ever = questionnaire.questions, questionnaire.ever_asked
    names: set[str] = set()
    codes: dict[str, set[str]] = {}
    for contents in handed_in:
        for (_, name), value in contents.values.items():
            if value is not None and name in ever:
                if name not in live:
                    names.add(name)
                codes.setdefault(name, set()).update(_codes(value))
    return _restored(questionnaire, frozenset(names), {name: frozenset(found) for name, found in codes.items()})


def with_chosen(questionnaire: Questionnaire, answers: Answers) -> Questionnaire:
    """Return a questionnaire that offers again what is retired where one reply has chosen it, for its own forms."""
    if not questionnaire.past:
        return questionnaire
    codes: dict[str, frozenset[str]] = {}
    for (_, name), entry in answers.entries.items():
        codes[name] = codes.get(name, frozenset()) | _codes(entry.value)
    return _restored(questionnaire, frozenset(), codes)


def marked(label: Label) -> Label:
    """Return the label of something that is retired."""
    return Label(ja=label.ja + RETIRED.ja, en=label.en + RETIRED.en)


def _codes(value: Any) -> frozenset[str]:
    found = value if isinstance(value, tuple) else (value,)
    return frozenset(one for one in found if isinstance(one, str))


def _columns(item: Item) -> tuple[Question, ...]:
    return item.questions if isinstance(item, Table) else ()


def _restored(questionnaire: Questionnaire, names: frozenset[str], codes: Codes) -> Questionnaire:
    """Return a questionnaire with the questions named, and the options by question, as if they were still asked."""
    used = {
        question.name
        for question in questionnaire.ever_asked.values()
        if isinstance(question, Question) and _retired_codes(question) & codes.get(question.name, frozenset())
    }
    if not names and not used:
        return questionnaire
    present = {section.name: section for section in questionnaire.sections}
    touched = names | used
    sections: list[Section] = []
    for section in questionnaire.past:
        own = {one.name for item in section.items for one in (item, *_columns(item))}
        if own & touched:
            found = _section(section, names, codes)
            sections += [] if found is None else [found]
        elif section.name in present:
            sections.append(present[section.name])
    return _with(questionnaire, sections=tuple(sections))


def _section(section: Section, names: frozenset[str], codes: Codes | None = None) -> Section | None:
    """Return a section with what is asked and the questions named; None when nothing is left of it."""
    items = tuple(found for item in section.items if (found := _item(item, names, codes)) is not None)
    if items == section.items:
        return section
    return section.model_copy(update={"items": items}) if items else None


def _item(item: Item, names: frozenset[str], codes: Codes | None) -> Item | None:
    if isinstance(item, Question):
        return _question(item, names, codes)
    columns = tuple(found for one in item.questions if (found := _column(one, item, names, codes)) is not None)
    if not columns or (item.retired and not names.intersection(one.name for one in columns)):
        return None
    if columns == item.questions and not item.retired:
        return item
    kept = {"questions": columns, "retired": False}
    return item.model_copy(update={**kept, "label": marked(item.label)} if item.retired else kept)


def _column(column: Question, table: Table, names: frozenset[str], codes: Codes | None) -> Question | None:
    return None if table.retired and column.name not in names else _question(column, names, codes)


def _question(question: Question, names: frozenset[str], codes: Codes | None) -> Question | None:
    if question.retired and question.name not in names:
        return None
    updated: dict[str, Any] = {}
    if question.retired:
        updated |= {"retired": False, "required": False, "required_when": None, "label": marked(question.label)}
    kept = (codes or {}).get(question.name, frozenset())
    if _retired_codes(question) and codes is not None:
        updated["kind"] = _kind(question, kept)
    return question.model_copy(update=updated) if updated else question


def _retired_codes(question: Question) -> frozenset[str]:
    return frozenset(option.code for option in question.kind.retired_options())


def _kind(question: Question, kept: frozenset[str]) -> Any:
    """Return a question's kind that offers again what of its retired options is to be kept."""
    choices = [
        option.model_copy(update={"retired": False, "label": marked(option.label)})
        if option.retired and option.code in kept
        else option
        for option in getattr(question.kind, "choices", ())
    ]
    return type(question.kind).model_validate({**dict(question.kind), "choices": tuple(choices)})


def _with(questionnaire: Questionnaire, **changed: Any) -> Questionnaire:
    """Return a questionnaire with parts exchanged: made anew, since what it has worked out would be copied along."""
    parts = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire.model_construct(**{**parts, **changed})
