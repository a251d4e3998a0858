"""What stands in the cells for an answer that is there already, and how such cells look."""

import re
from collections import Counter
from decimal import Decimal

from exports.form.anchors import MARK, Choice, choices_of
from exports.sheets import Cell
from questions.answers import Entry
from questions.model import Question
from questions.setting import Setting

JOINED_BY = "、"
UNCARRIED = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""What no workbook can hold; it is refused as an answer, and its cell is left blank."""
_NUMBERS = ("whole", "decimal")


def style_of(question: Question, *, marked: bool = False) -> str:
    """Return the style of an answer's cell: text wherever a program would make something else of what is typed."""
    kind = question.kind
    if marked:
        return "answer_mark"
    if kind.attaches:
        return "answer tinted"
    if kind.cell_format == "decimal":
        return f"decimal{kind.limits().get('places', 1)} answer_number"
    return "whole answer_number" if kind.cell_format == "whole" else "answer small" if kind.long else "answer"


def filled(question: Question, entry: Entry, setting: Setting, choice: Choice | None = None) -> Cell:
    """Return what a cell holds for an entry: labels for codes, numbers as numbers, what cannot be read as typed.

    Of a question of several choices with cells of their own, the question's own cell is blank unless what was given is
    none of the choices.
    """
    if question.prefilled:
        return f"{setting.municipality} {setting.roster.name(setting.municipality)}"
    if choice is not None:
        return MARK if entry.value is not None and choice.code in entry.value else None
    if question.kind.attaches:
        return None if entry.value is None else question.kind.show(entry.value, "ja", setting)
    if entry.value is None:
        text = "\n".join(entry.texts)
        return None if not text or UNCARRIED.search(text) else text
    if choices_of(question):
        return None
    if question.kind.options(setting):
        texts = dict(offered(question, setting))
        return JOINED_BY.join(texts.get(code, code) for code in _codes(question, entry))
    if question.kind.cell_format in _NUMBERS and isinstance(entry.value, int | Decimal):
        return entry.value
    return entry.texts[0] if entry.texts else question.kind.texts(entry.value)[0]


def offered(question: Question, setting: Setting) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: codes with what a cell holds for each, the label unless several share it."""
    options = question.kind.options(setting)
    labels = Counter(option.label.ja for option in options)
    return tuple((one.code, one.label.ja if labels[one.label.ja] == 1 else one.code) for one in options)


def _codes(question: Question, entry: Entry) -> tuple[str, ...]:
    return tuple(entry.value) if question.kind.many else (entry.value,)
