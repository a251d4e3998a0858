"""Reads an expression: a subset of XLSForm's XPath."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn, cast

from questions.expressions.nodes import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Expression,
    Itself,
    Logic,
    Node,
    Number,
    Reference,
    Text,
)

# Every function with the least and the most arguments that it takes.
FUNCTIONS = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "not": (1, 1),
    "coalesce": (2, 2),
    "if": (3, 3),
    "string-length": (1, 1),
    "today": (0, 0),
    "sum": (1, 1),
    "count": (1, 1),
    "count-distinct": (1, 1),
    "count-small": (2, 2),
    "true": (0, 0),
    "false": (0, 0),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<reference>\$\{[^}]*\})|(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_-]*)|(?P<sign><=|>=|!=|[=<>+\-*(),.]))"
)
OVER_ROWS = frozenset({"sum", "count", "count-distinct"})  # these take a column or a table
DEEPEST = 40  # levels of brackets and functions
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class BadExpression(ValueError):
    """An expression that cannot be read; ``place`` counts characters from 1."""

    def __init__(self, source: str, place: int, found: str, expected: str) -> None:
        super().__init__(f"{source!r}, character {place}: found {found!r}, expected {expected}")
        self.source, self.place, self.found, self.expected = source, place, found, expected


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """Read an expression. Raises BadExpression with the place of the fault."""
    return Expression(source, _Reader(source).whole())


class _Reader:
    """A descent through the tokens; the loosest binding first: or, and, comparison, sum, product."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = self._tokens()
        self.next = 0
        self.depth = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        tokens, place = [], 0
        text = self.source.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                raise BadExpression(self.source, place + 1, text[place:].strip()[:10], "an expression")
            kind = str(found.lastgroup)
            tokens.append((kind, found[kind], found.start(kind) + 1))
            place = found.end()
        return [*tokens, ("end", "", len(text) + 1)]

    def whole(self) -> Node:
        node = self.either()
        if self.tokens[self.next][0] != "end":
            self.fail("the end")
        return node

    def fail(self, expected: str) -> NoReturn:
        self.fail_at(self.next, expected)

    def fail_at(self, token: int, expected: str) -> NoReturn:
        _, text, place = self.tokens[token]
        raise BadExpression(self.source, place, text, expected)

    def take(self, *wanted: str) -> str | None:
        """Take the next token when it is one of these signs or words."""
        kind, text, _ = self.tokens[self.next]
        if kind in ("sign", "word") and text in wanted:
            self.next += 1
            return text
        return None

    def either(self) -> Node:
        return self.joined("or", self.both)

    def inner(self, part: Callable[[], Node]) -> Node:
        """Read one level deeper."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("less nesting")
        node = part()
        self.depth -= 1
        return node

    def both(self) -> Node:
        return self.joined("and", self.comparison)

    def joined(self, word: str, part: Callable[[], Node]) -> Node:
        terms = [part()]
        while self.take(word):
            terms.append(part())
        return terms[0] if len(terms) == 1 else Logic("and" if word == "and" else "or", tuple(terms))

    def comparison(self) -> Node:
        left = self.sum()
        sign = self.take("=", "!=", "<", "<=", ">", ">=")
        return left if sign is None else Comparison(cast(ComparisonSign, sign), left, self.sum())

    def sum(self) -> Node:
        return self.chain(self.product, "+", "-")

    def product(self) -> Node:
        return self.chain(self.unit, "*", "div", "mod")

    def chain(self, part: Callable[[], Node], *signs: str) -> Node:
        node = part()
        while sign := self.take(*signs):
            node = Arithmetic(cast(ArithmeticSign, sign), node, part())
        return node

    def unit(self) -> Node:
        kind, text, _ = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "text":
            return Text(text[1:-1])
        if kind == "reference" and _NAME.fullmatch(text[2:-1].strip()):
            return Reference(text[2:-1].strip())
        if (kind, text) == ("sign", "."):
            return Itself()
        if (kind, text) == ("sign", "-"):
            return Arithmetic("-", Number(Decimal(0)), self.inner(self.unit))
        if (kind, text) == ("sign", "("):
            inner = self.inner(self.either)
            self.close()
            return inner
        if kind == "word" and text in FUNCTIONS:
            return self.call(text)
        self.next -= 1
        return self.fail("a question such as ${B1}, a literal or a function")

    def call(self, function: str) -> Node:
        start = self.next - 1
        if not self.take("("):
            self.fail("(")
        arguments: list[Node] = []
        if not self.take(")"):
            arguments.append(self.inner(self.either))
            while self.take(","):
                arguments.append(self.inner(self.either))
            self.close()
        least, most = FUNCTIONS[function]
        if not least <= len(arguments) <= most:
            self.fail_at(start, f"{least} argument(s) of {function}()")
        if function in OVER_ROWS and not isinstance(arguments[0], Reference):
            self.fail_at(start + 2, f"a column or table as ${{D1}} in {function}()")
        return Call(function, tuple(arguments))

    def close(self) -> None:
        if not self.take(")"):
            self.fail(")")
