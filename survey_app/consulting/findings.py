"""What was found in a division's workbook that came back: codes and places, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exports.form.opened import Spot
from survey_app.receiving.findings import NOTHING, Weight
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.refusals import Reason


class Sign(StrEnum):
    """What can be found beside what can be the matter with any cell. Every sign has sentences in both languages."""

    OTHER_ROW = "other_row"  # a need that this division is not asked about
    UNKNOWN_ROW = "unknown_row"  # nothing tells which need it is
    MISMATCHED_ROW = "mismatched_row"  # what people see and the hidden key speak of different needs
    TWICE = "twice"  # a need answered in two rows, differently
    OUTSIDE_ROW = "outside_row"
    COPIED_TABLE = "copied_table"
    LOST_COLUMN = "lost_column"
    DOUBLED_COLUMN = "doubled_column"
    CONFLICT = "conflict"  # the response was changed elsewhere since the workbook was made
    SETTLED = "settled"  # it was handed in
    PROBLEM = "problem"  # the question says what is wrong; it is in the context
    NEED_CHANGED = "need_changed"
    NEED_GONE = "need_gone"


class BookReason(StrEnum):
    """Why a workbook as a whole is not taken in. Every reason has a sentence in both languages."""

    NOT_A_BOOK = "not_a_book"
    TOWN_FORM = "town_form"  # the form of a municipality
    NO_IDENTITY = "no_identity"
    CONTRADICTORY = "contradictory"
    OTHER_INQUIRY = "other_inquiry"
    OTHER_ROUND = "other_round"
    OTHER_DIVISION = "other_division"
    NOT_ASKED = "not_asked"
    ROUND_CLOSED = "round_closed"


@dataclass(frozen=True)
class BookRefusal:
    """Why a workbook is not taken in; ``context`` holds what a sentence needs."""

    reason: BookReason | Reason
    context: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class BookRefused(Exception):
    """A workbook that is not taken in."""

    def __init__(self, reason: BookReason | Reason, **context: str) -> None:
        super().__init__(reason.value, context)
        self.refusal = BookRefusal(reason, context)


@dataclass(frozen=True)
class BookFinding:
    """One thing that was found. ``control`` is the number of the need, "" when it is about none; so is ``question``."""

    sign: Sign | CellSign
    weight: Weight
    spot: Spot | None = None
    control: str = ""
    question: str = ""
    content: str = ""
    context: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
