"""What is found in an XLSForm: a cell, a code and its context, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from questions.model import Questionnaire
from questions.problems import Level

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Sign(StrEnum):
    """What can be found. Every sign has a sentence in both languages that says what to write instead."""

    # The workbook as a whole
    NO_SURVEY = "no_survey"
    NO_HEADER = "no_header"
    MISSING_COLUMN = "missing_column"
    DOUBLE_COLUMN = "double_column"
    EMPTY_SURVEY = "empty_survey"
    TOO_MANY_ROWS = "too_many_rows"
    # A cell
    BROKEN_CELL = "broken_cell"
    DATE_IN_CELL = "date_in_cell"
    CONTROL_CHARACTER = "control_character"
    TOO_LONG = "too_long"
    MISSING_TYPE = "missing_type"
    MISSING_NAME = "missing_name"
    BAD_NAME = "bad_name"
    RESERVED_NAME = "reserved_name"
    DUPLICATE_NAME = "duplicate_name"
    MISSING_LABEL = "missing_label"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_NUMBER = "not_a_number"
    WRONG_VALUE = "wrong_value"
    # Kinds and choices
    UNKNOWN_TYPE = "unknown_type"
    UNSUPPORTED_TYPE = "unsupported_type"
    MISSING_LIST = "missing_list"
    NO_SUCH_LIST = "no_such_list"
    BAD_CODE = "bad_code"
    DUPLICATE_CODE = "duplicate_code"
    # Groups and repeats
    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    CROSSED = "crossed"
    NESTED_REPEAT = "nested_repeat"
    EMPTY_TABLE = "empty_table"
    # Expressions
    BAD_EXPRESSION = "bad_expression"
    COMPARED_WITH_BLANK = "compared_with_blank"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_CODE = "unknown_code"
    BAD_PATTERN = "bad_pattern"
    CALCULATION = "calculation"
    # What the reader of definitions found besides
    DEFINITION = "definition"
    # What is read otherwise than it is written, or left out
    NESTED_GROUP = "nested_group"
    EMPTY_GROUP = "empty_group"
    OWN_SECTION = "own_section"
    OTHER_ADDED = "other_added"
    NOTE_MOVED = "note_moved"
    NOTE_ALWAYS = "note_always"
    ONE_LANGUAGE = "one_language"
    UNTRANSLATED = "untranslated"
    OTHER_LANGUAGE = "other_language"
    COLUMN_IGNORED = "column_ignored"
    CELL_IGNORED = "cell_ignored"
    TYPE_IGNORED = "type_ignored"
    APPEARANCE_IGNORED = "appearance_ignored"
    MESSAGE_ADDED = "message_added"
    TITLE_ADDED = "title_added"
    NAME_MADE = "name_made"
    SHEET_IGNORED = "sheet_ignored"
    OPEN_REPEAT = "open_repeat"
    JOINED_CELLS = "joined_cells"


NOTES = frozenset(list(Sign)[list(Sign).index(Sign.NESTED_GROUP) :])
"""Signs that do not keep a questionnaire from being used."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found. ``cell`` is such as B7, "" when it is about a whole sheet (``sheet`` "": the file).

    ``content``: what the cell holds; ``context``: what a sentence needs.
    """

    sheet: str
    cell: str
    content: str
    code: Sign
    context: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def level(self) -> Level:
        """ERROR keeps the questionnaire from being used; NOTE is only said."""
        return Level.NOTE if self.code in NOTES else Level.ERROR


@dataclass(frozen=True)
class XlsformRead:
    """What became of a workbook.

    ``document``: the definition as ``questions.reading.read_document`` takes it, with stand-ins where there are
    errors; ``questionnaire``: None while there are errors; ``findings``: errors and notes in the order of the cells.
    """

    document: Mapping[str, Any]
    questionnaire: Questionnaire | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before the questionnaire can be used."""
        return tuple(one for one in self.findings if one.level is Level.ERROR)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is read otherwise than it is written, or left out."""
        return tuple(one for one in self.findings if one.level is Level.NOTE)
