"""Accounts change hands: put right, closed, opened again, passed on to a successor, given an initial password."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlite_utils import Database

from survey_app import clock
from survey_app.passwords import NOBODY
from survey_app.store.accounts import Account, account_by_id, insert_account
from survey_app.store.audit import Subject, Who, record
from survey_app.store.contacts import Contact, succeed
from survey_app.store.database import writing
from survey_app.store.overtaking import not_overtaken
from survey_app.store.sessions import end_sessions_of, withdraw_open_invitations

CHANGEABLE = ("name", "post", "telephone", "email")
NEVER_WITHOUT = ("division", "administrator")
"""Roles of which one account that can sign in must remain."""


class NotDisabled(ValueError):
    """An account that cannot be closed. ``reason`` is "own" (one's own) or "last" (of its role)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def account_told(account: Account) -> dict[str, str]:
    """Return what the form of an account is made from."""
    return {one: getattr(account, one) for one in CHANGEABLE}


def change_account(database: Database, changed: Account, who: Who, *, seen: str | None = None) -> bool:
    """Put the person of an account right (CHANGEABLE); return whether anything changed.

    ``seen`` is the mark of what the form was made from. Raises LookupError and Overtaken.
    """
    with writing(database):
        before = account_by_id(database, changed.id or 0)
        found = {one: getattr(changed, one) for one in CHANGEABLE if getattr(changed, one) != getattr(before, one)}
        if not found:
            return False
        not_overtaken(seen, account_told(before))
        database.table("account").update(changed.id or 0, found)
        old = {"sign_in_name": before.sign_in_name, **{one: getattr(before, one) for one in found}}
        record(database, who, "change_account", Subject(municipality=before.municipality), before=old, after=found)
    return True


def disable_account(database: Database, number: int, who: Who) -> None:
    """Close an account: its next request finds it signed out. Closed again, nothing changes. Raises NotDisabled."""
    with writing(database):
        account = account_by_id(database, number)
        if account.disabled_at is not None:
            return
        if number == who.account:
            raise NotDisabled("own")
        if _is_last(database, account):
            raise NotDisabled("last")
        _close(database, account, who)
        record(database, who, "disable_account", Subject(municipality=account.municipality), before=account.told)


def enable_account(database: Database, number: int, who: Who) -> None:
    """Open a closed account again, with the password that it had."""
    with writing(database):
        account = account_by_id(database, number)
        if account.disabled_at is None:
            return
        database.table("account").update(number, {"disabled_at": None})
        record(database, who, "enable_account", Subject(municipality=account.municipality), after=account.told)


def hand_over(database: Database, number: int, successor: Account, who: Who, *, contact: bool) -> int:
    """Pass an account on: the successor has a new one with the same place, the old one is closed; return the new id.

    ``contact``: where the predecessor stands as a contact of the municipality, the successor stands from now on. Done
    again by a doubled request, the account of the first is returned. Raises NotDisabled (one's own) and NameTaken.
    """
    with writing(database):
        old = account_by_id(database, number)
        if number == who.account:
            raise NotDisabled("own")
        if old.disabled_at is not None:
            return _made_before(database, old, successor)
        placed = replace(successor, role=old.role, municipality=old.municipality, consulted=old.consulted)
        made = insert_account(database, placed, who, "create_account")
        _close(database, old, who)
        after = {"successor": successor.sign_in_name}
        record(database, who, "hand_over", Subject(municipality=old.municipality), before=old.told, after=after)
        if contact and old.municipality is not None:
            new = Contact("", successor.post, successor.name, successor.telephone, successor.email)
            succeed(database, old.municipality, old.name, new, who)
    return made


def issue_passwords(database: Database, hashes: Mapping[int, str], who: Who) -> None:
    """Give accounts an initial password each, by hash: it must be changed at once, and all sessions end."""
    with writing(database):
        for number, password_hash in hashes.items():
            account = account_by_id(database, number)
            if account.disabled_at is not None:
                raise LookupError(number)
            database.table("account").update(number, {"password_hash": password_hash, "must_change": 1})
            withdraw_open_invitations(database, number, who.at)
            end_sessions_of(database, number, who.at)
            subject = Subject(municipality=account.municipality)
            record(database, who, "issue_password", subject, after={"sign_in_name": account.sign_in_name})


def add_officers(database: Database, new: Iterable[Account], who: Who) -> int:
    """Add an officer's account for each municipality that still has none; return how many. Raises NameTaken."""
    made = 0
    with writing(database):
        known = _with_officer(database)
        for account in new:
            if account.municipality not in known:
                insert_account(database, account, who, "create_account")
                made += 1
    return made


def without_officer(database: Database, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the municipalities that have no officer who may sign in, in the order given."""
    known = _with_officer(database)
    return tuple(code for code in codes if code not in known)


def _with_officer(database: Database) -> frozenset[str]:
    query = "SELECT municipality FROM account WHERE role = 'officer' AND disabled_at IS NULL"
    return frozenset(row[0] for row in database.execute(query))


def _is_last(database: Database, account: Account) -> bool:
    query = "SELECT 1 FROM account WHERE role = ? AND disabled_at IS NULL AND id <> ? AND password_hash <> ? LIMIT 1"
    others = database.execute(query, [account.role, account.id, NOBODY]).fetchone()
    return account.role in NEVER_WITHOUT and others is None


def _close(database: Database, account: Account, who: Who) -> None:
    database.table("account").update(account.id or 0, {"disabled_at": clock.stored(who.at)})
    end_sessions_of(database, account.id, who.at)
    withdraw_open_invitations(database, account.id, who.at)


def _made_before(database: Database, old: Account, successor: Account) -> int:
    query = (
        "SELECT id FROM account WHERE sign_in_name = ? AND role = ? AND created_at >= ?"
        " AND municipality IS ? AND consulted IS ? AND name = ?"
    )
    since = clock.stored(old.disabled_at) if old.disabled_at else ""
    known = [successor.sign_in_name, old.role, since, old.municipality, old.consulted, successor.name]
    found = database.execute(query, known).fetchone()
    if found is None:
        raise LookupError(old.id)
    return int(found[0])
