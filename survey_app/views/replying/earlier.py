"""Last time's answers on the pages of the form: shown, taken over, copied; and the contact filled in."""

import hashlib

from flask import request
from werkzeug.datastructures import MultiDict

from questions.answers import Entry, Place
from questions.model import Section, Table
from survey_app.answering import is_numbered
from survey_app.connections import database
from survey_app.forms import AnswerForm, control
from survey_app.last_time import LastRow, LastTime, blank_contact
from survey_app.store.earlier import find_contact
from survey_app.store.replies import Changes, new_row
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.parts import EarlierRow
from survey_app.views.replying.ways import to_section, to_table

SAME, COPY, ASK = "same", "copy", "ask"


def show_last_time(opened: Opened, section: Section, form: AnswerForm) -> LastTime | None:
    """Put last time's answers beside the fields; return where they are from when the section has any."""
    last = opened.last_time
    if last is None:
        return None
    for field in form:
        if not field.row and not field.filled_in:
            field.last = last.answer(field.question.name)
    return last if any(field.last for field in form) or any(map(last.rows, section.tables())) else None


def fill_contact(opened: Opened, form: AnswerForm) -> LastTime | None:
    """Fill the controls of a contact that was never saved with that of the newest reply; return where it is from.

    Nothing is answered by that: the controls only hold it, until somebody saves the page.
    """
    blank = [place for place in blank_contact(opened.questionnaire, opened.reply.answers) if control(place) in form]
    last = _contact(opened) if blank and not opened.refusal else None
    for place in blank:
        answer = None if last is None else last.answer(place[1])
        if last is not None and answer is not None and answer.texts:
            field = form.at(place)
            field.entry = last.entry(place[1], answer)
            field.filled_in = True
    return last if any(field.filled_in for field in form) else None


def _contact(opened: Opened) -> LastTime | None:
    earlier = find_contact(database(), opened.inquiry, opened.reply.municipality)
    if earlier is None:
        return None
    return LastTime(earlier, opened.questionnaire, opened.reply.setting, opened.language)


def earlier_rows(opened: Opened, table: Table) -> tuple[EarlierRow, ...]:
    """Return last time's rows of a table, each with whether it was copied already."""
    if opened.last_time is None:
        return ()
    answers = opened.reply.answers
    rows = enumerate(opened.last_time.rows(table), 1)
    return tuple(EarlierRow(number, row, row.stands_in(answers, table)) for number, row in rows)


def meant(opened: Opened, section: Section, typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what a page sent, as the button means it: with last time's answer put in where it asks for that.

    A contact that was filled in and left as it was is not saved by a button that is pressed for something else.
    """
    act, _, name = typed.get("go", "").partition(":")
    if act not in (SAME, ASK):
        return typed
    changed = typed.copy()
    for blank in _left_as_filled_in(opened, section, typed):
        changed.poplist(blank)
    last = opened.last_time
    answer = last.answer(name) if act == SAME and last and name in {one.name for one in section.questions()} else None
    if answer is not None and answer.texts:
        changed.setlist(name, list(answer.texts))
        changed.poplist(f"theirs.{name}")
    return changed


def _left_as_filled_in(opened: Opened, section: Section, typed: MultiDict[str, str]) -> list[str]:
    """Return the contact's controls, when all of them hold what they were filled in with."""
    blank = {name for _, name in blank_contact(opened.questionnaire, opened.reply.answers)}
    names = [one.name for one in section.questions() if one.name in blank]
    last = _contact(opened) if names else None
    answers = {} if last is None else {name: last.answer(name) for name in names}
    filled = {name: list(answer.texts) if answer else [] for name, answer in answers.items()}
    same = all([text for text in typed.getlist(name) if text] == texts for name, texts in filled.items())
    return list(filled) if same else []


def copy_row(now: Opened, section: Section, name: str) -> str:
    """Copy a row of last time behind the rows that a table has; return where it is seen.

    The button of one page copies a row once, however often it is pressed.
    """
    table, row = _row_of(now, section, name)
    if table is None or row is None:
        return to_section(now, section.name)
    present = now.reply.answers.row_ids(table.name)
    fresh = _new_id(name)
    if fresh in present:
        return to_table(now, table.name)
    if len(present) >= table.most:
        note("rows_full", "warn")
        return to_table(now, table.name)
    entries: dict[Place, Entry] = {(fresh, question): entry for question, entry in row.entries.items()}
    if table.rank is not None and (not present or is_numbered(table, now.reply.answers)):
        texts = (str(len(present) + 1),)
        value = table.question(table.rank).kind.parse(texts, now.reply.setting).value
        entries[fresh, table.rank] = Entry(texts, value)
    changes = Changes(now.reply.revision, entries, {table.name: (*present, fresh)}, request.form.get("page", "")[:40])
    now.save(changes)
    note("row_copied")
    return to_table(now, table.name)


def _row_of(now: Opened, section: Section, name: str) -> tuple[Table | None, LastRow | None]:
    if now.last_time is not None:
        for table in section.tables():
            for row in now.last_time.rows(table):
                if row.id == name:
                    return table, row
    return None, None


def _new_id(row: str) -> str:
    """Return the id of the copy: the same for the same row of one opened page."""
    page = request.form.get("page", "")
    return "r" + hashlib.sha256(f"{page}/{row}".encode()).hexdigest()[:16] if page else new_row()
