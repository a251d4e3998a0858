"""What was told: each publication with its letters and the list that all municipalities share."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from exports.answers.books import all_letters, letter_bytes, letter_of, list_bytes
from survey_app.connections import database
from survey_app.store.follow_ups import follow_ups as notes_of
from survey_app.store.inquiries import find_inquiry
from survey_app.store.opinions import by_need, opinions
from survey_app.store.publications import Published, find_publication, publications
from survey_app.views.downloads import WORKBOOK, download

ZIP = "application/zip"


def publication(inquiry: str, number: int) -> ResponseReturnValue:
    """Show one publication."""
    found = find_inquiry(database(), inquiry)
    one = find_publication(database(), found, number)
    return render_template(
        "publishing/publication.html",
        inquiry=found,
        one=one,
        publications=publications(database(), found),
        said=by_need(opinions(database(), found)),
        noted=notes_of(database(), found),
    )


def letters(inquiry: str, number: int) -> ResponseReturnValue:
    """Send the letters to all municipalities in one zip."""
    one = find_publication(database(), find_inquiry(database(), inquiry), number)
    content = all_letters(one.contents, one.number, one.published_at)
    return _send(content, ZIP, f"回答書_{inquiry}_第{number}回.zip", f"{inquiry}-{number}.zip")


def letter(inquiry: str, number: int, municipality: str) -> ResponseReturnValue:
    """Send the letter to one municipality."""
    one = find_publication(database(), find_inquiry(database(), inquiry), number)
    return send_letter(one, municipality)


def shared(inquiry: str, number: int) -> ResponseReturnValue:
    """Show the list that all municipalities share."""
    found = find_inquiry(database(), inquiry)
    one = find_publication(database(), found, number)
    return render_template("publishing/shared.html", inquiry=found, one=one)


def shared_book(inquiry: str, number: int) -> ResponseReturnValue:
    """Send that list as a workbook."""
    return send_shared(find_publication(database(), find_inquiry(database(), inquiry), number))


def send_letter(one: Published, municipality: str) -> Response:
    """Send the letter to a municipality. Raises LookupError when it was told nothing."""
    if municipality not in one.contents.told_to:
        raise LookupError(municipality)
    told = letter_of(one.contents, municipality, one.number, one.published_at)
    name = f"回答書_{municipality}_{told.town}.xlsx"
    return _send(letter_bytes(told), WORKBOOK, name, f"answers-{municipality}.xlsx")


def send_shared(one: Published) -> Response:
    """Send the list that all municipalities share as a workbook."""
    content = list_bytes(one.contents, one.published_at)
    return _send(content, WORKBOOK, f"要望と回答の一覧_第{one.number}回.xlsx", "shared-answers.xlsx")


def _send(content: bytes, kind: str, name: str, plain: str) -> Response:
    return download(content, name, kind, plain)
