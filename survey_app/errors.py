"""What is shown when something goes wrong: where one is, what happened, what to do next."""

import sqlite3

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from questions.life import NotAllowed
from survey_app import wording
from survey_app.access import from_elsewhere
from survey_app.carrying import posted_fields

log = structlog.get_logger()


def prepare(app: Flask) -> None:
    """Give every fault a page of its own, and the log its place; never what officers typed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ]
    )
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(LookupError, _not_found)
    app.register_error_handler(OverflowError, _too_large)
    app.register_error_handler(sqlite3.OperationalError, _storage)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _token(_fault: CSRFError) -> ResponseReturnValue:
    """The page's token is not the session's: nothing was stored; what was typed can be sent again."""
    if from_elsewhere():
        return _page("403", 403)
    fields = posted_fields(request.form)
    return render_template("errors/again.html", action=request.full_path, fields=fields, reason="token"), 400


def _not_allowed(fault: NotAllowed) -> ResponseReturnValue:
    return _page("not_allowed", 409, sentence=wording.refusal(fault.reason))


def _not_found(fault: LookupError) -> ResponseReturnValue:
    """What does not exist and what belongs to somebody else look the same. A slip of ours is no such thing."""
    if isinstance(fault, KeyError | IndexError | BuildError):
        return _unexpected(fault)
    return _page("404", 404)


def _too_large(_fault: OverflowError) -> ResponseReturnValue:
    """A number in an address that no database can hold: there is nothing of that number."""
    return _page("404", 404)


def _storage(fault: sqlite3.OperationalError) -> ResponseReturnValue:
    """The disk is full or the database is busy: nothing was stored; what was typed stays on the page."""
    log.error("storage", fault=str(fault), path=request.path)
    fields = posted_fields(request.form)
    return render_template("errors/again.html", action=request.full_path, fields=fields, reason="storage"), 503


def _http(fault: HTTPException) -> ResponseReturnValue:
    code = fault.code or 500
    if code < 400:
        return fault
    return _page(str(code) if code in (403, 404, 405, 413) else "other", code)


def _unexpected(fault: Exception) -> ResponseReturnValue:
    log.error("unexpected", path=request.path, exc_info=fault)
    return _page("500", 500, fields=posted_fields(request.form))


def _page(kind: str, code: int, **names: object) -> ResponseReturnValue:
    return render_template("errors/error.html", kind=kind, code=code, **names), code
