"""Relevant divisions (関係課), each with the days from which and up to which it exists.

Reorganisations end a division and begin another; a mere new name is written over the old one, which the trail keeps.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.overtaking import not_overtaken

FIELDS = ("bureau", "name", "telephone", "email")


@dataclass(frozen=True)
class Division:
    """A division of the prefecture. ``until`` is its last day, None when none is known; ``id`` 0: not stored yet."""

    id: int
    bureau: str
    name: str
    since: date
    until: date | None = None
    telephone: str = ""
    email: str = ""

    def exists_on(self, day: date) -> bool:
        """Does the division exist on a day?"""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def full_name(self) -> str:
        """The bureau and the name."""
        return f"{self.bureau} {self.name}".strip()

    @property
    def told(self) -> dict[str, str]:
        """What the trail says of it."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat() if self.until else ""}
        return {one: text for one, text in {**{name: getattr(self, name) for name in FIELDS}, **days}.items() if text}


class DivisionTaken(ValueError):
    """There is a division of this bureau and name already that has no last day."""


def find(database: Database, number: int) -> Division:
    """Return a division, present or past. Raises LookupError."""
    row = database.execute("SELECT * FROM division WHERE id = ?", [number]).fetchone()
    if row is None:
        raise LookupError(number)
    return _division(row)


def listed(database: Database, day: date | None = None) -> tuple[Division, ...]:
    """Return the divisions of a day (without one: all there ever were), in the order in which they were entered."""
    found = tuple(_division(row) for row in database.execute("SELECT * FROM division ORDER BY id"))
    return found if day is None else tuple(one for one in found if one.exists_on(day))


def named(database: Database, text: str, day: date) -> tuple[Division, ...]:
    """Return the divisions of a day that bear a name, with or without their bureau."""
    wanted = "".join(text.split())
    return tuple(
        one for one in listed(database, day) if wanted in ("".join(one.name.split()), "".join(one.full_name.split()))
    )


def add(database: Database, new: Division, who: Who) -> int:
    """Add a division; return its id. The very same sent twice stands once. Raises DivisionTaken."""
    with writing(database):
        known = _open_one(database, new.bureau, new.name)
        if known is not None:
            if replace(known, id=0) == replace(new, id=0):
                return known.id
            raise DivisionTaken(new.full_name)
        return _insert(database, new, who)


def change(database: Database, changed: Division, who: Who, *, seen: str | None = None) -> bool:
    """Rename a division, or change how it is reached; return whether anything changed.

    ``seen`` is the mark of what the form was made from. Raises LookupError, DivisionTaken and Overtaken.
    """
    with writing(database):
        before = find(database, changed.id)
        found = {one: getattr(changed, one) for one in FIELDS if getattr(changed, one) != getattr(before, one)}
        if not found:
            return False
        not_overtaken(seen, before.told)
        other = _open_one(database, changed.bureau, changed.name)
        if before.until is None and other is not None and other.id != changed.id:
            raise DivisionTaken(changed.full_name)
        database.table("division").update(changed.id, found)
        old = {"division": before.full_name, **{one: getattr(before, one) for one in found}}
        record(database, who, "change_division", Subject(), before=old, after=found)
    return True


def end(database: Database, number: int, until: date | None, who: Who) -> None:
    """Set the last day of a division, or take it back (None). Raises LookupError, DivisionTaken, ValueError."""
    with writing(database):
        before = find(database, number)
        if before.until == until:
            return
        if until is not None and until < before.since:
            raise ValueError(until)
        if until is None and _open_one(database, before.bureau, before.name) is not None:
            raise DivisionTaken(before.full_name)
        database.table("division").update(number, {"until": None if until is None else until.isoformat()})
        after = replace(before, until=until)
        record(database, who, "end_division", Subject(), before=before.told, after=after.told)


def start_with(database: Database, divisions: Iterable[Division], who: Who) -> int:
    """Add divisions to a database that never had any; return how many."""
    with writing(database):
        if database.execute("SELECT 1 FROM division LIMIT 1").fetchone() is not None:
            return 0
        return len([_insert(database, one, who) for one in divisions])


def _insert(database: Database, new: Division, who: Who) -> int:
    row = {**{one: getattr(new, one) for one in FIELDS}, "since": new.since.isoformat()}
    row["until"] = None if new.until is None else new.until.isoformat()
    database.table("division").insert(row)
    record(database, who, "add_division", Subject(), after=new.told)
    return int(database.execute("SELECT max(id) FROM division").fetchone()[0])


def _open_one(database: Database, bureau: str, name: str) -> Division | None:
    query = "SELECT * FROM division WHERE bureau = ? AND name = ? AND until IS NULL"
    row = database.execute(query, [bureau, name]).fetchone()
    return None if row is None else _division(row)


def _division(row: sqlite3.Row) -> Division:
    until = None if row["until"] is None else date.fromisoformat(row["until"])
    known = {one: row[one] for one in FIELDS}
    return Division(id=row["id"], since=date.fromisoformat(row["since"]), until=until, **known)
