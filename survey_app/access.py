"""Who is signed in; what is not open to them by the table of permissions is closed."""

from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from survey_app.carrying import posted_fields
from survey_app.config import LARGEST_ATTACHING, LARGEST_ATTACHING_READ, LARGEST_UPLOAD, MOST_FORM_PARTS
from survey_app.connections import database, moment
from survey_app.permissions import ANYBODY, ATTACHING, HOMES, UPLOADING, permission
from survey_app.store.accounts import Account
from survey_app.store.delegations import Delegation, find_delegation
from survey_app.store.replies import Surroundings
from survey_app.store.rosters import roster
from survey_app.store.sessions import session_account

LINK = "link:"
WITH_AN_INITIAL_PASSWORD = frozenset({"account.account", "account.password", "signing.sign_out"})
"""What is open to a person who still has the password of the letter: the page where it is changed."""


class SignedIn(UserMixin):
    """An account in a session; the session's token is what the browser keeps.

    ``delegation`` is the link of a colleague who has no account; it opens one section of one reply.
    """

    def __init__(self, account: Account, token: str, delegation: Delegation | None = None) -> None:
        self.account = account
        self.id = token
        self.delegation = delegation


def by_link(token: str) -> SignedIn | None:
    """Return the colleague whom a link lets in; None when it is unknown, withdrawn or has run out."""
    found = find_delegation(database(), token)
    if found is None or not found.is_open(moment()):
        return None
    place = roster(database()).name(found.municipality)
    account = Account(None, "", found.recipient, "colleague", found.municipality, "", place)
    return SignedIn(account, LINK + token, found)


def delegation() -> Delegation | None:
    """Return the link by which the present person works; None for those with an account."""
    found: Delegation | None = getattr(current_user, "delegation", None)
    return found


def current_account() -> Account:
    """Return the account that is signed in; the views that ask are closed to others."""
    return cast(SignedIn, current_user).account


def around() -> Surroundings:
    """Return what replies are read in: the roster, and who is signed in, at this moment."""
    return Surroundings(roster(database()), current_account().who(moment()))


def identity() -> str:
    """Return a mark of who is signed in, for forms: what was typed is never stored under somebody else's name."""
    if not current_user.is_authenticated:
        return ""
    account = current_account()
    return f"{account.role}:{account.id or account.name}:{account.municipality or ''}"


def home() -> str:
    """Return the address of the first page of whoever is signed in."""
    return url_for(HOMES[current_account().role])


def prepare(app: Flask) -> None:
    """Let the application know who is signed in, and close what is not open to them."""
    manager = LoginManager(app)
    manager.session_protection = None  # offices change addresses; the session's own row is what counts

    @manager.user_loader
    def load(token: str) -> SignedIn | None:
        if token.startswith(LINK):
            return by_link(token.removeprefix(LINK))
        account = session_account(database(), token, moment())
        return None if account is None else SignedIn(account, token)

    app.before_request(_guard)
    app.after_request(_keep_session)


def from_elsewhere() -> bool:
    """Was this request sent by a page of another site?"""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _keep_session(response: Response) -> Response:
    """Answer another site's form without a cookie: it came without the person's own, which a new one would replace."""
    if request.method == "POST" and from_elsewhere():
        session.modified = False
    return response


def _too_many_fields() -> bool:
    """Count the fields of a form before it is taken apart: each costs time, and a page shows them all again."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return False
    return request.get_data(cache=True, parse_form_data=False).count(b"&") >= MOST_FORM_PARTS


def _guard() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    roles = permission(endpoint).roles
    if endpoint in UPLOADING:
        request.max_content_length = LARGEST_UPLOAD
    if endpoint in ATTACHING and request.mimetype == "multipart/form-data":
        known = current_user.is_authenticated
        request.max_content_length = LARGEST_ATTACHING_READ if known else LARGEST_ATTACHING
    if request.method == "POST" and (from_elsewhere() or _too_many_fields()):
        abort(403 if from_elsewhere() else 413)
    if ANYBODY in roles:
        return None
    if not current_user.is_authenticated:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("signing.sign_in", next=request.full_path.rstrip("?")), 303)
        return cast(ResponseReturnValue, current_app.view_functions["signing.sign_in_again"]())
    if request.method == "POST" and request.form.get("by", identity()) != identity():
        return render_template("errors/other_person.html", fields=posted_fields(request.form)), 409
    if current_account().must_change and endpoint not in WITH_AN_INITIAL_PASSWORD:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("account.account", next=request.full_path.rstrip("?")), 303)
        return cast(ResponseReturnValue, current_app.view_functions["account.password_first"]())
    if current_account().role not in roles:
        abort(404)
    return None
