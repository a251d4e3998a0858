"""Accounts are passed on to successors, closed, and opened again."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.access import around
from survey_app.connections import database
from survey_app.passwords import NOBODY
from survey_app.store import appointments
from survey_app.store.accounts import Account, NameTaken
from survey_app.store.appointments import NotDisabled
from survey_app.store.contacts import contacts
from survey_app.store.people import free_name
from survey_app.views.people.accounts import account_page, manageable, sign_in_name, taken, with_person
from survey_app.views.people.typed import Form, Typed
from survey_app.views.replying.notes import note


def disable_account(number: int) -> ResponseReturnValue:
    """Close an account: its person is signed out with the next request."""
    known = manageable(number)
    try:
        appointments.disable_account(database(), number, around().who)
    except NotDisabled:
        return account_page(known, refused=_last()), 409
    note("account_disabled")
    return redirect(url_for("people.account", number=number), 303)


def enable_account(number: int) -> ResponseReturnValue:
    """Open a closed account again."""
    manageable(number)
    appointments.enable_account(database(), number, around().who)
    note("account_enabled")
    return redirect(url_for("people.account", number=number), 303)


def successor(number: int) -> ResponseReturnValue:
    """Show the form of a successor: the same post and telephone, another person."""
    old = manageable(number)
    if old.disabled_at is not None:
        abort(404)
    suggested = {
        "sign_in_name": free_name(database(), old.sign_in_name),
        "post": old.post,
        "telephone": old.telephone,
        "email": old.email,
        "contact": "yes",
    }
    return _page(old, suggested)


def hand_over(number: int) -> ResponseReturnValue:
    """Make the successor's account and close the old one, in one go."""
    old = manageable(number)
    typed = Typed(request.form)
    new = with_person(Account(None, sign_in_name(typed), "", old.role, None, NOBODY), typed)
    if not typed.faults:
        try:
            contact = "contact" in request.form
            made = appointments.hand_over(database(), number, new, around().who, contact=contact)
        except NameTaken:
            typed.faults["sign_in_name"] = taken()
    if typed.faults:
        return _page(old, request.form, typed.faults), 422
    note("handed_over")
    return redirect(url_for("people.account", number=made), 303)


def _page(old: Account, typed: Form, faults: dict[str, str] | None = None) -> str:
    standing = old.municipality is not None and any(
        kept.contact.name == old.name for kept in contacts(database(), old.municipality)
    )
    shown = {"old": old, "typed": typed, "faults": faults or {}, "stands": standing}
    return render_template("people/successor.html", **shown)


def _last() -> str:
    return _("この役割でサインインできる最後の利用者のため、停止できません。先に、ほかの利用者を登録してください。")
