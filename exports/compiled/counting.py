"""The live formulas of the book: how it counts over the coded sheets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exports.addresses import Area
from exports.blanks import NIL_MARK, NOT_ASKED_MARK, Standing
from exports.compiled.coded import CodedSheet, has_standing
from questions.model import Question, Table

_WILD = re.compile(r"[*?~]|^[<>=]")
# A word with digits behind it that is no month (Excel reads jan1 as a day), or a number written in one way only.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_PLAIN_WITH_DIGITS = re.compile(rf"(?!{_MONTHS})[a-z_][a-z0-9_]*|0|[1-9][0-9]{{0,14}}", re.IGNORECASE)
UNKNOWABLE = "…"
"""Stands where nothing can be reckoned, because nobody was asked or nobody gave a number."""


@dataclass(frozen=True)
class Condition:
    """Cells of an area that are to hold something; ``criterion`` as a formula says it: ``$C7``, ``1``, ``"－"``."""

    area: Area
    criterion: str


NOT_ASKED_TEXT = f'"{NOT_ASKED_MARK}"'
NIL_TEXT = f'"{NIL_MARK}"'
EMPTY_TEXT = '""'
ANYTHING = '"<>"'


def count(*conditions: Condition, exact: bool = False) -> str:
    """Return a formula, without its ``=``, that counts the records for which all conditions hold.

    COUNTIFS, which people know, takes upper and lower case for the same, ``01`` for ``1``, ``1-2`` for a day and ``*``
    for anything; ``exact`` counts without it where that would matter.
    """
    if exact:
        return f"SUMPRODUCT({'*'.join(map(_exactly, conditions))}*1)"
    return f"COUNTIFS({','.join(f'{one.area},{one.criterion}' for one in conditions)})"


def _exactly(condition: Condition) -> str:
    if condition.criterion == ANYTHING:
        return f'({condition.area}<>"")'
    return f"EXACT({condition.area},{condition.criterion})"


def needs_exact(codes: Iterable[str]) -> bool:
    """Would COUNTIFS take some of these codes for another, or for a number, a date or a truth?"""
    listed = list(codes)
    return len({code.casefold() for code in listed}) < len(listed) or not all(map(_is_plain, listed))


def _is_plain(code: str) -> bool:
    if _WILD.search(code) or code.casefold() in ("true", "false"):
        return False
    return not any(map(str.isdigit, code)) or _PLAIN_WITH_DIGITS.fullmatch(code) is not None


def records_in(coded: CodedSheet) -> str:
    """Count the records of a sheet."""
    return f"COUNTA({coded.area('_code')})"


@dataclass(frozen=True)
class TurnoutFormulas:
    """How it is counted what became of a question; without ``=``."""

    answered: str
    blank: str
    not_asked: str
    nil: str


def turnout_formulas(coded: CodedSheet, item: Question | Table) -> TurnoutFormulas:
    """Return the formulas that count the answers and the blanks of a question, or of a table's rows."""
    if isinstance(item, Table):
        area = coded.area(item.name)
    elif has_standing(first := coded.records.fields_of(item)[0]):
        area = coded.standing_area(item.name)
        return TurnoutFormulas(*(f'COUNTIFS({area},"{standing.code}")' for standing in Standing))
    else:
        area = coded.area(first.name)
    not_asked, nil = _marks(area, NOT_ASKED_TEXT), _marks(area, NIL_TEXT)
    blank = f"COUNTBLANK({area})-COUNTBLANK({coded.area('_code')})"
    return TurnoutFormulas(f"COUNTA({area})-{not_asked}-{nil}", blank, not_asked, nil)


def _marks(area: Area, mark: str) -> str:
    return f"COUNTIFS({area},{mark})"
