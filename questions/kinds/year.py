"""The kind whose answer is one fiscal year."""

from decimal import Decimal
from typing import ClassVar, Literal

from questions.eras import read_fiscal_year
from questions.kinds.base import Column, Kind, Operand, OperandForm, Parsed, Scalar, wrong
from questions.labels import Language
from questions.problems import Code
from questions.setting import Setting


class FiscalYear(Kind[int]):
    """One fiscal year, as the western year in which it begins: 2027, 令和9年度 and R9 are the same."""

    name: Literal["year"] = "year"
    widget: ClassVar[str] = "years"
    operand_form: ClassVar[OperandForm] = "number"
    least: int | None = None
    most: int | None = None

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[int]:
        """Read a year, western or of an era, with or without 年度 behind it."""
        year = read_fiscal_year(texts[0])
        if year is None:
            return wrong(Code.NOT_A_YEAR, text=texts[0])
        if self.least is not None and year < self.least:
            return wrong(Code.TOO_SMALL, least=str(self.least), unit=None)
        if self.most is not None and year > self.most:
            return wrong(Code.TOO_LARGE, most=str(self.most), unit=None)
        return Parsed(year)

    def show(self, value: int, language: Language, setting: Setting) -> str:
        """Show as 2027年度, in English as FY2027; never with a thousands comma."""
        return f"{value}年度" if language == "ja" else f"FY{value}"

    def operand(self, value: int) -> Operand:
        """Expressions count in decimals."""
        return Decimal(value)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of whole numbers."""
        return (Column("whole"),)

    def cells(self, value: int, setting: Setting) -> tuple[Scalar, ...]:
        """The western year."""
        return (value,)
