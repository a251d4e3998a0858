"""What a format can hold exactly. A column that does not fit its own type becomes text as a whole, and is told."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

EXACT_DIGITS = 15
"""So many digits a number of a spreadsheet keeps."""
FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it, programs count days differently


def doubles_hold(values: Iterable[Any]) -> bool:
    """Can all numbers be kept as doubles, so that they read as they were written?"""
    return all(value is None or _is_double(value) for value in values)


def _is_double(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return abs(value) <= 2**53
    digits = len(value.as_tuple().digits)
    return digits <= EXACT_DIGITS or Decimal(repr(float(value))) == value


def cells_hold(values: Iterable[Any]) -> bool:
    """Can all numbers stand in cells of a spreadsheet?"""
    return all(value is None or _digits(value) <= EXACT_DIGITS for value in values)


def _digits(value: int | Decimal) -> int:
    number = Decimal(value).normalize().as_tuple()
    return len(number.digits) + max(0, int(number.exponent))


def whole_64(values: Iterable[Any]) -> bool:
    """Can all whole numbers be kept in 64 bits?"""
    return all(value is None or -(2**63) <= value < 2**63 for value in values)


def days_since_1900(values: Iterable[Any]) -> bool:
    """Are all days such as spreadsheets count?"""
    return all(value is None or value >= FIRST_EXCEL_DAY for value in values)


def plain_text(value: Any) -> str | None:
    """Return a value as text that loses nothing; None where there is none."""
    if value is None:
        return None
    if isinstance(value, date):  # moments as well
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def texts(values: Sequence[Any]) -> list[str | None]:
    """Return values as texts."""
    return [plain_text(value) for value in values]
