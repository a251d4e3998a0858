"""Sessions in which accounts are signed in, and the failures that make somebody wait."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.accounts import SELECTED, Account, account_of
from survey_app.store.audit import Subject, record
from survey_app.store.database import writing

SESSION_LASTS = timedelta(hours=12)
FAILURES_ALLOWED = 10
FAILURES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Session:
    """One sign-in that still holds. ``own`` is the one that asks."""

    key: str
    started_at: datetime
    own: bool


def too_many_failures(database: Database, sign_in_name: str, at: datetime) -> bool:
    """Have there been so many failed sign-ins that the next has to wait?"""
    query = "SELECT count(*) FROM sign_in_failure WHERE sign_in_name = ? AND at > ?"
    since = clock.stored(at - FAILURES_WITHIN)
    return bool(database.execute(query, [sign_in_name[:100], since]).fetchone()[0] >= FAILURES_ALLOWED)


def note_failure(database: Database, sign_in_name: str, at: datetime) -> None:
    """Remember a failed sign-in; older ones are forgotten."""
    with writing(database):
        database.execute("DELETE FROM sign_in_failure WHERE at <= ?", [clock.stored(at - FAILURES_WITHIN)])
        database.table("sign_in_failure").insert({"sign_in_name": sign_in_name[:100], "at": clock.stored(at)})


def start_session(database: Database, account: Account, at: datetime) -> str:
    """Sign an account in; return the token that its browser keeps. Only a hash of it is stored."""
    token = secrets.token_urlsafe(32)
    with writing(database):
        row = {"token_hash": hashed(token), "account": account.id, "started_at": clock.stored(at)}
        database.table("session").insert({**row, "seen_at": clock.stored(at)})
        record(database, account.who(at), "sign_in", Subject(municipality=account.municipality))
    return token


def session_account(database: Database, token: str, at: datetime) -> Account | None:
    """Return who is signed in by a token; None when the session ended, ran out or its account was disabled."""
    row = database.execute(
        f"{SELECTED} JOIN session ON session.account = account.id"
        " WHERE token_hash = ? AND ended_at IS NULL AND started_at > ? AND disabled_at IS NULL",
        [hashed(token), clock.stored(at - SESSION_LASTS)],
    ).fetchone()
    return None if row is None else account_of(row)


def end_session(database: Database, token: str, at: datetime) -> None:
    """Sign out: the token is worthless from now on."""
    with writing(database):
        database.execute("UPDATE session SET ended_at = ? WHERE token_hash = ?", [clock.stored(at), hashed(token)])


def sessions(database: Database, account: Account, token: str, at: datetime) -> tuple[Session, ...]:
    """Return the sessions in which an account is signed in, the newest first."""
    query = (
        "SELECT token_hash, started_at FROM session"
        " WHERE account = ? AND ended_at IS NULL AND started_at > ? ORDER BY started_at DESC"
    )
    rows = database.execute(query, [account.id, clock.stored(at - SESSION_LASTS)])
    return tuple(
        Session(row["token_hash"], clock.read(row["started_at"]), row["token_hash"] == hashed(token)) for row in rows
    )


def end_other_sessions(database: Database, account: Account, token: str, at: datetime) -> None:
    """Sign an account out everywhere but here."""
    with writing(database):
        end_sessions_of(database, account.id, at, but=token)
        record(database, account.who(at), "end_sessions", Subject(municipality=account.municipality))


def change_password(database: Database, account: Account, password_hash: str, token: str, at: datetime) -> None:
    """Give an account the password that its person chose; it is signed out everywhere but here.

    Invitations that are still open are withdrawn: nobody else sets another one.
    """
    with writing(database):
        changing = "UPDATE account SET password_hash = ?, must_change = 0 WHERE id = ?"
        database.execute(changing, [password_hash, account.id])
        withdraw_open_invitations(database, account.id, at)
        end_sessions_of(database, account.id, at, but=token)
        record(database, account.who(at), "change_password", Subject(municipality=account.municipality))


def end_sessions_of(database: Database, account: int | None, at: datetime, *, but: str = "") -> None:
    """End the sessions of an account, all but one. Call it inside the transaction of the change."""
    ending = "UPDATE session SET ended_at = ? WHERE account = ? AND token_hash <> ? AND ended_at IS NULL"
    database.execute(ending, [clock.stored(at), account, hashed(but)])


def withdraw_open_invitations(database: Database, account: int | None, at: datetime) -> None:
    """Withdraw what invitations an account still has. Call it inside the transaction of the change."""
    withdrawing = (
        "UPDATE invitation SET withdrawn_at = ? WHERE account = ? AND used_at IS NULL AND withdrawn_at IS NULL"
    )
    database.execute(withdrawing, [clock.stored(at), account])


def hashed(token: str) -> str:
    """Return the hash under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
