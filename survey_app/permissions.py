"""Who may do what: one table for the whole application. A route that does not stand here is closed to everybody.

``own`` routes show what belongs to the municipality (or to the relevant division) of the person who is signed in and
take it from the account, never from the address; on the others an object that the person may not see is no page (404),
so that nobody can tell another's objects from none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ANYBODY = "anybody"
"""Also those who are not signed in."""
OFFICER, APPROVER, COLLEAGUE = "officer", "approver", "colleague"
DIVISION, CONSULTED, ANALYST, ADMINISTRATOR = "division", "consulted", "analyst", "administrator"

ROLES = (OFFICER, APPROVER, DIVISION, CONSULTED, ANALYST, ADMINISTRATOR)
"""The roles that an account can have; a colleague has a link in place of an account."""

HOMES = {
    OFFICER: "replying.inquiries",
    APPROVER: "replying.inquiries",
    COLLEAGUE: "shared.section",
    DIVISION: "board.inquiries",
    CONSULTED: "consulted.inquiries",
    ANALYST: "data.inquiries",
    ADMINISTRATOR: "board.inquiries",
}
"""The first page of each role."""

TOWN_HALL = (OFFICER, APPROVER)
AT_A_SECTION = (*TOWN_HALL, COLLEAGUE)
LEAD = (DIVISION, ADMINISTRATOR)
READERS = (*LEAD, ANALYST)


@dataclass(frozen=True)
class Permission:
    """The roles that may use a route, and whether they see only what is their own there."""

    roles: frozenset[str]
    own: bool = False


def _of(*roles: str, own: bool = False) -> Permission:
    return Permission(frozenset(roles), own)


_TOWN = _of(*TOWN_HALL, own=True)
_SECTION = _of(*AT_A_SECTION, own=True)
_LEAD = _of(*LEAD)
_OWN_DIVISION = _of(CONSULTED, own=True)
_READERS = _of(*READERS)

SIGNING = {
    "home": _of(*ROLES, COLLEAGUE, own=True),
    "signing.language": _of(ANYBODY),
    "signing.sign_in": _of(ANYBODY),
    "signing.sign_in_again": _of(),
    "signing.sign_out": _of(*ROLES),
    "account.account": _of(*ROLES, own=True),
    "account.password": _of(*ROLES, own=True),
    "account.password_first": _of(),
    "account.sign_out_elsewhere": _of(*ROLES, own=True),
}

REPLYING = {
    "attaching.own": _SECTION,
    "replying.asked": _SECTION,
    "replying.autosave": _SECTION,
    "replying.inquiries": _TOWN,
    "replying.nil": _TOWN,
    "replying.overview": _TOWN,
    "replying.paste": _SECTION,
    "replying.paste_preview": _SECTION,
    "replying.paste_take": _SECTION,
    "replying.receipt": _TOWN,
    "replying.removal": _SECTION,
    "replying.remove_row": _SECTION,
    "replying.review": _TOWN,
    "replying.row": _SECTION,
    "replying.save_row": _SECTION,
    "replying.save_section": _SECTION,
    "replying.section": _SECTION,
    "replying.submit": _TOWN,
    "replying.withdraw": _TOWN,
}

TOGETHER = {
    "approving.ask": _TOWN,
    "approving.show": _of(APPROVER, own=True),
    "approving.approve": _of(APPROVER, own=True),
    "approving.send_back": _of(APPROVER, own=True),
    "colleagues.make": _TOWN,
    "colleagues.show": _TOWN,
    "colleagues.withdraw": _TOWN,
    "comparing.changes": _TOWN,
    "conversing.division": _LEAD,
    "conversing.received": _TOWN,
    "conversing.town_hall": _TOWN,
    "excel.ask": _TOWN,
    "excel.compared": _TOWN,
    "excel.form": _TOWN,
    "excel.marked": _TOWN,
    "excel.take": _TOWN,
    "excel.upload": _TOWN,
    "shared.enter": _of(ANYBODY),
    "shared.show": _of(ANYBODY),
    "shared.section": _of(COLLEAGUE, own=True),
}

BOARD = {
    "attaching.handed_in": _LEAD,
    "board.accept": _LEAD,
    "board.ask_return": _LEAD,
    "board.board": _LEAD,
    "board.give_back": _LEAD,
    "board.inquiries": _LEAD,
    "board.reply": _LEAD,
    "board.undo_return": _LEAD,
    "board.waive": _LEAD,
    "board.workbook": _LEAD,
}

CHECKING = {
    "board.accept_several": _LEAD,
    "board.check": _LEAD,
    "entering.asked": _LEAD,
    "entering.autosave": _LEAD,
    "entering.discard": _LEAD,
    "entering.file": _LEAD,
    "entering.nil": _LEAD,
    "entering.overview": _LEAD,
    "entering.paste": _LEAD,
    "entering.paste_preview": _LEAD,
    "entering.paste_take": _LEAD,
    "entering.removal": _LEAD,
    "entering.remove_row": _LEAD,
    "entering.review": _LEAD,
    "entering.row": _LEAD,
    "entering.save_row": _LEAD,
    "entering.save_section": _LEAD,
    "entering.section": _LEAD,
    "entering.submit": _LEAD,
    "gathering.form": _LEAD,
    "gathering.forms": _LEAD,
    "gathering.look": _LEAD,
    "gathering.marked": _LEAD,
    "gathering.show": _LEAD,
    "gathering.take": _LEAD,
    "gathering.take_in": _LEAD,
}

CHASING = {
    "chasing.extend": _LEAD,
    "chasing.history": _LEAD,
    "chasing.log": _LEAD,
    "chasing.mail": _LEAD,
    "chasing.queue": _LEAD,
    "chasing.texts": _LEAD,
    "chasing.today": _LEAD,
    "chasing.withdraw": _LEAD,
}

CLOSING = {
    "audit.search": _LEAD,
    "closing.archive": _LEAD,
    "closing.cancel": _LEAD,
    "closing.close": _LEAD,
    "closing.close_for": _LEAD,
    "closing.keep": _LEAD,
    "closing.open_again": _LEAD,
    "closing.reopen_for": _LEAD,
    "closing.show": _LEAD,
}

PREPARING = {
    "preparing.ask_discard": _LEAD,
    "preparing.choose": _LEAD,
    "preparing.confirm": _LEAD,
    "preparing.discard": _LEAD,
    "preparing.draft": _LEAD,
    "preparing.drafts": _LEAD,
    "preparing.letter": _LEAD,
    "preparing.new": _LEAD,
    "preparing.open_now": _LEAD,
    "preparing.preview": _LEAD,
    "preparing.preview_form": _LEAD,
    "preparing.questionnaire": _LEAD,
    "preparing.save_step": _LEAD,
    "preparing.save_targets": _LEAD,
    "preparing.start": _LEAD,
    "preparing.step": _LEAD,
    "preparing.targets": _LEAD,
    "xlsforms.download": _LEAD,
    "xlsforms.empty": _LEAD,
    "xlsforms.of_inquiry": _LEAD,
}

PEOPLE = {
    "divisions.add": _LEAD,
    "divisions.change": _LEAD,
    "divisions.division": _LEAD,
    "divisions.end": _LEAD,
    "divisions.listed": _LEAD,
    "inviting.show": _of(ANYBODY),
    "inviting.take": _of(ANYBODY),
    "people.account": _LEAD,
    "people.accounts": _LEAD,
    "people.add_contact": _LEAD,
    "people.change_account": _LEAD,
    "people.change_contact": _LEAD,
    "people.compare_contacts": _LEAD,
    "people.compare_roster": _LEAD,
    "people.contact": _LEAD,
    "people.contact_list": _LEAD,
    "people.contacts_file": _LEAD,
    "people.disable_account": _LEAD,
    "people.enable_account": _LEAD,
    "people.end_contact": _LEAD,
    "people.group": _LEAD,
    "people.groups": _LEAD,
    "people.hand_over": _LEAD,
    "people.invite": _LEAD,
    "people.issue_passwords": _LEAD,
    "people.keep_group": _LEAD,
    "people.make_account": _LEAD,
    "people.make_officers": _LEAD,
    "people.missing_officers": _LEAD,
    "people.municipalities": _LEAD,
    "people.municipality": _LEAD,
    "people.new_account": _LEAD,
    "people.roster_file": _LEAD,
    "people.roster_list": _LEAD,
    "people.successor": _LEAD,
    "people.take_contacts": _LEAD,
    "people.take_roster": _LEAD,
    "people.waiting": _LEAD,
    "people.withdraw_invitation": _LEAD,
}

NEEDS = {
    "needs.apart": _LEAD,
    "needs.cuts": _LEAD,
    "needs.dissolve": _LEAD,
    "needs.fix": _LEAD,
    "needs.listed": _LEAD,
    "needs.merge": _LEAD,
    "needs.move": _LEAD,
    "needs.need": _LEAD,
    "needs.remark": _LEAD,
    "needs.similar": _LEAD,
    "needs.workbook": _LEAD,
    "routing.cell": _LEAD,
    "routing.end": _LEAD,
    "routing.lead": _LEAD,
    "routing.matrix": _LEAD,
    "routing.start": _LEAD,
    "routing.support": _LEAD,
}

CHANGING = {
    "changing.add_check": _LEAD,
    "changing.add_question": _LEAD,
    "changing.book": _LEAD,
    "changing.change_question": _LEAD,
    "changing.discard": _LEAD,
    "changing.history": _LEAD,
    "changing.make": _LEAD,
    "changing.move_question": _LEAD,
    "changing.new_check": _LEAD,
    "changing.new_question": _LEAD,
    "changing.question": _LEAD,
    "changing.remove_check": _LEAD,
    "changing.show": _LEAD,
    "changing.show_impact": _LEAD,
    "changing.upload": _LEAD,
}

DATA = {
    "data.file": _READERS,
    "data.files": _READERS,
    "data.inquiries": _READERS,
    "data.make_feed": _READERS,
    "data.show": _READERS,
    "data.withdraw_feed": _READERS,
    "feed.listing": _of(ANYBODY),
    "feed.table": _of(ANYBODY),
}

RESULTS = {
    "results.cross": _READERS,
    "results.show": _READERS,
    "results.towns": _READERS,
    "versus.answers": _READERS,
    "versus.needs": _READERS,
    "versus.show": _READERS,
    "versus.workbook": _READERS,
}

PUBLISHING = {
    "answers.letter": _TOWN,
    "answers.say": _TOWN,
    "answers.shared": _TOWN,
    "answers.shared_book": _TOWN,
    "answers.show": _TOWN,
    "publishing.follow_ups": _LEAD,
    "publishing.letter": _LEAD,
    "publishing.letters": _LEAD,
    "publishing.note_follow_up": _LEAD,
    "publishing.opinions": _LEAD,
    "publishing.publication": _LEAD,
    "publishing.publish": _LEAD,
    "publishing.shared": _LEAD,
    "publishing.shared_book": _LEAD,
    "publishing.show": _LEAD,
    "publishing.town": _LEAD,
}

CONSULTING = {
    "consulted.ask_upload": _OWN_DIVISION,
    "consulted.compared": _OWN_DIVISION,
    "consulted.hand_in": _OWN_DIVISION,
    "consulted.inquiries": _OWN_DIVISION,
    "consulted.marked": _OWN_DIVISION,
    "consulted.need": _OWN_DIVISION,
    "consulted.round": _OWN_DIVISION,
    "consulted.save": _OWN_DIVISION,
    "consulted.take": _OWN_DIVISION,
    "consulted.upload": _OWN_DIVISION,
    "consulted.workbook": _OWN_DIVISION,
    "consulting.add": _LEAD,
    "consulting.close": _LEAD,
    "consulting.compare": _LEAD,
    "consulting.compared": _LEAD,
    "consulting.extend": _LEAD,
    "consulting.give_back": _LEAD,
    "consulting.hand_in_for": _LEAD,
    "consulting.marked": _LEAD,
    "consulting.need": _LEAD,
    "consulting.open_again": _LEAD,
    "consulting.open_now": _LEAD,
    "consulting.preview": _LEAD,
    "consulting.reminders": _LEAD,
    "consulting.reopen": _LEAD,
    "consulting.round": _LEAD,
    "consulting.rounds": _LEAD,
    "consulting.take": _LEAD,
    "consulting.upload": _LEAD,
    "consulting.withdraw": _LEAD,
    "consulting.workbook": _LEAD,
    "consulting.workbooks": _LEAD,
}

PERMISSIONS: dict[str, Permission] = {
    **CONSULTING,
    **PUBLISHING,
    **SIGNING,
    **REPLYING,
    **TOGETHER,
    **BOARD,
    **CHECKING,
    **CHANGING,
    **CHASING,
    **CLOSING,
    **PREPARING,
    **PEOPLE,
    **DATA,
    **RESULTS,
    **NEEDS,
}

UPLOADING = frozenset(
    {
        "changing.upload",
        "consulted.upload",
        "consulting.upload",
        "excel.upload",
        "gathering.take",
        "preparing.choose",
        "preparing.start",
        "people.compare_contacts",
        "people.compare_roster",
    }
)
"""Routes that take files, and so more bytes than a form."""
ATTACHING = frozenset(f"{room}.{view}" for room in ("replying", "entering") for view in ("save_row", "save_section"))
"""Routes of the form that take files beside the answers."""


def permission(endpoint: str) -> Permission:
    """Return who may use a route; nobody when it does not stand in the table."""
    return PERMISSIONS.get(endpoint, Permission(frozenset()))


def routes_of(role: str) -> Iterator[str]:
    """Yield the routes that a role may use."""
    return (endpoint for endpoint, found in PERMISSIONS.items() if role in found.roles)
