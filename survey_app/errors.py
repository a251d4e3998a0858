"""What is shown when something goes wrong: where one is, what happened, what to do next."""

import sqlite3
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

import structlog
from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from exports.fitting import LONGEST_TEXT, CellRefused, Unwritable
from questions.kinds.files import MOST_MEGABYTES
from questions.life import NotAllowed
from survey_app import wording
from survey_app.access import from_elsewhere
from survey_app.carrying import Fields, inside, posted_fields
from survey_app.config import MOST_FORM_PARTS
from survey_app.full_disks import is_full
from survey_app.gone import nothing_there, typed_here
from survey_app.permissions import ATTACHING

log = structlog.get_logger()
LARGEST_SHOWN = 10_000_000
"""Bytes of a form that is too large to be stored, but is shown again."""


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
    app.register_error_handler(Unwritable, _unwritable)
    app.register_error_handler(CellRefused, _cell_refused)
    app.register_error_handler(sqlite3.OperationalError, _storage)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _token(_fault: CSRFError) -> ResponseReturnValue:
    """The page's token is not the session's: nothing was stored; what was typed can be sent again."""
    if from_elsewhere():
        return _page("403", 403)
    fields = posted_fields(request.form)
    return render_template("errors/again.html", action=request.full_path, fields=fields, reason="token"), 400


def _not_allowed(fault: NotAllowed) -> ResponseReturnValue:
    return _page("not_allowed", 409, sentence=wording.refusal(fault.reason), fields=typed_here())


def _not_found(fault: LookupError) -> ResponseReturnValue:
    """What does not exist and what belongs to somebody else look the same. A slip of ours is no such thing."""
    if isinstance(fault, KeyError | IndexError | BuildError):
        return _unexpected(fault)
    return nothing_there()


def _too_large(_fault: OverflowError) -> ResponseReturnValue:
    """A number in an address that no database can hold: there is nothing of that number."""
    return nothing_there()


def _unwritable(fault: Unwritable) -> ResponseReturnValue:
    """Somebody typed more than a cell holds, as a draft may: whose workbook it is, and where the text stands."""
    told = _(
        "%(whose)sのブックは作れません。%(place)sの文字が多すぎて、Excelのセル（%(most)s字まで）に入らないためです。"
        "画面でその欄を短くしてから、もう一度ダウンロードしてください。",
        whose=fault.whose,
        place=fault.place,
        most=f"{LONGEST_TEXT:,}",
    )
    return _page("not_allowed", 409, sentence=told)


def _cell_refused(fault: CellRefused) -> ResponseReturnValue:
    """The same of any other workbook, of which only the cell is known."""
    told = _(
        "このブックは作れません。%(place)sに入る文字が多すぎて、Excelのセル（%(most)s字まで）に入らないためです。"
        "画面でその文を短くしてから、もう一度ダウンロードしてください。",
        place=fault.address,
        most=f"{LONGEST_TEXT:,}",
    )
    return _page("not_allowed", 409, sentence=told)


def _storage(fault: sqlite3.OperationalError) -> ResponseReturnValue:
    """The disk is full, closed for writing or busy: nothing was stored; what was typed stays on the page."""
    sort = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
    if sort == sqlite3.SQLITE_ERROR:  # a slip of ours
        return _unexpected(fault)
    return _not_stored(fault, {sqlite3.SQLITE_FULL: "full", sqlite3.SQLITE_READONLY: "read_only"}.get(sort, "storage"))


def _system(fault: OSError) -> ResponseReturnValue:
    """A file could not be written, such as one that was sent."""
    if not is_full(fault):
        return _unexpected(fault)
    return _not_stored(fault, "full")


def _not_stored(fault: Exception, reason: str) -> ResponseReturnValue:
    with suppress(OSError):  # what is told may go to the same full disk
        log.error("storage", fault=str(fault), path=request.path)
    code = 507 if reason == "full" else 503
    action = request.full_path.rstrip("?")
    fields = posted_fields(request.form) if request.method == "POST" else []
    try:
        if request.method != "POST":
            return _page("storage", code)
        return render_template("errors/again.html", action=action, fields=fields, reason=reason), code
    except sqlite3.Error:  # not even who is signed in can be read, as every other page does
        bare = current_app.jinja_env.get_template("errors/bare.html")
        return bare.render(action=action, fields=fields, language=wording.language()), code


def _too_long() -> ResponseReturnValue:
    """More was sent than a form may hold: where it can be read all the same, it is shown to be copied."""
    if request.mimetype == "multipart/form-data":
        return _page("413_file", 413)
    fields = _typed_all_the_same()
    return _page("413" if fields else "413_unread", 413, fields=fields, back=_page_before() if fields else "")


def _typed_all_the_same() -> Fields:
    """Return what was typed into a form that is too large; nothing when it is beyond all measure."""
    if from_elsewhere() or not current_user.is_authenticated or (request.content_length or 0) > LARGEST_SHOWN:
        return []
    request.max_content_length = LARGEST_SHOWN
    pieces = request.get_data(cache=True, parse_form_data=False).split(b"&", MOST_FORM_PARTS)[:MOST_FORM_PARTS]
    pairs = parse_qsl(b"&".join(pieces).decode("utf-8", "replace"), errors="replace")
    return posted_fields(MultiDict(pairs))


def _page_before() -> str:
    """Return the address of the page that was filled in; "" when it is not known."""
    before = urlsplit(request.referrer or "")
    path = before.path if before.netloc == request.host else request.path
    adapter = current_app.create_url_adapter(request)
    return path if inside(path) and adapter is not None and adapter.test(path, method="GET") else ""


def _http(fault: HTTPException) -> ResponseReturnValue:
    code = fault.code or 500
    if code < 400:
        return fault
    if code == 413 and request.endpoint in ATTACHING and request.mimetype == "multipart/form-data":
        return _page("413", code, sentence=_too_many_megabytes())
    if code == 413:
        return _too_long()
    if code == 404:
        return nothing_there()
    return _page(str(code) if code in (403, 405) else "other", code)


def _too_many_megabytes() -> str:
    return _(
        "添付ファイルの合計が大きすぎるため、保存していません（一度に送れるのは%(most)sMBまでです）。"
        "ブラウザーの「戻る」で入力画面に戻り、ファイルを小さくするか、何回かに分けて保存してください。",
        most=MOST_MEGABYTES,
    )


def _unexpected(fault: Exception) -> ResponseReturnValue:
    with suppress(OSError):
        log.error("unexpected", path=request.path, exc_info=fault)
    return _page("500", 500, fields=posted_fields(request.form))


def _page(kind: str, code: int, **names: object) -> ResponseReturnValue:
    return render_template("errors/error.html", kind=kind, code=code, **names), code
