"""How people come to sign in: by a link that holds some days, or by a printed initial password."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app import wording_people
from survey_app.access import around, current_account
from survey_app.addresses import public_url
from survey_app.appointing import may_manage
from survey_app.connections import database, moment
from survey_app.initial_passwords import make_password
from survey_app.passwords import NOBODY, hash_made_password
from survey_app.permissions import OFFICER
from survey_app.store import appointments, invitations
from survey_app.store.accounts import Account, NameTaken
from survey_app.store.inquiries import find_inquiry, inquiries, standings
from survey_app.store.people import Wanted, free_name, people
from survey_app.store.rosters import roster
from survey_app.views.people.accounts import account_page, manageable, taken
from survey_app.views.replying.notes import note

MOST_AT_ONCE = 200
"""Letters that are made in one go: so many pages are printed without losing track."""


def invite(number: int) -> ResponseReturnValue:
    """Make a link for an account; it is shown once. A link made before is withdrawn."""
    known = manageable(number)
    token = invitations.invite(database(), number, around().who)
    return account_page(known, link=public_url("inviting.show", token=token))


def withdraw_invitation(number: int) -> ResponseReturnValue:
    """Withdraw the link of an account."""
    manageable(number)
    invitations.withdraw_invitation(database(), number, around().who)
    note("link_withdrawn")
    return redirect(url_for("people.account", number=number), 303)


def waiting() -> ResponseReturnValue:
    """List whose people cannot sign in yet, to give them initial passwords."""
    return _waiting_page()


def issue_passwords() -> ResponseReturnValue:
    """Give accounts an initial password each, and show the letters once: one A4 page for each person."""
    numbers = list(dict.fromkeys(request.form.getlist("account", type=int)))
    if not numbers:
        return _waiting_page(_("初期パスワードを発行する利用者を選んでください。")), 422
    if len(numbers) > MOST_AT_ONCE:
        return _waiting_page(_("一度に発行できるのは%(most)s人までです。", most=MOST_AT_ONCE)), 422
    letters = [(manageable(number), make_password()) for number in numbers]
    hashes = {account.id or 0: hash_made_password(password) for account, password in letters}
    appointments.issue_passwords(database(), hashes, around().who)
    return render_template(
        "people/letters.html",
        letters=letters,
        address=public_url("signing.sign_in"),
        by=current_account(),
        now=moment(),
    )


def missing_officers() -> ResponseReturnValue:
    """List the municipalities that have no officer's account."""
    return _missing_page()


def make_officers() -> ResponseReturnValue:
    """Make an officer's account for each chosen municipality that still has none."""
    known = roster(database())
    chosen = [known[code] for code in dict.fromkeys(request.form.getlist("town")) if code in known]
    if not chosen:
        return _missing_page(_("利用者を作る市町村を選んでください。")), 422
    new = [
        Account(None, free_name(database(), one.code), f"{one.name} 担当者", OFFICER, one.code, NOBODY)
        for one in chosen
    ]
    try:
        appointments.add_officers(database(), new, around().who)
    except NameTaken:
        return _missing_page(taken()), 409
    note("officers_made")
    return redirect(url_for("people.waiting"), 303)


def _waiting_page(fault: str = "") -> str:
    listed = [one for one in people(database(), Wanted(state="waiting")) if may_manage(current_account(), one.account)]
    shown = {"listed": listed, "fault": fault, "most": MOST_AT_ONCE, "now": moment(), "words": wording_people}
    return render_template("people/waiting.html", **shown)


def _missing_page(fault: str = "") -> str:
    wanted = request.values.get("inquiry", "")
    if wanted:
        codes = tuple(one.municipality for one in standings(database(), find_inquiry(database(), wanted)))
    else:
        codes = tuple(one.code for one in roster(database()))
    missing = appointments.without_officer(database(), codes)
    towns = [(roster(database())[code], free_name(database(), code)) for code in missing]
    shown = {"towns": towns, "total": len(codes), "inquiries": inquiries(database()), "wanted": wanted}
    return render_template("people/missing_officers.html", **shown, fault=fault)
