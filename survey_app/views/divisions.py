"""Relevant divisions: listed, added, renamed, ended."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.rosters.starting_divisions import suggestions
from survey_app.store import divisions
from survey_app.store.divisions import Division, DivisionTaken
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.people import Wanted, people
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note

blueprint = Blueprint("divisions", __name__, url_prefix="/divisions")


@blueprint.get("/")
def listed() -> ResponseReturnValue:
    """List the divisions: those of today, those to come, those that ended."""
    return _list_page(request.args)


@blueprint.post("/")
def add() -> ResponseReturnValue:
    """Add a division."""
    new, faults = _read(Division(0, "", "", _today()))
    if not faults:
        try:
            divisions.add(database(), new, around().who)
        except DivisionTaken:
            faults["name"] = _taken()
    if faults:
        return _list_page(request.form, faults), 422
    note("division_added")
    return redirect(url_for("divisions.listed"), 303)


@blueprint.get("/<int:number>")
def division(number: int) -> ResponseReturnValue:
    """Show the forms of one division."""
    return _page(divisions.find(database(), number))


@blueprint.post("/<int:number>")
def change(number: int) -> ResponseReturnValue:
    """Rename a division, or change how it is reached."""
    known = divisions.find(database(), number)
    changed, faults = _read(known)
    if not faults:
        try:
            divisions.change(database(), changed, around().who, seen=request.form.get("seen", ""))
        except DivisionTaken:
            faults["name"] = _taken()
        except Overtaken:
            return _page(known, typed=request.form, overtaken=True), 409
    if faults:
        return _page(known, typed=request.form, faults=faults), 422
    note("division_changed")
    return redirect(url_for("divisions.listed"), 303)


@blueprint.post("/<int:number>/end")
def end(number: int) -> ResponseReturnValue:
    """Set the last day of a division, or take it back."""
    known = divisions.find(database(), number)
    typed = Typed(request.form)
    until = None if "never" in request.form else typed.day("until", _today())
    faults = typed.faults
    if not faults:
        try:
            divisions.end(database(), number, until, around().who)
        except DivisionTaken:
            faults["until"] = _taken()
        except ValueError:
            faults["until"] = _(
                "最後の日は、始めの日（%(since)s）より後にしてください。", since=known.since.isoformat()
            )
    if faults:
        return _page(known, days=request.form, faults=faults), 422
    note("division_ended" if until else "division_changed")
    return redirect(url_for("divisions.listed"), 303)


def _read(known: Division) -> tuple[Division, dict[str, str]]:
    typed = Typed(request.form)
    read = replace(
        known,
        bureau=typed.line("bureau", _("部局の名前を入力してください。")),
        name=typed.line("name", _("課の名前を入力してください。")),
        telephone=typed.line("telephone"),
        email=typed.email("email"),
    )
    if known.id == 0:
        read = replace(read, since=typed.day("since", _today()) or _today())
    return read, typed.faults


def _list_page(typed: object, faults: dict[str, str] | None = None) -> str:
    known = divisions.listed(database())
    there = {(one.bureau, one.name) for one in known}
    return render_template(
        "divisions/divisions.html",
        present=[one for one in known if one.exists_on(_today())],
        coming=[one for one in known if one.since > _today()],
        past=[one for one in known if one.until is not None and one.until < _today()],
        users=_users(),
        suggested=[one for one in suggestions() if (one.bureau, one.name) not in there],
        today=_today(),
        typed=typed,
        faults=faults or {},
    )


def _users() -> dict[int, int]:
    """Return how many open accounts each division has."""
    found: dict[int, int] = {}
    for one in people(database(), Wanted(role="consulted")):
        place = one.account.consulted or 0
        found[place] = found.get(place, 0) + 1
    return found


def _page(shown: Division, **told: object) -> str:
    users = people(database(), Wanted(role="consulted", consulted=shown.id))
    given = {"typed": shown, "days": {}, "faults": {}, "overtaken": False, **told}
    marks = {"seen": mark(shown.told), "today": _today(), "users": users}
    return render_template("divisions/division.html", shown=shown, **marks, **given)


def _today() -> date:
    return moment().date()


def _taken() -> str:
    return _("この部局・課はすでに登録されています。")
