"""The roster, and one municipality with the people who are called there."""

from collections.abc import Container
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue

from questions.bureaus import in_order
from questions.setting import Municipality
from survey_app import wording_people
from survey_app.connections import database, moment
from survey_app.store.contacts import all_contacts, contacts, former_contacts
from survey_app.store.municipality_history import history
from survey_app.store.people import Wanted, counts, people
from survey_app.store.roster_changes import groups
from survey_app.store.rosters import roster


def municipalities() -> ResponseReturnValue:
    """List the municipalities by bureau, each with whom to call."""
    known = all_contacts(database())
    chosen = {"group": request.args.get("group", ""), "without": request.args.get("without", "")}
    shown = [one for one in roster(database()) if _is_chosen(one, chosen, known)]
    place = {bureau: number for number, bureau in enumerate(in_order(one.bureau for one in shown))}
    ordered = sorted(shown, key=lambda one: (place[one.bureau], one.code))
    return render_template(
        "people/municipalities.html",
        bureaus=[(bureau, list(some)) for bureau, some in groupby(ordered, key=lambda one: one.bureau)],
        contacts=known,
        accounts=counts(database()),
        groups=groups(database()),
        chosen=chosen,
        shown=len(shown),
        total=len(roster(database())),
        without=sum(one.code not in known for one in roster(database())),
    )


def _is_chosen(one: Municipality, chosen: dict[str, str], known: Container[str]) -> bool:
    of_group = not chosen["group"] or chosen["group"] in one.groups
    return of_group and (not chosen["without"] or one.code not in known)


def municipality(code: str) -> ResponseReturnValue:
    """Show one municipality."""
    return municipality_page(code)


def municipality_page(code: str, **told: object) -> str:
    """Draw one municipality. Raises LookupError for an unknown one."""
    return render_template(
        "people/municipality.html",
        town=known_municipality(code),
        contacts=contacts(database(), code),
        former=former_contacts(database(), code),
        people=people(database(), Wanted(municipality=code, state="all")),
        history=history(database(), code),
        now=moment(),
        words=wording_people,
        **{"faults": {}, "typed": {}, **told},
    )


def known_municipality(code: str) -> Municipality:
    """Return a municipality. Raises LookupError."""
    if code not in roster(database()):
        raise LookupError(code)
    return roster(database())[code]
