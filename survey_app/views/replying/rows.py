"""One row of a wide table: its own page, and its removal."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from questions.answers import Entry
from questions.life import NotAllowed
from questions.model import Table
from survey_app.answering import outcome, reordered, rows_sent
from survey_app.forms import control
from survey_app.store.replies import Saved, new_row
from survey_app.views.replying.files import Attachments
from survey_app.views.replying.former import gone, keep_retired
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply, wide_table_of
from survey_app.views.replying.pages import RowPage
from survey_app.views.replying.people import tell_cancelled
from survey_app.views.replying.ways import to_row, to_table

NEW = "new"
LEVELS = ("typed", "all")


def show_row(inquiry: str, table: str, row: str) -> ResponseReturnValue:
    """Show a row, or a blank one to be added."""
    opened = open_reply(inquiry)
    found = wide_table_of(opened, table)
    if row == NEW:
        page = RowPage(opened, found, new_row())
        _number(page)
        return _page(page, problems=())
    if row not in opened.reply.answers.row_ids(table):
        abort(404)
    page = RowPage(opened, found, row)
    level = request.args.get("show", "")
    return _page(page, problems=page.tell(level if level in LEVELS else ""))


def _number(page: RowPage) -> None:
    """Fill in the next rank for a new row."""
    if page.table.rank is not None:
        page.form.at((page.row, page.table.rank)).entry = Entry((str(page.number),))


def save_row(inquiry: str, table: str, row: str) -> ResponseReturnValue:
    """Save a row, and go back to the table, on to a further row, or back to it with what is to be seen."""
    opened = open_reply(inquiry)
    if (done := gone(opened, table)) is not None:
        return done
    found = wide_table_of(opened, table)
    row = _row_sent(opened, found, row)
    files = Attachments(opened, [(row, question.name) for question in found.questions])
    page = RowPage(opened, found, row, files.typed)
    sent = outcome(opened.reply, page.form, page.rows, files.typed)
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
        page = RowPage(now, found, row)
        page.tell("")
        return _page(page, refused=files.tell(page.form), problems=()), 422
    if sent.restored:
        note("row_restored", "note")
    return redirect(_onward(now, page, request.form.get("go", "stay")), 303)


def _row_sent(opened: Opened, table: Table, row: str) -> str:
    """Return the id of the row that was sent: one that the reply has or had, or that of a new one."""
    answers = opened.reply.answers
    if row != NEW:
        known = row in answers.row_ids(table.name) or any(place[0] == row for place in answers.entries)
        return row if known and row in rows_sent(table, answers, request.form).on_page else abort(404)
    given = request.form.get(f"rows.{table.name}", "")
    return given if given in rows_sent(table, answers, request.form).on_page else abort(404)


def _conflict(now: Opened, before: RowPage, saved: Saved, files: Attachments) -> str:
    mine = files.typed.copy()
    kept = {control(conflict.place) for conflict in saved.conflicts}
    for field in before.form:
        if field.name not in kept:
            mine.poplist(field.name)
    page = RowPage(now, before.table, before.row, mine)
    page.tell("")
    return _page(page, conflicts=(*page.clash(saved.conflicts), *files.tell(page.form)), problems=())


def _onward(now: Opened, page: RowPage, go: str) -> str:
    """Return where a saved row leads."""
    table, row = page.table.name, page.row
    if row not in now.reply.answers.row_ids(table):
        note("row_blank", "note")
        return to_table(now, table)
    fresh = RowPage(now, page.table, row)
    shown = request.form["shown"].split() if "shown" in request.form else fresh.shown
    grown = [name for name in fresh.shown if name not in shown and not fresh.form[name].entry.texts]
    if grown:
        note("more_questions", "note")
        return to_row(now, table, row, f"w-{grown[0]}")
    if go == "stay":
        note("saved")
        return to_row(now, table, row)
    if fresh.tell("typed"):
        return to_row(now, table, row, "problems", show="typed")
    added = row not in page.opened.reply.answers.row_ids(table)
    note("row_added" if added else "saved")
    return to_row(now, table, NEW) if go == "another" else to_table(now, table)


def ask_removal(inquiry: str, table: str, row: str) -> ResponseReturnValue:
    """Ask whether a row is really to be removed."""
    opened = open_reply(inquiry)
    found = wide_table_of(opened, table)
    if row not in opened.reply.answers.row_ids(table):
        abort(404)
    return _removal_page(RowPage(opened, found, row))


def remove_row(inquiry: str, table: str, row: str) -> ResponseReturnValue:
    """Remove a row; one that is gone already stays gone."""
    opened = open_reply(inquiry)
    found = wide_table_of(opened, table)
    present = opened.reply.answers.row_ids(table)
    if row in present:
        changes = reordered(opened.reply, found, tuple(one for one in present if one != row))
        try:
            opened.save(changes)
        except NotAllowed as fault:
            return _removal_page(RowPage(opened, found, row), fault.reason), 409
        note("row_removed")
    return redirect(to_table(opened, table), 303)


def _removal_page(page: RowPage, refusal: str = "") -> str:
    return render_template("replying/removal.html", opened=page.opened, page=page, refusal=refusal)


def _page(page: RowPage, **told: object) -> str:
    opened = page.opened
    section = opened.questionnaire.section_of[page.table.name]
    present = opened.reply.answers.row_ids(page.table.name)
    return render_template(
        "replying/row.html", opened=opened, page=page, section=section, is_new=page.row not in present, **told
    )
