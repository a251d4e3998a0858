"""Makes the form of one reply."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from exports.file_names import fit_name
from exports.fitting import CellRefused, Unwritable, fits_a_cell
from exports.form.anchors import Issue
from exports.form.book import form_bytes
from exports.form.form import Earlier, Form
from exports.form.layout import Layout
from questions.answers import Place
from questions.retiring import with_chosen
from survey_app.last_time import LastTime, blank_contact
from survey_app.store.earlier import find_contact, find_earlier
from survey_app.store.replies import Reply

NOTHING_EARLIER = Earlier()


def earlier_of(database: Database, reply: Reply) -> Earlier:
    """Return what the municipality answered last time, for its form; a contact from whatever inquiry told it last."""
    questionnaire, setting = reply.inquiry.questionnaire, reply.setting
    texts: dict[str, str] = {}
    if blank_contact(questionnaire, reply.answers):
        contact = find_contact(database, reply.inquiry, reply.municipality)
        told = {} if contact is None else _texts(LastTime(contact, questionnaire, setting, "ja"))
        texts = {name: text for name, text in told.items() if questionnaire.questions[name].contact}
    found = find_earlier(database, reply.inquiry, reply.municipality)
    if found is None:
        return Earlier(texts)
    last = LastTime(found, questionnaire, setting, "ja")
    rows = {
        table.name: [{name: answer.text for name, answer in row.answers.items()} for row in last.rows(table)]
        for table in questionnaire.tables.values()
    }
    return Earlier({**_texts(last), **texts}, {name: told for name, told in rows.items() if told})


def _texts(last: LastTime) -> dict[str, str]:
    found = ((name, last.answer(name)) for name in last.questionnaire.questions)
    return {name: answer.text for name, answer in found if answer is not None}


def form_book(
    reply: Reply,
    made_at: datetime,
    *,
    returned: Mapping[Place, str] | None = None,
    earlier: Earlier = NOTHING_EARLIER,
) -> bytes:
    """Return the form of a reply with its answers as they stand. The same reply and moment give the same bytes.

    Raises Unwritable when an answer fits no cell, as a draft may.

    ``returned``: why items came back, by place; ``earlier``: what was answered last time, shown in grey.
    """
    inquiry = reply.inquiry
    issue = Issue(inquiry.name, reply.municipality, inquiry.questionnaire.digest, reply.revision, made_at)
    asked = with_chosen(inquiry.questionnaire, reply.answers)
    layout = Layout(asked, reply.setting, issue, reply.answers)
    term = reply.standing.term
    told = {
        "根拠法令等": inquiry.legal_ground,
        "結果の利用": inquiry.use_of_results,
        "問い合わせ先": inquiry.inquiries_to,
    }
    form = Form(layout, inquiry.title, inquiry.issuer, term.end, inquiry.purpose, dict(returned or {}), earlier, told)
    try:
        return form_bytes(form)
    except CellRefused as fault:
        raise Unwritable(reply.setting.roster.name(reply.municipality), _too_long(reply) or fault.address) from fault


def _too_long(reply: Reply) -> str:
    """Return the question whose answer fits no cell, as a draft may be; "" when it is none of them."""
    questions = reply.inquiry.questionnaire.questions
    for (_row, name), entry in reply.answers.entries.items():
        if name in questions and not fits_a_cell("\n".join(entry.texts)):
            return f"{name}「{questions[name].label.ja}」"
    return ""


def form_name(reply: Reply) -> str:
    """Return the name under which the form is handed out: 回答票_support_needs_074446_三島町.xlsx."""
    town = reply.setting.roster.name(reply.municipality)
    return fit_name(f"回答票_{reply.inquiry.name}_{reply.municipality}_{town}.xlsx")
