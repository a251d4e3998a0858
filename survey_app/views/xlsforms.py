"""Questionnaires as Excel files (XLSForm), to be downloaded, changed and taken in again."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from exports.xlsform.writing import write_empty_xlsform, write_xlsform
from questions.reading import read_catalogue
from survey_app.connections import database, moment
from survey_app.store.inquiries import find_inquiry
from survey_app.views.downloads import download as handed_out

blueprint = Blueprint("xlsforms", __name__, url_prefix="/prepare/xlsform")


@blueprint.get("/empty.xlsx")
def empty() -> ResponseReturnValue:
    """Hand out an empty form with its instructions."""
    return _book(write_empty_xlsform, "調査票_ひな型.xlsx")


@blueprint.get("/<questionnaire>.xlsx")
def download(questionnaire: str) -> ResponseReturnValue:
    """Hand out a questionnaire of the catalogue."""
    found = read_catalogue(questionnaire)
    return _book(lambda file, at: write_xlsform(found, file, at), f"調査票_{found.name}.xlsx")


@blueprint.get("/inquiries/<inquiry>.xlsx")
def of_inquiry(inquiry: str) -> ResponseReturnValue:
    """Hand out the questionnaire of an inquiry as it stands now."""
    found = find_inquiry(database(), inquiry)
    return _book(lambda file, at: write_xlsform(found.questionnaire, file, at), f"調査票_{found.name}.xlsx")


def _book(write: Callable[[BytesIO, datetime], None], name: str) -> Response:
    file = BytesIO()
    write(file, moment())
    return handed_out(file.getvalue(), name, plain="questionnaire.xlsx")
