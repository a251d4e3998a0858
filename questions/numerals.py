"""Numbers as officials write them: full-width digits, thousands commas, ▲ and △ for minus."""

import re
from decimal import Decimal

NARROW = str.maketrans("０１２３４５６７８９．，＋－−‐–▲△", "0123456789.,+------")
MOST_DIGITS = 15  # what a cell of a workbook keeps

_NUMBER = re.compile(r"([+-]?)((?:[0-9]{1,3}(?:,[0-9]{3})+)|[0-9]+)(\.[0-9]+)?")


class TooManyDigits(ValueError):
    """A number with more digits than a workbook can hold."""


def narrow(text: str) -> str:
    """Return ``text`` with full-width digits, signs, commas and points made narrow."""
    return text.translate(NARROW)


def read_number(text: str) -> Decimal | None:
    """Read a number; None when it is none.

    Accepts ``1,234``, ``１２．５``, ``▲5``, ``△5``, ``−5``; never ``1_000``, ``NaN``, ``1e5`` or ``12,34``.
    Raises TooManyDigits beyond 15 digits; zeros that end a fraction do not count.
    """
    found = _NUMBER.fullmatch(narrow(text).strip())
    if found is None:
        return None
    sign, whole, fraction = found.groups(default="")
    digits = whole.replace(",", "").lstrip("0") + fraction.lstrip(".").rstrip("0")
    if len(digits) > MOST_DIGITS:
        raise TooManyDigits(text)
    number = Decimal(whole.replace(",", "") + fraction)
    return -number if sign == "-" and number else number


def show_number(number: int | Decimal) -> str:
    """Show a number with thousands commas and no exponent."""
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
