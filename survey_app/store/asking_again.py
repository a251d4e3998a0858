"""Which needs a further round has reason to ask about: what is left over from the rounds before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from exports.needs import Key, Need
from questions.responses import DISPOSITION
from survey_app.store.asking import together_with
from survey_app.store.cut_needs import CutNeeds, cut_needs
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import merges
from survey_app.store.opinions import by_need, opinions
from survey_app.store.publications import publications
from survey_app.store.responses import Response, responses
from survey_app.store.rounds import Asked, Round, asked, rounds
from survey_app.store.routing import LEAD

UNSETTLED = ("D", "S")
"""Dispositions that leave a need open: 検討中, その他（事実確認等）."""


class Reason(StrEnum):
    """Why a need is asked about again."""

    NEW = "new"  # nobody was asked about it yet
    WAITING = "waiting"  # the lead division has handed nothing in
    CHANGED = "changed"  # the municipality changed it after the response
    OPINION = "opinion"  # the municipality said something to the response
    UNSETTLED = "unsettled"  # the response leaves it open


@dataclass(frozen=True)
class _Asking:
    """One earlier round: the needs of its cut, the lead division of each need, and what was responded."""

    number: int
    needs: Mapping[Key, Need]
    leads: Mapping[Key, Asked]
    given: Mapping[tuple[Key, int], Response]


def reasons(database: Database, inquiry: Inquiry, found: CutNeeds) -> dict[Key, tuple[Reason, ...]]:
    """Return why each need of a cut is to be asked about in a further round; needs without a reason are left out.

    Needs that are one matter have the same lead, and their reasons are told of each of them alone.
    """
    earlier = [_asking(database, inquiry, one) for one in reversed(rounds(database, inquiry))]
    told_in = {one.number: one.contents.round for one in publications(database, inquiry)}
    said = by_need(opinions(database, inquiry))
    merged = merges(database, inquiry)
    known: dict[Key, tuple[Reason, ...]] = {}
    for key, need in found.needs.items():
        places = (key, *together_with(merged, key))
        before = next((one for one in earlier if any(place in one.leads for place in places)), None)
        if before is None:
            known[key] = (Reason.NEW,)
            continue
        lead = next(before.leads[place] for place in places if place in before.leads)
        last = next(((one, response) for one in earlier if (response := _handed(one, lead)) is not None), None)
        if last is None:
            known[key] = (Reason.WAITING,)
            continue
        opinion = any(told_in[one.publication] >= last[0].number for one in said.get(key, ()))
        known[key] = tuple(_why(need, *last, opinion=opinion))
    return {key: why for key, why in known.items() if why}


def _asking(database: Database, inquiry: Inquiry, round_: Round) -> _Asking:
    leads = {one.key: one for one in asked(database, round_) if one.part == LEAD}
    return _Asking(round_.number, cut_needs(database, inquiry, round_.cut).needs, leads, responses(database, round_))


def _handed(asking: _Asking, lead: Asked) -> Response | None:
    """Return what the lead division handed in about a need in a round."""
    given = asking.given.get((lead.key, lead.division))
    return None if given is None or given.handed_at is None else given


def _why(need: Need, asking: _Asking, response: Response, *, opinion: bool) -> Iterator[Reason]:
    before = asking.needs.get(need.key)
    read = response.need_digest if response.key == need.key else before and before.digest
    if read != need.digest:
        yield Reason.CHANGED
    if opinion:
        yield Reason.OPINION
    if response.texts.get(DISPOSITION) in UNSETTLED:
        yield Reason.UNSETTLED
