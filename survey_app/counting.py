"""Reads the numbers that stand in addresses and forms, such as that of a round: one reader for all of them.

Python refuses to read a number of over 4,300 digits, and the database one of over 19: whoever writes such a number
asks for what does not exist.
"""

from werkzeug.routing import IntegerConverter

MOST_DIGITS = 18
"""Digits of a number; every number of so many is kept by the database."""


def read_number(text: str) -> int | None:
    """Return a number of ordinary digits, from 0; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def known_number(text: str) -> int:
    """Return the number by which something is named. Raises LookupError for what names nothing."""
    found = read_number(text)
    if found is None:
        raise LookupError(text[:MOST_DIGITS])
    return found


class NumberInPath(IntegerConverter):
    """A number in the path of an address; what cannot be read is another address, which leads nowhere."""

    regex = rf"[0-9]{{1,{MOST_DIGITS}}}"
