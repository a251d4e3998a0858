"""The sheets that only we know: ``shokai`` (title, style, nil), ``shokai_checks`` and ``shokai_across``."""

from collections.abc import Mapping
from typing import Any

from exports.form.opened import OpenedSheet
from exports.xlsform.conditions import read_condition
from exports.xlsform.findings import Sign
from exports.xlsform.grid import Grid, Row, known_sheet, read_grid
from exports.xlsform.ledger import Ledger
from exports.xlsform.names import Names
from exports.xlsform.options import read_whole
from exports.xlsform.texts import Label, Texts

ITEMS, CHECKS, ACROSS = "shokai", "shokai_checks", "shokai_across"
_YES = ("yes", "true", "1")


class Own:
    """What stands in our own sheets. ``rows`` says where each rule stands."""

    def __init__(self, sheets: Mapping[str, OpenedSheet], names: Names, ledger: Ledger) -> None:
        self.names, self.ledger = names, ledger
        self.rows: dict[tuple[str, ...], Row] = {}
        items = self._grid(sheets, ITEMS, "item")
        self._items = {row.text("item"): row for row in (items.rows if items else ())}
        self._item_texts = Texts(items, ledger) if items else None
        self.checks = self._rules(self._grid(sheets, CHECKS, "name"), self._check)
        self.across = self._rules(self._grid(sheets, ACROSS, "name"), self._across)
        for item, row in self._items.items():
            self.rows[(item,)] = row

    def _grid(self, sheets: Mapping[str, OpenedSheet], name: str, key: str) -> Grid | None:
        sheet = known_sheet(sheets, name)
        return read_grid(sheet, (key,), self.ledger) if sheet is not None and sheet.cells else None

    def value(self, item: str) -> str:
        """Return the value of an item; "" when it is not said."""
        row = self._items.get(item)
        return "" if row is None else row.text("setting")

    def label(self, item: str) -> dict[str, str]:
        """Return what an item says in the languages in which it says something."""
        row = self._items.get(item)
        said = {language: row.cells.get(f"label:{language}") for language in ("ja", "en")} if row else {}
        return {language: cell.text for language, cell in said.items() if cell}

    def nil(self) -> dict[str, str] | None:
        """Return which choice means 該当なし."""
        question, choice = self.value("nil.question"), self.value("nil.choice")
        return {"question": question, "choice": choice} if question or choice else None

    def _rules(self, grid: Grid | None, read: Any) -> list[dict[str, Any]]:
        if grid is None:
            return []
        texts = Texts(grid, self.ledger)
        return [read(row, texts) for row in grid.rows]

    def _message(self, row: Row, texts: Texts) -> Label:
        label = texts.label(row, "message")
        if label is None:
            self.ledger.say(Sign.MISSING_LABEL, row.cell(*texts.columns("message")), name=row.text("name"))
        return label or {"ja": "?", "en": "?"}

    def _check(self, row: Row, texts: Texts) -> dict[str, Any]:
        self.rows["checks", row.text("name")] = row
        found: dict[str, Any] = {"name": row.text("name"), "at": row.text("at")}
        source = read_condition(row.cell("expression"), self.names.instead, self.ledger)
        found |= {"expression": source or "true()", "message": self._message(row, texts)}
        if level := row.text("level"):
            found["level"] = level
        if row.text("waivable").casefold() in _YES:
            found["waivable"] = True
        return found | _source(row)

    def _across(self, row: Row, texts: Texts) -> dict[str, Any]:
        self.rows["across", row.text("name")] = row
        found: dict[str, Any] = {word: row.text(word) for word in ("name", "rule", "question", "by")}
        if row.text("most"):
            found["most"] = read_whole(row.cell("most"), self.ledger)
        if row.text("with"):
            found["with"] = row.text("with")
        return {word: value for word, value in found.items() if value is not None} | {
            "message": self._message(row, texts), **_source(row)
        }  # fmt: skip


def _source(row: Row) -> dict[str, str]:
    cell = row.cells.get("source")
    return {"source": cell.text} if cell else {}
