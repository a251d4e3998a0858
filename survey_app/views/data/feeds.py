"""Makes and withdraws the feeds of an inquiry."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.kinds.texts import first_control
from survey_app.access import around
from survey_app.addresses import public_url
from survey_app.connections import database
from survey_app.store import feeds as store
from survey_app.store.inquiries import find_inquiry
from survey_app.views.data.pages import blueprint, page
from survey_app.views.replying.notes import note

LONGEST_LABEL = 60


@blueprint.post("/board/<inquiry>/data/feeds")
def make_feed(inquiry: str) -> ResponseReturnValue:
    """Make a feed; its address is shown once."""
    found = find_inquiry(database(), inquiry)
    label = request.form.get("label", "").strip()
    if not label or len(label) > LONGEST_LABEL or first_control(label) is not None or "\n" in label:
        fault = _("使う人や用途を%(most)s字以内で入力してください（例：分析担当 田中のPower BI）。", most=LONGEST_LABEL)
        return page(found, faults={"label": fault}, typed=request.form), 422
    token = store.make_feed(database(), found, label, around().who)
    return page(found, address=public_url("feed.listing", token=token), made=label)


@blueprint.post("/board/<inquiry>/data/feeds/<int:number>/withdraw")
def withdraw_feed(inquiry: str, number: int) -> ResponseReturnValue:
    """Withdraw a feed; from now on its address is unknown."""
    store.withdraw_feed(database(), find_inquiry(database(), inquiry), number, around().who)
    note("feed_withdrawn")
    return redirect(url_for("data.show", inquiry=inquiry) + "#feeds", 303)
