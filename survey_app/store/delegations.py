"""Links by which a colleague without an account fills in one section of a reply, until a day of its own."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry


@dataclass(frozen=True)
class Delegation:
    """One link. It opens ``section`` of one municipality's reply up to and including the day ``until``."""

    id: int
    inquiry: int
    municipality: str
    section: str
    recipient: str
    until: date
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Does the link still open its section?"""
        return self.withdrawn_at is None and now.date() <= self.until

    def who(self, at: datetime) -> Who:
        """Return the colleague as the one who acts."""
        return Who(None, self.recipient, at)


@dataclass(frozen=True)
class NewDelegation:
    """What is needed to make a link."""

    municipality: str
    section: str
    recipient: str
    until: date


def delegate(database: Database, inquiry: Inquiry, new: NewDelegation, who: Who) -> str:
    """Make a link; return its token, which is shown once and of which only a hash is kept."""
    token = secrets.token_urlsafe(24)
    row = {
        "inquiry": inquiry.id,
        "municipality": new.municipality,
        "section": new.section,
        "recipient": new.recipient,
        "until": new.until.isoformat(),
    }
    made = {"token_hash": _hash(token), "made_at": clock.stored(who.at), "made_by": who.name}
    with writing(database):
        database.table("delegation").insert({**row, **made})
        record(database, who, "delegate", Subject(inquiry.id, new.municipality), before={}, after=row)
    return token


def find_delegation(database: Database, token: str) -> Delegation | None:
    """Return the link of a token, open or not; None when there is none."""
    row = database.execute("SELECT * FROM delegation WHERE token_hash = ?", [_hash(token)]).fetchone()
    return None if row is None else _delegation(row)


def delegations(database: Database, inquiry: Inquiry, municipality: str) -> tuple[Delegation, ...]:
    """Return the links of a reply, the newest first."""
    query = "SELECT * FROM delegation WHERE inquiry = ? AND municipality = ? ORDER BY id DESC"
    return tuple(_delegation(row) for row in database.execute(query, [inquiry.id, municipality]))


def withdraw_delegation(database: Database, inquiry: Inquiry, municipality: str, number: int, who: Who) -> None:
    """Withdraw a link; withdrawn again, nothing changes. Raises LookupError for an unknown one."""
    with writing(database):
        query = "SELECT * FROM delegation WHERE id = ? AND inquiry = ? AND municipality = ?"
        row = database.execute(query, [number, inquiry.id, municipality]).fetchone()
        if row is None:
            raise LookupError(number)
        if row["withdrawn_at"] is not None:
            return
        database.table("delegation").update(number, {"withdrawn_at": clock.stored(who.at)})
        after = {"section": row["section"], "recipient": row["recipient"]}
        record(database, who, "withdraw_delegation", Subject(inquiry.id, municipality), before={}, after=after)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _delegation(row: sqlite3.Row) -> Delegation:
    return Delegation(
        id=row["id"],
        inquiry=row["inquiry"],
        municipality=row["municipality"],
        section=row["section"],
        recipient=row["recipient"],
        until=date.fromisoformat(row["until"]),
        made_at=clock.read(row["made_at"]),
        made_by=row["made_by"],
        withdrawn_at=clock.read_optional(row["withdrawn_at"]),
    )
