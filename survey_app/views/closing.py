"""The end of an inquiry: close it, open it again for all or for one, cancel it, archive it, keep it until a day."""

import tempfile

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day, show_day
from questions.life import State
from survey_app.access import around
from survey_app.archiving.folder import write_archive
from survey_app.connections import database, moment
from survey_app.store import closing as store
from survey_app.store.inquiries import Inquiry, find_inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.turnout import counted, stage
from survey_app.views.downloads import named
from survey_app.views.replying.notes import note

blueprint = Blueprint("closing", __name__, url_prefix="/board/<inquiry>/close")
LONGEST_NOTICE = 1000


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """Show where the inquiry stands at its end, and what can be done."""
    return _page(find_inquiry(database(), inquiry))


@blueprint.post("/close")
def close(inquiry: str) -> ResponseReturnValue:
    """Take nothing more in."""
    return _done(inquiry, "inquiry_closed", lambda found: store.close_inquiry(database(), found, around().who))


@blueprint.post("/open")
def open_again(inquiry: str) -> ResponseReturnValue:
    """Take replies again."""
    return _done(inquiry, "inquiry_opened_again", lambda found: store.open_again(database(), found, around().who))


@blueprint.post("/reopen")
def reopen_for(inquiry: str) -> ResponseReturnValue:
    """Let one municipality answer although the inquiry is closed."""
    code = request.form.get("municipality", "")
    if not code:
        fault = {"municipality": _("再開する団体を選んでください。")}
        return _page(find_inquiry(database(), inquiry), faults=fault), 422
    return _done(inquiry, "reopened_for", lambda found: store.reopen_for(database(), found, code, around().who))


@blueprint.post("/reopen/<municipality>/end")
def close_for(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Close it again for the one for whom it was reopened."""
    return _done(inquiry, "closed_for", lambda found: store.close_for(database(), found, municipality, around().who))


@blueprint.post("/cancel")
def cancel(inquiry: str) -> ResponseReturnValue:
    """End the inquiry for good, with a notice to the municipalities."""
    notice = request.form.get("notice", "").strip()
    faults = {}
    if not notice:
        faults["notice"] = _("市町村へのお知らせ（取りやめる理由）を入力してください。")
    elif len(notice) > LONGEST_NOTICE:
        faults["notice"] = _(
            "%(most)s文字以内で入力してください（いま%(now)s文字）。", most=LONGEST_NOTICE, now=len(notice)
        )
    elif request.form.get("sure") != "1":
        faults["sure"] = _("取りやめると元に戻せません。確かめて、チェックを付けてください。")
    if faults:
        return _page(find_inquiry(database(), inquiry), faults=faults, typed=request.form), 422
    cancelling = lambda found: store.cancel_inquiry(database(), found, notice, around().who)  # noqa: E731
    return _done(inquiry, "inquiry_cancelled", cancelling)


@blueprint.post("/keep")
def keep(inquiry: str) -> ResponseReturnValue:
    """Settle until when the inquiry is kept."""
    found = find_inquiry(database(), inquiry)
    typed = request.form.get("until", "").strip()
    try:
        day = read_day(typed)
    except OutsideEra:
        day = None
    if day is None or day < moment().date():
        fault = {"until": _("保存期間の満了日を、今日より後の日付で入力してください（例：令和14年3月31日）。")}
        return _page(found, faults=fault, typed=request.form), 422
    store.keep_until(database(), found, day, around().who)
    note("kept_until")
    return redirect(url_for("closing.show", inquiry=inquiry), 303)


@blueprint.post("/archive")
def archive(inquiry: str) -> ResponseReturnValue:
    """Write everything into one folder (a zip) and send it."""
    found = find_inquiry(database(), inquiry)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it was sent)
    digest = write_archive(database(), found, file, moment())
    store.note_archive(database(), found, digest, around().who)
    file.seek(0)
    name = f"保管_{found.name}_{moment():%Y%m%d}.zip"
    sent = send_file(file, "application/zip")
    return named(sent, name, f"{found.name}.zip")


def _done(inquiry: str, code: str, act: object) -> ResponseReturnValue:
    found = find_inquiry(database(), inquiry)
    try:
        act(found)  # type: ignore[operator]
        note(code)
    except store.NotOpen:
        note("inquiry_changed", "warn")
    return redirect(url_for("closing.show", inquiry=inquiry), 303)


def _page(inquiry: Inquiry, **told: object) -> str:
    targets = standings(database(), inquiry)
    known = roster(database())
    unchecked = [one for one in targets if one.state is State.SUBMITTED]
    correcting = [one for one in targets if one.being_corrected]
    return render_template(
        "closing/show.html",
        inquiry=inquiry,
        stage=stage(inquiry, moment()),
        counts=counted(targets, moment()),
        unchecked=unchecked,
        correcting=correcting,
        waiting=[one for one in targets if one.number is None],
        targets=targets,
        reopened=store.reopened(database(), inquiry),
        roster=known,
        until="" if inquiry.retain_until is None else show_day(inquiry.retain_until),
        now=moment(),
        **{"faults": {}, "typed": {}, **told},
    )
