"""Patterns, held against texts by a matcher that never goes back: the Rust engine that pydantic brings.

Python's own tries one reading after another, and may need longer than anybody waits for a text of thirty characters.
Here the work grows with the length of the text and with the size of the pattern, whatever both are.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

LONGEST_PATTERN = 200
"""Characters of a pattern."""
NO_PATTERN = (re.error, RecursionError, OverflowError)
"""What Python raises for what cannot be read as a pattern."""


class Objection(StrEnum):
    """Why a pattern may not be used."""

    LONG = "long"
    UNSUPPORTED = "unsupported"  # what looks ahead, points back to what was found, and the like
    LARGE = "large"  # repeats of great numbers within each other


def objection(pattern: str) -> Objection | None:
    """Return why a new pattern may not be used; None when it may, and for what is no pattern at all."""
    if len(pattern) > LONGEST_PATTERN:
        return Objection.LONG
    try:
        re.compile(pattern)
    except NO_PATTERN:
        return None
    made = _matcher(pattern)
    return made if isinstance(made, Objection) else None


def matches(pattern: str, text: str) -> bool:
    """Does the whole text match?

    A questionnaire that was stored before may hold a pattern that cannot be used: it asks nothing.
    """
    made = _matcher(pattern)
    try:
        return isinstance(made, Objection) or made.validate_python(text) == text
    except ValidationError:
        return False


@lru_cache(maxsize=1024)
def _matcher(pattern: str) -> TypeAdapter[str] | Objection:
    """Return what matches a pattern, or why nothing does."""
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=rf"\A(?:{pattern})\z")])
    except SchemaError as fault:
        return Objection.LARGE if "size limit" in str(fault) else Objection.UNSUPPORTED
