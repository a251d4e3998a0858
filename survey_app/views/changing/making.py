"""What a proposed change comes to for each reply; and the change itself."""

import secrets
from collections import Counter

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions.answers import Place
from survey_app import wording_changes
from survey_app.access import around
from survey_app.connections import database
from survey_app.store.impacts import Affected, impact
from survey_app.store.inquiries import standings
from survey_app.store.overtaking import Overtaken
from survey_app.store.proposals import NotLive
from survey_app.store.revisions import CannotChange, NoReason, Revision, apply_revision
from survey_app.store.rosters import roster
from survey_app.views.changing.opened import Changing, changing
from survey_app.views.replying.notes import note


def show_impact(inquiry: str) -> ResponseReturnValue:
    """Show which replies the proposal concerns, and how."""
    here = changing(inquiry)
    if not here.changes:
        return redirect(here.address(), 303)
    return _page(here)


def make(inquiry: str) -> ResponseReturnValue:
    """Make the change, and ask those again who are to be asked; sent twice, it is made once."""
    here = changing(inquiry)
    order = Revision(
        request.form.get("reason", "").replace("\r\n", "\n").strip(),
        request.form.get("seen", ""),
        request.form.get("token", "")[:100] or secrets.token_urlsafe(24),
        _again(here),
    )
    try:
        apply_revision(database(), here.inquiry, order, around().who)
    except NoReason:
        return _page(here, faults={"reason": wording_changes.no_reason()}), 422
    except CannotChange as fault:
        said = [wording_changes.change(one, here.present, here.wanted) for one in fault.changes]
        return _page(here, fault="　".join(said) or wording_changes.nothing_changes()), 422
    except Overtaken:
        return _page(changing(inquiry), fault=wording_changes.overtaken()), 409
    except NotLive:
        return _page(here, fault=wording_changes.not_live()), 409
    note("change_made")
    return redirect(url_for("changing.history", inquiry=inquiry), 303)


def _again(here: Changing) -> frozenset[str]:
    """Return who is to be asked again: nobody, all that can be, or those that are ticked."""
    chosen = request.form.get("again", "none")
    if chosen == "all":
        who = around().who
        return frozenset(one.municipality for one in impact(database(), here.inquiry, here.wanted, who))
    return frozenset(request.form.getlist("town")) if chosen == "some" else frozenset()


def _page(here: Changing, **told: object) -> str:
    found = impact(database(), here.inquiry, here.wanted, around().who)
    touched = [one for one in found if one.touched or one.approval_waits]
    return render_template(
        "changing/impact.html",
        here=here,
        inquiry=here.inquiry,
        affected=[(one, _told(one, here)) for one in touched],
        totals=_totals(touched, here),
        handed_in=sum(one.number is not None for one in touched),
        unfinished=sum(one.number is None for one in touched),
        untouched=len(found) - len(touched),
        blank=sum(target.changed_at is None for target in standings(database(), here.inquiry)),
        waiting=sum(one.approval_waits for one in touched),
        may_ask=sum(one.may_ask_again for one in touched),
        roster=roster(database()),
        typed=request.form,
        ticked=frozenset(request.form.getlist("town")),
        token=request.form.get("token") or secrets.token_urlsafe(24),
        words=wording_changes,
        **{"faults": {}, "fault": "", **told},
    )


def _sorts(one: Affected) -> dict[str, list[Place]]:
    """Return the places that a change concerns, by what it comes to; a new question that lacks its answer is new."""
    broken = [place for _, place in one.broken if place not in one.asked]
    return {"asked": [*one.asked], "broken": broken, "unasked": [*one.unasked], "unoffered": [*one.unoffered]}


def _told(one: Affected, here: Changing) -> dict[str, list[str]]:
    return {sort: list(wording_changes.items(places, here.wanted)) for sort, places in _sorts(one).items()}


def _totals(touched: list[Affected], here: Changing) -> list[tuple[str, str, int]]:
    """Return for how many municipalities the change comes to something, by question, in the questionnaire's order."""
    found = Counter(
        (name, sort)
        for one in touched
        for sort, places in _sorts(one).items()
        for name in dict.fromkeys(name for _, name in places)
    )
    order = {name: number for number, name in enumerate(here.wanted.ever_asked)}
    return [
        (next(wording_changes.items([("", name)], here.wanted)), sort, count)
        for (name, sort), count in sorted(found.items(), key=lambda one: (order.get(one[0][0], 0), one[0][1]))
    ]
