"""The needs of one cut with all that is known of them: whose they are, who answers, which are one matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from flask import request
from sqlite_utils import Database

from exports.cut import Cut
from exports.needs import Key, Need, by_key, needs_of, needs_table
from exports.similarity import says_nothing
from questions.kinds.base import Option
from questions.setting import Municipality, Setting
from survey_app import wording
from survey_app.connections import database, moment
from survey_app.store.cuts import take_cut
from survey_app.store.divisions import Division
from survey_app.store.divisions import listed as divisions_listed
from survey_app.store.fixed_cuts import FixedCut, fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import IS_A_NEED, NOT_A_NEED, Merge, merges, remarked
from survey_app.store.routing import Route, routes

NOW = "now"


class Mark(StrEnum):
    """What stands out about a need."""

    UNOWNED = "unowned"  # no division leads it, or one that is no more
    EMPTY = "empty"  # it says nothing, and nobody decided yet whether it is a need
    ASIDE = "aside"  # it is not dealt with as a need
    MERGED = "merged"
    MOVED = "moved"
    NEW = "new"  # since the cut before
    CHANGED = "changed"


@dataclass(frozen=True)
class Line:
    """One need as the lists show it. ``merge`` is the group in which it stands."""

    need: Need
    town: Municipality
    route: Route
    merge: Merge | None
    marks: frozenset[Mark]

    @property
    def key(self) -> Key:
        """The need's own name."""
        return self.need.key


@dataclass(frozen=True)
class Known:
    """What the database knows of the needs of an inquiry, whatever cut is looked at."""

    divisions: Mapping[int, Division]
    merges: tuple[Merge, ...]
    aside: frozenset[Key]
    kept: frozenset[Key]

    @classmethod
    def of(cls, database: Database, inquiry: Inquiry) -> "Known":
        """Read it."""
        return cls(
            divisions={one.id: one for one in divisions_listed(database)},
            merges=merges(database, inquiry),
            aside=remarked(database, inquiry, NOT_A_NEED),
            kept=remarked(database, inquiry, IS_A_NEED),
        )


@dataclass(frozen=True)
class Compiled:
    """The needs of a cut. ``number`` None: as they stand now; ``cuts`` are those that were fixed.

    ``before`` are the needs of the cut before; None when there is none.
    """

    inquiry: Inquiry
    cut: Cut
    number: int | None
    cuts: tuple[FixedCut, ...]
    before: Mapping[Key, Need] | None
    known: Known
    routes: Mapping[Key, Route]
    today: date

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All needs in the official order."""
        return tuple(self._lines())

    @property
    def fixed(self) -> FixedCut | None:
        """The cut that is looked at; None when it is not fixed."""
        return next((one for one in self.cuts if one.number == self.number), None)

    @property
    def chosen(self) -> str:
        """The cut as an address names it."""
        return NOW if self.number is None else str(self.number)

    @cached_property
    def gone(self) -> tuple[Need, ...]:
        """The needs of the cut before that are no more."""
        here = {line.key for line in self.lines}
        return tuple(need for key, need in (self.before or {}).items() if key not in here)

    @property
    def asks_for_needs(self) -> bool:
        """Has the questionnaire a table of needs?"""
        return needs_table(self.cut.questionnaire) is not None

    def line(self, key: Key) -> Line:
        """Return one need. Raises LookupError."""
        found = next((line for line in self.lines if line.key == key), None)
        if found is None:
            raise LookupError(*key)
        return found

    def options(self, part: str) -> tuple[Option, ...]:
        """Return the choices of "field", "form" or "disclosure"; none where it is not chosen."""
        table = needs_table(self.cut.questionnaire)
        name = None if table is None else getattr(table.need, part)
        return () if name is None else self.cut.questionnaire.questions[name].kind.options(self.setting)

    def word(self, part: str, need: Need) -> str:
        """Return what is chosen as people read it; "" when nothing is."""
        code = getattr(need, part)
        labels = (one.label.text(wording.language()) for one in self.options(part) if one.code == code)
        return next(labels, code)

    @property
    def setting(self) -> Setting:
        """What answers are read in."""
        return Setting(roster=self.cut.roster)

    def count(self, mark: Mark) -> int:
        """Return how many needs are marked so."""
        return sum(mark in line.marks for line in self.lines)

    @property
    def towns(self) -> int:
        """How many municipalities have a need."""
        return len({line.town.code for line in self.lines})

    def merge_of(self, merge: Merge) -> tuple[Line, ...]:
        """Return the needs of a group that stand in this cut."""
        return tuple(line for line in self.lines if line.key in merge.needs)

    def division(self, number: int | None) -> Division | None:
        """Return a division."""
        return None if number is None else self.known.divisions.get(number)

    def _lines(self) -> Iterator[Line]:
        groups = {key: one for one in self.known.merges for key in one.needs}
        for need in needs_of(self.cut):
            route, merge = self.routes[need.key], groups.get(need.key)
            town = self.cut.roster[need.municipality]
            yield Line(need, town, route, merge, frozenset(self._marks(need, route, merge)))

    def _marks(self, need: Need, route: Route, merge: Merge | None) -> Iterator[Mark]:
        aside = need.key in self.known.aside
        lead = self.division(route.lead)
        if aside:
            yield Mark.ASIDE
        elif lead is None or not lead.exists_on(self.today):
            yield Mark.UNOWNED
        if not aside and need.key not in self.known.kept and says_nothing(need):
            yield Mark.EMPTY
        if merge is not None:
            yield Mark.MERGED
        if route.by_hand:
            yield Mark.MOVED
        if self.before is not None and need.key not in self.before:
            yield Mark.NEW
        elif self.before is not None and self.before[need.key].digest != need.digest:
            yield Mark.CHANGED


def compiled(inquiry: Inquiry, asked: str | None = None) -> Compiled:
    """Return the needs of the cut that is asked for: by the address, else of the last cut, else as they stand.

    Raises LookupError when there is no such cut.
    """
    cuts = fixed_cuts(database(), inquiry)
    number = _number(request.args.get("cut", "") if asked is None else asked, cuts)
    cut = take_cut(database(), inquiry, moment()) if number is None else load_cut(database(), inquiry, number)
    earlier = [one.number for one in cuts if number is None or one.number < number]
    before = by_key(needs_of(load_cut(database(), inquiry, earlier[-1]))) if earlier else None
    today = moment().date()
    found = routes(database(), inquiry, needs_of(cut), today)
    return Compiled(inquiry, cut, number, cuts, before, Known.of(database(), inquiry), found, today)


def _number(asked: str, cuts: tuple[FixedCut, ...]) -> int | None:
    if asked == NOW or not (asked or cuts):
        return None
    if not asked:
        return cuts[-1].number
    if asked not in {str(one.number) for one in cuts}:
        raise LookupError(asked)
    return int(asked)
