"""The division reads one municipality's reply, accepts it, lifts checks for it."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions.life import Act, Actor, may
from survey_app import wording
from survey_app.access import around
from survey_app.comparing import breaches
from survey_app.connections import database, moment
from survey_app.showing import Reader
from survey_app.store import inquiries as store
from survey_app.store.inquiries import Inquiry, find_inquiry, set_waived
from survey_app.store.replies import find_reply
from survey_app.store.returns import open_items
from survey_app.store.submissions import ChangedMeanwhile, submissions_of
from survey_app.store.submissions import accept as accept_reply
from survey_app.views.board import blueprint
from survey_app.views.replying.notes import note


@blueprint.get("/<inquiry>/<municipality>")
def reply(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show the last submission of one municipality, read-only."""
    found = find_inquiry(database(), inquiry)
    here = find_reply(database(), found, municipality, around())
    handed = submissions_of(database(), found, municipality)
    number = request.args.get("number", type=int)
    shown = next((one for one in handed if one.number == number), handed[0] if handed else None)
    reader = None
    if shown is not None:
        address_of = partial(_file, found, municipality)
        reader = Reader(found.questionnaire, shown.contents, here.setting, wording.language(), address_of=address_of)
    return render_template(
        "board/reply.html",
        inquiry=found,
        standing=here.standing,
        town=here.setting.roster[municipality],
        handed=handed,
        shown=shown,
        sections=reader.sections() if reader else (),
        may_return=may(here.state, Act.RETURN, Actor.DIVISION, here.standing.term, moment()),
        returned=open_items(database(), here),
        may_accept=may(here.state, Act.ACCEPT, Actor.DIVISION, here.standing.term, moment()),
        roster=here.setting.roster,
        waivable=[check for check in found.questionnaire.checks if check.waivable],
        waived=here.setting.waived,
        breaches=[one for one in breaches(database(), found) if municipality in one.municipalities],
    )


@blueprint.post("/<inquiry>/<municipality>/accept")
def accept(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Mark a reply as checked."""
    found = find_inquiry(database(), inquiry)
    here = find_reply(database(), found, municipality, around())
    try:
        accept_reply(database(), here, request.form.get("number", 0, type=int), around().who)
    except ChangedMeanwhile:
        note("newer_submission", "warn")
    return _back(found, municipality)


@blueprint.post("/<inquiry>/<municipality>/waive")
def waive(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Lift checks for one municipality, or let them hold again."""
    found = find_inquiry(database(), inquiry)
    store.standing(database(), found, municipality)
    known = {check.name for check in found.questionnaire.checks if check.waivable}
    set_waived(database(), found, municipality, known & set(request.form.getlist("waived")), around().who)
    return _back(found, municipality)


def _file(inquiry: Inquiry, municipality: str, attachment: str) -> str:
    return url_for("attaching.handed_in", inquiry=inquiry.name, municipality=municipality, identity=attachment)


def _back(inquiry: Inquiry, municipality: str) -> ResponseReturnValue:
    return redirect(url_for("board.reply", inquiry=inquiry.name, municipality=municipality), 303)
