"""The roster as a file: given out, compared with the present one, taken in."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app import wording_people
from survey_app.access import around
from survey_app.connections import database
from survey_app.rosters.comparing import FIELDS, columns_of, compare, texts_of
from survey_app.rosters.reading import HEADINGS, FaultyRoster, Records, RosterLine, roster_of
from survey_app.store import roster_changes
from survey_app.store.overtaking import Overtaken
from survey_app.views.people.sent_lists import Unreadable, carried, carried_records, csv_file, sent_records, sentences
from survey_app.views.replying.notes import note


def roster_list() -> ResponseReturnValue:
    """Tell how a roster is taken in."""
    return _page()


def compare_roster() -> ResponseReturnValue:
    """Show what a roster would change; nothing is changed before it was looked at."""
    try:
        records = sent_records()
        lines = _lines(records)
    except Unreadable as fault:
        return _page(faults=fault.sentences), 422
    return _compared(records, lines)


def take_roster() -> ResponseReturnValue:
    """Take the roster in, all of it or nothing; nothing is deleted."""
    records = carried_records()
    try:
        lines = _lines(records)
    except Unreadable as fault:
        return _page(faults=fault.sentences), 422
    try:
        roster_changes.take_roster(
            database(), lines, columns_of(records), around().who, seen=request.form.get("seen", "")
        )
    except Overtaken:
        return _compared(records, lines, overtaken=True), 409
    note("roster_taken")
    return redirect(url_for("people.municipalities"), 303)


def roster_file() -> Response:
    """Give the roster out in the form in which it is taken in."""
    words = {column: word for word, column in HEADINGS.items()}
    rows: list[list[object]] = [[words["code"], *(words[name] for name in FIELDS)]]
    for line in roster_changes.present_lines(database()):
        texts = texts_of(line)
        rows.append([line.municipality.code, *(texts[name] for name in FIELDS)])
    return csv_file("市町村の一覧.csv", rows)


def _lines(records: Records) -> tuple[RosterLine, ...]:
    try:
        return roster_of(records)
    except FaultyRoster as faulty:
        raise Unreadable(sentences(faulty)) from faulty


def _compared(records: Records, lines: tuple[RosterLine, ...], *, overtaken: bool = False) -> str:
    present = roster_changes.present_lines(database())
    return render_template(
        "people/roster_compared.html",
        found=compare(present, lines, columns_of(records)),
        records=carried(records),
        seen=roster_changes.roster_mark(present),
        overtaken=overtaken,
        words=wording_people,
    )


def _page(faults: tuple[str, ...] = ()) -> str:
    return render_template("people/roster_list.html", faults=faults, headings=HEADINGS)
