"""The sheet ``choices``: lists of codes with their labels."""

from typing import Any

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Grid, Row, strange_columns
from exports.xlsform.ledger import Cell, Ledger
from exports.xlsform.names import is_code, suggested_code
from exports.xlsform.texts import Label, Texts

Choices = dict[str, dict[str, Any]]
"""Labels by code, in the order of the sheet; ``retired`` beside the texts of one that is no longer offered."""
KNOWN = frozenset({"list_name", "name", "label", "order", "notes", "note", "comment", "備考", "retired"})
OTHER = "other"
OTHER_LABEL: Label = {"ja": "その他", "en": "Other"}


def read_lists(grid: Grid, texts: Texts, ledger: Ledger) -> dict[str, Choices]:
    """Read the lists; what is wrong with a choice is told at its cell, and a stand-in takes its place."""
    lists: dict[str, Choices] = {}
    first: dict[tuple[str, str], Cell] = {}
    for row in grid.rows:
        name = row.text("list_name")
        if not name:
            if any(row.cells.get(column) for column in ("name", *texts.columns("label"))):
                ledger.say(Sign.MISSING_LIST, row.cell("list_name"))
            continue
        code, label = _code(row, ledger), _label(row, texts, ledger)
        if (name, code) in first:
            ledger.say(Sign.DUPLICATE_CODE, row.cell("name"), list=name, first=first[name, code].address)
            continue
        first[name, code] = row.cell("name")
        retired = {"retired": True} if row.text("retired").casefold() in ("yes", "true") else {}
        lists.setdefault(name, {})[code] = {**label, **retired}
    for head in strange_columns(grid, KNOWN, ledger):
        ledger.say(Sign.COLUMN_IGNORED, head)
    return lists


def _code(row: Row, ledger: Ledger) -> str:
    code = row.text("name")
    if not code:
        ledger.say(Sign.MISSING_NAME, row.cell("name"), instead=str(row.number))
    elif not is_code(code):
        ledger.say(Sign.BAD_CODE, row.cell("name"), instead=suggested_code(code, str(row.number)))
    else:
        return code
    return f"row_{row.number + 1}"


def _label(row: Row, texts: Texts, ledger: Ledger) -> Label:
    label = texts.label(row, "label")
    if label is None:
        ledger.say(Sign.MISSING_LABEL, row.cell(*texts.columns("label")), name=row.text("name"))
    return label or {"ja": "?", "en": "?"}


def with_other(choices: Choices) -> Choices:
    """Return a list with the choice その他 at its end, unless it has one."""
    return choices if OTHER in choices else {**choices, OTHER: OTHER_LABEL}
