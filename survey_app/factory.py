"""Makes the application."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from flask import Flask, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from survey_app import access, connections, errors, navigation, wording, wording_board, wording_checking
from survey_app.config import LARGEST_FORM_BYTES, MOST_FORM_PARTS, Config, read_config
from survey_app.counting import NumberInPath
from survey_app.store.database import connect
from survey_app.store.secrets import signing_key
from survey_app.store.sessions import SESSION_LASTS
from survey_app.views import (
    accepting,
    account,
    answers,
    attaching,
    audit,
    blank_forms,
    board,
    changing,
    chasing,
    closing,
    consulted,
    consulting,
    data,
    divisions,
    entering,
    examining,
    feeding,
    gathering,
    inviting,
    needs,
    people,
    preparing,
    publishing,
    reminding,
    replying,
    results,
    returning,
    routing,
    signing,
    versus,
    xlsforms,
)
from survey_app.views.together import approving, colleagues, comparing, conversing, excel, shared

LANGUAGES = ("ja", "en")
ROOMS = (
    signing,
    account,
    replying,
    board,
    examining,
    accepting,
    returning,
    entering,
    gathering,
    blank_forms,
    approving,
    colleagues,
    comparing,
    conversing,
    excel,
    shared,
    attaching,
    audit,
    closing,
    consulted,
    consulting,
    changing,
    chasing,
    reminding,
    preparing,
    people,
    inviting,
    divisions,
    xlsforms,
    needs,
    routing,
    results,
    versus,
    data,
    feeding,
    publishing,
    answers,
)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(given: Config | Mapping[str, object] | None = None) -> Flask:
    """Make the application over an existing database. Raises NotInitialised when there is none."""
    config = read_config(given)
    app = Flask(__name__)
    with connect(config.database) as database:
        key = signing_key(database, config.now())
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME="shokai",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure,
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS + timedelta(hours=1),
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        BABEL_DEFAULT_LOCALE="ja",
        BABEL_TRANSLATION_DIRECTORIES=str(wording.TRANSLATIONS),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    connections.prepare(app, config)
    Babel(app, locale_selector=_language)
    access.prepare(app)  # before the tokens: who is not signed in is asked to sign in, with what was typed
    CSRFProtect(app).exempt(signing.sign_in)  # its own check: a page kept open overnight must still sign in
    errors.prepare(app)
    app.url_map.converters["int"] = NumberInPath
    for blueprint in dict.fromkeys(room.blueprint for room in ROOMS):  # some rooms share one
        app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", _home)
    app.after_request(_headers)
    app.context_processor(_names)
    return app


def _language() -> str:
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else "ja"


def _home() -> ResponseReturnValue:
    return redirect(access.home(), 303)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _page_mark() -> str:
    """Return a mark for one opened page, so that its own saves are told from those of others."""
    return secrets.token_urlsafe(9)


def _names() -> dict[str, object]:
    return {
        "wording": wording,
        "wording_board": wording_board,
        "wording_checking": wording_checking,
        "language": wording.language(),
        "current_account": access.current_account,
        "identity": access.identity,
        "page_mark": _page_mark,
        "rooms": navigation.rooms,
        "of_inquiry": navigation.of_inquiry,
    }
