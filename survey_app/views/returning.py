"""The division gives items of a reply back for correction, each with its reason."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions.answers import Place
from questions.life import Act, Actor, NotAllowed, may
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.showing import Reader
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, find_reply
from survey_app.store.returns import NothingReturned, return_items
from survey_app.store.submissions import submissions_of
from survey_app.store.undoing_returns import undo_return as taken_back
from survey_app.views.board import blueprint
from survey_app.views.replying.notes import note

REASON = "reason:"


@blueprint.get("/<inquiry>/<municipality>/return")
def ask_return(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show a reply with a place for a reason at each item."""
    return _page(_opened(inquiry, municipality), {})


@blueprint.post("/<inquiry>/<municipality>/return")
def give_back(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Give the items that have a reason back to the town hall."""
    here = _opened(inquiry, municipality)
    reasons = _reasons()
    try:
        return_items(database(), here, reasons, around().who)
    except NothingReturned:
        return _page(here, reasons, nothing=True), 422
    except NotAllowed as fault:
        return _page(here, reasons, refusal=fault.reason), 409
    note("items_returned", town=here.setting.roster.name(municipality), count=len(reasons))
    return redirect(url_for("board.reply", inquiry=inquiry, municipality=municipality), 303)


@blueprint.post("/<inquiry>/<municipality>/return/undo")
def undo_return(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Take the return back, as long as the town hall has done nothing with it."""
    here = _opened(inquiry, municipality)
    try:
        taken_back(database(), here, around().who)
        note("return_undone", town=here.setting.roster.name(municipality))
    except NotAllowed:
        note("return_stands", "warn")
    return redirect(url_for("board.reply", inquiry=inquiry, municipality=municipality), 303)


def _opened(inquiry: str, municipality: str) -> Reply:
    return find_reply(database(), find_inquiry(database(), inquiry), municipality, around())


def _reasons() -> dict[Place, str]:
    found: dict[Place, str] = {}
    for name, text in request.form.items():
        if name.startswith(REASON) and "/" in name and text.strip():
            row, question = name.removeprefix(REASON).split("/", 1)
            found[row, question] = text.replace("\r\n", "\n").strip()
    return found


def _page(here: Reply, reasons: dict[Place, str], **told: object) -> str:
    handed = submissions_of(database(), here.inquiry, here.municipality)
    if not handed:
        raise LookupError(here.municipality)
    reader = Reader(here.inquiry.questionnaire, handed[0].contents, here.setting, wording.language())
    return render_template(
        "board/return.html",
        inquiry=here.inquiry,
        town=here.setting.roster[here.municipality],
        sections=[section for section in reader.sections() if section.asked],
        reasons=reasons,
        may_return=may(here.state, Act.RETURN, Actor.DIVISION, here.standing.term, moment()),
        prefix=REASON,
        **told,
    )
