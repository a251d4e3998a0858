"""Links by which a person sets the password of an account once; only hashes of the links are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.accounts import SELECTED, Account, account_by_id, account_of
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.sessions import end_sessions_of, hashed, withdraw_open_invitations

LASTS = timedelta(days=7)
_OPEN = "used_at IS NULL AND withdrawn_at IS NULL AND invitation.until > ? AND account.disabled_at IS NULL"


@dataclass(frozen=True)
class Invitation:
    """An invitation that is still open."""

    id: int
    made_at: datetime
    made_by: str
    until: datetime


def invite(database: Database, number: int, who: Who) -> str:
    """Make a link for an account; return its token, which is shown once. An earlier link is withdrawn.

    Raises LookupError for an account that is unknown or disabled.
    """
    token = secrets.token_urlsafe(32)
    with writing(database):
        account = account_by_id(database, number)
        if account.disabled_at is not None:
            raise LookupError(number)
        withdraw_open_invitations(database, number, who.at)
        until = clock.stored(who.at + LASTS)
        row = {"token_hash": hashed(token), "account": number, "made_at": clock.stored(who.at), "made_by": who.name}
        database.table("invitation").insert({**row, "until": until})
        after = {"sign_in_name": account.sign_in_name, "until": until}
        record(database, who, "invite", Subject(municipality=account.municipality), after=after)
    return token


def open_invitation(database: Database, number: int, at: datetime) -> Invitation | None:
    """Return the invitation by which an account may still set its password; None when there is none."""
    query = f"SELECT invitation.* FROM invitation JOIN account ON account.id = account WHERE account = ? AND {_OPEN}"
    row = database.execute(query, [number, clock.stored(at)]).fetchone()
    if row is None:
        return None
    return Invitation(row["id"], clock.read(row["made_at"]), row["made_by"], clock.read(row["until"]))


def withdraw_invitation(database: Database, number: int, who: Who) -> None:
    """Withdraw the open link of an account; without one nothing changes. Raises LookupError."""
    with writing(database):
        account = account_by_id(database, number)
        if open_invitation(database, number, who.at) is None:
            return
        withdraw_open_invitations(database, number, who.at)
        after = {"sign_in_name": account.sign_in_name}
        record(database, who, "withdraw_invitation", Subject(municipality=account.municipality), after=after)


def invited(database: Database, token: str, at: datetime) -> Account | None:
    """Return the account for which a link sets the password; None when it does so no longer, or never did."""
    query = f"{SELECTED} JOIN invitation ON invitation.account = account.id WHERE token_hash = ? AND {_OPEN}"
    row = database.execute(query, [hashed(token), clock.stored(at)]).fetchone()
    return None if row is None else account_of(row)


def was_made(database: Database, token: str) -> bool:
    """Was there ever such a link? A used or old one is nobody's guess."""
    return database.execute("SELECT 1 FROM invitation WHERE token_hash = ?", [hashed(token)]).fetchone() is not None


def accept(database: Database, token: str, password_hash: str, at: datetime) -> Account | None:
    """Set the password by a link, which is used up with it; None when the link is not open any more."""
    with writing(database):
        account = invited(database, token, at)
        if account is None:
            return None
        using = "UPDATE invitation SET used_at = ? WHERE token_hash = ?"
        database.execute(using, [clock.stored(at), hashed(token)])
        database.table("account").update(account.id or 0, {"password_hash": password_hash, "must_change": 0})
        end_sessions_of(database, account.id, at)
        record(database, account.who(at), "accept_invitation", Subject(municipality=account.municipality))
    return account
