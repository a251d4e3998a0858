"""Kinds whose answer is a number."""

from abc import abstractmethod
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import Field, NonNegativeInt

from questions.kinds.base import Column, Kind, Operand, OperandForm, Parsed, Scalar, wrong
from questions.labels import Label, Language
from questions.numerals import TooManyDigits, read_number, show_number
from questions.problems import Code
from questions.setting import Setting

N = TypeVar("N", int, Decimal)


class Number(Kind[N]):
    """What whole numbers and amounts share: bounds, a unit, and how officials write them."""

    cell_format: ClassVar[str] = "whole"
    operand_form: ClassVar[OperandForm] = "number"
    widget: ClassVar[str] = "number"
    seconds: ClassVar[int] = 40
    summary: ClassVar[Literal["texts", "numbers", "choices"]] = "numbers"
    unit: Label | None = None

    @abstractmethod
    def bounds(self) -> tuple[N | None, N | None]:
        """Return the least and the most that is accepted."""

    @abstractmethod
    def narrowed(self, number: Decimal) -> Parsed[N]:
        """Turn a number that was read into this kind's own."""

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[N]:
        """Read a number, with or without its unit behind it, and hold it against the bounds."""
        text = texts[0].strip()
        if self.unit is not None:
            text = text.removesuffix(self.unit.ja).removesuffix(self.unit.en)
        try:
            number = read_number(text)
        except TooManyDigits:
            return wrong(Code.TOO_MANY_DIGITS)
        if number is None:
            return wrong(Code.NOT_A_NUMBER)
        parsed = self.narrowed(number)
        least, most = self.bounds()
        if parsed.value is not None and least is not None and parsed.value < least:
            return wrong(Code.TOO_SMALL, least=least, most=most, unit=self.unit)
        if parsed.value is not None and most is not None and parsed.value > most:
            return wrong(Code.TOO_LARGE, least=least, most=most, unit=self.unit)
        return parsed

    def show(self, value: N, language: Language, setting: Setting) -> str:
        """Show with thousands commas; the unit stands beside, not in it."""
        return show_number(value)

    def texts(self, value: N) -> tuple[str, ...]:
        """Show in the control as it was read."""
        return (show_number(value),)

    def operand(self, value: N) -> Operand:
        """Expressions count in decimals."""
        return Decimal(value)

    def reading_cell(self, value: N, language: Language, setting: Setting) -> Scalar:
        """A number stays a number."""
        return value

    def cells(self, value: N, setting: Setting) -> tuple[Scalar, ...]:
        """A number stays a number."""
        return (value,)


class Whole(Number[int]):
    """A whole number of things."""

    name: Literal["whole"] = "whole"
    least: int | None = None
    most: int | None = None

    def bounds(self) -> tuple[int | None, int | None]:
        """Return the least and the most that is accepted."""
        return self.least, self.most

    def narrowed(self, number: Decimal) -> Parsed[int]:
        """Refuse a fraction; never round."""
        return Parsed(int(number)) if number == int(number) else wrong(Code.NOT_WHOLE)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of whole numbers."""
        return (Column("whole"),)


class Amount(Number[Decimal]):
    """A decimal amount with at most ``places`` decimals."""

    name: Literal["amount"] = "amount"
    cell_format: ClassVar[str] = "decimal"
    least: Decimal | None = None
    most: Decimal | None = None
    places: NonNegativeInt = Field(default=1, le=6)

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Return the least and the most that is accepted."""
        return self.least, self.most

    def narrowed(self, number: Decimal) -> Parsed[Decimal]:
        """Refuse more decimals than are asked; never round."""
        shortened = round(number, self.places)
        return Parsed(shortened) if shortened == number else wrong(Code.TOO_MANY_PLACES, places=self.places)

    def dump(self, value: Decimal) -> str:
        """Decimals are stored as text, so that none is changed."""
        return str(value)

    def load(self, stored: Any) -> Decimal:
        """Read the stored text."""
        return Decimal(stored)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of decimals."""
        return (Column("decimal"),)
