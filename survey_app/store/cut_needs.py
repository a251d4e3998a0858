"""The needs of a fixed cut. A cut never changes, so they are kept once they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from exports.needs import Key, Need, by_key, needs_of
from questions.model import Questionnaire
from questions.setting import Roster
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import FixedCut, find_fixed, fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry
from survey_app.store.memory import Memory, file_of


@dataclass(frozen=True)
class CutNeeds:
    """The needs of one cut in the official order, with what they are read with: the questionnaire and roster then."""

    cut: FixedCut
    questionnaire: Questionnaire
    roster: Roster
    needs: Mapping[Key, Need]


_KEPT: Memory[tuple[str, int, int, str], CutNeeds] = Memory(most=16)


def cut_needs(database: Database, inquiry: Inquiry, number: int) -> CutNeeds:
    """Return the needs of a cut. Raises LookupError."""
    cut = find_fixed(database, inquiry, number)
    key = (file_of(database), inquiry.id, number, cut.digest)
    known = _KEPT.find(key)
    if known is not None:
        return known
    loaded = load_cut(database, inquiry, number)
    return _KEPT.keep(key, CutNeeds(cut, loaded.questionnaire, loaded.roster, by_key(needs_of(loaded))))


def needs_now(database: Database, inquiry: Inquiry, now: datetime) -> CutNeeds:
    """Return the needs of what is handed in now, as a cut that is not fixed: its number is 0."""
    live = take_cut(database, inquiry, now)
    unfixed = FixedCut(0, "", live.taken_at, "", "", len(live.submissions))
    return CutNeeds(unfixed, live.questionnaire, live.roster, by_key(needs_of(live)))


def newest_needs(database: Database, inquiry: Inquiry) -> CutNeeds | None:
    """Return the needs of the newest cut; None while none was fixed."""
    cuts = fixed_cuts(database, inquiry)
    return cut_needs(database, inquiry, cuts[-1].number) if cuts else None
