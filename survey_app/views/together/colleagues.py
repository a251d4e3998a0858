"""Links by which a colleague elsewhere in the town hall fills in one section."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day
from questions.kinds.texts import first_control
from survey_app.addresses import public_url
from survey_app.connections import database
from survey_app.store.delegations import NewDelegation, delegate, delegations, withdraw_delegation
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, open_reply

blueprint = Blueprint("colleagues", __name__, url_prefix="/inquiries/<inquiry>/colleagues")
LONGEST_RECIPIENT = 60


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """List the links of the reply, and make another."""
    return _page(open_reply(inquiry))


@blueprint.post("")
def make(inquiry: str) -> ResponseReturnValue:
    """Make a link; it is shown once."""
    opened = open_reply(inquiry)
    recipient, section = request.form.get("recipient", "").strip(), request.form.get("section", "")
    until, faults = _day(opened, request.form.get("until", ""))
    if not recipient or len(recipient) > LONGEST_RECIPIENT or first_control(recipient) is not None:
        faults["recipient"] = _("相手の所属と氏名を60字以内で入力してください（例：税務課 田中）。")
    if section not in {one.name for one in opened.questionnaire.sections}:
        faults["section"] = _("頼む項目を選んでください。")
    if faults or until is None:
        return _page(opened, faults=faults, typed=request.form), 422
    new = NewDelegation(opened.reply.municipality, section, recipient, until)
    token = delegate(database(), opened.inquiry, new, opened.who)
    return _page(opened, link=public_url("shared.show", token=token), made=new)


@blueprint.post("/<int:number>/withdraw")
def withdraw(inquiry: str, number: int) -> ResponseReturnValue:
    """Withdraw a link; whoever has it finds a page that says so."""
    opened = open_reply(inquiry)
    withdraw_delegation(database(), opened.inquiry, opened.reply.municipality, number, opened.who)
    note("link_withdrawn")
    return redirect(url_for("colleagues.show", inquiry=inquiry), 303)


def _day(opened: Opened, text: str) -> tuple[date | None, dict[str, str]]:
    """Read until when a link holds: from today to the day of the deadline."""
    try:
        day = read_day(text) if text.strip() else opened.reply.standing.term.end.date()
    except OutsideEra:
        day = None
    if day is None or not opened.who.at.date() <= day <= opened.reply.standing.term.end.date():
        return None, {"until": _("今日から回答期限までの日付を入力してください（例：R8.12.1）。")}
    return day, {}


def _page(opened: Opened, **told: object) -> str:
    links = delegations(database(), opened.inquiry, opened.reply.municipality)
    titles = {one.name: one.title.text(opened.language) for one in opened.questionnaire.sections}
    return render_template("together/colleagues.html", opened=opened, links=links, titles=titles, **told)
