"""Signing in and out, and the language of the pages."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.datastructures import MultiDict

from survey_app.access import SignedIn, from_elsewhere, home, identity
from survey_app.carrying import CARRIED, carried_form, inside, posted_fields
from survey_app.connections import database, moment
from survey_app.passwords import verify_password
from survey_app.store.accounts import Account, find_account
from survey_app.store.sessions import end_session, note_failure, start_session, too_many_failures
from survey_app.views.replying.notes import note

blueprint = Blueprint("signing", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in; what was typed before a session ran out is carried through."""
    if request.method in ("GET", "HEAD"):
        return _page(request.args.get("next", ""))
    if from_elsewhere():
        abort(403)
    account, refusal = _checked(request.form.get("sign_in_name", "").strip(), request.form.get("password", ""))
    target = request.form.get("next", "")
    if account is None:
        return _page(target, refusal, MultiDict(carried_form(request.form))), 401
    language = session.get("language")
    session.clear()
    session.permanent = True
    if language:
        session["language"] = language
    login_user(SignedIn(account, start_session(database(), account, moment())))
    carried = carried_form(request.form)
    if dict(carried).get("by", identity()) != identity():
        note("other_person", "warn")
        return redirect(home(), 303)
    if carried:
        return render_template("errors/again.html", action=inside(target), fields=carried, reason="signed_in")
    return redirect(inside(target) or home(), 303)


def sign_in_again() -> ResponseReturnValue:
    """Answer a form that was sent without a session: sign in first, and what was typed goes along."""
    fields = [] if from_elsewhere() else posted_fields(request.form)
    sentence = _("サインインの有効期限が切れました。もう一度サインインしてください。入力した内容は失われていません。")
    return _page(request.path, sentence, MultiDict(fields)), 401


sign_in_again.roles = frozenset()  # type: ignore[attr-defined]
blueprint.add_url_rule("/sign-in/again", view_func=sign_in_again, methods=["POST"])


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out: the session's row ends, whatever cookie is kept."""
    end_session(database(), current_user.get_id(), moment())
    logout_user()
    return redirect(url_for("signing.sign_in"), 303)


@blueprint.post("/language/<code>")
def language(code: str) -> ResponseReturnValue:
    """Choose the language of the pages, and stay where one was."""
    session["language"] = code
    return redirect(inside(request.form.get("next", "")) or url_for("home"), 303)


def _checked(sign_in_name: str, password: str) -> tuple[Account | None, str]:
    if too_many_failures(database(), sign_in_name, moment()):
        return None, _("サインインに続けて失敗しました。15分ほど待ってから、もう一度お試しください。")
    account = find_account(database(), sign_in_name)
    right = verify_password(password, None if account is None else account.password_hash)  # as long for a name unknown
    if account is not None and right:
        return account, ""
    note_failure(database(), sign_in_name, moment())
    return None, _("利用者名又はパスワードが違います。大文字・小文字と、半角・全角を確かめてください。")


def _page(target: str, refusal: str = "", fields: MultiDict[str, str] | None = None) -> str:
    carried = [] if fields is None else list(fields.items(multi=True))
    return render_template("signing/sign_in.html", target=target, refusal=refusal, carried=carried, prefix=CARRIED)
