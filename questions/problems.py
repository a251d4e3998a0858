"""What is wrong with an answer or a definition: a code, a place and its context, never prose.

The sentences for people are made from these in one other room; tests assert the codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Level(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"  # cannot be accepted
    CONFIRM = "confirm"  # is accepted when the officer confirms it
    NOTE = "note"  # is only said


class Code(StrEnum):
    """What can be wrong with an answer. Every code has a sentence in both languages."""

    REQUIRED = "required"
    REQUIRED_HERE = "required_here"
    TOO_LONG = "too_long"
    LINE_BREAK = "line_break"
    CONTROL_CHARACTER = "control_character"
    PATTERN = "pattern"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_MANY_DIGITS = "too_many_digits"
    TOO_MANY_PLACES = "too_many_places"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DAY = "not_a_day"
    NOT_A_MONTH = "not_a_month"
    NOT_A_YEAR = "not_a_year"
    OUTSIDE_ERA = "outside_era"
    NOT_AN_EMAIL = "not_an_email"
    UNKNOWN_CHOICE = "unknown_choice"
    ONE_ONLY = "one_only"
    TOO_FEW_CHOICES = "too_few_choices"
    TOO_MANY_CHOICES = "too_many_choices"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    AMBIGUOUS_MUNICIPALITY = "ambiguous_municipality"
    CONSTRAINT = "constraint"
    CHECK = "check"
    TOO_FEW_ROWS = "too_few_rows"
    TOO_MANY_ROWS = "too_many_rows"
    RANK = "rank"
    NOT_A_FILE = "not_a_file"
    TOO_MANY_FILES = "too_many_files"
    # A file that was sent is not taken
    FILE_LEFT_OUT = "file_left_out"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TYPE = "file_type"
    FILE_CONTENT = "file_content"
    FILE_MACRO = "file_macro"
    FILE_NAME = "file_name"
    NO_ROOM = "no_room"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one answer.

    ``question`` and ``row`` (a row's id, "" outside tables) say where; ``context`` holds what a sentence needs:
    limits, what was typed, or the questionnaire's own message (a Label under "message").
    """

    code: Code
    question: str = ""
    row: str = ""
    level: Level = Level.ERROR
    context: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def place(self) -> tuple[str, str]:
        """Where it is: (row id, question name)."""
        return (self.row, self.question)

    def at(self, question: str, row: str = "") -> "Problem":
        """Return the same problem at a place."""
        return Problem(self.code, question, row, self.level, self.context)


class Context(dict[str, Any]):
    """The context of a fault; it can be hashed, so that a fault found twice is told once."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((key, str(value)) for key, value in self.items())))


class FaultCode(StrEnum):
    """What can be wrong with the definition of a questionnaire."""

    NOT_TOML = "not_toml"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    WRONG_VALUE = "wrong_value"
    UNKNOWN_KIND = "unknown_kind"
    BAD_EXPRESSION = "bad_expression"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_CHOICE_LIST = "unknown_choice_list"
    UNKNOWN_CODE = "unknown_code"
    DUPLICATE_NAME = "duplicate_name"
    RESERVED_NAME = "reserved_name"
    CIRCULAR = "circular"
    MESSAGE_MISSING = "message_missing"
    PATTERN_REFUSED = "pattern_refused"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a definition.

    ``address`` is where it stands, e.g. ``T > T4.longest``; ``context`` what a sentence needs.
    """

    code: FaultCode
    address: str
    context: Context = field(default_factory=Context)
