"""What was found in the cells of a form that came back: codes and places, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exports.form.opened import Spot
from questions.answers import Place

NOTHING: Mapping[str, Any] = {}


class Weight(StrEnum):
    """What a finding means for the answer."""

    REFUSED = "refused"  # it is not taken in
    WRONG = "wrong"  # it is taken in as typed, and cannot be handed in so
    NOTE = "note"  # it is taken in; a word about it


class Sign(StrEnum):
    """What can be found. Every sign has a sentence in both languages, and one that says what to do."""

    # The content of a cell cannot be told (as exports.form.typed.Doubt)
    ERROR_VALUE = "error_value"
    NOT_CALCULATED = "not_calculated"
    DATE_INSTEAD = "date_instead"
    SCALED = "scaled"
    NOT_A_MARK = "not_a_mark"
    BROKEN_CHARACTER = "broken_character"
    MARKS_AND_TEXT = "marks_and_text"
    TWO_PLACES = "two_places"
    COVERED = "covered"
    # The place of an answer is not what it was
    LOST_PLACE = "lost_place"
    LOST_CHOICE = "lost_choice"
    LOST_TABLE = "lost_table"
    COPIED_TABLE = "copied_table"
    UNKNOWN_ROW = "unknown_row"
    OUTSIDE_ROW = "outside_row"
    STRANGER = "stranger"
    FAR_CELLS = "far_cells"
    # The answer cannot be taken in now, or not as it is
    SETTLED = "settled"
    PROBLEM = "problem"  # the kind says what is wrong; it is in the context
    # What is said besides
    FORMULA = "formula"
    NUMBER_IN_TEXT = "number_in_text"
    MOVED = "moved"
    EARLIER_VERSION = "earlier_version"


@dataclass(frozen=True)
class Finding:
    """One thing that was found. ``place`` and ``spot`` are None when it is about no answer, or no cell."""

    sign: Sign
    weight: Weight
    place: Place | None = None
    spot: Spot | None = None
    content: str = ""
    context: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
