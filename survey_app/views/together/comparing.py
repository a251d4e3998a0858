"""What changed between two submissions of a reply."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from questions.differences import differences
from survey_app.connections import database
from survey_app.showing_changes import shown_changes
from survey_app.store.submissions import find_handed
from survey_app.views.replying.opening import open_reply

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/inquiries/<inquiry>/receipts/<int:number>/changes")
def changes(inquiry: str, number: int) -> ResponseReturnValue:
    """Show what a submission changed since another, by default the one before it."""
    opened = open_reply(inquiry)
    since = request.args.get("since", number - 1, type=int)
    code = opened.reply.municipality
    before, after = (find_handed(database(), opened.inquiry, code, one) for one in (since, number))
    if before is None or after is None:
        abort(404)
    found = differences(opened.questionnaire, before.contents, after.contents)
    shown = shown_changes(found, opened.questionnaire, opened.reply.setting, opened.language)
    return render_template("together/changes.html", opened=opened, before=before, after=after, changes=shown)
