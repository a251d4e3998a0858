"""Where each page about people is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.people.accounts import account, accounts, change_account, make_account, new_account
from survey_app.views.people.contact_lists import compare_contacts, contact_list, contacts_file, take_contacts
from survey_app.views.people.contacts import add_contact, change_contact, contact, end_contact
from survey_app.views.people.grouping import group, groups, keep_group
from survey_app.views.people.handing_over import disable_account, enable_account, hand_over, successor
from survey_app.views.people.municipalities import municipalities, municipality
from survey_app.views.people.passwords import (
    invite,
    issue_passwords,
    make_officers,
    missing_officers,
    waiting,
    withdraw_invitation,
)
from survey_app.views.people.roster_lists import compare_roster, roster_file, roster_list, take_roster

blueprint = Blueprint("people", __name__, url_prefix="/people")

ADDRESSES = (
    ("GET", "/", "municipalities", municipalities),
    ("GET", "/groups", "groups", groups),
    ("GET", "/groups/edit", "group", group),
    ("POST", "/groups/edit", "keep_group", keep_group),
    ("GET", "/roster", "roster_list", roster_list),
    ("POST", "/roster", "compare_roster", compare_roster),
    ("POST", "/roster/take", "take_roster", take_roster),
    ("GET", "/roster.csv", "roster_file", roster_file),
    ("GET", "/contacts", "contact_list", contact_list),
    ("POST", "/contacts", "compare_contacts", compare_contacts),
    ("POST", "/contacts/take", "take_contacts", take_contacts),
    ("GET", "/contacts.csv", "contacts_file", contacts_file),
    ("GET", "/accounts", "accounts", accounts),
    ("GET", "/accounts/new", "new_account", new_account),
    ("POST", "/accounts/new", "make_account", make_account),
    ("GET", "/accounts/officers", "missing_officers", missing_officers),
    ("POST", "/accounts/officers", "make_officers", make_officers),
    ("GET", "/accounts/passwords", "waiting", waiting),
    ("POST", "/accounts/passwords", "issue_passwords", issue_passwords),
    ("GET", "/accounts/<int:number>", "account", account),
    ("POST", "/accounts/<int:number>", "change_account", change_account),
    ("POST", "/accounts/<int:number>/invite", "invite", invite),
    ("POST", "/accounts/<int:number>/withdraw", "withdraw_invitation", withdraw_invitation),
    ("POST", "/accounts/<int:number>/disable", "disable_account", disable_account),
    ("POST", "/accounts/<int:number>/enable", "enable_account", enable_account),
    ("GET", "/accounts/<int:number>/successor", "successor", successor),
    ("POST", "/accounts/<int:number>/successor", "hand_over", hand_over),
    ("GET", "/<code>", "municipality", municipality),
    ("POST", "/<code>/contacts", "add_contact", add_contact),
    ("GET", "/<code>/contacts/<int:number>", "contact", contact),
    ("POST", "/<code>/contacts/<int:number>", "change_contact", change_contact),
    ("POST", "/<code>/contacts/<int:number>/end", "end_contact", end_contact),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
