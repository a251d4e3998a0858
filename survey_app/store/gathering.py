"""Forms that came by mail, kept as the division put them in, so that a look and the taking see the same."""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry


@dataclass(frozen=True)
class NewFile:
    """A file to be kept. ``opened`` is what was read from it, as JSON; ``refusal`` why it could not be, one of both."""

    name: str
    content: bytes
    opened: str | None = None
    refusal: str | None = None


@dataclass(frozen=True)
class GatheredFile:
    """One file of a batch by its number from 1. ``opened`` and ``refusal``: as they were given, read from JSON."""

    number: int
    name: str
    opened: Any
    refusal: Any


@dataclass(frozen=True)
class Gathering:
    """Files that were put in together; ``id`` is random."""

    id: str
    sent_at: datetime
    sent_by: str
    files: int


def keep_gathering(database: Database, inquiry: Inquiry, files: Sequence[NewFile], token: str, who: Who) -> str:
    """Keep files that were put in together; return their id. Sent again with the same token, they are kept once."""
    identity = secrets.token_hex(16)
    with writing(database):
        query = "SELECT id FROM gathering WHERE inquiry = ? AND token = ?"
        known = database.execute(query, [inquiry.id, token]).fetchone()
        if known is not None:
            return str(known["id"])
        sent = {"sent_at": clock.stored(who.at), "sent_by": who.name, "token": token}
        database.table("gathering").insert({"id": identity, "inquiry": inquiry.id, **sent})
        rows = (
            {"gathering": identity, "number": number, "name": one.name, "content": one.content}
            | {"opened": one.opened, "refusal": one.refusal}
            for number, one in enumerate(files, 1)
        )
        database.table("gathered_file").insert_all(rows)
        names = [one.name for one in files]
        record(database, who, "gather", Subject(inquiry.id), after={"gathering": identity, "files": names})
    return identity


def gatherings(database: Database, inquiry: Inquiry) -> tuple[Gathering, ...]:
    """Return what was put in for an inquiry, the newest first."""
    query = (
        "SELECT gathering.id, sent_at, sent_by, count(gathered_file.number) AS files FROM gathering"
        " LEFT JOIN gathered_file ON gathered_file.gathering = gathering.id"
        " WHERE inquiry = ? GROUP BY gathering.id ORDER BY sent_at DESC, gathering.rowid DESC"
    )
    return tuple(_gathering(row) for row in database.execute(query, [inquiry.id]))


def find_gathering(database: Database, inquiry: Inquiry, identity: str) -> Gathering:
    """Return one of them. Raises LookupError."""
    found = next((one for one in gatherings(database, inquiry) if one.id == identity), None)
    if found is None:
        raise LookupError(identity)
    return found


def gathered_files(database: Database, found: Gathering) -> tuple[GatheredFile, ...]:
    """Return its files in order, as they were opened."""
    query = "SELECT number, name, opened, refusal FROM gathered_file WHERE gathering = ? ORDER BY number"
    return tuple(
        GatheredFile(row["number"], row["name"], _plain(row["opened"]), _plain(row["refusal"]))
        for row in database.execute(query, [found.id])
    )


def gathered_content(database: Database, found: Gathering, number: int) -> bytes:
    """Return the bytes of one file. Raises LookupError."""
    query = "SELECT content FROM gathered_file WHERE gathering = ? AND number = ?"
    row = database.execute(query, [found.id, number]).fetchone()
    if row is None:
        raise LookupError(number)
    return bytes(row["content"])


def _gathering(row: sqlite3.Row) -> Gathering:
    return Gathering(row["id"], clock.read(row["sent_at"]), row["sent_by"], row["files"])


def _plain(text: str | None) -> Any:
    return None if text is None else json.loads(text)
