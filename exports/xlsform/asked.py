"""One row of the sheet ``survey`` as a question, a table's head or a constant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exports.xlsform.conditions import both, pattern_of, read_condition
from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.headings import OWN, plain
from exports.xlsform.ledger import Cell, Ledger
from exports.xlsform.lists import OTHER, Choices, with_other
from exports.xlsform.names import Names
from exports.xlsform.options import number, parameters, read_options, read_table_options, read_whole
from exports.xlsform.texts import Label, Texts
from exports.xlsform.tree import Node
from exports.xlsform.types import SELECT_MULTIPLE, SENT, Shape, kind_of, kinds_of
from questions.kinds.choices import NO, YES
from questions.kinds.registry import KINDS

Item = dict[str, Any]
"""A question or table as definitions hold it."""
MESSAGE: Label = {
    "ja": "この設問の条件に合っていません。内容を確かめてください。",
    "en": "This does not meet the condition of the question. Check your answer.",
}
"""What is said of an answer when the form says nothing."""
OTHER_TEXT: Label = {"ja": "「その他」の内容", "en": "Please specify (other)"}
STAND_IN: Choices = {"x": {"ja": "?", "en": "?"}}
PLACES = 6  # decimals of an amount whose form does not say how many
_YES, _NO = (
    frozenset(["yes", "y", "true", "true()", "1", "はい", "有", "必須", "○", "要"]),
    frozenset(["no", "n", "false", "false()", "0", "いいえ", "任意"]),
)
_NOT_KEPT = ("default", "calculation", "trigger", "choice_filter", "read_only", "required_message")
_HARMLESS = frozenset((
    "minimal", "compact", "horizontal", "horizontal-compact", "quick", "quickcompact", "autocomplete", "search",
    "field-list", "table-list", "label", "list-nolabel", "likert", "columns", "columns-pack", "no-buttons",
    "numbers", "thousands-sep", "no-calendar", "week-number", "pages", "w1", "w2", "w3", "w4", "w5", "w6", "w7",
    "w8", "w9", "w10", "w11", "w12", "multiline", "month-year", "year",
))  # fmt: skip
"""Appearances that change how a question looks, not what can be answered."""


@dataclass
class Asking:
    """What rows are read with.

    ``carried``: texts that wait for the next question: of notes, with their cells, and of groups within groups.
    """

    texts: Texts
    lists: dict[str, Choices]
    names: Names
    ledger: Ledger
    carried: list[tuple[Cell | None, Label]] = field(default_factory=list)
    constants: dict[str, Item] = field(default_factory=dict)

    def condition(self, row: Row, column: str) -> str | None:
        """Return a condition of a row; None when it has none that can be read."""
        cell = row.cells.get(column)
        return read_condition(cell, self.names.instead, self.ledger) if cell else None


def question(node: Node, asking: Asking, outer: tuple[str, ...] = ()) -> list[Item]:
    """Return the question of a row, and the one that or_other adds. ``outer``: conditions of groups around it."""
    row, name = node.row, asking.names.take(node.row)
    known = node.shape is Shape.QUESTION
    if not known:
        sign = Sign.UNKNOWN_TYPE if node.shape is Shape.UNKNOWN else Sign.UNSUPPORTED_TYPE
        asking.ledger.say(sign, row.cell("type"), type=node.type.word)
    kind = _kind(node, asking) if known else "line"
    found: Item = {"name": name, "kind": kind, "label": label_of(row, asking)}
    found |= _said(row, asking)
    if (example := row.cells.get(f"{OWN}:example")) is not None:
        found["example"] = example.text
    found |= _asked_when(row, asking, outer)
    added = _choices(node, kind, found, asking) if known else []
    found |= _options(node, kind, asking) if known else {}
    found |= _constraint(row, found, asking)
    _tell_what_is_left_out(row, asking)
    return [found, *added]


def table(node: Node, asking: Asking, outer: tuple[str, ...] = ()) -> Item:
    """Return a table without its columns."""
    row, ledger = node.row, asking.ledger
    found: Item = {"name": asking.names.take(row), "kind": "table", "label": label_of(row, asking)}
    found |= _said(row, asking) | _asked_when(row, asking, outer)
    count = row.cells.get("repeat_count")
    if count and number(count.text.strip()) is not None:
        found["least"] = found["most"] = read_whole(count, ledger)
    elif count:
        ledger.say(Sign.CELL_IGNORED, count, column="repeat_count")
    found |= read_table_options(row, ledger)
    if "most" not in found:
        ledger.say(Sign.OPEN_REPEAT, row.cell("repeat_count", "type"), most=20)
    if row.own("rank"):
        found["rank"] = row.own("rank")
    if row.own("need"):
        found["need"] = {word: value.strip() for word, value in parameters(row.own("need")).items()}
    _tell_what_is_left_out(row, asking)
    return {word: value for word, value in found.items() if value is not None}


def constant(node: Node, asking: Asking) -> None:
    """Keep a calculation that is a whole number as a constant; any other cannot be done, which is told."""
    row, cell = node.row, node.row.cell("calculation")
    name, value = asking.names.take(row), number(cell.text.strip())
    if not isinstance(value, int):
        asking.ledger.say(Sign.CALCULATION, cell, name=name)
        return
    written = asking.texts.label(row, "label")
    asking.constants[name] = {"value": value, "label": written or {"ja": name, "en": name}}


def label_of(row: Row, asking: Asking) -> Label:
    """Return what is asked; a stand-in, with a finding, when nothing is."""
    label = asking.texts.label(row, "label")
    if label is None:
        asking.ledger.say(Sign.MISSING_LABEL, row.cell(*asking.texts.columns("label")), name=row.text("name"))
    return label or STAND_IN["x"]


def _said(row: Row, asking: Asking) -> Item:
    """The hint, with the notes that stood before the question and what XLSForm keeps for a guide."""
    hints = [text for _, text in asking.carried]
    for cell, _ in asking.carried:
        if cell is not None:
            asking.ledger.say(Sign.NOTE_MOVED, cell, to=row.text("name"))
    asking.carried.clear()
    hints += [text for word in ("hint", "guidance_hint") if (text := asking.texts.label(row, word)) is not None]
    if not hints:
        return {}
    return {"hint": {language: "\n".join(one[language] for one in hints) for language in ("ja", "en")}}


def _asked_when(row: Row, asking: Asking, outer: tuple[str, ...]) -> Item:
    found: Item = {"required": _required(row, asking.ledger)}
    own = asking.condition(row, "relevant")
    conditions = [*outer, *([own] if own else [])]
    return found | ({"relevant": both(conditions)} if conditions else {})


def _required(row: Row, ledger: Ledger) -> bool:
    said = plain(row.text("required"))
    if said and said not in _YES | _NO:
        ledger.say(Sign.NOT_A_FLAG, row.cell("required"))
    return said in _YES


def _kind(node: Node, asking: Asking) -> str:
    row, word = node.row, node.type.word
    looks = frozenset(plain(row.text("appearance")).replace(",", " ").split())
    for look in sorted(looks - _HARMLESS):
        asking.ledger.say(Sign.APPEARANCE_IGNORED, row.cell("appearance"), appearance=look)
    kind, said = kind_of(word, looks), row.own("kind")
    if said:
        if said in kinds_of(word):
            return said
        asking.ledger.say(Sign.WRONG_VALUE, row.cell(f"{OWN}:kind"), reason="kind", known=kinds_of(word), type=word)
    if word == "range":
        steps = parameters(row.text("parameters"))
        return "amount" if any("." in step for step in steps.values()) else "whole"
    return kind


def _choices(node: Node, kind: str, found: Item, asking: Asking) -> list[Item]:
    """Put the list of a choice into its question; return the question that or_other adds."""
    if node.type.word == "acknowledge":
        asking.lists.setdefault("acknowledge", {"OK": {"ja": "確認しました", "en": "OK"}})
        found["choices"] = "acknowledge"
        return []
    if "choices" not in KINDS[kind].model_fields or not node.type.word.startswith("select"):
        return []
    wanted, cell = node.type.choices, node.row.cell("type")
    if wanted not in asking.lists:
        sign = Sign.NO_SUCH_LIST if wanted else Sign.MISSING_LIST
        asking.ledger.say(sign, cell, list=wanted, known=tuple(asking.lists))
        asking.lists.setdefault(wanted or "?", dict(STAND_IN))
    wanted = wanted or "?"
    if kind == "yesno":
        found |= _yes_and_no(asking.lists[wanted], cell, asking.ledger)
        return []
    if node.type.other and not asking.ledger.faulty(cell):
        return [_other(node, found, asking)]
    found["choices"] = wanted
    return []


def _yes_and_no(choices: Mapping[str, Label], cell: Cell, ledger: Ledger) -> Item:
    if set(choices) != {YES, NO}:
        ledger.say(Sign.WRONG_VALUE, cell, reason="yesno")
        return {}
    return {"yes": choices[YES], "no": choices[NO]}


def _other(node: Node, found: Item, asking: Asking) -> Item:
    """Add その他 to the list of a choice, and return the question for what it is."""
    row, wanted = node.row, node.type.choices
    listed = f"{wanted}_or_other"
    asking.lists.setdefault(listed, with_other(asking.lists[wanted]))
    found["choices"] = listed
    chosen = f"${{{found['name']}}}"
    several = node.type.word == SELECT_MULTIPLE
    name = asking.names.keep(f"{found['name']}_other", row.cell("type"))
    asking.ledger.say(Sign.OTHER_ADDED, row.cell("type"), code=OTHER, name=name)
    return {
        "name": name,
        "kind": "line",
        "label": {language: f"{text}：{OTHER_TEXT[language]}" for language, text in found["label"].items()},
        "required": found["required"],
        "relevant": f"selected({chosen}, '{OTHER}')" if several else f"{chosen} = '{OTHER}'",
    }


def _options(node: Node, kind: str, asking: Asking) -> Item:
    """Our own columns, and what XLSForm says as parameters."""
    row = node.row
    found = read_options(row, kind, asking.ledger)
    if kind == "amount" and "places" not in found:
        found["places"] = PLACES
    if node.type.word in SENT:
        found = {"most": 1} | ({"types": ["jpg", "png"]} if node.type.word == "image" else {}) | found
    if node.type.word == "range":
        said = {"start": "0", "end": "10"} | parameters(row.text("parameters"))  # XLSForm's own defaults
        bounds = {word: number(said[key]) for word, key in (("least", "start"), ("most", "end"))}
        found = {word: bound for word, bound in bounds.items() if bound is not None} | found
    return found


def _constraint(row: Row, found: Item, asking: Asking) -> Item:
    cell = row.cells.get("constraint")
    if not cell:
        return {}
    written = asking.texts.label(row, "constraint_message")
    if written is None:
        asking.ledger.say(Sign.MESSAGE_ADDED, row.cell(*asking.texts.columns("constraint_message"), "constraint"))
    message = written or MESSAGE
    pattern = pattern_of(cell.text)
    if pattern is not None and "pattern" in KINDS[found["kind"]].model_fields and "pattern" not in found:
        return {"pattern": pattern, "pattern_message": message}
    source = asking.condition(row, "constraint")
    return {} if source is None else {"constraint": source, "constraint_message": message}


def _tell_what_is_left_out(row: Row, asking: Asking) -> None:
    for column in _NOT_KEPT:
        for name in (column, f"{column}:ja", f"{column}:en"):
            if (cell := row.cells.get(name)) and not (column == "read_only" and plain(cell.text) in _NO):
                asking.ledger.say(Sign.CELL_IGNORED, cell, column=column)
