"""Accounts: who may sign in, as what, and where they work."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from survey_app import clock
from survey_app.passwords import NOBODY
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing

TOLD = ("sign_in_name", "name", "role", "municipality", "consulted", "post", "telephone", "email")
"""What the trail says of an account: everything but its password."""
SELECTED = (
    "SELECT account.*, coalesce(municipality.name, division.name) AS place FROM account"
    " LEFT JOIN municipality ON municipality.code = account.municipality"
    " LEFT JOIN division ON division.id = account.consulted"
)
"""Accounts with the name of where they work; add a condition."""


@dataclass(frozen=True)
class Account:
    """One person's account. ``role`` is one of permissions.ROLES, or "colleague".

    A colleague has a link and no account of their own: ``id`` is None. ``municipality`` is the code of an officer's or
    approver's town hall, ``consulted`` the id of a relevant division, ``place`` the name of either. ``must_change``:
    the password is an initial one. ``disabled_at``: since when the account is closed.
    """

    id: int | None
    sign_in_name: str
    name: str
    role: str
    municipality: str | None
    password_hash: str
    place: str = ""
    consulted: int | None = None
    post: str = ""
    telephone: str = ""
    email: str = ""
    must_change: bool = False
    disabled_at: datetime | None = None

    def who(self, at: datetime) -> Who:
        """Return this person as the one who acts at a moment."""
        return Who(self.id, self.name, at)

    @property
    def has_password(self) -> bool:
        """Is there a password with which it may sign in?"""
        return self.password_hash != NOBODY

    @property
    def told(self) -> Mapping[str, Any]:
        """What the trail says of the account."""
        return {name: getattr(self, name) for name in TOLD if getattr(self, name) not in (None, "")}


class NameTaken(ValueError):
    """There is an account of the same sign-in name, perhaps a disabled one."""


def add_account(database: Database, account: Account, who: Who) -> int:
    """Add an account; return its id, which is given here. Raises NameTaken."""
    with writing(database):
        return insert_account(database, account, who, "create_account")


def insert_account(database: Database, account: Account, who: Who, act: str) -> int:
    """Add an account inside the transaction of a change. Raises NameTaken."""
    query = "SELECT 1 FROM account WHERE sign_in_name = ?"
    if database.execute(query, [account.sign_in_name]).fetchone() is not None:
        raise NameTaken(account.sign_in_name)
    row = {name: getattr(account, name) for name in TOLD}
    secret = {"password_hash": account.password_hash, "must_change": int(account.must_change)}
    database.table("account").insert({**row, **secret, "created_at": clock.stored(who.at)})
    made = database.execute("SELECT id FROM account WHERE sign_in_name = ?", [account.sign_in_name]).fetchone()
    record(database, who, act, Subject(municipality=account.municipality), before={}, after=account.told)
    return int(made[0])


def create_account(database: Database, account: Account, at: datetime) -> None:
    """Add an account from the command line; an account of the same sign-in name is left as it is."""
    try:
        add_account(database, account, Who(None, "shokai", at))
    except NameTaken:
        return


def find_account(database: Database, sign_in_name: str) -> Account | None:
    """Find an account that may sign in."""
    query = f"{SELECTED} WHERE sign_in_name = ? AND disabled_at IS NULL"
    row = database.execute(query, [sign_in_name]).fetchone()
    return None if row is None else account_of(row)


def account_by_id(database: Database, number: int) -> Account:
    """Return an account, disabled or not. Raises LookupError."""
    row = database.execute(f"{SELECTED} WHERE account.id = ?", [number]).fetchone()
    if row is None:
        raise LookupError(number)
    return account_of(row)


def settles_inside(database: Database, municipality: str) -> bool:
    """Does the municipality settle its approval here: has it an approver who may sign in?"""
    query = "SELECT 1 FROM account WHERE municipality = ? AND role = 'approver' AND disabled_at IS NULL LIMIT 1"
    return database.execute(query, [municipality]).fetchone() is not None


def account_of(row: sqlite3.Row) -> Account:
    """Read an account from a row of SELECTED."""
    return Account(
        **{name: row[name] for name in ("id", "password_hash", *TOLD)},
        place=row["place"] or "",
        must_change=bool(row["must_change"]),
        disabled_at=clock.read_optional(row["disabled_at"]),
    )
