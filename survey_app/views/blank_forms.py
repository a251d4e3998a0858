"""Forms for town halls that lost theirs, to be sent by mail: of one, or of all that have handed nothing in."""

import io
import zipfile
from dataclasses import replace

from flask.typing import ResponseReturnValue

from questions.answers import Answers
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.receiving.forms import earlier_of, form_book, form_name
from survey_app.store.inquiries import Inquiry, find_inquiry, standings
from survey_app.store.replies import Reply, find_reply
from survey_app.views.downloads import ZIP, download
from survey_app.views.gathering import blueprint

_EPOCH = (1980, 1, 1, 0, 0, 0)


@blueprint.get("/forms/<municipality>.xlsx")
def form(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Hand out the form of one municipality that has handed nothing in. Raises LookupError."""
    found = find_inquiry(database(), inquiry)
    if municipality not in missing_towns(found):
        raise LookupError(municipality)
    name, content = _form(found, municipality)
    return download(content, name)


@blueprint.get("/forms.zip")
def forms(inquiry: str) -> ResponseReturnValue:
    """Hand out the forms of all that have handed nothing in. Raises LookupError when there are none."""
    found = find_inquiry(database(), inquiry)
    missing = missing_towns(found)
    if not missing:
        raise LookupError(inquiry)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:  # workbooks are compressed already
        for code in missing:
            name, content = _form(found, code)
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return download(file.getvalue(), f"回答票_{inquiry}_未提出{len(missing)}団体.zip", ZIP)


def missing_towns(inquiry: Inquiry) -> tuple[str, ...]:
    """Return the targets that have never handed anything in, in the official order."""
    return tuple(one.municipality for one in standings(database(), inquiry) if one.number is None)


def _form(inquiry: Inquiry, municipality: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a form that holds nothing of what the municipality has typed so far.

    The division does not see that before it is handed in; a blank in the form erases nothing of it.
    """
    reply = find_reply(database(), inquiry, municipality, around())
    blank: Reply = replace(reply, answers=Answers())
    return form_name(blank), form_book(blank, moment(), earlier=earlier_of(database(), blank))
