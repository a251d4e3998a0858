"""The parts that formulas are put together from, and what can be done with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from questions.eras import Month
from questions.expressions.cells import NotInWorkbook
from questions.expressions.evaluate import PLACES
from questions.kinds.base import OperandForm

LONGEST_TEXT = 255  # of a text in a formula
MOST_CODES = 40  # choices that one formula turns from labels into codes
FIRST_YEAR = 1901  # a sheet counts its days from 1900, and that year with one day too many


@dataclass(frozen=True)
class Piece:
    """A part of a formula.

    ``text`` means something only where the formula ``answered`` is TRUE ("": always); ``asked`` is the part of it that
    tells whether the question is asked. ``shown``: what a choice's cell holds for each code. ``literal``: the value of
    a literal. ``whole``: a number that surely has no decimals. ``reckoned``: one that arithmetic may have left with
    more of them than it should have. ``name``: the question, for several answers.
    """

    form: OperandForm | Literal["truth"]
    text: str
    answered: str = ""
    asked: str = ""
    shown: Mapping[str, str] | None = None
    literal: str | Decimal | None = None
    whole: bool = False
    reckoned: bool = False
    name: str = ""


def quoted(text: str) -> str:
    """Return a text as a formula writes it. Raises NotInWorkbook beyond 255 characters."""
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise NotInWorkbook(text)
    return '"' + text.replace('"', '""') + '"'


def all_of(*tests: str) -> str:
    """Join tests, of which "" is always true."""
    kept = list(dict.fromkeys(test for test in tests if test))
    if "FALSE" in kept:
        return "FALSE"
    return f"AND({','.join(kept)})" if len(kept) > 1 else "".join(kept)


def any_of(tests: Iterable[str]) -> str:
    """Join tests of which one is enough; none is never true."""
    kept = list(tests)
    return f"OR({','.join(kept)})" if len(kept) > 1 else "".join(kept) or "FALSE"


def choose(condition: str, then: str, otherwise: str) -> str:
    """An IF, which works out only the branch that it takes."""
    return {"": then, "TRUE": then, "FALSE": otherwise}.get(condition) or f"IF({condition},{then},{otherwise})"


def shows(cell: str, text: str) -> str:
    """Does a cell hold this text?"""
    return f"EXACT({cell},{quoted(text)})"


def marked(cell: str) -> str:
    """Does a cell hold anything?"""
    return f'TRIM({cell})<>""'


def holds_one(choice: Piece, codes: set[str]) -> str:
    """Does a choice's cell hold one of some codes?"""
    shown = choice.shown or {}
    inside = [shows(choice.text, text) for code, text in shown.items() if code in codes]
    outside = [shows(choice.text, text) for code, text in shown.items() if code not in codes]
    if len(inside) <= len(outside):
        return all_of(choice.asked, any_of(inside))
    return all_of(choice.answered, f"NOT({any_of(outside)})" if outside else "")


def alike(left: Piece, right: Piece) -> tuple[Piece, Piece]:
    """Bring a literal to the form of the answer beside it, and two lists of choices to their codes."""
    if left.form == right.form == "text":
        return (left, right) if left.shown == right.shown else (coded(left), coded(right))
    if right.form == "text" and isinstance(right.literal, str):
        return left, brought(right, right.literal, left.form)
    if "text" in (left.form, right.form) and "truth" not in (left.form, right.form):
        raise NotInWorkbook(f"{left.form} beside {right.form}")
    return left, right


def brought(piece: Piece, text: str, form: str) -> Piece:
    """A text literal beside a number, day or month, as ``evaluate`` brings it to that."""
    if form == "number" and text.replace(".", "", 1).removeprefix("-").isdecimal():
        number = Decimal(text)
        return Piece("number", f"{number:f}", literal=number)
    if form in ("day", "month"):
        try:
            day = date.fromisoformat(text if form == "day" else f"{text}-01")
        except ValueError as fault:
            raise NotInWorkbook(text) from fault
        written = day.isoformat() if form == "day" else str(Month(day.year, day.month))
        if written != text or day.year < FIRST_YEAR:
            raise NotInWorkbook(text)
        if form == "month":
            return Piece("month", str(day.year * 12 + day.month))
        return Piece("day", f"DATE({day.year},{day.month},{day.day})")
    return piece


def coded(piece: Piece) -> Piece:
    """A choice's code instead of what its cell shows."""
    if piece.shown is None:
        return piece
    if len(piece.shown) > MOST_CODES:
        raise NotInWorkbook("too many choices")
    text = '""'
    for code, shown in piece.shown.items():
        text = f"IF({shows(piece.text, shown)},{quoted(code)},{text})"
    return replace(piece, text=text, shown=None)


def either(condition: str, then: Piece, otherwise: Piece) -> Piece:
    """One of two pieces."""
    if then.form != otherwise.form or then.form == "codes":
        raise NotInWorkbook(f"{then.form} or {otherwise.form}")
    if then.shown != otherwise.shown:
        then, otherwise = coded(then), coded(otherwise)
    sure = then.answered == otherwise.answered == ""
    answered = "" if sure else choose(condition, then.answered or "TRUE", otherwise.answered or "TRUE")
    return Piece(
        then.form,
        choose(condition, then.text, otherwise.text),
        answered,
        asked=answered,
        shown=then.shown,
        whole=then.whole and otherwise.whole,
        reckoned=then.reckoned or otherwise.reckoned,
    )


def reckoned(sign: str, left: Piece, right: Piece) -> Piece:
    """Arithmetic; unanswered where a side is no number, or divided by zero."""
    if left.form != "number" or right.form != "number":
        return Piece("number", "0", "FALSE")
    divided = ""
    if sign in ("div", "mod") and not right.literal:
        nought = right.literal is not None
        divided = "FALSE" if nought else choose(right.answered, f"ROUND({right.text},12)<>0", "FALSE")
    quotient = f"{left.text}/{right.text}"
    text = {"div": quotient, "mod": f"{left.text}-{right.text}*TRUNC(ROUND({quotient},12))"}.get(sign)
    answered = all_of(left.answered, right.answered, divided)
    whole = left.whole and right.whole and sign != "div"
    return Piece("number", f"({text or left.text + sign + right.text})", answered, whole=whole, reckoned=not whole)


def rounded(piece: Piece) -> str:
    """A number that was reckoned, without what binary fractions leave behind; the server rounds alike."""
    return f"ROUND({piece.text},{PLACES})" if piece.reckoned else piece.text
