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
    CONSULTED: "account.account",
    ANALYST: "account.account",
    ADMINISTRATOR: "account.account",
}
"""The first page of each role."""

TOWN_HALL = (OFFICER, APPROVER)
AT_A_SECTION = (*TOWN_HALL, COLLEAGUE)
LEAD = (DIVISION, ADMINISTRATOR)


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

SIGNING = {
    "home": _of(*ROLES, COLLEAGUE, own=True),
    "signing.language": _of(ANYBODY),
    "signing.sign_in": _of(ANYBODY),
    "signing.sign_in_again": _of(),
    "signing.sign_out": _of(*ROLES),
    "account.account": _of(*ROLES, own=True),
    "account.password": _of(*ROLES, own=True),
    "account.sign_out_elsewhere": _of(*ROLES, own=True),
}

REPLYING = {
    "replying.asked": _SECTION,
    "replying.autosave": _SECTION,
    "replying.inquiries": _TOWN,
    "replying.nil": _TOWN,
    "replying.overview": _TOWN,
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
    "board.accept": _LEAD,
    "board.ask_return": _LEAD,
    "board.board": _LEAD,
    "board.give_back": _LEAD,
    "board.inquiries": _LEAD,
    "board.reply": _LEAD,
    "board.waive": _LEAD,
    "board.workbook": _LEAD,
}

PERMISSIONS: dict[str, Permission] = {**SIGNING, **REPLYING, **TOGETHER, **BOARD}

UPLOADING = frozenset({"excel.upload"})
"""Routes that take files, and so more bytes than a form."""


def permission(endpoint: str) -> Permission:
    """Return who may use a route; nobody when it does not stand in the table."""
    return PERMISSIONS.get(endpoint, Permission(frozenset()))


def routes_of(role: str) -> Iterator[str]:
    """Yield the routes that a role may use."""
    return (endpoint for endpoint, found in PERMISSIONS.items() if role in found.roles)
