"""The page that a link to one section opens: it says what is asked and until when, or why it no longer opens."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from survey_app import wording
from survey_app.access import by_link, delegation
from survey_app.connections import database, moment
from survey_app.store.delegations import Delegation, find_delegation
from survey_app.store.inquiries import Inquiry, inquiries
from survey_app.store.rosters import roster

blueprint = Blueprint("shared", __name__)


@blueprint.get("/shared/<token>")
def show(token: str) -> ResponseReturnValue:
    """Say what the link is for."""
    found = find_delegation(database(), token)
    if found is None:
        return render_template("together/shared.html", found=None), 404
    inquiry = _inquiry(found)
    return render_template(
        "together/shared.html",
        found=found,
        inquiry=inquiry,
        section=inquiry.questionnaire.section(found.section).title.text(wording.language()),
        town=roster(database()).name(found.municipality),
        open=found.is_open(moment()),
        token=token,
    ), (200 if found.is_open(moment()) else 410)


@blueprint.post("/shared/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Begin to fill in the section."""
    colleague = by_link(token)
    if colleague is None or colleague.delegation is None:
        return redirect(url_for("shared.show", token=token), 303)
    language = session.get("language")
    session.clear()
    session.permanent = True
    if language:
        session["language"] = language
    login_user(colleague)
    return redirect(_address(colleague.delegation), 303)


@blueprint.get("/shared")
def section() -> ResponseReturnValue:
    """Lead a colleague to the section of the link."""
    return redirect(_address(delegation() or abort(404)), 303)


def _address(found: Delegation) -> str:
    return url_for("replying.section", inquiry=_inquiry(found).name, section=found.section)


def _inquiry(found: Delegation) -> Inquiry:
    return next(one for one in inquiries(database()) if one.id == found.inquiry)
