"""Who is at work in a reply just now; a courtesy, no record."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry

LASTS = timedelta(minutes=5)
TOLD_EVERY = timedelta(minutes=1)  # a page that is opened often writes seldom


@dataclass(frozen=True)
class Present:
    """Somebody who had a section open a moment ago."""

    name: str
    section: str
    seen_at: datetime


def present(database: Database, inquiry: Inquiry, municipality: str, who: Who) -> tuple[Present, ...]:
    """Return who else is in a reply."""
    query = "SELECT * FROM presence WHERE inquiry = ? AND municipality = ? AND name <> ? AND seen_at > ? ORDER BY name"
    since = clock.stored(who.at - LASTS)
    rows = database.execute(query, [inquiry.id, municipality, who.name, since])
    return tuple(Present(row["name"], row["section"], clock.read(row["seen_at"])) for row in rows)


def tell_presence(database: Database, inquiry: Inquiry, municipality: str, section: str, who: Who) -> None:
    """Say that somebody has a section open; said again within a minute, nothing is written."""
    query = "SELECT 1 FROM presence WHERE inquiry = ? AND municipality = ? AND name = ? AND section = ? AND seen_at > ?"
    lately = clock.stored(who.at - TOLD_EVERY)
    if database.execute(query, [inquiry.id, municipality, who.name, section, lately]).fetchone():
        return
    row = {"inquiry": inquiry.id, "municipality": municipality, "name": who.name}
    try:
        with writing(database):
            database.table("presence").upsert(
                {**row, "section": section, "seen_at": clock.stored(who.at)}, pk=("inquiry", "municipality", "name")
            )
    except sqlite3.OperationalError:
        return  # on a full disk, too, a page can be read and a save is told
