"""Who is to be asked what: the needs of a cut, routed to divisions on a day, merged ones once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from exports.needs import Key, Need
from survey_app.store.cut_needs import CutNeeds, cut_needs
from survey_app.store.divisions import listed
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import NOT_A_NEED, Merge, merges, remarked
from survey_app.store.routing import LEAD, SUPPORT, Route, routes


@dataclass(frozen=True)
class Question:
    """One need as it is to be asked; ``together``: the co-requesters' needs that are one matter with it."""

    need: Need
    route: Route
    together: tuple[Need, ...] = ()

    @property
    def parts(self) -> tuple[tuple[int, str], ...]:
        """The divisions that are asked, the lead first, each with its part."""
        lead = () if self.route.lead is None else ((self.route.lead, LEAD),)
        return (*lead, *((division, SUPPORT) for division in self.route.supports))


@dataclass(frozen=True)
class Plan:
    """What a round would ask.

    ``unowned``: needs that no division answers, which are not asked; ``left_out``: rows that are no needs; ``number``:
    that the round would have in its inquiry.
    """

    cut: CutNeeds
    asked: tuple[Question, ...]
    unowned: tuple[Question, ...]
    left_out: tuple[Need, ...]
    number: int = 1

    @property
    def by_division(self) -> dict[int, list[tuple[Question, str]]]:
        """What each division would be asked, with its part in it."""
        found: dict[int, list[tuple[Question, str]]] = {}
        for question in self.asked:
            for division, part in question.parts:
                found.setdefault(division, []).append((question, part))
        return dict(sorted(found.items()))

    @property
    def merged_unowned(self) -> int:
        """How many more needs are one matter with those that no division answers."""
        return sum(len(one.together) for one in self.unowned)

    @property
    def told(self) -> dict[str, Any]:
        """What a preview shows of it, to be noticed when it changes, or when somebody else opens the round."""
        asked = [
            [*one.need.key, one.need.digest, one.parts, [other.key for other in one.together]] for one in self.asked
        ]
        return {"number": self.number, "asked": asked}


Only = Collection[Key] | None
"""The needs that a round is about, with those that are one matter with them; None: all of its cut."""


def plan_round(database: Database, inquiry: Inquiry, cut: int, on: date, only: Only = None) -> Plan:
    """Say what a round on the needs of a cut would ask on a day. Raises LookupError for an unknown cut."""
    return plan(database, inquiry, cut_needs(database, inquiry, cut), on, only)


def plan(database: Database, inquiry: Inquiry, found: CutNeeds, on: date, only: Only = None) -> Plan:
    """Say what a round on some needs would ask on a day.

    Merged needs are asked once, by the first of them. A division that does not exist on the day answers nothing.
    """
    not_needs = remarked(database, inquiry, NOT_A_NEED)
    wanted = {key: need for key, need in found.needs.items() if key not in not_needs}
    first_of = _first_of(merges(database, inquiry), wanted)
    present = frozenset(one.id for one in listed(database, on))
    routed = routes(database, inquiry, wanted.values(), on)
    questions = [
        Question(need, _of_present(routed[key], present), _together(key, first_of, wanted))
        for key, need in wanted.items()
        if first_of.get(key, key) == key
    ]
    return Plan(
        found,
        tuple(one for one in questions if one.route.lead is not None and _is_among(one, only)),
        tuple(one for one in questions if one.route.lead is None),
        tuple(need for key, need in found.needs.items() if key in not_needs),
        next_number(database, inquiry),
    )


def next_number(database: Database, inquiry: Inquiry) -> int:
    """Return the number that the next round of an inquiry has."""
    query = "SELECT coalesce(max(number), 0) + 1 FROM round WHERE inquiry = ?"
    return int(database.execute(query, [inquiry.id]).fetchone()[0])


def together_with(merged: Sequence[Merge], key: Key) -> tuple[Key, ...]:
    """Return the needs that are one matter with a need, without it."""
    return next((tuple(other for other in one.needs if other != key) for one in merged if key in one.needs), ())


def _first_of(merged: Sequence[Merge], wanted: Mapping[Key, Need]) -> dict[Key, Key]:
    """Return for each merged need the first of its group, in the order of the cut."""
    found: dict[Key, Key] = {}
    order = {key: place for place, key in enumerate(wanted)}
    for one in merged:
        there = sorted((key for key in one.needs if key in wanted), key=order.__getitem__)
        found |= dict.fromkeys(there, there[0]) if there else {}
    return found


def _together(key: Key, first_of: Mapping[Key, Key], wanted: Mapping[Key, Need]) -> tuple[Need, ...]:
    return tuple(need for other, need in wanted.items() if other != key and first_of.get(other) == key)


def _is_among(question: Question, only: Only) -> bool:
    return only is None or any(one.key in only for one in (question.need, *question.together))


def _of_present(route: Route, present: frozenset[int]) -> Route:
    lead = route.lead if route.lead in present else None
    return Route(lead, tuple(one for one in route.supports if one in present), route.by_hand, route.reason)
