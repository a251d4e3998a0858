"""What the workbook of one division is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exports.divisions.anchors import BookIssue
from exports.needs import Key
from exports.words import office


@dataclass(frozen=True)
class NeedLine:
    """One need of which the division answers a part, in the words of the municipality.

    ``facts``: its field and form; ``more``: what else was answered, and of whom else it is. ``note`` is said by the
    lead division (why the response came back, that the need changed since); ``before`` is what was responded in
    earlier rounds. ``texts``: the response as it stands, by question; ``settled``: it was handed in and is to be read
    only. ``digest`` is the need's as it stands here.
    """

    key: Key
    control: str
    municipality: str
    part: str
    facts: str
    subject: str
    detail: str
    more: str
    digest: str
    note: str = ""
    before: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False


@dataclass(frozen=True)
class DivisionBook:
    """The workbook of one division in one round; ``request`` is what the lead division asks it to do."""

    issue: BookIssue
    title: str
    division: str
    issuer: str
    due: datetime
    request: str
    lines: Sequence[NeedLine]

    @property
    def subtitle(self) -> str:
        """The line under the title."""
        return f"第{self.issue.round}回　／　{office(self.division)}　／　要望 {len(self.lines)}件"
