"""Why a file as a whole is not taken in: a code and its context, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NOTHING: Mapping[str, str] = {}


class Reason(StrEnum):
    """Why a file is not taken in. Every reason has a sentence in both languages."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    OLD_EXCEL = "old_excel"  # .xls
    BINARY_EXCEL = "binary_excel"  # .xlsb
    OPEN_DOCUMENT = "open_document"  # .ods
    STRICT = "strict"
    MACRO = "macro"
    PLAIN_TEXT = "plain_text"  # a CSV by another name
    NOT_EXCEL = "not_excel"
    DAMAGED = "damaged"
    BOMB = "bomb"
    TOO_MUCH = "too_much"  # time or memory
    NOT_A_FORM = "not_a_form"
    NO_IDENTITY = "no_identity"
    CONTRADICTORY = "contradictory"
    OTHER_INQUIRY = "other_inquiry"
    OTHER_MUNICIPALITY = "other_municipality"
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken in; ``context`` holds what a sentence needs."""

    reason: Reason
    context: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class Refused(Exception):
    """A file that is not taken in."""

    def __init__(self, reason: Reason, **context: str) -> None:
        super().__init__(reason.value, context)
        self.refusal = Refusal(reason, context)
