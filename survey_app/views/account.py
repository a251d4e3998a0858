"""One's own account: the password, and where one is signed in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from survey_app.access import current_account
from survey_app.connections import database, moment
from survey_app.passwords import hash_password, verify_password
from survey_app.store.accounts import change_password, end_other_sessions, sessions
from survey_app.views.replying.notes import note

blueprint = Blueprint("account", __name__, url_prefix="/account")
SHORTEST_PASSWORD = 10


@blueprint.get("/")
def account() -> ResponseReturnValue:
    """Show the account."""
    return _page()


@blueprint.post("/password")
def password() -> ResponseReturnValue:
    """Change the password; it is signed out everywhere else."""
    faults = _faults(request.form.get("present", ""), request.form.get("new", ""), request.form.get("again", ""))
    if faults:
        return _page(faults), 422
    change_password(database(), current_account(), hash_password(request.form["new"]), _token(), moment())
    note("password_changed")
    return redirect(url_for("account.account"), 303)


@blueprint.post("/sessions")
def sign_out_elsewhere() -> ResponseReturnValue:
    """End all sessions but this one."""
    end_other_sessions(database(), current_account(), _token(), moment())
    note("sessions_ended")
    return redirect(url_for("account.account"), 303)


def _token() -> str:
    token: str = current_user.get_id()
    return token


def _faults(present: str, new: str, again: str) -> dict[str, str]:
    """Return what is wrong, by the name of the field."""
    found = {}
    if not verify_password(present, current_account().password_hash):
        found["present"] = _("いまのパスワードが違います。")
    if len(new) < SHORTEST_PASSWORD:
        found["new"] = _("%(least)s文字以上にしてください。", least=SHORTEST_PASSWORD)
    elif new == present:
        found["new"] = _("いまのパスワードとは別のものにしてください。")
    if new != again:
        found["again"] = _("新しいパスワードと一致しません。もう一度入力してください。")
    return found


def _page(faults: dict[str, str] | None = None) -> str:
    open_ones = sessions(database(), current_account(), _token(), moment())
    return render_template("account/account.html", sessions=open_ones, faults=faults or {}, least=SHORTEST_PASSWORD)
