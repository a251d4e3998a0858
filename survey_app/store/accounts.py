"""Accounts, and the sessions in which they are signed in."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing

SESSION_LASTS = timedelta(hours=12)
FAILURES_ALLOWED = 10
FAILURES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Account:
    """One person's account. ``role`` is "officer" or "approver" (with a municipality), "division", or "colleague".

    A colleague has a link and no account of their own: ``id`` is None.
    """

    id: int | None
    sign_in_name: str
    name: str
    role: str
    municipality: str | None
    password_hash: str
    place: str = ""  # the municipality's name

    def who(self, at: datetime) -> Who:
        """Return this person as the one who acts at a moment."""
        return Who(self.id, self.name, at)


def create_account(database: Database, account: Account, at: datetime) -> None:
    """Create an account (its id is given here); an account of the same sign-in name is left as it is."""
    with writing(database):
        known = database.execute("SELECT 1 FROM account WHERE sign_in_name = ?", [account.sign_in_name]).fetchone()
        if known is not None:
            return
        database.table("account").insert(
            {
                "sign_in_name": account.sign_in_name,
                "password_hash": account.password_hash,
                "name": account.name,
                "role": account.role,
                "municipality": account.municipality,
                "created_at": clock.stored(at),
            }
        )
        after = {"sign_in_name": account.sign_in_name, "role": account.role}
        record(
            database,
            Who(None, "shokai", at),
            "create_account",
            Subject(municipality=account.municipality),
            before={},
            after=after,
        )


def find_account(database: Database, sign_in_name: str) -> Account | None:
    """Find an account that may sign in."""
    query = (
        "SELECT account.*, municipality.name AS place FROM account"
        " LEFT JOIN municipality ON municipality.code = account.municipality"
        " WHERE sign_in_name = ? AND disabled_at IS NULL"
    )
    row = database.execute(query, [sign_in_name]).fetchone()
    return None if row is None else _account(row)


def too_many_failures(database: Database, sign_in_name: str, at: datetime) -> bool:
    """Have there been so many failed sign-ins that the next has to wait?"""
    query = "SELECT count(*) FROM sign_in_failure WHERE sign_in_name = ? AND at > ?"
    since = clock.stored(at - FAILURES_WITHIN)
    return bool(database.execute(query, [sign_in_name, since]).fetchone()[0] >= FAILURES_ALLOWED)


def note_failure(database: Database, sign_in_name: str, at: datetime) -> None:
    """Remember a failed sign-in; older ones are forgotten."""
    with writing(database):
        database.execute("DELETE FROM sign_in_failure WHERE at <= ?", [clock.stored(at - FAILURES_WITHIN)])
        database.table("sign_in_failure").insert({"sign_in_name": sign_in_name[:100], "at": clock.stored(at)})


def start_session(database: Database, account: Account, at: datetime) -> str:
    """Sign an account in; return the token that its browser keeps. Only a hash of it is stored."""
    token = secrets.token_urlsafe(32)
    with writing(database):
        row = {"token_hash": _hash(token), "account": account.id, "started_at": clock.stored(at)}
        database.table("session").insert({**row, "seen_at": clock.stored(at)})
        record(database, account.who(at), "sign_in", Subject(municipality=account.municipality))
    return token


def session_account(database: Database, token: str, at: datetime) -> Account | None:
    """Return who is signed in by a token; None when the session ended, ran out or its account was disabled."""
    row = database.execute(
        "SELECT account.*, municipality.name AS place FROM session JOIN account ON account.id = session.account"
        " LEFT JOIN municipality ON municipality.code = account.municipality"
        " WHERE token_hash = ? AND ended_at IS NULL AND started_at > ? AND disabled_at IS NULL",
        [_hash(token), clock.stored(at - SESSION_LASTS)],
    ).fetchone()
    return None if row is None else _account(row)


def end_session(database: Database, token: str, at: datetime) -> None:
    """Sign out: the token is worthless from now on."""
    with writing(database):
        database.execute("UPDATE session SET ended_at = ? WHERE token_hash = ?", [clock.stored(at), _hash(token)])


def settles_inside(database: Database, municipality: str) -> bool:
    """Does the municipality settle its approval here: has it an approver who may sign in?"""
    query = "SELECT 1 FROM account WHERE municipality = ? AND role = 'approver' AND disabled_at IS NULL LIMIT 1"
    return database.execute(query, [municipality]).fetchone() is not None


@dataclass(frozen=True)
class Session:
    """One sign-in that still holds. ``own`` is the one that asks."""

    key: str
    started_at: datetime
    own: bool


def sessions(database: Database, account: Account, token: str, at: datetime) -> tuple[Session, ...]:
    """Return the sessions in which an account is signed in, the newest first."""
    query = (
        "SELECT token_hash, started_at FROM session"
        " WHERE account = ? AND ended_at IS NULL AND started_at > ? ORDER BY started_at DESC"
    )
    rows = database.execute(query, [account.id, clock.stored(at - SESSION_LASTS)])
    return tuple(
        Session(row["token_hash"], clock.read(row["started_at"]), row["token_hash"] == _hash(token)) for row in rows
    )


def end_other_sessions(database: Database, account: Account, token: str, at: datetime) -> None:
    """Sign an account out everywhere but here."""
    with writing(database):
        _end_others(database, account, token, at)
        record(database, account.who(at), "end_sessions", Subject(municipality=account.municipality))


def change_password(database: Database, account: Account, password_hash: str, token: str, at: datetime) -> None:
    """Give an account a new password; it is signed out everywhere but here."""
    with writing(database):
        changing = "UPDATE account SET password_hash = ? WHERE id = ?"
        database.execute(changing, [password_hash, account.id])
        _end_others(database, account, token, at)
        record(database, account.who(at), "change_password", Subject(municipality=account.municipality))


def _end_others(database: Database, account: Account, token: str, at: datetime) -> None:
    ending = "UPDATE session SET ended_at = ? WHERE account = ? AND token_hash <> ? AND ended_at IS NULL"
    database.execute(ending, [clock.stored(at), account.id, _hash(token)])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: sqlite3.Row) -> Account:
    fields = ("id", "sign_in_name", "name", "role", "municipality", "password_hash")
    return Account(**{field: row[field] for field in fields}, place=row["place"] or "")
