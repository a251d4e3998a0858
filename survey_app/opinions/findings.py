"""What is found in a 回答書 that came back: codes and places, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exports.form.opened import Spot
from survey_app.receiving.findings import NOTHING, Weight
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.refusals import Reason


class LetterReason(StrEnum):
    """Why a workbook as a whole is not taken in. Every reason has a sentence in both languages."""

    NOT_A_LETTER = "not_a_letter"
    NO_IDENTITY = "no_identity"
    CONTRADICTORY = "contradictory"
    OTHER_INQUIRY = "other_inquiry"
    UNKNOWN_PUBLICATION = "unknown_publication"
    NOT_TOLD = "not_told"  # the municipality was told nothing in it


class Sign(StrEnum):
    """What can be found beside what can be the matter with any cell. Every sign has sentences in both languages."""

    UNKNOWN_NEED = "unknown_need"  # the municipality was told nothing of the need
    OUTSIDE = "outside"  # a text where nothing is asked
    PROBLEM = "problem"  # too long, or with characters that cannot be kept; what is wrong is in the context
    OLD_PUBLICATION = "old_publication"  # there is a newer one


@dataclass(frozen=True)
class LetterRefusal:
    """Why a workbook is not taken in; ``context`` holds what a sentence needs."""

    reason: LetterReason | Reason
    context: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class LetterRefused(Exception):
    """A workbook that is not taken in."""

    def __init__(self, reason: LetterReason | Reason, **context: str) -> None:
        super().__init__(reason.value, context)
        self.refusal = LetterRefusal(reason, context)


@dataclass(frozen=True)
class LetterFinding:
    """One thing that was found. ``control`` is the number of the need, "" when it is about none."""

    sign: Sign | CellSign
    weight: Weight
    spot: Spot | None = None
    control: str = ""
    content: str = ""
    context: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
