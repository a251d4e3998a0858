"""An inquiry in which every text is a canary of its own, so that whoever meets one knows whose words they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from round_desk import Desk
from sqlite_utils import Database
from town import OPENED, OTHER, OWN

from exports.needs import Key
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.publications import Published
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.rosters import roster
from survey_app.store.rounds import Round, rounds

THIRD, DRAFTING = "074462", "074471"
"""昭和村 lets nobody have its name; 会津美里町 hands nothing in."""
TOWNS = (OWN, OTHER, THIRD, DRAFTING)
DISCLOSURES = {THIRD: ("anon", "closed")}
FIELDS = ("TAX", "HR", "OTH")
CHOSEN: Mapping[str, tuple[str, ...]] = {
    **{"A7": ("head",), "A8": ("R8.11.20",), "B1": ("1",), "B4": ("HR", "TAX", "LAW", "OTH"), "H1": ("1",)},
    **{"H2": ("1",), "H3": ("none",), "T1": ("100",), "T2": ("1",), "T4": ("50",), "T5": ("1",), "T8": ("none",)},
    **{"L1": ("none",), "L2": ("0",), "L3": ("review",)},
}
OUTSIDE = ("A2", "A3", "A4", "A5", "A6", "A9", "Z1", "Z2")
NEED = ("D5", "D6", "D7", "D11", "D15")
ORDINANCE = ("L4a", "L4c")
ANSWERS = frozenset({*OUTSIDE, *NEED, *ORDINANCE})
LIKE_FORMULAS = ("D7", "Z2", "R3")
"""Questions whose canaries sit in texts that look like formulas."""
LINK_TO = "Z"
"""The section that a colleague's link opens."""
SAID = ({"R1": "B", "R3": "", "R4": "令和9年4月"}, {"R1": "E", "R5": ""}, {"R1": "G", "R6": ""})
"""What divisions respond, in turn; a canary stands where nothing does, and in R2 and R7."""
EARLY = OPENED + timedelta(days=1)


@dataclass(frozen=True)
class Canary:
    """A text that stands in one place only.

    ``what`` is the question, or another kind of place; after "unsaid " it was not handed in. ``town`` and ``row`` are
    those of whom it is about, ``division`` that which wrote it, or to which it was written.
    """

    text: str
    what: str
    town: str = ""
    row: str = ""
    division: int = 0

    @property
    def key(self) -> Key:
        """The need that it is about."""
        return self.town, self.row


@dataclass
class Cage:
    """All canaries, and what they sit in. ``third``: a division that is asked in the second round about one need."""

    database: Database
    canaries: list[Canary] = field(default_factory=list)
    disclosed: dict[Key, str] = field(default_factory=dict)
    fields: dict[Key, str] = field(default_factory=dict)
    merged: dict[Key, Key] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)
    desk: Desk = None  # type: ignore[assignment]
    published: Published = None  # type: ignore[assignment]
    third: int = 0

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry."""
        return find_inquiry(self.database, "support_needs")

    @property
    def first(self) -> Round:
        """The first round."""
        return rounds(self.database, self.inquiry)[0]

    def put(self, what: str, town: str = "", row: str = "", division: int = 0) -> str:
        """Make a canary for one place, in a form that the place takes."""
        number = len(self.canaries)
        text = f"0241-7{number:05d}" if what.endswith("A5") else f"cnry{number:05d}x"
        self.canaries.append(Canary(text, what, town, row, division))
        if what.endswith(LIKE_FORMULAS):
            return f"=1+{text}"
        return f"{text}@example.lg.jp" if what.endswith("A6") else text

    def reply(self, town: str, at: Who, inquiry: str = "support_needs") -> Reply:
        """A reply as it stands."""
        return find_reply(
            self.database, find_inquiry(self.database, inquiry), town, Surroundings(roster(self.database), at)
        )

    def asked_as(self, key: Key) -> Key:
        """The need under which divisions were asked."""
        return self.merged.get(key, key)

    def told(self, town: str) -> set[Key]:
        """The needs under which divisions were asked for one town."""
        return {self.asked_as(key) for key in self.fields if key[0] == town}

    def shared(self) -> dict[Key, Key]:
        """The needs that all may see, with those under which divisions were asked."""
        return {key: self.asked_as(key) for key, disclosed in self.disclosed.items() if disclosed in ("open", "anon")}


def named(canaries: Iterable[Canary]) -> list[str]:
    """Return canaries as a failing test names them."""
    return sorted(f"{one.what} of {one.town or one.division} ({one.text}, row {one.row})" for one in canaries)
