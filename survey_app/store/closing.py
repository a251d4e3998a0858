"""The end of an inquiry: closed, opened again, for one municipality alone, cancelled, archived, kept until a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, find_inquiry, standing


@dataclass(frozen=True)
class Reopened:
    """A municipality that may answer although the inquiry is closed."""

    municipality: str
    at: datetime


class NotOpen(ValueError):
    """The inquiry is not in a state for this: closed or cancelled already, or not closed."""


def close_inquiry(database: Database, inquiry: Inquiry, who: Who) -> None:
    """Take nothing more in, from now on. Raises NotOpen when it is closed or cancelled."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        if now.closed_at is not None or now.cancelled_at is not None:
            raise NotOpen(inquiry.name)
        _put(database, now, "close_inquiry", {"closed_at": clock.stored(who.at)}, who)


def open_again(database: Database, inquiry: Inquiry, who: Who) -> None:
    """Let a closed inquiry take replies again, within its deadlines. Raises NotOpen when it is not closed."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        if now.closed_at is None or now.cancelled_at is not None:
            raise NotOpen(inquiry.name)
        _put(database, now, "open_inquiry_again", {"closed_at": None}, who)


def cancel_inquiry(database: Database, inquiry: Inquiry, notice: str, who: Who) -> None:
    """End it for good, and tell the municipalities why; what was handed in stays. Raises NotOpen."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        if now.cancelled_at is not None:
            raise NotOpen(inquiry.name)
        told = {"cancelled_at": clock.stored(who.at), "cancel_notice": notice}
        _put(database, now, "cancel_inquiry", told, who)


def keep_until(database: Database, inquiry: Inquiry, day: date, who: Who) -> None:
    """Settle until when the inquiry is kept (保存期間の満了日)."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        if now.retain_until != day:
            _put(database, now, "keep_until", {"retain_until": day.isoformat()}, who)


def note_archive(database: Database, inquiry: Inquiry, digest: str, who: Who) -> None:
    """Note that the whole inquiry was written into an archive; ``digest`` is that of the file."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        database.execute("UPDATE inquiry SET archived_at = ? WHERE id = ?", [clock.stored(who.at), now.id])
        record(database, who, "archive_inquiry", Subject(now.id), after={"sha256": digest})


def reopen_for(database: Database, inquiry: Inquiry, municipality: str, who: Who) -> None:
    """Let one municipality answer although the inquiry is closed. Raises LookupError, NotOpen when it is not closed."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        standing(database, now, municipality)
        if now.closed_at is None or now.cancelled_at is not None:
            raise NotOpen(inquiry.name)
        _put_target(database, now, municipality, clock.stored(who.at))
        record(database, who, "reopen_for", Subject(now.id, municipality))


def close_for(database: Database, inquiry: Inquiry, municipality: str, who: Who) -> None:
    """Close it for the one again for whom it was reopened. Raises LookupError."""
    with writing(database):
        standing(database, inquiry, municipality)
        _put_target(database, inquiry, municipality, None)
        record(database, who, "close_for", Subject(inquiry.id, municipality))


def reopened(database: Database, inquiry: Inquiry) -> tuple[Reopened, ...]:
    """Return for whom a closed inquiry is open, in the official order."""
    query = (
        "SELECT municipality, reopened_at FROM target WHERE inquiry = ? AND reopened_at IS NOT NULL"
        " ORDER BY municipality"
    )
    rows = database.execute(query, [inquiry.id])
    return tuple(Reopened(row["municipality"], clock.read(row["reopened_at"])) for row in rows)


def _put(database: Database, inquiry: Inquiry, act: str, values: Mapping[str, str | None], who: Who) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)
    before = database.execute(f"SELECT {', '.join(values)} FROM inquiry WHERE id = ?", [inquiry.id]).fetchone()
    database.execute(f"UPDATE inquiry SET {columns} WHERE id = ?", [*values.values(), inquiry.id])
    record(database, who, act, Subject(inquiry.id), before=dict(before), after=values)


def _put_target(database: Database, inquiry: Inquiry, municipality: str, at: str | None) -> None:
    update = "UPDATE target SET reopened_at = ? WHERE inquiry = ? AND municipality = ?"
    database.execute(update, [at, inquiry.id, municipality])
