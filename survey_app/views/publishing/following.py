"""After telling: the opinions that came, and what became of promises."""

import secrets
from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.answers.told import read_planned, show_month
from exports.needs import Key
from questions.kinds.texts import Prose
from questions.setting import Setting
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.store.asking_again import Reason, reasons
from survey_app.store.cut_needs import needs_now
from survey_app.store.follow_ups import Note, Promise, Status, find_promise, promises
from survey_app.store.follow_ups import note_follow_up as keep_note
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.opinions import by_need
from survey_app.store.opinions import opinions as all_opinions
from survey_app.store.overtaking import Overtaken
from survey_app.store.publications import publications
from survey_app.views.replying.notes import note

LONGEST = 1000
_TEXT = Prose(longest=LONGEST)


def opinions(inquiry: str) -> ResponseReturnValue:
    """List the needs on which municipalities said something, for the next round."""
    found = find_inquiry(database(), inquiry)
    known = publications(database(), found)
    told = {key: need for one in known for key, need in one.contents.by_key.items()}
    names = {code: name for one in known for code, name in one.contents.names.items()}
    said = by_need(all_opinions(database(), found))
    why = reasons(database(), found, needs_now(database(), found, moment())) if said else {}
    return render_template(
        "publishing/opinions.html",
        inquiry=found,
        last=known[-1] if known else None,
        again=[told[key].control for key in said if Reason.OPINION in why.get(key, ())],
        lines=[(told[key], names.get(key[0], key[0]), lines) for key, lines in said.items()],
    )


def follow_ups(inquiry: str) -> ResponseReturnValue:
    """List the promises: those whose date has passed first."""
    return _page(find_inquiry(database(), inquiry))


def note_follow_up(inquiry: str, municipality: str, row: str) -> ResponseReturnValue:
    """Note what became of a promise."""
    found, key = find_inquiry(database(), inquiry), (municipality, row)
    try:
        promise = find_promise(database(), found, key)
    except LookupError:
        if not any(key in one.contents.by_key for one in publications(database(), found)):
            raise
        return _page(found, at=key, typed=request.form, overtaken=True), 409
    faults: dict[str, str] = {}
    given = _read(request.form, promise, faults)
    if given is None:
        return _page(found, faults=faults, at=key, typed=request.form), 422
    try:
        keep_note(database(), found, promise, given, around().who)
    except Overtaken:
        return _page(found, at=key, typed=request.form, overtaken=True), 409
    note("follow_up_noted")
    return redirect(url_for("publishing.follow_ups", inquiry=inquiry), 303)


def _read(form: Mapping[str, str], promise: Promise, faults: dict[str, str]) -> Note | None:
    text = form.get("text", "").replace("\r\n", "\n").strip()
    status, planned = form.get("status", ""), read_planned(form.get("planned", ""))
    if status not in set(Status):
        faults["status"] = _("どうなったかを選んでください。")
    if not text:
        faults["text"] = _("市町村に伝える説明を入力してください。")
    elif problems := _TEXT.read((text,), Setting()).problems:
        faults["text"] = wording.problem(problems[0], wording.language())
    if status == Status.LATER and not _is_later(planned):
        faults["planned"] = _("新しい予定の年月を、今月以降で「令和9年4月」「R9.4」のように入力してください。")
    if faults:
        return None
    token = form.get("token", "")[:100] or secrets.token_urlsafe(24)
    later = planned if status == Status.LATER else ""
    return Note(Status(status), text, later, f"{promise.key[1]}/{token}", form.get("seen"))


def _is_later(planned: str) -> bool:
    return planned >= f"{moment():%Y-%m}"


def _page(inquiry: Inquiry, *, at: Key | None = None, **told: object) -> str:
    known, today = promises(database(), inquiry), moment().date()
    over = [one for one in known if one.is_over(today)]
    return render_template(
        "publishing/follow_ups.html",
        inquiry=inquiry,
        over=over,
        coming=[one for one in known if not one.settled and one not in over],
        settled=[one for one in known if one.settled],
        statuses=Status,
        show_month=show_month,
        token=secrets.token_urlsafe(24),
        longest=LONGEST,
        at=at,
        names={code: name for one in publications(database(), inquiry) for code, name in one.contents.names.items()},
        **{"faults": {}, "typed": {}, "overtaken": False, **told},
    )
