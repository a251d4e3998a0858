"""One section of the form: shown, saved, and asked anew while it is filled in."""

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from questions.life import NotAllowed
from questions.model import Section
from survey_app.answering import outcome
from survey_app.forms import anchor, control
from survey_app.progress import in_what_was_typed, next_section, standing_of
from survey_app.store.replies import Saved
from survey_app.views.replying.earlier import ASK, COPY, SAME, copy_row, meant
from survey_app.views.replying.files import Attachments
from survey_app.views.replying.former import gone, keep_retired
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply, reader, section_of
from survey_app.views.replying.pages import RowPage, SectionPage, row_pages
from survey_app.views.replying.people import tell_cancelled
from survey_app.views.replying.tables import TABLE_ACTS, in_table
from survey_app.views.replying.ways import to_section, to_thread

LEVELS = ("typed", "all")


def show_section(inquiry: str, section: str) -> ResponseReturnValue:
    """Show a section with the answers as they are stored."""
    opened = open_reply(inquiry)
    found = section_of(opened, section)
    spare = {table.name: request.args.get(f"spare.{table.name}", 0, type=int) for table in found.tables()}
    page = SectionPage(opened, found, spare={name: min(many, 20) for name, many in spare.items() if many > 0})
    level = request.args.get("show", "")
    opened.present_at(section)
    return _page(page, problems=page.tell(level if level in LEVELS else ""))


def save_section(inquiry: str, section: str) -> ResponseReturnValue:
    """Save a section, and go where the button leads: on, to another section, or back to it with what is to be seen."""
    opened = open_reply(inquiry)
    if (done := gone(opened, section)) is not None:
        return done
    found = section_of(opened, section)
    files = Attachments(opened, [("", question.name) for question in found.questions()])
    typed = meant(opened, found, files.typed)
    page = SectionPage(opened, found, typed)
    sent = outcome(opened.reply, page.form, page.rows, typed)
    if sent.overfull:
        return _page(page, overfull=sent.overfull, problems=page.tell("")), 409
    try:
        saved = opened.save(sent.changes)
    except NotAllowed as fault:
        return _page(page, refusal=fault.reason, problems=page.tell("")), 409
    keep_retired(opened)
    now = again(opened)
    tell_cancelled(opened)
    if saved.conflicts:
        return _conflict(now, page, saved, files), 409
    if files.refused:
        page = SectionPage(now, found)
        page.tell("")
        return _page(page, refused=files.tell(page.form), problems=()), 422
    if sent.restored:
        note("row_restored", "note")
    return redirect(_onward(now, page, request.form.get("go", "stay")), 303)


def asked(inquiry: str, section: str) -> ResponseReturnValue:
    """Say what the answers as they are on the page come to: what is asked, how they are read, what is wrong."""
    opened = open_reply(inquiry)
    found = section_of(opened, section)
    page = SectionPage(opened, found, request.form)
    pages: list[SectionPage | RowPage] = [page, *row_pages(opened, found, request.form)]
    return jsonify(
        asked=[name for one in pages for name in one.shown],
        conditional=[name for one in pages for name in one.conditional],
        read={field.name: field.reading for one in pages for field in one.form if field.sent},
        told={name: sentences for one in pages for name, sentences in one.mistakes().items()},
    )


def _conflict(now: Opened, before: SectionPage, saved: Saved, files: Attachments) -> str:
    """Show the page again with both texts at each field that somebody else changed meanwhile; the rest is saved."""
    mine = (before.typed or request.form).copy()
    kept = {control(conflict.place) for conflict in saved.conflicts}
    for name in before.form._fields:
        if name not in kept:
            mine.poplist(name)
    page = SectionPage(now, before.section, mine)
    page.tell("")
    return _page(page, conflicts=(*page.clash(saved.conflicts), *files.tell(page.form)), problems=())


def _onward(now: Opened, page: SectionPage, go: str) -> str:
    """Return where a saved page leads."""
    here = page.section.name
    act, _, name = go.partition(":")
    if act in TABLE_ACTS:
        return in_table(now, page, act, name)
    if act == COPY:
        return copy_row(now, page.section, name)
    if act == ASK and now.asks and (name in now.questionnaire.questions or name in now.questionnaire.tables):
        return to_thread(now, name)
    if act == "to" and not now.limited and any(one.name == name for one in now.questionnaire.sections):
        note("saved")
        return to_section(now, name)
    if grown := _grown(now, page.section):
        note("more_questions", "note")
        return to_section(now, here, f"w-{grown}")
    if act == SAME:
        note("taken_over")
        return to_section(now, here, anchor(("", name)))
    if go == "next" and any(map(in_what_was_typed, now.examination.problems_of(page.section))):
        return to_section(now, here, "problems", show="typed")
    if now.limited and go == "next":
        if not standing_of(now.examination, page.section).complete:
            return to_section(now, here, "problems", show="all")
        note("saved_by_link")
        return to_section(now, here)
    note("saved")
    if go not in ("next", "review"):
        return to_section(now, here)
    following = next_section(now.examination, page.section) if go == "next" else None
    if following is None:
        return now.address("review")
    return to_section(now, following.name)


def _grown(now: Opened, section: Section) -> str:
    """Return the first item that is asked now, was not on the page that was sent, and is not answered."""
    if "shown" not in request.form:
        return ""
    shown, answers = request.form["shown"].split(), now.reply.answers
    new = (item for item in section.items if item.relevant is not None and item.name not in shown)
    blank = (one.name for one in new if not answers.entry(one.name).texts and not answers.row_ids(one.name))
    return next((name for name in blank if now.examination.asked(name)), "")


def _page(page: SectionPage, **told: object) -> str:
    opened = page.opened
    following = None if opened.limited else next_section(opened.examination, page.section)
    if opened.refusal:
        told["sections"] = [one for one in reader(opened).sections() if one.section.name == page.section.name]
    return render_template("replying/section.html", opened=opened, page=page, following=following, **told)
