"""Sending: everything at a glance first, then the inquiry is open, once."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app import wording_preparing
from survey_app.access import around
from survey_app.connections import database
from survey_app.preparing.examining import DraftIncomplete
from survey_app.preparing.targets import bureaus
from survey_app.store.drafts import DraftChanged, DraftSettled, find_draft, open_draft
from survey_app.store.inquiries import InquiryExists, UnknownTargets
from survey_app.views.preparing.opened import Prepared, prepared, read
from survey_app.views.replying.notes import note


def confirm(draft: int) -> ResponseReturnValue:
    """Show everything at a glance, with what is missing and what to think of."""
    return _page(prepared(draft))


def open_now(draft: int) -> ResponseReturnValue:
    """Open the inquiry as it was shown; pressed twice, it is opened once."""
    found = find_draft(database(), draft)
    if found.inquiry is not None:
        return redirect(url_for("board.board", inquiry=found.inquiry), 303)
    here = read(found)
    if request.form.get("seen", -1, type=int) != found.revision:
        return _page(here, changed=True), 409
    try:
        made = open_draft(database(), found, here.reading.inquiry(), around().who)
    except DraftChanged:
        return _page(read(find_draft(database(), draft)), changed=True), 409
    except DraftSettled:
        return redirect(url_for("preparing.draft", draft=draft), 303)
    except (DraftIncomplete, InquiryExists, UnknownTargets):
        return _page(read(find_draft(database(), draft))), 422
    note("inquiry_opened")
    return redirect(url_for("board.board", inquiry=made.name), 303)


def _page(here: Prepared, **told: object) -> str:
    reading = here.reading
    chosen = set(reading.targets)
    by_bureau = [
        (one.name, [town for town in one.members if town.code in chosen]) for one in bureaus(reading.setting.roster)
    ]
    return render_template(
        "preparing/confirm.html",
        here=here,
        problems=here.links(reading.problems),
        by_bureau=[(name, towns) for name, towns in by_bureau if towns],
        words=wording_preparing,
        **told,
    )
