"""The workbook of a division: handed out, and taken in again after a look at what it would change."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app import wording, wording_consulting
from survey_app.connections import database
from survey_app.consulting.books import book_name, division_book
from survey_app.consulting.marking import marked_book
from survey_app.consulting.taking import Expected, TakenBook, apply, receive
from survey_app.receiving.received import Verdict
from survey_app.store.responses import HandedIn
from survey_app.store.round_uploads import find_round_upload, keep_round_upload
from survey_app.store.rounds import RoundClosed
from survey_app.views.book_choices import chosen, shown_findings, shown_lines
from survey_app.views.consulted.opening import OwnRound, own_round, who
from survey_app.views.downloads import download
from survey_app.views.replying.notes import note


def workbook(inquiry: str, number: int) -> ResponseReturnValue:
    """Hand out the division's own workbook, with its responses as they stand."""
    own = own_round(inquiry, number)
    content = division_book(database(), own.consultation, own.division, own.at)
    return download(content, book_name(own.consultation, own.division))


def ask_upload(inquiry: str, number: int) -> ResponseReturnValue:
    """Tell how to work with the workbook, and take it back."""
    return _ask_page(own_round(inquiry, number))


def upload(inquiry: str, number: int) -> ResponseReturnValue:
    """Take a workbook; nothing is changed before it was compared."""
    own = own_round(inquiry, number)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _ask_page(own, _("送るブック（.xlsx）を選んでください。")), 422
    file = (sent.filename, sent.read())
    taken = _received(own, file)
    if taken.refusal is not None:
        return _ask_page(own, wording_consulting.refusal(taken.refusal, wording.language())), 422
    kept = keep_round_upload(database(), own.consultation.round, file, own.division, who())
    return redirect(url_for("consulted.compared", inquiry=inquiry, number=number, upload=kept), 303)


def compared(inquiry: str, number: int, upload: str) -> ResponseReturnValue:
    """Show what a workbook would change, text by text."""
    own = own_round(inquiry, number)
    return _compared_page(own, upload, _kept(own, upload))


def take(inquiry: str, number: int, upload: str) -> ResponseReturnValue:
    """Take in what was chosen, all of it or nothing."""
    own = own_round(inquiry, number)
    taken = _kept(own, upload)
    if taken.refusal is not None:
        return _compared_page(own, upload, taken), 409
    try:
        clashes = apply(database(), taken, chosen(taken, request.form), who())
    except (RoundClosed, HandedIn):
        return _compared_page(own, upload, taken, closed=True), 409
    note("book_clashes" if clashes else "book_taken", "warn" if clashes else "done")
    return redirect(url_for("consulted.round", inquiry=inquiry, number=number), 303)


def marked(inquiry: str, number: int, upload: str) -> ResponseReturnValue:
    """Give the same workbook back with the cells marked that are to be looked at."""
    own = own_round(inquiry, number)
    sent = find_round_upload(database(), own.consultation.round, upload, own.division)
    book = marked_book(sent.content, _received(own, (sent.name, sent.content)), wording.language())
    return download(book, f"確認_{sent.name.removesuffix('.xlsx')}.xlsx")


def _kept(own: OwnRound, upload: str) -> TakenBook:
    sent = find_round_upload(database(), own.consultation.round, upload, own.division)
    return _received(own, (sent.name, sent.content))


def _received(own: OwnRound, file: tuple[str, bytes]) -> TakenBook:
    expected = Expected(own.consultation.round.number, own.division)
    return receive(database(), own.consultation.inquiry, file, expected, own.at)


def _ask_page(own: OwnRound, fault: str = "") -> str:
    return render_template("consulted/upload.html", own=own, fault=fault)


def _compared_page(own: OwnRound, upload: str, taken: TakenBook, **told: object) -> str:
    language = wording.language()
    refusal = "" if taken.refusal is None else wording_consulting.refusal(taken.refusal, language)
    return render_template(
        "consulted/compared.html",
        own=own,
        upload=upload,
        taken=taken,
        refusal=refusal,
        lines=shown_lines(taken, language),
        findings=shown_findings(taken, language),
        unchanged=len(taken.with_verdict(Verdict.UNCHANGED)),
        blank=len(taken.with_verdict(Verdict.BLANK)),
        **{"closed": False, **told},
    )
