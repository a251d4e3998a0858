"""Kinds whose answer is a day or a month, in western years or eras."""

from datetime import date
from typing import Any, ClassVar, Literal

from questions.eras import Month, OutsideEra, read_day, read_month, show_day, show_month
from questions.kinds.base import Column, Kind, Operand, OperandForm, Parsed, Scalar, wrong
from questions.labels import Language
from questions.problems import Code
from questions.setting import Setting


class Day(Kind[date]):
    """One day."""

    name: Literal["day"] = "day"
    widget: ClassVar[str] = "day"
    cell_format: ClassVar[str] = "day"
    operand_form: ClassVar[OperandForm] = "day"

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[date]:
        """Read 2026-04-01, R8.4.1, 令和8年4月1日 and their like."""
        try:
            day = read_day(texts[0])
        except OutsideEra:
            return wrong(Code.OUTSIDE_ERA)
        return wrong(Code.NOT_A_DAY) if day is None else Parsed(day)

    def show(self, value: date, language: Language, setting: Setting) -> str:
        """Show as 令和8年4月1日, in English as 2026-04-01."""
        return show_day(value) if language == "ja" else value.isoformat()

    def texts(self, value: date) -> tuple[str, ...]:
        """Show in the control as it was read."""
        return (show_day(value),)

    def dump(self, value: date) -> str:
        """Store as 2026-04-01."""
        return value.isoformat()

    def load(self, stored: Any) -> date:
        """Read the stored text."""
        return date.fromisoformat(stored)

    def operand(self, value: date) -> Operand:
        """Expressions compare days."""
        return value

    def reading_cell(self, value: date, language: Language, setting: Setting) -> Scalar:
        """A day stays a day."""
        return value

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of days."""
        return (Column("day"),)

    def cells(self, value: date, setting: Setting) -> tuple[Scalar, ...]:
        """A day stays a day."""
        return (value,)


class YearMonth(Kind[Month]):
    """One month of a year."""

    name: Literal["month"] = "month"
    widget: ClassVar[str] = "month"
    cell_format: ClassVar[str] = "month"
    operand_form: ClassVar[OperandForm] = "month"

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[Month]:
        """Read 2027-04, R9.4, 令和9年4月 and their like."""
        try:
            month = read_month(texts[0])
        except OutsideEra:
            return wrong(Code.OUTSIDE_ERA)
        return wrong(Code.NOT_A_MONTH) if month is None else Parsed(month)

    def show(self, value: Month, language: Language, setting: Setting) -> str:
        """Show as 令和9年4月, in English as 2027-04."""
        return show_month(value) if language == "ja" else str(value)

    def texts(self, value: Month) -> tuple[str, ...]:
        """Show in the control as it was read."""
        return (show_month(value),)

    def dump(self, value: Month) -> str:
        """Store as 2027-04."""
        return str(value)

    def load(self, stored: Any) -> Month:
        """Read the stored text."""
        return Month.from_text(stored)

    def operand(self, value: Month) -> Operand:
        """Expressions compare months."""
        return value

    def reading_cell(self, value: Month, language: Language, setting: Setting) -> Scalar:
        """The first day of the month, which the cell's format shows as a month."""
        return value.first

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of months."""
        return (Column("month"),)
