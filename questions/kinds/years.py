"""The kind whose answer is several fiscal years."""

import re
from typing import Any, ClassVar, Literal

from questions.eras import read_fiscal_year
from questions.kinds.base import Kind, Operand, OperandForm, Parsed, wrong
from questions.labels import Language
from questions.problems import Code
from questions.setting import Setting

SEPARATORS = re.compile(r"[、，,;；\s]+")


class FiscalYears(Kind[tuple[int, ...]]):
    """Several fiscal years, each the western year in which it begins, in order, each once."""

    name: Literal["years"] = "years"
    widget: ClassVar[str] = "years"
    operand_form: ClassVar[OperandForm] = "codes"
    least: int | None = None
    most: int | None = None

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[tuple[int, ...]]:
        """Read years separated by 、 or a comma: 2024、令和7年度."""
        years = set()
        for text in [piece for piece in SEPARATORS.split(" ".join(texts)) if piece] or [texts[0]]:
            year = read_fiscal_year(text)
            if year is None:
                return wrong(Code.NOT_A_YEAR, text=text)
            if self.least is not None and year < self.least:
                return wrong(Code.TOO_SMALL, least=str(self.least), unit=None)
            if self.most is not None and year > self.most:
                return wrong(Code.TOO_LARGE, most=str(self.most), unit=None)
            years.add(year)
        return Parsed(tuple(sorted(years)))

    def show(self, value: tuple[int, ...], language: Language, setting: Setting) -> str:
        """Show the years, joined."""
        return ("、" if language == "ja" else ", ").join(str(year) for year in value)

    def texts(self, value: tuple[int, ...]) -> tuple[str, ...]:
        """Show in the control as they were read."""
        return ("、".join(str(year) for year in value),)

    def dump(self, value: tuple[int, ...]) -> Any:
        """Store as a list."""
        return list(value)

    def load(self, stored: Any) -> tuple[int, ...]:
        """Read the stored list."""
        return tuple(stored)

    def operand(self, value: tuple[int, ...]) -> Operand:
        """Expressions see a selection of years."""
        return tuple(str(year) for year in value)

    def cells(self, value: tuple[int, ...], setting: Setting) -> tuple[str, ...]:
        """The years, joined by ;."""
        return (";".join(str(year) for year in value),)
