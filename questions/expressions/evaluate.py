"""Works an expression out over answers: the check on the server."""

import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any, Protocol

from questions.eras import Month
from questions.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Itself,
    Logic,
    Node,
    Number,
    Reference,
    Text,
)
from questions.kinds.base import Operand

PLACES = 9
"""Numbers are told apart by so many decimals, here as in a workbook: a third times three is one."""

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_RECKONED: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": operator.truediv,
    "mod": operator.mod,
}


class Scope(Protocol):
    """What an expression can look at; None is unanswered (or not asked)."""

    def operand(self, name: str) -> Operand:
        """The answer to a question."""

    def itself(self) -> Operand:
        """The answer that the expression stands at."""

    def column(self, name: str) -> Sequence[Operand]:
        """The answers of a table's column, or one entry a row for a table's own name."""

    def today(self) -> date:
        """The server's day."""

    def is_small(self, code: str, inhabitants: int) -> bool:
        """Is the municipality a 町 or 村 with fewer inhabitants?"""


def holds(expression: Expression, scope: Scope) -> bool:
    """Say whether the expression is true; what is unanswered is not."""
    return bool(value(expression.root, scope))


def value(node: Node, scope: Scope) -> Operand:
    """Work out one node."""
    match node:
        case Text(text):
            return text
        case Number(number):
            return number
        case Reference(name):
            return scope.operand(name)
        case Itself():
            return scope.itself()
        case Logic(joined, terms):
            return (all if joined == "and" else any)(bool(value(term, scope)) for term in terms)
        case Comparison(sign, left, right):
            return compare(sign, value(left, scope), value(right, scope))
        case Arithmetic(sign, left, right):
            return _reckon(sign, value(left, scope), value(right, scope))
        case Call(function, arguments):
            return _call(function, arguments, scope)


def compare(sign: str, left: Operand, right: Operand) -> bool:
    """Compare two sides; false when one is unanswered or they cannot be compared."""
    if left is None or right is None:
        return False
    left, right = _alike(left, right)
    if type(left) is not type(right):
        return sign == "!="
    return _COMPARED[sign](_rounded(left), _rounded(right))


def _rounded(operand: Operand) -> Operand:
    if isinstance(operand, Decimal) and int(operand.as_tuple().exponent) < -PLACES:
        return operand.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return operand


def _alike(left: Operand, right: Operand) -> tuple[Operand, Operand]:
    """Bring a literal to the type of the answer that it is compared with."""
    if isinstance(left, str) and not isinstance(right, str):
        right, left = _alike(right, left)
    elif isinstance(right, str):
        match left:
            case Decimal() if right.replace(".", "", 1).removeprefix("-").isdecimal():
                return left, Decimal(right)
            case date() | Month():
                return str(left), right
            case tuple() if len(left) == 1:
                return left[0], right
    return left, right


def _reckon(sign: str, left: Operand, right: Operand) -> Operand:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    try:
        return _RECKONED[sign](left, right)
    except DecimalException:  # divided by zero, or beyond all digits
        return None


def _call(function: str, arguments: tuple[Node, ...], scope: Scope) -> Operand:
    match function, arguments:
        case "if", (condition, then, otherwise):
            return value(then if value(condition, scope) else otherwise, scope)
        case "coalesce", (first, second):
            found = value(first, scope)
            return value(second, scope) if found is None else found
        case "today", ():
            return scope.today()
        case (("true" | "false"), ()):
            return function == "true"
        case "not", (term,):
            return not value(term, scope)
        case "selected", (many, one):
            wanted = value(one, scope)
            return wanted is not None and _as_text(wanted) in _as_codes(value(many, scope))
        case "count-selected", (many,):
            return Decimal(len(_as_codes(value(many, scope))))
        case "string-length", (text,):
            return Decimal(len(str(value(text, scope) or "")))
        case "count-small", (many, most):
            inhabitants = value(most, scope)
            limit = int(inhabitants) if isinstance(inhabitants, Decimal) else 0
            return Decimal(sum(scope.is_small(code, limit) for code in _as_codes(value(many, scope))))
        case _, (Reference(name),):
            return _over_rows(function, scope.column(name))
    return None


def _over_rows(function: str, column: Sequence[Operand]) -> Operand:
    if function == "sum":
        return sum((cell for cell in column if isinstance(cell, Decimal)), Decimal(0))
    if function == "count-distinct":
        return Decimal(len({cell for cell in column if cell is not None}))
    return Decimal(len(column))


def _as_codes(many: Operand) -> tuple[str, ...]:
    if isinstance(many, tuple):
        return many
    return () if many is None else (_as_text(many),)


def _as_text(one: Operand) -> str:
    return f"{one.normalize():f}" if isinstance(one, Decimal) else str(one)
