"""The page that an invitation opens: a person sets a password, and is signed in."""

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user

from survey_app.access import SignedIn, home
from survey_app.connections import database, moment
from survey_app.passwords import hash_password
from survey_app.store.invitations import accept, invited, was_made
from survey_app.store.sessions import note_failure, start_session, too_many_failures
from survey_app.views.account import SHORTEST_PASSWORD, new_password_faults
from survey_app.views.replying.notes import note

blueprint = Blueprint("inviting", __name__, url_prefix="/invitations")


@blueprint.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Ask for a password, when the link still holds."""
    return _page(token)


@blueprint.post("/<token>")
def take(token: str) -> ResponseReturnValue:
    """Set the password: the link is used up, and the person is signed in."""
    if too_many_failures(database(), _guesser(), moment()):
        return _page(token)
    account = invited(database(), token, moment())
    new = request.form.get("password_new", "")
    if account is None:
        return _page(token)
    faults = new_password_faults(new, request.form.get("password_again", ""), account.password_hash)
    if faults:
        return _page(token, faults)
    taken = accept(database(), token, hash_password(new), moment())
    if taken is None:
        return _page(token)
    language = session.get("language")
    session.clear()
    session.permanent = True
    if language:
        session["language"] = language
    login_user(SignedIn(taken, start_session(database(), taken, moment())))
    note("password_chosen")
    return redirect(home(), 303)


def _page(token: str, faults: dict[str, str] | None = None) -> ResponseReturnValue:
    """Draw the page; a link that was used, has run out, was withdrawn or never was: they all look the same.

    Who tries links that were never made has to wait, as with wrong passwords.
    """
    if too_many_failures(database(), _guesser(), moment()):
        return render_template("people/invitation.html", account=None, wait=True), 429
    account = invited(database(), token, moment())
    if account is None:
        if not was_made(database(), token):
            note_failure(database(), _guesser(), moment())
        return render_template("people/invitation.html", account=None, wait=False), 404
    page = render_template("people/invitation.html", account=account, faults=faults or {}, least=SHORTEST_PASSWORD)
    return page, (422 if faults else 200)


def _guesser() -> str:
    """Return under which name failures are counted: the address that asks, which no sign-in name can be."""
    return f"invitation from {request.remote_addr}"
