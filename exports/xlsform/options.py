"""The columns that only we know, for what XLSForm has no word: shokai::longest, shokai::unit::Japanese (ja)."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.headings import OWN
from exports.xlsform.ledger import Cell, Ledger
from exports.xlsform.texts import own_label
from questions.kinds.registry import KINDS
from questions.labels import Label
from questions.model import Question, Table

NOT_OPTIONS = frozenset({"kind", "name", "example", "rank", "need"})
"""Our columns that say something else than an option of a kind."""
_HEADED = frozenset({"name", "label", "hint", "required", "relevant"})
"""What stands in columns of XLSForm's own."""
_HEADED_QUESTION = _HEADED | {"kind", "example", "constraint", "constraint_message"}
_HEADED_TABLE = _HEADED | {"questions", "rank", "need"}
OF_QUESTIONS = tuple(word for word in Question.model_fields if word not in _HEADED_QUESTION)
"""What only we say of a question, whatever its kind."""
OF_TABLES = tuple(word for word in Table.model_fields if word not in _HEADED_TABLE)
"""What only we say of a table."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def read_options(row: Row, kind: str, ledger: Ledger) -> dict[str, Any]:
    """Return what a row says in our own columns: options of its kind, and of every question."""
    fields = {**KINDS[kind].model_fields, **{word: Question.model_fields[word] for word in OF_QUESTIONS}}
    return _read(row, fields, kind, ledger)


def read_table_options(row: Row, ledger: Ledger) -> dict[str, Any]:
    """Return what the head of a table says in our own columns."""
    return _read(row, {word: Table.model_fields[word] for word in OF_TABLES}, "table", ledger)


def _read(row: Row, fields: Mapping[str, FieldInfo], kind: str, ledger: Ledger) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in dict.fromkeys(name.split(":")[1] for name in row.cells if name.startswith(f"{OWN}:")):
        if word in NOT_OPTIONS:
            continue
        cell = row.cell(f"{OWN}:{word}", f"{OWN}:{word}:ja", f"{OWN}:{word}:en")
        if word not in fields:
            ledger.say(Sign.WRONG_VALUE, cell, reason="option", kind=kind)
        elif _takes(fields[word].annotation, Label):
            found[word] = own_label(row, word)
        else:
            found[word] = _value(cell, fields[word].annotation, ledger)
    return {word: value for word, value in found.items() if value is not None}


def read_whole(cell: Cell, ledger: Ledger) -> int | None:
    """Return a whole number from a cell; None, with a finding, when it holds none."""
    value = number(cell.text.strip())
    if isinstance(value, int):
        return value
    ledger.say(Sign.NOT_A_NUMBER, cell)
    return None


def number(text: str) -> int | float | str | None:
    """Return the number that a text is, as text where it has more digits than a float keeps; None when it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    if found[1] is None:
        return int(text)
    return float(text) if Decimal(repr(float(text))) == Decimal(text) else text


def _value(cell: Cell, annotation: Any, ledger: Ledger) -> Any:
    text = cell.text.strip()
    if text.startswith(("[", "{")) and not _takes(annotation, str):
        try:
            return json.loads(text)
        except ValueError:
            ledger.say(Sign.WRONG_VALUE, cell, reason="json")
            return None
    if _takes(annotation, str):
        return cell.text
    if _takes(annotation, bool):
        return text.casefold() in ("yes", "true", "1")
    value = number(text)
    if value is None:
        ledger.say(Sign.NOT_A_NUMBER, cell)
    return value


def _takes(annotation: Any, wanted: type) -> bool:
    """Does an annotation such as ``Annotated[str, ...] | None`` take values of a type?"""
    if annotation is wanted:
        return True
    if get_origin(annotation) is Literal:
        return any(isinstance(one, wanted) for one in get_args(annotation))
    if get_origin(annotation) in (tuple, list, dict):
        return False
    return any(_takes(one, wanted) for one in get_args(annotation) if one is not NoneType)


_PARAMETER = re.compile(r"(\w+)\s*=\s*(\S+)")


def parameters(text: str) -> dict[str, str]:
    """Return parameters as XLSForm writes them: start=0 end=10 step=1."""
    return {name.casefold(): value.rstrip(",;") for name, value in _PARAMETER.findall(text)}
