"""Makes the form of one reply."""

from collections.abc import Mapping
from datetime import datetime

from exports.form.anchors import Issue
from exports.form.book import form_bytes
from exports.form.form import Earlier, Form
from exports.form.layout import Layout
from questions.answers import Place
from survey_app.store.replies import Reply

NOTHING_EARLIER = Earlier()


def form_book(
    reply: Reply,
    made_at: datetime,
    *,
    returned: Mapping[Place, str] | None = None,
    earlier: Earlier = NOTHING_EARLIER,
) -> bytes:
    """Return the form of a reply with its answers as they stand. The same reply and moment give the same bytes.

    ``returned``: why items came back, by place; ``earlier``: what was answered last time, shown in grey.
    """
    inquiry = reply.inquiry
    issue = Issue(inquiry.name, reply.municipality, inquiry.questionnaire.digest, reply.revision, made_at)
    layout = Layout(inquiry.questionnaire, reply.setting, issue, reply.answers)
    term = reply.standing.term
    return form_bytes(
        Form(layout, inquiry.title, inquiry.issuer, term.end, inquiry.purpose, dict(returned or {}), earlier)
    )


def form_name(reply: Reply) -> str:
    """Return the name under which the form is handed out: 回答票_support_needs_074446_三島町.xlsx."""
    town = reply.setting.roster.name(reply.municipality)
    return f"回答票_{reply.inquiry.name}_{reply.municipality}_{town}.xlsx"
