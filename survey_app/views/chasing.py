"""Chasing replies: today's list, calls, extensions, the history of one town hall."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day
from questions.kinds.texts import first_control
from survey_app import wording
from survey_app.access import around
from survey_app.clock import TOKYO
from survey_app.connections import database, moment
from survey_app.deadlines import read_deadline
from survey_app.store.chasing import WAYS, NewCall, calls, log_call
from survey_app.store.extensions import NoExtension, extensions, withdraw_extension
from survey_app.store.extensions import extend as extend_term
from survey_app.store.inquiries import Inquiry, find_inquiry, standing
from survey_app.store.mails import mails_of
from survey_app.store.turnout import stage
from survey_app.views.chased import Chased, by_waiting, chased, one_chased
from survey_app.views.replying.notes import note

blueprint = Blueprint("chasing", __name__, url_prefix="/board/<inquiry>/chase")
LONGEST_PERSON, LONGEST_NOTE = 60, 500
MOST_NAMED = 10
"""Municipalities that a notice names."""


@blueprint.get("")
def today(inquiry: str) -> ResponseReturnValue:
    """List those whose reply is still to come: overdue, due soon, and the others folded."""
    return _today(find_inquiry(database(), inquiry))


@blueprint.get("/<municipality>")
def history(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show all that was said and agreed with one town hall."""
    return _history(find_inquiry(database(), inquiry), municipality)


@blueprint.post("/<municipality>/log")
def log(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Write a call down."""
    found = find_inquiry(database(), inquiry)
    standing(database(), found, municipality)
    promised, faults = _promised(request.form.get("promised", ""))
    spoken_with, said = request.form.get("spoken_with", "").strip(), request.form.get("note", "").strip()
    faults |= _text_fault("spoken_with", spoken_with, LONGEST_PERSON) | _text_fault("note", said, LONGEST_NOTE)
    way = next((one for one in WAYS if one == request.form.get("way")), None)
    if way is None:
        faults["way"] = _("連絡の方法を選んでください。")
    if not (spoken_with or said or request.form.get("promised", "").strip()):
        faults["note"] = _("相手、内容、提出の予定日のどれかを入力してください。")
    if faults or way is None:
        return _again(found, municipality, logging=municipality, faults=faults, typed=request.form), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    log_call(database(), found, NewCall(municipality, way, spoken_with, said, promised, token), around().who)
    return _back(found, municipality, logged=municipality)


@blueprint.post("/extend")
def extend(inquiry: str) -> ResponseReturnValue:
    """Give the municipalities that are named a later deadline; it holds at once."""
    found = find_inquiry(database(), inquiry)
    codes, reason = request.form.getlist("codes"), request.form.get("reason", "").strip()
    until = read_deadline(request.form.get("until", ""), closes=found.deadline.astimezone(TOKYO).time())
    faults = _text_fault("reason", reason, LONGEST_NOTE) | _until_fault(found, until)
    if not reason:
        faults["reason"] = _("延長の理由を入力してください。")
    if not codes:
        faults["codes"] = _("延長する団体を選んでください。")
    if not faults and until is not None:
        try:
            extend_term(database(), found, codes, until, reason, around().who)
        except NoExtension:
            faults["until"] = _until_sentence()
    page = request.form.get("page", "")
    if faults:
        told = {"extending": True, "faults": faults, "typed": request.form, "codes": codes}
        return _again(found, page, **told), 422
    names = [one.town.name for one in chased(found) if one.code in codes]
    note("extended", names=names[:MOST_NAMED], more=len(names[MOST_NAMED:]), until=wording.moment(until or moment()))
    return _back(found, page)


@blueprint.post("/<municipality>/withdraw-extension")
def withdraw(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Let the inquiry's own deadline hold again."""
    found = find_inquiry(database(), inquiry)
    if withdraw_extension(database(), found, municipality, around().who):
        note("extension_withdrawn")
    return redirect(url_for("chasing.history", inquiry=inquiry, municipality=municipality), 303)


def _promised(text: str) -> tuple[date | None, dict[str, str]]:
    """Read the day that they named: today or later, or none."""
    if not text.strip():
        return None, {}
    try:
        day = read_day(text)
    except OutsideEra:
        day = None
    if day is None or day < moment().date():
        return None, {"promised": _("今日以降の日付を入力してください（例：R8.12.21）。")}
    return day, {}


def _text_fault(name: str, text: str, longest: int) -> dict[str, str]:
    if len(text) > longest or first_control(text) is not None or "\n" in text:
        return {name: _("%(longest)s字以内で、1行で入力してください。", longest=longest)}
    return {}


def _until_fault(inquiry: Inquiry, until: datetime | None) -> dict[str, str]:
    if until is None or until <= inquiry.deadline or until <= moment():
        return {"until": _until_sentence()}
    return {}


def _until_sentence() -> str:
    return _("照会の回答期限と現在より後の日時を入力してください（例：R8.12.25 17:15）。")


def _again(inquiry: Inquiry, page: str, **told: object) -> str:
    """Show the page from which something was sent, with what was typed."""
    if _came_from(page) or not _is_listed(inquiry, told.get("logging", "")):
        return _history(inquiry, page, **told)
    return _today(inquiry, **told)


def _is_listed(inquiry: Inquiry, logging: object) -> bool:
    """Does today's list show the one about whom something was typed? Who has replied meanwhile has left it."""
    return not logging or any(one.code == logging and one.waiting for one in chased(inquiry))


def _back(inquiry: Inquiry, municipality: str, logged: str | None = None) -> ResponseReturnValue:
    if _came_from(municipality):
        address = url_for("chasing.history", inquiry=inquiry.name, municipality=municipality, logged=logged)
    else:
        anchor = None if logged is None else f"t-{logged}"
        address = url_for("chasing.today", inquiry=inquiry.name, logged=logged, _anchor=anchor)
    return redirect(address, 303)


def _came_from(municipality: str) -> bool:
    """Was it sent from the page of one town hall?"""
    return bool(municipality) and request.form.get("page") == municipality


def _today(inquiry: Inquiry, **told: object) -> str:
    every = chased(inquiry)
    return render_template("chasing/today.html", groups=by_waiting(every), **_around(inquiry, told, every))


def _history(inquiry: Inquiry, municipality: str, **told: object) -> str:
    here = one_chased(inquiry, municipality)
    return render_template(
        "chasing/history.html",
        here=here,
        calls=calls(database(), inquiry, municipality),
        agreed=extensions(database(), inquiry, municipality),
        mails=mails_of(database(), inquiry, municipality),
        **_around(inquiry, told, [here]),
    )


def _around(inquiry: Inquiry, told: Mapping[str, object], shown: Sequence[Chased]) -> dict[str, object]:
    plain = {"faults": {}, "typed": {}, "logging": "", "extending": False, "codes": ()}
    return {
        **plain,
        **told,
        "inquiry": inquiry,
        "stage": stage(inquiry, moment()),
        "ways_of_contact": WAYS,
        "logged": request.args.get("logged", ""),
        "tokens": {one.code: secrets.token_urlsafe(24) for one in shown},
        "now": moment(),
        "closes": f"{inquiry.deadline.astimezone(TOKYO):%H:%M}",
    }
