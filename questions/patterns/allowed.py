"""Says whether a pattern may be used, and holds a text against it in bounded time."""

import re
from enum import StrEnum
from functools import lru_cache

from questions.patterns.ambiguity import is_ambiguous
from questions.patterns.automaton import LONGEST_TEXT, Automaton, NotUsable

LONGEST_PATTERN = 200
"""Characters of a pattern."""
NO_PATTERN = (re.error, RecursionError, OverflowError)
"""What Python raises for what cannot be read as a pattern."""


class Objection(StrEnum):
    """Why a pattern may not be used."""

    LONG = "long"
    UNSUPPORTED = "unsupported"  # what points back to what was found, and the like
    LARGE = "large"  # repeats of great numbers within each other
    AMBIGUOUS = "ambiguous"  # the same text can be read in ever more ways


@lru_cache(maxsize=1024)
def objection(pattern: str) -> Objection | None:
    """Return why a new pattern may not be used; None when it may, and for what is no pattern at all."""
    if len(pattern) > LONGEST_PATTERN:
        return Objection.LONG
    try:
        Automaton(pattern)
        return Objection.AMBIGUOUS if is_ambiguous(pattern) else None
    except NotUsable as fault:
        return Objection(str(fault))
    except NO_PATTERN:
        return None


def matches(pattern: str, text: str) -> bool:
    """Does the whole text match? One of over ``LONGEST_TEXT`` characters does not.

    A questionnaire that was stored before may hold a pattern to which there is an objection: it is matched all the
    same where an automaton can be made of it, and asks nothing where none can.
    """
    if len(text) > LONGEST_TEXT:
        return False
    automaton = _automaton(pattern)
    return automaton is None or automaton.matches(text)


@lru_cache(maxsize=256)
def _automaton(pattern: str) -> Automaton | None:
    try:
        return Automaton(pattern)
    except (NotUsable, *NO_PATTERN):
        return None
