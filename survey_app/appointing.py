"""Who may make and manage whose account: one table, and what cannot be done to an account."""

from survey_app.permissions import ADMINISTRATOR, ANALYST, APPROVER, CONSULTED, DIVISION, OFFICER, TOWN_HALL
from survey_app.store.accounts import Account

MANAGED_BY: dict[str, tuple[str, ...]] = {
    DIVISION: (OFFICER, APPROVER, DIVISION, CONSULTED, ANALYST),
    ADMINISTRATOR: (OFFICER, APPROVER, DIVISION, CONSULTED, ANALYST, ADMINISTRATOR),
}
"""The roles whose accounts a role makes, changes, hands over and disables."""
AT_A_TOWN_HALL, AT_A_DIVISION = TOWN_HALL, (CONSULTED,)


def may_make(actor: Account, role: str) -> bool:
    """May this person make accounts of a role?"""
    return role in MANAGED_BY.get(actor.role, ())


def may_manage(actor: Account, account: Account) -> bool:
    """May this person change an account, give it a password, hand it over or disable it? One's own: elsewhere."""
    return may_make(actor, account.role) and account.id != actor.id
