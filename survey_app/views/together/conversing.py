"""Questions of a town hall and answers of the division, on a reply or one of its items; and 受け取りました."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.kinds.texts import first_control
from survey_app import wording
from survey_app.access import around, current_account
from survey_app.connections import database
from survey_app.store.conversations import NewMessage, Side, acknowledge, acknowledgement, conversations, say
from survey_app.store.inquiries import Inquiry, find_inquiry, standing
from survey_app.store.rosters import roster
from survey_app.views.replying.notes import note

blueprint = Blueprint("conversing", __name__)
LONGEST = 1000
LONGEST_PERSON = 60


@blueprint.route("/inquiries/<inquiry>/questions", methods=["GET", "POST"])
def town_hall(inquiry: str) -> ResponseReturnValue:
    """Show what was asked and answered, and ask."""
    return _conversation(find_inquiry(database(), inquiry), current_account().municipality or "", "municipality")


@blueprint.route("/board/<inquiry>/<municipality>/questions", methods=["GET", "POST"])
def division(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show what a town hall asked, and answer."""
    return _conversation(find_inquiry(database(), inquiry), municipality, "division")


@blueprint.post("/inquiries/<inquiry>/received")
def received(inquiry: str) -> ResponseReturnValue:
    """Record that the inquiry was received, and who is in charge."""
    found, code = find_inquiry(database(), inquiry), current_account().municipality or ""
    standing(database(), found, code)
    person = request.form.get("person", "").strip()[:LONGEST_PERSON]
    if person and first_control(person) is None:
        acknowledge(database(), found, code, person, around().who)
        note("acknowledged")
    return redirect(url_for("replying.overview", inquiry=inquiry), 303)


def _conversation(inquiry: Inquiry, municipality: str, side: Side) -> ResponseReturnValue:
    standing(database(), inquiry, municipality)
    if request.method == "GET":
        return _page(inquiry, municipality, side)
    text = request.form.get("text", "").replace("\r\n", "\n")
    question = request.form.get("question", "")
    known = {"", *inquiry.questionnaire.questions, *inquiry.questionnaire.tables}
    if not text.strip() or len(text) > LONGEST or first_control(text) is not None or question not in known:
        fault = _("%(longest)s字以内で入力してください。", longest=LONGEST)
        return _page(inquiry, municipality, side, fault=fault, typed=request.form), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    new = NewMessage(municipality, question, text, side, token, closes="closes" in request.form)
    say(database(), inquiry, new, around().who)
    note("said")
    return redirect(request.full_path.rstrip("?"), 303)


def _page(inquiry: Inquiry, municipality: str, side: Side, **told: object) -> str:
    return render_template(
        "together/questions.html",
        inquiry=inquiry,
        town=roster(database())[municipality],
        side=side,
        conversations=conversations(database(), inquiry, municipality),
        received=acknowledgement(database(), inquiry, municipality),
        title=inquiry.title if wording.language() == "ja" else inquiry.questionnaire.title.en,
        chosen=request.args.get("question", ""),
        token=secrets.token_urlsafe(24),
        longest=LONGEST,
        **told,
    )
