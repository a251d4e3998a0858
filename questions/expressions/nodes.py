"""What a parsed expression is made of: frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ComparisonSign = Literal["=", "!=", "<", "<=", ">", ">="]
ArithmeticSign = Literal["+", "-", "*", "div", "mod"]


@dataclass(frozen=True)
class Text:
    """A text literal; a choice's code is one too."""

    value: str


@dataclass(frozen=True)
class Number:
    """A number literal."""

    value: Decimal


@dataclass(frozen=True)
class Reference:
    """The answer to another question: ``${B1}``."""

    name: str


@dataclass(frozen=True)
class Itself:
    """The answer that a constraint stands at: ``.``."""


@dataclass(frozen=True)
class Comparison:
    """Two sides compared; false when one of them is unanswered."""

    sign: ComparisonSign
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers reckoned with; unanswered when one of them is."""

    sign: ArithmeticSign
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Logic:
    """All (``and``) or any (``or``) of several terms."""

    joined: Literal["and", "or"]
    terms: tuple["Node", ...]


@dataclass(frozen=True)
class Call:
    """A function of the language with its arguments."""

    function: str
    arguments: tuple["Node", ...]


Node = Text | Number | Reference | Itself | Comparison | Arithmetic | Logic | Call


@dataclass(frozen=True)
class Expression:
    """An expression with the text that it was parsed from."""

    source: str
    root: Node

    def nodes(self) -> Iterator[Node]:
        """Every node, the outer before the inner."""
        return walk(self.root)

    def references(self) -> tuple[str, ...]:
        """The names of the questions that it looks at, each once, in order."""
        return tuple(dict.fromkeys(node.name for node in self.nodes() if isinstance(node, Reference)))

    def needed(self, meant: frozenset[str]) -> tuple[str, ...]:
        """The names of the questions without whose answer a rule has nothing to hold to.

        What stands inside one of the functions ``meant`` has a meaning when unanswered, too.
        """
        found = (node.name for node in _needed(self.root, meant) if isinstance(node, Reference))
        return tuple(dict.fromkeys(found))


COUNTING = frozenset({"coalesce", "count-selected", "count", "sum", "count-distinct", "count-small"})
"""Functions for which an unanswered question counts as none."""
CHOOSING = frozenset({"selected"})


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly inside one."""
    match node:
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Logic(_, terms):
            return terms
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all inside it."""
    yield node
    for child in children(node):
        yield from walk(child)


def _needed(node: Node, meant: frozenset[str]) -> Iterator[Node]:
    yield node
    if isinstance(node, Call) and node.function in meant:
        return
    for child in children(node):
        yield from _needed(child, meant)
