"""Accounts as the division looks at them: by role and place, with how far their people have come."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlite_utils import Database

from survey_app import clock
from survey_app.passwords import NOBODY
from survey_app.store.accounts import Account, account_of
from survey_app.store.invitations import LASTS

_LISTED = (
    "SELECT account.*, coalesce(municipality.name, division.name) AS place,"
    " (SELECT max(started_at) FROM session WHERE session.account = account.id) AS signed_in,"
    " (SELECT max(until) FROM invitation WHERE invitation.account = account.id"
    "   AND used_at IS NULL AND withdrawn_at IS NULL) AS invited"
    " FROM account LEFT JOIN municipality ON municipality.code = account.municipality"
    " LEFT JOIN division ON division.id = account.consulted"
)
_ORDER = (
    " ORDER BY CASE role WHEN 'administrator' THEN 0 WHEN 'division' THEN 1 WHEN 'consulted' THEN 2"
    " WHEN 'analyst' THEN 3 ELSE 4 END, account.municipality, account.consulted, role, account.id"
)
CHOSEN = {
    "open": "disabled_at IS NULL",
    "waiting": f"disabled_at IS NULL AND (password_hash = '{NOBODY}' OR must_change = 1)",
    "disabled": "disabled_at IS NOT NULL",
    "all": "1",
}
"""Which accounts: those that are open; of them those whose person has not set a password yet; closed ones; all."""


@dataclass(frozen=True)
class Person:
    """An account with when it was last signed in, and until when a link waits for its person."""

    account: Account
    signed_in: datetime | None
    invited: datetime | None

    def state(self, at: datetime) -> str:
        """Return how far the person has come: disabled, ready, initial (password), invited or nothing."""
        if self.account.disabled_at is not None:
            return "disabled"
        if self.account.has_password:
            return "initial" if self.account.must_change else "ready"
        return "invited" if self.invited is not None and self.invited > at else "nothing"


@dataclass(frozen=True)
class Wanted:
    """Which accounts to list; what is blank asks nothing. ``state`` is a key of CHOSEN."""

    role: str = ""
    municipality: str = ""
    consulted: int | None = None
    state: str = "open"


def people(database: Database, wanted: Wanted) -> tuple[Person, ...]:
    """List accounts: administrators, the division, relevant divisions, analysts, then town halls by code."""
    asked = [CHOSEN.get(wanted.state, CHOSEN["open"])]
    values: list[object] = []
    for column, value in (
        ("role", wanted.role),
        ("account.municipality", wanted.municipality),
        ("consulted", wanted.consulted),
    ):
        if value:
            asked.append(f"{column} = ?")
            values.append(value)
    rows = database.execute(f"{_LISTED} WHERE {' AND '.join(asked)}{_ORDER}", values)
    return tuple(_person(row) for row in rows)


def person_of(database: Database, number: int) -> Person:
    """Return one account with how far its person has come. Raises LookupError."""
    row = database.execute(f"{_LISTED} WHERE account.id = ?", [number]).fetchone()
    if row is None:
        raise LookupError(number)
    return _person(row)


def counts(database: Database) -> Mapping[str, int]:
    """Return how many open accounts each municipality has; those without have no entry."""
    query = (
        "SELECT municipality, count(*) FROM account WHERE municipality IS NOT NULL AND disabled_at IS NULL"
        " GROUP BY municipality"
    )
    return dict(database.execute(query).fetchall())


def free_name(database: Database, wanted: str) -> str:
    """Return a sign-in name that nobody has or had: the one wanted, else with a number behind it."""
    known = {row[0] for row in database.execute("SELECT sign_in_name FROM account")}
    if wanted not in known:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted}-{number}") not in known)


def days_of_an_invitation() -> int:
    """Return for how many days a link holds."""
    return LASTS.days


def _person(row: sqlite3.Row) -> Person:
    return Person(account_of(row), clock.read_optional(row["signed_in"]), clock.read_optional(row["invited"]))
