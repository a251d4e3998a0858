"""Which cut the results are of: the one that the address names, else the last that was fixed, else what counts now."""

from dataclasses import dataclass
from functools import cached_property

from flask import request

from exports.cut import Cut
from exports.results.variables import Results
from survey_app.access import current_account
from survey_app.connections import database, moment
from survey_app.permissions import permission
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import FixedCut, fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry, find_inquiry

NOW = "now"


@dataclass(frozen=True)
class Opened:
    """The results of one cut of an inquiry. ``number`` None: as it stands now; ``cuts`` are those that were fixed."""

    inquiry: Inquiry
    cut: Cut
    number: int | None
    cuts: tuple[FixedCut, ...]

    @cached_property
    def results(self) -> Results:
        """The cut as figures."""
        return Results(self.cut)

    @property
    def chosen(self) -> str:
        """The cut as an address names it."""
        return NOW if self.number is None else str(self.number)

    @property
    def opens_replies(self) -> bool:
        """May the person signed in open a municipality's reply?"""
        return current_account().role in permission("board.reply").roles


def opened(inquiry: str) -> Opened:
    """Return the results that an address asks for. Raises LookupError when there is no such inquiry or cut."""
    found = find_inquiry(database(), inquiry)
    cuts, asked = fixed_cuts(database(), found), request.args.get("cut", "")
    if asked == NOW or not (asked or cuts):
        return Opened(found, take_cut(database(), found, moment()), None, cuts)
    number = cuts[-1].number if not asked else next((one.number for one in cuts if str(one.number) == asked), None)
    if number is None:
        raise LookupError(asked)
    return Opened(found, load_cut(database(), found, number), number, cuts)
