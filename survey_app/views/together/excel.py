"""The form as an Excel workbook: handed out, and taken in again after a look at what it would change."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.addresses import cell
from questions.answers import Place
from questions.life import NotAllowed
from survey_app import wording_receiving
from survey_app.connections import database
from survey_app.receiving.forms import earlier_of, form_book, form_name
from survey_app.receiving.marking import marked_book
from survey_app.receiving.received import Choices, Received, Verdict
from survey_app.receiving.taking import apply, receive
from survey_app.store.uploads import find_upload, keep_upload
from survey_app.views.downloads import download
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, open_reply

blueprint = Blueprint("excel", __name__, url_prefix="/inquiries/<inquiry>")
LONGEST_SHOWN = 1000
"""Characters of one answer that the comparison shows; all of it is taken in."""
TOLD = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.NEWER, Verdict.SETTLED)


@blueprint.get("/form.xlsx")
def form(inquiry: str) -> ResponseReturnValue:
    """Hand out the form with the answers as they stand."""
    opened = open_reply(inquiry)
    returned = {place: item.reason for place, item in opened.returned.items()}
    earlier = earlier_of(database(), opened.reply)
    return _book(form_book(opened.reply, opened.who.at, returned=returned, earlier=earlier), form_name(opened.reply))


@blueprint.get("/upload")
def ask(inquiry: str) -> ResponseReturnValue:
    """Tell how to work with the workbook, and take it back."""
    return _ask_page(open_reply(inquiry))


@blueprint.post("/upload")
def upload(inquiry: str) -> ResponseReturnValue:
    """Take a workbook; nothing is changed before it was compared."""
    opened = open_reply(inquiry)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _ask_page(opened, _("送る回答票（.xlsx）を選んでください。")), 422
    content = sent.read()
    received = receive(database(), opened.reply, content, file=sent.filename, sure=True)
    if received.refusal is not None:
        return _ask_page(opened, wording_receiving.refusal(received.refusal, opened.language)), 422
    kept = keep_upload(database(), opened.inquiry, opened.reply.municipality, (sent.filename, content), opened.who)
    return redirect(url_for("excel.compared", inquiry=inquiry, upload=kept), 303)


@blueprint.get("/uploads/<upload>")
def compared(inquiry: str, upload: str) -> ResponseReturnValue:
    """Show what a workbook would change, answer by answer."""
    opened = open_reply(inquiry)
    return _compared_page(opened, upload, _received(opened, upload))


@blueprint.post("/uploads/<upload>")
def take(inquiry: str, upload: str) -> ResponseReturnValue:
    """Take in what was chosen, all of it or nothing."""
    opened = open_reply(inquiry)
    received = _received(opened, upload)
    try:
        seen = request.form.get("seen", 0, type=int)
        saved = apply(database(), received, _choices(received), opened.who, seen=seen)
    except NotAllowed as fault:
        return _compared_page(opened, upload, received, refusal=fault.reason), 409
    note("form_conflicts" if saved.conflicts else "form_taken", "warn" if saved.conflicts else "done")
    return redirect(url_for("replying.overview", inquiry=inquiry), 303)


@blueprint.get("/uploads/<upload>/marked.xlsx")
def marked(inquiry: str, upload: str) -> ResponseReturnValue:
    """Give the same workbook back with the cells marked that are to be looked at."""
    opened = open_reply(inquiry)
    sent = find_upload(database(), opened.inquiry, opened.reply.municipality, upload)
    book = marked_book(sent.content, _received(opened, upload), opened.language)
    return _book(book, f"確認_{sent.name.removesuffix('.xlsx')}.xlsx")


def _received(opened: Opened, upload: str) -> Received:
    sent = find_upload(database(), opened.inquiry, opened.reply.municipality, upload)
    return receive(database(), opened.reply, sent.content, file=sent.name, sure=True)


def _choices(received: Received) -> Choices:
    """Read which answers are to be taken: where the form says something else, the page offers both."""
    open_ones = received.with_verdict(Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.NEWER)
    chosen = {line.place for line in open_ones if request.form.get(_field(line.place)) == "form"}
    blank = received.with_verdict(Verdict.BLANK)
    erased = frozenset(line.place for line in blank if request.form.get(_erase(line.place)) == "1")
    left = frozenset(line.place for line in open_ones) - chosen
    return Choices(take=frozenset(chosen), leave=left, erase=erased)


def _field(place: Place) -> str:
    return "take:" + "/".join(place)


def _erase(place: Place) -> str:
    return "erase:" + "/".join(place)


def _ask_page(opened: Opened, fault: str = "") -> str:
    return render_template("together/upload.html", opened=opened, fault=fault)


def _compared_page(opened: Opened, upload: str, received: Received, **told: object) -> str:
    questionnaire, language = opened.questionnaire, opened.language
    lines = [
        (
            line,
            _field(line.place),
            _text(opened, line.place, line.theirs.texts),
            _text(opened, line.place, line.mine.texts),
        )
        for line in received.with_verdict(*TOLD)
    ]
    findings = [
        (
            "" if one.spot is None else f"{one.spot[0]} {cell(one.spot[1], one.spot[2])}",
            one.content,
            wording_receiving.question(one, questionnaire, language),
            wording_receiving.wrong(one, language),
            wording_receiving.mend(one, language),
        )
        for one in received.findings
    ]
    refusal = "" if received.refusal is None else wording_receiving.refusal(received.refusal, language)
    return render_template(
        "together/compared.html",
        opened=opened,
        upload=upload,
        received=received,
        lines=lines,
        findings=findings,
        unreadable=refusal,
        unchanged=len(received.with_verdict(Verdict.UNCHANGED)),
        blanks=[
            (line, _erase(line.place), _text(opened, line.place, line.theirs.texts))
            for line in received.with_verdict(Verdict.BLANK)
        ],
        verdict=wording_receiving.verdict,
        **told,
    )


def _text(opened: Opened, place: Place, texts: tuple[str, ...]) -> str:
    """Show an answer as people read it; what cannot be read as it was typed."""
    kind, setting = opened.questionnaire.questions[place[1]].kind, opened.reply.setting
    value = kind.parse(texts, setting).value
    shown = "\n".join(texts) if value is None else kind.show(value, opened.language, setting)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


def _book(content: bytes, name: str) -> Response:
    return download(content, name, plain="form.xlsx")
