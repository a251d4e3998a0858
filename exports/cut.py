"""What an export is handed: the targets and submissions of one inquiry as they stood at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from questions.contents import Contents
from questions.life import State
from questions.model import Questionnaire
from questions.setting import Roster


@dataclass(frozen=True)
class TargetLine:
    """One municipality of the inquiry and where its reply stands.

    ``deadline`` is its own (with an extension); ``nil`` tells whether the last submission says 該当なし, None without
    a submission. ``source``: how that came, "web" from the municipality itself (see SOURCES in ``exports.words``).
    """

    municipality: str
    state: State
    deadline: datetime
    extended: bool = False
    nil: bool | None = None
    source: str = "web"


@dataclass(frozen=True)
class Submission:
    """The last submission of one municipality. ``number`` counts its submissions from 1."""

    municipality: str
    number: int
    receipt: str
    submitted_at: datetime
    digest: str
    state: State
    contents: Contents


@dataclass(frozen=True)
class Cut:
    """One inquiry at one moment. All times are aware, in Asia/Tokyo; sequences are in the official order.

    ``submissions`` is gone through once, so it may be read as it is needed. ``bureaus`` is the order in which bureaus
    are shown; those that it leaves out follow in the order of the house (``questions.bureaus``). ``name`` is the cut's
    own (第1次集計), "" when it was not fixed; ``numbers`` are the lasting numbers of needs by municipality and row,
    counted in each municipality from 1.
    """

    inquiry: str
    title: str
    issuer: str
    opened_at: datetime
    deadline: datetime
    taken_at: datetime
    questionnaire: Questionnaire
    roster: Roster
    targets: Sequence[TargetLine]
    submissions: Sequence[Submission]
    bureaus: Sequence[str] = ()
    name: str = ""
    numbers: Mapping[tuple[str, str], int] = field(default_factory=dict)
