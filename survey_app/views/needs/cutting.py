"""Cuts: what counts is fixed by name, and its workbook can be made again at any time."""

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.store.fixed_cuts import CutExists, FixedCut, find_fixed, fix_cut, fixed_cuts, late, load_cut
from survey_app.store.inquiries import Inquiry, find_inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.turnout import counted
from survey_app.views.compiled import send_compiled
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note

LAST = "最終"
"""The name that is proposed when nothing more is to come."""


def cuts(inquiry: str) -> ResponseReturnValue:
    """Show what would count now, and the cuts there are."""
    return _page(find_inquiry(database(), inquiry))


def fix(inquiry: str) -> ResponseReturnValue:
    """Fix what counts now."""
    found = find_inquiry(database(), inquiry)
    typed = Typed(request.form)
    name = typed.line("name", _("集計の名前を入力してください。"))
    if not typed.faults:
        token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
        try:
            fix_cut(database(), found, name, token, around().who)
        except CutExists:
            typed.faults["name"] = _("「%(name)s」という集計はすでにあります。別の名前にしてください。", name=name)
    if typed.faults:
        return _page(found, typed=request.form, faults=typed.faults), 422
    note("cut_fixed")
    return redirect(url_for("needs.cuts", inquiry=inquiry), 303)


def workbook(inquiry: str, number: int) -> ResponseReturnValue:
    """Make the compiled workbook of a cut again: the same bytes whenever it is asked for."""
    found = find_inquiry(database(), inquiry)
    fixed = find_fixed(database(), found, number)
    previous = load_cut(database(), found, number - 1) if number > 1 else None
    return send_compiled(load_cut(database(), found, number), f"{found.name}_{fixed.name}", previous)


def _page(inquiry: Inquiry, **told: object) -> str:
    known, fixed = standings(database(), inquiry), fixed_cuts(database(), inquiry)
    counts = counted(known, moment())
    return render_template(
        "needs/cuts.html",
        inquiry=inquiry,
        cuts=fixed,
        counts=counts,
        missing=[one for one in known if one.number is None],
        correcting=[one for one in known if one.being_corrected],
        waiting=late(database(), inquiry, fixed[-1].number) if fixed else {},
        moments={one.municipality: one.submitted_at for one in known},
        roster=roster(database()),
        names=_names(fixed, complete=all(one.number is not None and not one.being_corrected for one in known)),
        token=secrets.token_urlsafe(24),
        now=moment(),
        **{"faults": {}, "typed": {}, **told},
    )


def _names(fixed: tuple[FixedCut, ...], *, complete: bool) -> list[str]:
    """Return the names that are proposed, the likeliest first."""
    names = [f"第{len(fixed) + 1}次集計", LAST]
    taken = {one.name for one in fixed}
    return [name for name in (names[::-1] if complete else names) if name not in taken]
