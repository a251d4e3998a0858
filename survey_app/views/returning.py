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
from survey_app.views.board import blueprint

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
