"""What municipalities say to what they were told, need by need; both sides see it, other municipalities do not."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from exports.needs import Key
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.publications import Published


@dataclass(frozen=True)
class Opinion:
    """One opinion. ``publication``: the number of the publication that it is about."""

    publication: int
    key: Key
    text: str
    said_at: datetime
    said_by: str


_OPINIONS = "SELECT opinion.*, publication.number FROM opinion JOIN publication ON publication.id = opinion.publication"


def say_opinion(database: Database, published: Published, key: Key, text: str, token: str, who: Who) -> None:
    """Keep an opinion; once, however often it is sent. Raises LookupError when the need was not told of."""
    if key not in published.contents.by_key:
        raise LookupError(*key)
    with writing(database):
        if database.execute("SELECT 1 FROM opinion WHERE token = ?", [token]).fetchone():
            return
        row = {"publication": published.id, "municipality": key[0], "row": key[1], "text": text}
        database.table("opinion").insert({**row, "said_at": clock.stored(who.at), "said_by": who.name, "token": token})
        told = {"publication": published.number, "row": key[1], "text": text}
        record(database, who, "say_opinion", Subject(published.inquiry, key[0]), after=told)


def opinions(database: Database, inquiry: Inquiry, municipality: str | None = None) -> tuple[Opinion, ...]:
    """Return the opinions of an inquiry, of all municipalities or of one: by need, the first one first."""
    query = (
        f"{_OPINIONS} WHERE publication.inquiry = ? AND (? IS NULL OR municipality = ?)"
        " ORDER BY municipality, row, opinion.id"
    )
    return tuple(_opinion(row) for row in database.execute(query, [inquiry.id, municipality, municipality]))


def by_need(found: tuple[Opinion, ...]) -> dict[Key, list[Opinion]]:
    """Return opinions by the needs that they are about."""
    needs: dict[Key, list[Opinion]] = {}
    for one in found:
        needs.setdefault(one.key, []).append(one)
    return needs


def _opinion(row: sqlite3.Row) -> Opinion:
    key = (row["municipality"], row["row"])
    return Opinion(row["number"], key, row["text"], clock.read(row["said_at"]), row["said_by"])
