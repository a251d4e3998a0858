"""One's own account: the password, and where one is signed in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from survey_app.access import current_account, home
from survey_app.carrying import CARRIED, Fields, carried_form, inside, posted_fields
from survey_app.connections import database, moment
from survey_app.passwords import LONGEST, hash_password, verify_password
from survey_app.store.sessions import change_password, end_other_sessions, sessions
from survey_app.views.replying.notes import note

blueprint = Blueprint("account", __name__, url_prefix="/account")
SHORTEST_PASSWORD = 10


@blueprint.get("/")
def account() -> ResponseReturnValue:
    """Show the account."""
    return _page(target=inside(request.args.get("next", "")))


@blueprint.post("/password")
def password() -> ResponseReturnValue:
    """Change the password; it is signed out everywhere else. An initial one needs not be typed again."""
    present, new = request.form.get("password_present", ""), request.form.get("password_new", "")
    initial = current_account().must_change
    faults = {} if initial else _fault_of_present(present)
    faults |= new_password_faults(new, request.form.get("password_again", ""), current_account().password_hash)
    target, carried = inside(request.form.get("next", "")), carried_form(request.form)
    if faults:
        return _page(faults, target=target, carried=carried), 422
    change_password(database(), current_account(), hash_password(new), _token(), moment())
    if carried:
        return render_template("errors/again.html", action=target, fields=carried, reason="password")
    note("password_chosen" if initial else "password_changed")
    return redirect(target or (home() if initial else url_for("account.account")), 303)


def password_first() -> ResponseReturnValue:
    """Answer a form of somebody whose password is still an initial one: that first; what was typed goes along."""
    return _page(target=request.full_path.rstrip("?"), carried=posted_fields(request.form)), 409


blueprint.add_url_rule("/password/first", view_func=password_first, methods=["POST"])


@blueprint.post("/sessions")
def sign_out_elsewhere() -> ResponseReturnValue:
    """End all sessions but this one."""
    end_other_sessions(database(), current_account(), _token(), moment())
    note("sessions_ended")
    return redirect(url_for("account.account"), 303)


def new_password_faults(new: str, again: str, present_hash: str) -> dict[str, str]:
    """Return what is wrong with a new password, by the name of the field."""
    found = {}
    if len(new) < SHORTEST_PASSWORD:
        found["password_new"] = _("%(least)s文字以上にしてください。", least=SHORTEST_PASSWORD)
    elif len(new) > LONGEST:
        found["password_new"] = _("%(most)s文字以内にしてください。", most=LONGEST)
    elif verify_password(new, present_hash):
        found["password_new"] = _("いまのパスワードとは別のものにしてください。")
    if new != again:
        found["password_again"] = _("新しいパスワードと一致しません。もう一度入力してください。")
    return found


def _fault_of_present(present: str) -> dict[str, str]:
    right = verify_password(present, current_account().password_hash)
    return {} if right else {"password_present": _("いまのパスワードが違います。")}


def _token() -> str:
    token: str = current_user.get_id()
    return token


def _page(faults: dict[str, str] | None = None, *, target: str = "", carried: Fields | None = None) -> str:
    open_ones = sessions(database(), current_account(), _token(), moment())
    return render_template(
        "account/account.html",
        sessions=open_ones,
        faults=faults or {},
        least=SHORTEST_PASSWORD,
        target=target,
        carried=carried or [],
        prefix=CARRIED,
    )
