"""Saves a page while it is filled in; says 保存しました only when it is durable."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from questions.life import NotAllowed
from survey_app import wording
from survey_app.answering import outcome
from survey_app.forms import control
from survey_app.views.replying.former import keep_retired
from survey_app.views.replying.opening import Opened, again, open_reply, section_of
from survey_app.views.replying.pages import RowPage, SectionPage, row_pages
from survey_app.views.replying.people import tell_cancelled

ONLY_ON_PURPOSE = ("remove",)  # a row is removed by its button, never by the way


def autosave(inquiry: str, section: str) -> ResponseReturnValue:
    """Save what is on the page, and say what became of it.

    409 with a sentence when the reply takes no answers now; the texts stay on the page. Conflicts are named and not
    saved: the page's own button shows both texts.
    """
    opened = open_reply(inquiry)
    page = _page(opened, section)
    typed = request.form.copy()
    for name in ONLY_ON_PURPOSE:
        typed.poplist(name)
    sent = outcome(opened.reply, page.form, page.rows, typed)
    if sent.overfull:
        return jsonify(refusal="overfull"), 409
    try:
        saved = opened.save(sent.changes)
    except NotAllowed as fault:
        return jsonify(refusal=wording.refusal(fault.reason)), 409
    keep_retired(opened)
    tell_cancelled(opened)
    opened.present_at(section)
    now = again(opened)
    return jsonify(
        seen=saved.revision,
        at=f"{opened.who.at:%H:%M}",
        conflicts=[control(conflict.place) for conflict in saved.conflicts],
        state=now.reply.state,
    )


def _page(opened: Opened, section: str) -> SectionPage | RowPage:
    """Return the page that was sent: of a row of a wide table, else of the section."""
    found = section_of(opened, section)
    rows = row_pages(opened, found, request.form)
    return rows[0] if rows else SectionPage(opened, found, request.form)
