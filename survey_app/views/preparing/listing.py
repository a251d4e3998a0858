"""The drafts, one of them at a glance, and putting one away."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey_app import wording_preparing
from survey_app.access import around
from survey_app.connections import database
from survey_app.store import drafts as store
from survey_app.store.drafts import DraftSettled
from survey_app.views.preparing.opened import prepared, read
from survey_app.views.replying.notes import note


def drafts() -> ResponseReturnValue:
    """List the inquiries that are being prepared."""
    listed = [read(one) for one in store.drafts(database())]
    return render_template("preparing/drafts.html", listed=listed, words=wording_preparing)


def draft(draft: int) -> ResponseReturnValue:
    """Show one draft: how far each step is, and what to do next."""
    here = prepared(draft)
    following = next((one for one in here.steps if one.state in ("blank", "wrong")), None)
    return render_template("preparing/draft.html", here=here, following=following, words=wording_preparing)


def ask_discard(draft: int) -> ResponseReturnValue:
    """Ask whether a draft is really to be put away."""
    return render_template("preparing/discard.html", here=prepared(draft), words=wording_preparing)


def discard(draft: int) -> ResponseReturnValue:
    """Put a draft away; the audit trail keeps what it held."""
    try:
        store.discard_draft(database(), store.find_draft(database(), draft), around().who)
    except DraftSettled:
        return redirect(url_for("preparing.draft", draft=draft), 303)
    note("draft_discarded")
    return redirect(url_for("preparing.drafts"), 303)
