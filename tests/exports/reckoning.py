"""A third reckoner beside the book and LibreOffice: every formula again, from the cells of the file, with pandas."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

NUMBERS = (int, float)
NOTHING = float("nan")
"""What stands at the end of an IF that is not taken."""
_PRECEDENCE = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}


class Reckoner:
    """The formulas of one workbook; what a formula needs of others is reckoned first.

    The values that the file holds for formulas are told, and never used.
    """

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.saved = openpyxl.load_workbook(path, data_only=True)
        self._known: dict[tuple[str, str], Any] = {}
        self._ranges: dict[tuple[str, str], Any] = {}

    @cached_property
    def formulas(self) -> list[tuple[str, str, str, Any]]:
        """Every formula: sheet, address, the formula, the value that the file holds for it."""
        return [
            (sheet.title, cell.coordinate, cell.value, self.saved[sheet.title][cell.coordinate].value)
            for sheet in self.book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]

    def value(self, sheet: str, address: str) -> Any:
        """Return the value of a cell: what it holds, or what its formula gives."""
        place = (sheet, address.replace("$", ""))
        if place not in self._known:
            cell = self.book[place[0]][place[1]]
            self._known[place] = _Formula(self, sheet, cell.value).value() if cell.data_type == "f" else cell.value
        return self._known[place]

    def cells(self, sheet: str, area: str) -> Any:
        """Return the cells of a range, row by row."""
        place = (sheet, area.replace("$", ""))
        if place not in self._ranges:
            left, top, right, bottom = range_boundaries(place[1])
            rows = self.book[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
            values = [self.value(sheet, cell.coordinate) for row in rows for cell in row]
            self._ranges[place] = pd.Series(values, dtype=object)
        return self._ranges[place]


class _Formula:
    """One formula, read from left to right by the ranks of its operators."""

    def __init__(self, reckoner: Reckoner, sheet: str, text: str) -> None:
        self.reckoner, self.sheet, self.text = reckoner, sheet, text
        self.tokens = [one for one in Tokenizer(text).items if one.type != "WHITE-SPACE"]
        self.at = 0

    def value(self) -> Any:
        found = self._expression(0)
        assert self.at == len(self.tokens), self.text
        return found

    def _next(self) -> Any:
        self.at += 1
        return self.tokens[self.at - 1]

    def _expression(self, rank: int) -> Any:
        left = self._operand()
        while self.at < len(self.tokens) and self.tokens[self.at].type == "OPERATOR-INFIX":
            sign = self.tokens[self.at].value
            if _PRECEDENCE[sign] <= rank:
                break
            self.at += 1
            left = _joined(sign, left, self._expression(_PRECEDENCE[sign]))
        return left

    def _operand(self) -> Any:
        token = self._next()
        if token.type == "FUNC":
            return FUNCTIONS[token.value](*self._arguments())
        if token.type == "PAREN":
            found = self._expression(0)
            assert self._next().subtype == "CLOSE", self.text
            return found
        assert token.type == "OPERAND", (self.text, token.value)
        if token.subtype == "TEXT":
            return token.value[1:-1].replace('""', '"')
        if token.subtype == "NUMBER":
            return float(token.value) if "." in token.value else int(token.value)
        assert token.subtype == "RANGE", (self.text, token.value)
        sheet, _, area = token.value.rpartition("!")
        sheet = sheet.strip("'").replace("''", "'") or self.sheet
        found = self.reckoner.cells if ":" in area else self.reckoner.value
        return found(sheet, area)

    def _arguments(self) -> list[Any]:
        found = []
        while True:
            if self.tokens[self.at].subtype == "CLOSE":
                self.at += 1
                return found
            if self.tokens[self.at].type == "SEP":
                self.at += 1
            found.append(self._expression(0))


def _joined(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, pd.Series) or isinstance(right, pd.Series):
        length = len(left if isinstance(left, pd.Series) else right)
        one, other = (each if isinstance(each, pd.Series) else pd.Series([each] * length) for each in (left, right))
        return one.combine(other, lambda a, b: _joined(sign, a, b))
    if sign == "&":
        return "".join("" if each is None else str(each) for each in (left, right))
    if sign in "=<>":
        same = ("" if left is None else left) == ("" if right is None else right)
        return {"=": lambda: same, "<>": lambda: not same, "<": lambda: left < right, ">": lambda: left > right}[sign]()
    one, other = (0 if each is None else each for each in (left, right))
    return {
        "+": lambda: one + other,
        "-": lambda: one - other,
        "*": lambda: one * other,
        "/": lambda: one / other if other else NOTHING,
    }[sign]()


def _cells(given: Any) -> Any:
    return given if isinstance(given, pd.Series) else pd.Series([given], dtype=object)


def _count(given: Any, counts: Callable[[Any], bool]) -> int:
    return int(_cells(given).map(counts).sum())


def _numbers(*given: Any) -> Any:
    cells = pd.concat([_cells(each) for each in given])
    return cells[cells.map(lambda one: isinstance(one, NUMBERS) and not isinstance(one, bool))].astype(float)


def _countifs(*given: Any) -> int:
    met = pd.Series(True, index=_cells(given[0]).index)
    for cells, wanted in zip(given[::2], given[1::2], strict=True):
        met &= _cells(cells).map(_criterion(wanted)).astype(bool)
    return int(met.sum())


def _criterion(wanted: Any) -> Callable[[Any], bool]:
    """Return what a criterion of COUNTIFS accepts: capitals do not count, and "1" is 1."""
    if wanted == "<>":
        return lambda one: one is not None
    if wanted == "":
        return lambda one: one in (None, "")
    if isinstance(wanted, str) and wanted.startswith(">"):
        return lambda one: isinstance(one, NUMBERS) and one > float(wanted[1:])
    if isinstance(wanted, str) and re.search(r"[?*]", wanted):
        pattern = re.compile(re.escape(wanted).replace(r"\?", ".").replace(r"\*", ".*"), re.IGNORECASE | re.DOTALL)
        return lambda one: isinstance(one, str) and pattern.fullmatch(one) is not None
    assert wanted is not None, "a criterion in a blank cell, which programs take for 0"
    assert not str(wanted).startswith(("<", "=")), wanted
    return lambda one: one is not None and _plain(one) == _plain(wanted)


def _plain(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value).casefold()


def _text(value: Any, form: str) -> str:
    assert form == "0.0%", form
    return f"{(Decimal(repr(value)) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _exact(left: Any, right: Any) -> Any:
    if isinstance(left, pd.Series):
        return left.map(lambda one: _exact(one, right))
    return ("" if left is None else str(left)) == ("" if right is None else str(right))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "AND(": lambda *given: all(given),
    "AVERAGE(": lambda *given: _numbers(*given).mean(),
    "COUNT(": lambda cells: _count(cells, lambda one: isinstance(one, (*NUMBERS, date))),
    "COUNTA(": lambda cells: _count(cells, lambda one: one is not None),
    "COUNTBLANK(": lambda cells: _count(cells, lambda one: one in (None, "")),
    "COUNTIFS(": _countifs,
    "EXACT(": _exact,
    "IF(": lambda test, yes, no: yes if test else no,
    "INDEX(": lambda cells, place: cells.iloc[place - 1],
    "MATCH(": lambda wanted, cells, _exactly: cells.tolist().index(wanted) + 1,
    "MAX(": lambda *given: _whole(_numbers(*given).max()),
    "MEDIAN(": lambda *given: _numbers(*given).median(),
    "MIN(": lambda *given: _whole(_numbers(*given).min()),
    "OR(": lambda *given: any(given),
    "ROWS(": lambda cells: len(_cells(cells)),
    "SUM(": lambda *given: _whole(_numbers(*given).sum()),
    "SUMPRODUCT(": lambda cells: int(_cells(cells).sum()),
    "TEXT(": _text,
}


def _whole(number: float) -> Any:
    return int(number) if math.isfinite(number) and number == int(number) else number
