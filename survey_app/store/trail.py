"""Reads the audit trail: who did what when, with what was there before and after."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from survey_app import clock

PAGE = 100
"""Lines on one page."""


@dataclass(frozen=True)
class Event:
    """One line of the trail. ``inquiry`` is the inquiry's name and ``municipality`` a code, "" where it has none."""

    id: int
    at: datetime
    actor: str
    act: str
    inquiry: str
    municipality: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Search:
    """What is looked for; everything that is not "" or None must hold. Days include both ends.

    ``text`` is looked for in who, in what was there before and after, and in the title of the inquiry; whatever is
    about one of the ``towns`` or is one of the ``acts``, whose names hold it, is found with it.
    """

    inquiry: str = ""
    municipality: str = ""
    act: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    towns: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()


def events(database: Database, search: Search, *, page: int = 1) -> tuple[tuple[Event, ...], int]:
    """Return one page of what was found, the newest first, and how many there are in all. Pages count from 1."""
    where, values = _where(search)
    whole = int(database.execute(f"SELECT count(*) FROM event {_JOIN} {where}", values).fetchone()[0])
    query = f"{_EVENT} {where} ORDER BY event.id DESC LIMIT {PAGE} OFFSET ?"
    rows = database.execute(query, [*values, (max(page, 1) - 1) * PAGE])
    return tuple(_event(row) for row in rows), whole


def events_of(database: Database, inquiry: str) -> Iterator[Event]:
    """Yield everything that concerns an inquiry, the oldest first."""
    where, values = _where(Search(inquiry=inquiry))
    for row in database.execute(f"{_EVENT} {where} ORDER BY event.id", values):
        yield _event(row)


def acts(database: Database) -> tuple[str, ...]:
    """Return every act that stands in the trail."""
    return tuple(row[0] for row in database.execute("SELECT DISTINCT act FROM event ORDER BY act"))


_JOIN = "LEFT JOIN inquiry ON inquiry.id = event.inquiry"
_EVENT = f"SELECT event.*, inquiry.name AS inquiry_name FROM event {_JOIN}"


def _where(search: Search) -> tuple[str, list[str]]:
    conditions: list[tuple[str, list[str]]] = []
    for column, wanted in (
        ("inquiry.name", search.inquiry),
        ("event.municipality", search.municipality),
        ("event.act", search.act),
    ):
        if wanted:
            conditions.append((f"{column} = ?", [wanted]))
    if search.since is not None:
        conditions.append(("event.at >= ?", [search.since.isoformat()]))
    if search.until is not None:
        conditions.append(("event.at < ?", [(search.until + timedelta(days=1)).isoformat()]))
    if search.text:
        conditions.append(_saying(search))
    text = " AND ".join(condition for condition, _ in conditions)
    return f"WHERE {text}" if text else "", [value for _, values in conditions for value in values]


def _saying(search: Search) -> tuple[str, list[str]]:
    """Return the condition that a text stands somewhere in a line, or in a name that the line shows."""
    columns = ("event.actor", "event.before", "event.after", "inquiry.title")
    said, values = [f"instr({column}, ?)" for column in columns], [search.text] * len(columns)
    for column, names in (("event.municipality", search.towns), ("event.act", search.acts)):
        if names:
            said.append(f"{column} IN ({', '.join('?' * len(names))})")
            values += sorted(names)
    return f"({' OR '.join(said)})", values


def _event(row: sqlite3.Row) -> Event:
    return Event(
        id=row["id"],
        at=clock.read(row["at"]),
        actor=row["actor"],
        act=row["act"],
        inquiry=row["inquiry_name"] or "",
        municipality=row["municipality"] or "",
        before=json.loads(row["before"] or "{}"),
        after=json.loads(row["after"] or "{}"),
    )
