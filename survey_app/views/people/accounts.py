"""Accounts: listed, made, put right."""

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app import wording_people
from survey_app.access import around, current_account
from survey_app.appointing import AT_A_DIVISION, AT_A_TOWN_HALL, MANAGED_BY, may_make, may_manage
from survey_app.connections import database, moment
from survey_app.passwords import NOBODY
from survey_app.permissions import ROLES
from survey_app.store import appointments, divisions
from survey_app.store.accounts import Account, NameTaken, account_by_id, add_account
from survey_app.store.invitations import open_invitation
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.people import CHOSEN, Wanted, days_of_an_invitation, people, person_of
from survey_app.store.rosters import roster
from survey_app.views.people.typed import Form, Typed
from survey_app.views.replying.notes import note

LONGEST_SIGN_IN_NAME = 100


def accounts() -> ResponseReturnValue:
    """List the accounts, of one role or place or all."""
    chosen = request.args.get("state", "open")
    wanted = Wanted(
        request.args.get("role", ""),
        request.args.get("municipality", ""),
        request.args.get("consulted", None, type=int),
        chosen if chosen in CHOSEN else "open",
    )
    return render_template(
        "people/accounts.html",
        listed=people(database(), wanted),
        waiting=len(people(database(), Wanted(state="waiting"))),
        wanted=wanted,
        roles=ROLES,
        chosen=CHOSEN,
        roster=roster(database()),
        divisions=divisions.listed(database()),
        now=moment(),
        words=wording_people,
    )


def new_account() -> ResponseReturnValue:
    """Show the form of a new account."""
    return _new_page(request.args)


def make_account() -> ResponseReturnValue:
    """Make an account; how its person comes to sign in is the next page."""
    made, faults = _read_new(request.form)
    if not faults:
        try:
            number = add_account(database(), made, around().who)
        except NameTaken:
            faults["sign_in_name"] = taken()
    if faults:
        return _new_page(request.form, faults), 422
    note("account_made")
    return redirect(url_for("people.account", number=number), 303)


def account(number: int) -> ResponseReturnValue:
    """Show one account."""
    return account_page(account_by_id(database(), number))


def change_account(number: int) -> ResponseReturnValue:
    """Put name, post, telephone and mail right."""
    known = manageable(number)
    typed = Typed(request.form)
    changed = with_person(known, typed)
    if typed.faults:
        return account_page(known, typed=request.form, faults=typed.faults), 422
    try:
        appointments.change_account(database(), changed, around().who, seen=request.form.get("seen", ""))
    except Overtaken:
        return account_page(known, typed=request.form, overtaken=True), 409
    note("account_changed")
    return redirect(url_for("people.account", number=number), 303)


def account_page(shown: Account, **told: object) -> str:
    """Draw one account."""
    return render_template(
        "people/account.html",
        shown=shown,
        person=person_of(database(), shown.id or 0),
        invitation=open_invitation(database(), shown.id or 0, moment()),
        may_manage=may_manage(current_account(), shown),
        seen=mark(appointments.account_told(shown)),
        days=days_of_an_invitation(),
        now=moment(),
        words=wording_people,
        **{"faults": {}, "typed": shown, "overtaken": False, "link": "", "refused": "", **told},
    )


def manageable(number: int) -> Account:
    """Return an account that this person may manage. Others are no page, as is one that does not exist."""
    found = account_by_id(database(), number)
    if not may_manage(current_account(), found):
        abort(404)
    return found


def with_person(account: Account, typed: Typed) -> Account:
    """Return an account with what was typed of its person."""
    return replace(
        account,
        name=typed.line("name", _("氏名を入力してください。")),
        post=typed.line("post"),
        telephone=typed.line("telephone"),
        email=typed.email("email"),
    )


def sign_in_name(typed: Typed) -> str:
    """Read a sign-in name: without spaces, not too long."""
    name = typed.line("sign_in_name", _("利用者名を入力してください。"))
    if len(name) > LONGEST_SIGN_IN_NAME or any(character.isspace() for character in name):
        typed.faults["sign_in_name"] = _(
            "利用者名は、空白を含まない%(longest)s字以内にしてください。", longest=LONGEST_SIGN_IN_NAME
        )
    return name


def taken() -> str:
    """Return what is said of a sign-in name that somebody has."""
    return _("この利用者名はすでに使われています（停止した利用者を含みます）。別の利用者名にしてください。")


def _read_new(form: Form) -> tuple[Account, dict[str, str]]:
    typed = Typed(form)
    role = form.get("role", "")
    if not may_make(current_account(), role):
        typed.faults["role"] = _("役割を選んでください。")
    code = form.get("municipality", "") if role in AT_A_TOWN_HALL else None
    if code is not None and code not in roster(database()):
        typed.faults["municipality"] = _("市町村の利用者は、市町村を選んでください。")
    consulted = _division(form) if role in AT_A_DIVISION else None
    if role in AT_A_DIVISION and consulted is None:
        typed.faults["consulted"] = _("関係課の利用者は、関係課を選んでください。")
    new = Account(None, sign_in_name(typed), "", role, code, NOBODY, consulted=consulted)
    return with_person(new, typed), typed.faults


def _division(form: Form) -> int | None:
    known = {str(one.id): one.id for one in divisions.listed(database(), moment().date())}
    return known.get(form.get("consulted", ""))


def _new_page(typed: Form, faults: dict[str, str] | None = None) -> str:
    return render_template(
        "people/new_account.html",
        roles=MANAGED_BY[current_account().role],
        roster=roster(database()),
        divisions=divisions.listed(database(), moment().date()),
        typed=typed,
        faults=faults or {},
        words=wording_people,
    )
