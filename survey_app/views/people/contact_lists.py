"""Contacts as a file: given out, compared with the present ones, taken in."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app import wording_people
from survey_app.access import around
from survey_app.connections import database
from survey_app.rosters.contacts import ContactLine, contacts_of
from survey_app.rosters.contacts import compare_contacts as held_against
from survey_app.rosters.reading import FaultyRoster, Records
from survey_app.store.contacts import FIELDS, ContactChange, Present, all_contacts, contacts_told
from survey_app.store.contacts import take_contacts as take
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.rosters import roster
from survey_app.views.people.sent_lists import Unreadable, carried, carried_records, csv_file, sent_records, sentences
from survey_app.views.replying.notes import note

COLUMNS = ("団体コード", "団体名", "課・係", "職", "氏名", "電話番号", "メールアドレス", "備考")


def contact_list() -> ResponseReturnValue:
    """Tell how contacts are taken in."""
    return _page()


def compare_contacts() -> ResponseReturnValue:
    """Show what a list of contacts would change."""
    try:
        records = sent_records()
        lines = _lines(records)
    except Unreadable as fault:
        return _page(faults=fault.sentences), 422
    return _compared(records, lines)


def take_contacts() -> ResponseReturnValue:
    """Take the contacts in; those who are not on the list end only when that is asked for."""
    records, ending = carried_records(), "end_gone" in request.form
    try:
        lines = _lines(records)
    except Unreadable as fault:
        return _page(faults=fault.sentences), 422

    def changes(present: Present) -> tuple[ContactChange, ...]:
        return held_against(present, lines).changes(end_gone=ending)

    try:
        take(database(), changes, around().who, seen=request.form.get("seen", ""))
    except Overtaken:
        return _compared(records, lines, overtaken=True, ending=ending), 409
    note("contacts_taken")
    return redirect(url_for("people.municipalities"), 303)


def contacts_file() -> Response:
    """Give the contacts out in the form in which they are taken in; a municipality without one has a blank line."""
    known, rows = all_contacts(database()), [list(COLUMNS)]
    for town in roster(database()):
        for kept in known.get(town.code, ()):
            rows.append([town.code, town.name, *(getattr(kept.contact, name) for name in FIELDS)])
        if town.code not in known:
            rows.append([town.code, town.name, *[""] * len(FIELDS)])
    return csv_file("連絡先の一覧.csv", rows)


def _lines(records: Records) -> tuple[ContactLine, ...]:
    try:
        return contacts_of(records, roster(database()))
    except FaultyRoster as faulty:
        raise Unreadable(sentences(faulty)) from faulty


def _compared(
    records: Records, lines: tuple[ContactLine, ...], *, overtaken: bool = False, ending: bool = False
) -> str:
    present = all_contacts(database())
    return render_template(
        "people/contacts_compared.html",
        found=held_against(present, lines),
        records=carried(records),
        seen=mark(contacts_told(present)),
        overtaken=overtaken,
        ending=ending,
        roster=roster(database()),
        fields=FIELDS,
        words=wording_people,
    )


def _page(faults: tuple[str, ...] = ()) -> str:
    return render_template("people/contact_list.html", faults=faults, columns=COLUMNS)
