"""Pages that were opened before the questionnaire was changed: nothing that is typed on them is lost."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from survey_app.connections import database
from survey_app.store.former import keep_former
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened


def keep_retired(opened: Opened) -> None:
    """Keep what the page that was sent holds for questions that are asked no more, and say so."""
    if keep_former(database(), opened.reply, dict(request.form.lists()), opened.who):
        note("retired_kept", "note")


def gone(opened: Opened, name: str) -> ResponseReturnValue | None:
    """Take in a page all of whose questions were retired, be it a section or a table; None for any other page."""
    questionnaire = opened.questionnaire
    past = {section.name for section in questionnaire.past} | questionnaire.ever_asked.keys()
    present = {section.name for section in questionnaire.sections} | questionnaire.tables.keys()
    if name not in past or name in present or opened.limited:
        return None
    keep_retired(opened)
    return redirect(opened.address("overview"), 303)
