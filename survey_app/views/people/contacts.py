"""Whom to call in one town hall: added, changed, ended."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.access import around
from survey_app.connections import database
from survey_app.store.contacts import Contact, find_contact
from survey_app.store.contacts import add_contact as add
from survey_app.store.contacts import change_contact as change
from survey_app.store.contacts import end_contact as end
from survey_app.views.people.municipalities import known_municipality, municipality_page
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note


def add_contact(code: str) -> ResponseReturnValue:
    """Add a contact."""
    known_municipality(code)
    new, faults = _read()
    if faults:
        return municipality_page(code, faults=faults, typed=request.form), 422
    add(database(), code, new, around().who)
    return _back(code, "contact_added")


def contact(code: str, number: int) -> ResponseReturnValue:
    """Show the form of one contact."""
    town, kept = known_municipality(code), find_contact(database(), code, number)
    return render_template("people/contact.html", town=town, number=number, typed=kept.contact, faults={})


def change_contact(code: str, number: int) -> ResponseReturnValue:
    """Change a contact; what it was stays in the history."""
    town = known_municipality(code)
    changed, faults = _read()
    if faults:
        page = render_template("people/contact.html", town=town, number=number, typed=request.form, faults=faults)
        return page, 422
    try:
        change(database(), code, number, changed, around().who)
    except LookupError:  # somebody else changed or ended it: what was typed stays, as a new one to be added
        overtaken = _(
            "この連絡先は、ほかの方が先に変更又は終了しました。入力した内容は下の「連絡先を追加する」にあります。"
        )
        return municipality_page(code, typed=request.form, overtaken=overtaken), 409
    return _back(code, "contact_changed")


def end_contact(code: str, number: int) -> ResponseReturnValue:
    """End a contact; it stays in the history."""
    known_municipality(code)
    end(database(), code, number, around().who)
    return _back(code, "contact_ended")


def _read() -> tuple[Contact, dict[str, str]]:
    typed = Typed(request.form)
    name = typed.line("name", _("氏名を入力してください。"))
    read = Contact(
        typed.line("section"),
        typed.line("post"),
        name,
        typed.line("telephone"),
        typed.email("email"),
        typed.line("note"),
    )
    return read, typed.faults


def _back(code: str, said: str) -> ResponseReturnValue:
    note(said)
    return redirect(url_for("people.municipality", code=code), 303)
