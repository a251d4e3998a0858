"""What must hold of a round before it is opened, on the pages and by the command line alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from questions.kinds.texts import first_control

LONGEST_REQUEST = 2000


class StartCode(StrEnum):
    """What can be wrong."""

    UNREADABLE_DUE = "unreadable_due"
    PAST_DUE = "past_due"
    LONG_REQUEST = "long_request"
    CONTROL_CHARACTER = "control_character"


@dataclass(frozen=True)
class StartFault:
    """One fault. ``about`` is the field: due, request; ``context`` holds what its sentence needs."""

    about: str
    code: StartCode
    context: Mapping[str, int] = field(default_factory=dict)


def plain_request(text: str) -> str:
    """Return what the divisions are asked to do as it is kept: without blanks around it, with plain line breaks."""
    return text.strip().replace("\r\n", "\n")


def faults_of(due: datetime | None, request: str, now: datetime) -> tuple[StartFault, ...]:
    """Return what is wrong with the date (None: it could not be read) and the request, at most one fault of each."""
    found = []
    if due is None:
        found.append(StartFault("due", StartCode.UNREADABLE_DUE))
    elif due <= now:
        found.append(StartFault("due", StartCode.PAST_DUE))
    if len(request) > LONGEST_REQUEST:
        context = {"most": LONGEST_REQUEST, "now": len(request)}
        found.append(StartFault("request", StartCode.LONG_REQUEST, context))
    elif first_control(request) is not None:
        found.append(StartFault("request", StartCode.CONTROL_CHARACTER))
    return tuple(found)
