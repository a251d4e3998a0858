"""The workbooks of all divisions: handed out together, and those that came by mail taken in together."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app import wording, wording_consulting
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.consulting.batches import BookBatch, BookOutcome, missing_after, said_of
from survey_app.consulting.books import book_name, division_book, zipped_books
from survey_app.consulting.marking import marked_book
from survey_app.consulting.matters import Consultation
from survey_app.consulting.taking import Expected, TakenBook, receive
from survey_app.receiving.opening import Opener
from survey_app.store.round_uploads import find_round_upload, keep_round_upload
from survey_app.views.book_choices import ShownFinding, shown_findings
from survey_app.views.consulting.running import asking
from survey_app.views.downloads import ZIP, download
from survey_app.views.replying.notes import note

MOST_FILES = 40


@dataclass(frozen=True)
class ShownBook:
    """One file as the page compares it."""

    upload: str
    taken: TakenBook
    division: str
    said: str
    findings: list[ShownFinding]


def workbook(inquiry: str, number: int, division: int) -> ResponseReturnValue:
    """Hand out the workbook of one division."""
    found = asking(inquiry, number)
    content = division_book(database(), found, division, moment())
    return download(content, book_name(found, division))


def workbooks(inquiry: str, number: int) -> ResponseReturnValue:
    """Hand out the workbooks of all divisions in one zip."""
    found = asking(inquiry, number)
    content = zipped_books(database(), found, moment())
    return download(content, f"関係課回答_{inquiry}_第{number}回.zip", ZIP)


def upload(inquiry: str, number: int) -> ResponseReturnValue:
    """Take files that came by mail; nothing is changed before they were compared."""
    found = asking(inquiry, number)
    sent = [one for one in request.files.getlist("files") if one.filename]
    fault = ""
    if not sent:
        fault = _("取り込むブック（.xlsx）を選んでください。")
    elif len(sent) > MOST_FILES:
        fault = _("一度に取り込めるのは%(most)s個までです。", most=MOST_FILES)
    if fault:
        return _page(found, [], fault=fault), 422
    who = around().who
    kept = [keep_round_upload(database(), found.round, (str(one.filename), one.read()), None, who) for one in sent]
    return redirect(url_for("consulting.compared", inquiry=inquiry, number=number, file=kept), 303)


def compared(inquiry: str, number: int) -> ResponseReturnValue:
    """Show what the files would change."""
    return _page(asking(inquiry, number), request.args.getlist("file")[:MOST_FILES])


def take(inquiry: str, number: int) -> ResponseReturnValue:
    """Take in what stands against nothing, each file as a whole."""
    found = asking(inquiry, number)
    kept = request.form.getlist("file")[:MOST_FILES]
    sent = [find_round_upload(database(), found.round, one, None) for one in kept]
    batch = BookBatch(database(), found.inquiry, around().who, round=number)
    outcomes = list(batch.take((one.name, one.content) for one in sent))
    whole = all(outcome.whole for outcome in outcomes)
    note("books_taken" if whole else "books_taken_in_part", "done" if whole else "warn")
    if whole:
        return redirect(url_for("consulting.round", inquiry=inquiry, number=number), 303)
    return redirect(url_for("consulting.compared", inquiry=inquiry, number=number, file=kept), 303)


def marked(inquiry: str, number: int, upload: str) -> ResponseReturnValue:
    """Give a workbook back with the cells marked that are to be looked at."""
    found = asking(inquiry, number)
    sent = find_round_upload(database(), found.round, upload, None)
    taken = receive(database(), found.inquiry, (sent.name, sent.content), Expected(number), moment())
    book = marked_book(sent.content, taken, wording.language())
    return download(book, f"確認_{sent.name.removesuffix('.xlsx')}.xlsx")


def _page(found: Consultation, kept: list[str], fault: str = "") -> str:
    shown = []
    if kept:
        with Opener() as opener:
            shown = [_shown(found, one, opener) for one in kept]
    return render_template(
        "consulting/compared.html",
        inquiry=found.inquiry,
        asking=found,
        shown=shown,
        fault=fault,
        changing=sum(len(one.taken.taken) for one in shown),
    )


def _shown(found: Consultation, upload: str, opener: Opener) -> ShownBook:
    sent, language = find_round_upload(database(), found.round, upload, None), wording.language()
    file = (sent.name, sent.content)
    taken = receive(database(), found.inquiry, file, Expected(found.round.number), moment(), opener)
    if taken.refusal is not None:
        return ShownBook(upload, taken, "", wording_consulting.refusal(taken.refusal, language), [])
    outcome = BookOutcome(taken, taken=len(taken.taken), missing=missing_after(taken))
    findings = shown_findings(taken, language)
    return ShownBook(upload, taken, found.name(taken.division), said_of(outcome, language), findings)
