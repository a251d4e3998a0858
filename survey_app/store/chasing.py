"""What was said with a town hall about its reply: calls, mails, faxes and visits, one line each."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, standing

Way = Literal["phone", "mail", "fax", "visit"]
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True)
class NewCall:
    """What is written down of a call; the token makes it happen once. ``promised``: the day that they named."""

    municipality: str
    way: Way
    spoken_with: str
    note: str
    promised: date | None
    token: str


@dataclass(frozen=True)
class Call:
    """One line of the history."""

    municipality: str
    way: Way
    spoken_with: str
    note: str
    promised: date | None
    at: datetime
    by: str


def log_call(database: Database, inquiry: Inquiry, new: NewCall, who: Who) -> None:
    """Write a call down; sent again with the same token, nothing changes. Raises LookupError for no target."""
    with writing(database):
        standing(database, inquiry, new.municipality)
        if database.execute("SELECT 1 FROM contact_log WHERE token = ?", [new.token]).fetchone():
            return
        said = {
            "way": new.way,
            "spoken_with": new.spoken_with,
            "note": new.note,
            "promised": None if new.promised is None else new.promised.isoformat(),
        }
        place = {"inquiry": inquiry.id, "municipality": new.municipality, "token": new.token}
        when = {"at": clock.stored(who.at), "by": who.name}
        database.table("contact_log").insert({**place, **said, **when})
        record(database, who, "log_call", Subject(inquiry.id, new.municipality), before={}, after=said)


def calls(database: Database, inquiry: Inquiry, municipality: str) -> tuple[Call, ...]:
    """Return what was said with one town hall, the newest first."""
    query = "SELECT * FROM contact_log WHERE inquiry = ? AND municipality = ? ORDER BY id DESC"
    return tuple(_call(row) for row in database.execute(query, [inquiry.id, municipality]))


def last_calls(database: Database, inquiry: Inquiry) -> Mapping[str, Call]:
    """Return the last line of each town hall with which anything was said."""
    query = "SELECT * FROM contact_log WHERE inquiry = ? ORDER BY id"
    return {row["municipality"]: _call(row) for row in database.execute(query, [inquiry.id])}


def _call(row: sqlite3.Row) -> Call:
    return Call(
        municipality=row["municipality"],
        way=row["way"],
        spoken_with=row["spoken_with"],
        note=row["note"],
        promised=None if row["promised"] is None else date.fromisoformat(row["promised"]),
        at=clock.read(row["at"]),
        by=row["by"],
    )
