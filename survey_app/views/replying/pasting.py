"""Pasting a block of cells from a spreadsheet as rows of a table: looked at first, then added, once."""

import secrets

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from questions.life import NotAllowed
from questions.model import Table
from survey_app.pasting import TooManyCells, columns_of
from survey_app.store.replies import Changes
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply, reaches
from survey_app.views.replying.pasted import Pasted
from survey_app.views.replying.people import tell_cancelled
from survey_app.views.replying.ways import to_section, to_table

LONGEST_TOKEN = 100


def paste(inquiry: str, table: str) -> ResponseReturnValue:
    """Say what to copy, and take it."""
    opened = open_reply(inquiry)
    return _page(opened, _table(opened, table))


def paste_preview(inquiry: str, table: str) -> ResponseReturnValue:
    """Show what was pasted as it would be read; nothing is changed."""
    opened = open_reply(inquiry)
    found = _table(opened, table)
    pasted = _pasted(opened, found, secrets.token_urlsafe(12))
    if isinstance(pasted, TooManyCells):
        return _page(opened, found, too_many=pasted.count), 422
    return _page(opened, found, pasted=pasted), 200 if pasted.fitting else 422


def paste_take(inquiry: str, table: str) -> ResponseReturnValue:
    """Add the rows that were looked at; sent twice, they are added once. Rows that are there are not touched."""
    opened = open_reply(inquiry)
    found = _table(opened, table)
    token = request.form.get("token", "")
    if not token or len(token) > LONGEST_TOKEN:
        abort(400)
    pasted = _pasted(opened, found, token)
    if isinstance(pasted, TooManyCells):
        return _page(opened, found, too_many=pasted.count), 422
    if pasted.taken:
        note("pasted")
        return redirect(to_table(opened, table), 303)
    if request.form.get("rows", type=int) != len(pasted.fitting):
        return _page(opened, found, pasted=pasted, changed=True), 409
    try:
        opened.save(_changes(opened, found, pasted))
    except NotAllowed as fault:
        return _page(opened, found, pasted=pasted, refusal=fault.reason), 409
    tell_cancelled(opened)
    return redirect(_onward(again(opened), found, pasted), 303)


def _table(opened: Opened, name: str) -> Table:
    """Return a table by its name; an unknown one is no page, nor for a colleague one of another section."""
    found = opened.questionnaire.tables.get(name)
    if found is None or not reaches(opened.questionnaire.section_of[name].name):
        abort(404)
    return found


def _pasted(opened: Opened, table: Table, token: str) -> Pasted | TooManyCells:
    try:
        return Pasted(opened, table, request.form.get("text", ""), token)
    except TooManyCells as fault:
        return fault


def _changes(opened: Opened, table: Table, pasted: Pasted) -> Changes:
    """Return the rows behind those that are there; the revision that was looked at tells what others did since."""
    rows = (*opened.reply.answers.row_ids(table.name), *pasted.ids)
    return Changes(request.form.get("seen", 0, type=int), pasted.entries, {table.name: rows})


def _onward(now: Opened, table: Table, pasted: Pasted) -> str:
    """Return where the new rows are seen: at the summary of what is to be mended, else at the table."""
    if not pasted.problems:
        note("pasted")
        return to_table(now, table.name)
    note("pasted_unread", "warn")
    section = now.questionnaire.section_of[table.name].name
    return to_section(now, section, "problems", show="typed")


def _page(opened: Opened, table: Table, **told: object) -> str:
    section = opened.questionnaire.section_of[table.name]
    here = opened.address("paste", table=table.name)
    closed = opened.refusal or ("item" if _settled(opened, table) else "")
    return render_template(
        "replying/paste.html",
        opened=opened,
        table=table,
        section=section,
        columns=columns_of(table),
        here=here,
        back=to_table(opened, table.name),
        room=table.most - len(opened.reply.answers.row_ids(table.name)),
        text=request.form.get("text", ""),
        closed=closed,
        **told,
    )


def _settled(opened: Opened, table: Table) -> bool:
    return opened.openness is not None and not opened.openness.allows_rows(table.name)
