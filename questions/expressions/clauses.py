"""What a language has to offer so that an expression can be said in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from questions.kinds.base import OperandForm
from questions.labels import Label


@dataclass(frozen=True)
class Clause:
    """One condition in the forms that sentences need.

    ``plain``: B1が「要望あり」. ``when``: B1が「要望あり」のとき. ``must``: B1が「要望あり」であること.
    ``linked``, before an "and": B1が「要望あり」であり.
    """

    plain: str
    when: str
    must: str
    linked: str


@dataclass(frozen=True)
class Statement:
    """A condition and its contrary."""

    said: Clause
    denied: Clause

    def contrary(self) -> "Statement":
        """Return the contrary."""
        return Statement(self.denied, self.said)


class Grammar(Protocol):
    """How a language says the parts of an expression. A subject "" is the answer that the expression stands at."""

    def quoted(self, text: str) -> str:
        """A label or text, in quotation marks."""

    def number(self, number: Decimal, unit: Label | None) -> str:
        """A number with its unit."""

    def named(self, label: Label, number: Decimal) -> str:
        """A constant."""

    def reckoned(self, sign: str, left: str, right: str) -> str:
        """Arithmetic."""

    def bracketed(self, text: str) -> str:
        """A part that is to be read first."""

    def counted(self, function: str, text: str, limit: str) -> str:
        """What a function of one question gives; today for "today"."""

    def unless_answered(self, text: str, otherwise: str) -> str:
        """An answer, or something else while it is missing."""

    def either(self, condition: Clause, then: str, otherwise: str) -> str:
        """One thing or another, without brackets."""

    def compared(self, sign: str, subject: str, other: str, form: OperandForm) -> Statement:
        """A comparison of two sides of a form."""

    def is_one_of(self, subject: str, texts: Sequence[str]) -> Statement:
        """A choice that is one of these."""

    def is_only(self, subject: str, text: str) -> Statement:
        """The one choice of several that was made."""

    def is_other_than(self, subject: str, text: str) -> Statement:
        """A choice that was made and is not this."""

    def chooses(self, many: str, texts: Sequence[str]) -> Statement:
        """One of these was chosen in a question of several choices."""

    def includes(self, many: str, one: str) -> Statement:
        """Several answers, one of which is this."""

    def is_among(self, one: str, many: str) -> Statement:
        """An answer that is one of several."""

    def answered(self, subject: str) -> Statement:
        """There is an answer."""

    def always(self) -> Statement:
        """What holds in any case."""

    def all_of(self, statements: Sequence[Statement]) -> Statement:
        """Several conditions that hold together."""

    def any_of(self, statements: Sequence[Statement]) -> Statement:
        """Several conditions of which one is enough."""

    def said(self, clause: Clause) -> Statement:
        """A condition in brackets."""
