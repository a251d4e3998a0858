"""Gives out files that were sent with answers (別紙): to be saved, never to be opened in place."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from survey_app.connections import database
from survey_app.store.attachments import Attachment, find_attachment, find_handed_in
from survey_app.store.inquiries import find_inquiry
from survey_app.views.downloads import named
from survey_app.views.replying.opening import open_reply, reaches

blueprint = Blueprint("attaching", __name__)


@blueprint.get("/inquiries/<inquiry>/files/<identity>")
def own(inquiry: str, identity: str) -> ResponseReturnValue:
    """Give a file of the own municipality's reply; to a colleague only what belongs to the section of the link."""
    opened = open_reply(inquiry)
    found = find_attachment(database(), opened.inquiry, opened.reply.municipality, identity)
    section = opened.questionnaire.section_of.get(found.question)
    return given_out(found) if reaches("" if section is None else section.name) else abort(404)


@blueprint.get("/board/<inquiry>/<municipality>/files/<identity>")
def handed_in(inquiry: str, municipality: str, identity: str) -> ResponseReturnValue:
    """Give a file of a municipality's reply that was handed in."""
    return given_out(find_handed_in(database(), find_inquiry(database(), inquiry), municipality, identity))


def given_out(found: Attachment) -> Response:
    """Give a file out, to be saved."""
    response = Response(found.content, mimetype=found.media)
    plain = f"attachment.{found.name.rpartition('.')[2].lower()}"
    named(response, found.name, plain)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
