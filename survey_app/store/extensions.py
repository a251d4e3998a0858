"""Extensions of the deadline for single municipalities: they act at once, and can be withdrawn."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, find_inquiry, standing


@dataclass(frozen=True)
class Extension:
    """What was agreed with one municipality; ``ended_at``: when it was withdrawn or replaced by another."""

    municipality: str
    until: datetime
    reason: str
    agreed_at: datetime
    agreed_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None


class NoExtension(ValueError):
    """An extension that extends nothing: it ends before the deadline or has ended already."""


def extend(database: Database, inquiry: Inquiry, codes: Sequence[str], until: datetime, reason: str, who: Who) -> int:
    """Give municipalities a later deadline, all or none; return for how many it changed.

    Raises LookupError for one that is no target, NoExtension when the deadline would not be later than it is.
    """
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        if until <= now.deadline or until <= who.at:
            raise NoExtension(clock.stored(now.deadline))
        return sum(_extend_one(database, inquiry, code, (until, reason), who) for code in dict.fromkeys(codes))


def _extend_one(database: Database, inquiry: Inquiry, code: str, agreed: tuple[datetime, str], who: Who) -> bool:
    before = standing(database, inquiry, code).term.extension
    present = _present(database, inquiry, code)
    until, reason = agreed
    if before == until and present is not None and present["reason"] == reason:
        return False
    _end(database, inquiry, code, who)
    row = {"inquiry": inquiry.id, "municipality": code, "until": clock.stored(until), "reason": reason}
    database.table("extension").insert({**row, "agreed_at": clock.stored(who.at), "agreed_by": who.name})
    _put(database, inquiry, code, until)
    told = {"extension": clock.stored(until), "reason": reason}
    record(database, who, "extend", Subject(inquiry.id, code), before=_told(before), after=told)
    return True


def withdraw_extension(database: Database, inquiry: Inquiry, code: str, who: Who) -> bool:
    """Let the inquiry's own deadline hold again; say whether there was an extension. Raises LookupError."""
    with writing(database):
        before = standing(database, inquiry, code).term.extension
        if before is None:
            return False
        _end(database, inquiry, code, who)
        _put(database, inquiry, code, None)
        record(database, who, "withdraw_extension", Subject(inquiry.id, code), before=_told(before), after=_told(None))
        return True


def extensions(database: Database, inquiry: Inquiry, code: str) -> tuple[Extension, ...]:
    """Return all that was agreed with one municipality, the newest first."""
    query = "SELECT * FROM extension WHERE inquiry = ? AND municipality = ? ORDER BY id DESC"
    return tuple(_extension(row) for row in database.execute(query, [inquiry.id, code]))


def present_extensions(database: Database, inquiry: Inquiry) -> Mapping[str, Extension]:
    """Return the extensions that hold, by municipality."""
    query = "SELECT * FROM extension WHERE inquiry = ? AND ended_at IS NULL"
    return {row["municipality"]: _extension(row) for row in database.execute(query, [inquiry.id])}


def _present(database: Database, inquiry: Inquiry, code: str) -> sqlite3.Row | None:
    query = "SELECT * FROM extension WHERE inquiry = ? AND municipality = ? AND ended_at IS NULL"
    found: sqlite3.Row | None = database.execute(query, [inquiry.id, code]).fetchone()
    return found


def _end(database: Database, inquiry: Inquiry, code: str, who: Who) -> None:
    present = "inquiry = ? AND municipality = ? AND ended_at IS NULL"
    ending = f"UPDATE extension SET ended_at = ?, ended_by = ? WHERE {present}"
    database.execute(ending, [clock.stored(who.at), who.name, inquiry.id, code])


def _put(database: Database, inquiry: Inquiry, code: str, until: datetime | None) -> None:
    stored = None if until is None else clock.stored(until)
    update = "UPDATE target SET extension = ? WHERE inquiry = ? AND municipality = ?"
    database.execute(update, [stored, inquiry.id, code])


def _told(until: datetime | None) -> dict[str, str | None]:
    return {"extension": None if until is None else clock.stored(until)}


def _extension(row: sqlite3.Row) -> Extension:
    return Extension(
        municipality=row["municipality"],
        until=clock.read(row["until"]),
        reason=row["reason"],
        agreed_at=clock.read(row["agreed_at"]),
        agreed_by=row["agreed_by"],
        ended_at=clock.read_optional(row["ended_at"]),
        ended_by=row["ended_by"],
    )
