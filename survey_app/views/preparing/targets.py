"""Whom to ask: all, by bureau, by group, one by one, or from a pasted list."""

from collections.abc import Iterable

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from survey_app import wording_preparing
from survey_app.access import around
from survey_app.connections import database
from survey_app.preparing.targets import Stranger, bureaus, groups, in_order, members_of, read_pasted
from survey_app.store.drafts import Clashing, DraftSettled, Edit, find_draft, mark, save_draft
from survey_app.views.preparing.opened import Prepared, prepared, read, way_to
from survey_app.views.preparing.steps import onward

ADD, DROP = "add", "drop"


def show_targets(draft: int) -> ResponseReturnValue:
    """Show the municipalities with those that are chosen."""
    here = prepared(draft)
    show = request.args.get("show", "")
    told = [one for one in here.reading.problems_of("targets") if show == "all" or (show and not one.blank)]
    return _page(here, here.draft.targets, problems=here.links(told))


def save_targets(draft: int) -> ResponseReturnValue:
    """Save what is chosen, with what a button adds or takes away and what was pasted."""
    found = find_draft(database(), draft)
    here = read(found)
    chosen, strangers = _chosen(here)
    if "theirs.targets" in request.form:
        chosen = here.draft.targets
    marks = {"targets": request.form["was.targets"]} if "was.targets" in request.form else {}
    edit = Edit({"targets": " ".join(chosen)}, marks)
    try:
        saved = save_draft(database(), found, edit, around().who)
    except DraftSettled:
        return _page(here, chosen, strangers, settled=True), 409
    here = read(saved.draft)
    if saved.clashes:
        return _page(here, chosen, strangers, clash=saved.clashes[0], told=_told(here, saved.clashes[0])), 409
    if strangers:
        return _page(here, chosen, strangers), 422
    if request.form.get("go", "").partition(":")[0] in (ADD, DROP, "paste"):
        return redirect(f"{way_to(draft, 'targets')}#chosen", 303)
    return redirect(onward(here, "targets"), 303)


def _chosen(here: Prepared) -> tuple[tuple[str, ...], tuple[Stranger, ...]]:
    """Return the codes that the page comes to, and the pasted words that name nobody."""
    known = here.reading.setting.roster
    codes = set(request.form.getlist("target"))
    act, _, rest = request.form.get("go", "").partition(":")
    members = set(members_of(known, *rest.partition(":")[::2])) if act in (ADD, DROP) else set()
    codes = codes | members if act == ADD else codes - members
    pasted, strangers = read_pasted(request.form.get("pasted", ""), known)
    return in_order((*codes, *pasted), known), strangers


def _told(here: Prepared, clash: Clashing) -> tuple[str, ...]:
    """Say what the two choices have apart: what only mine has, what only theirs has."""
    mine, theirs, known = set(clash.mine.split()), set(clash.theirs.split()), here.reading.setting.roster
    return tuple("、".join(known.name(code) for code in sorted(some)) for some in (mine - theirs, theirs - mine))


def _page(here: Prepared, chosen: Iterable[str], strangers: tuple[Stranger, ...] = (), **told: object) -> str:
    known = here.reading.setting.roster
    return render_template(
        "preparing/targets.html",
        here=here,
        step="targets",
        chosen=frozenset(chosen) & {one.code for one in known},
        bureaus=bureaus(known),
        groups=groups(known),
        mark=mark(here.draft.text("targets")),
        pasted="\n".join(one.text for one in strangers),
        strangers=strangers,
        words=wording_preparing,
        **told,
    )
