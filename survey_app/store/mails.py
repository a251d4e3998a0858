"""Mails that wait to be sent, and what became of each: a line for every recipient.

A mail is *claimed* before it is sent and *settled* after it. Who dies between the two leaves a mail that is tried again
after ``CLAIMED_FOR``: at most a duplicate, never a loss.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, inquiries, standing
from survey_app.store.reachable import is_address

CLAIMED_FOR = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(days=3)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240))
"""The pauses before the next try; the last one holds from there on."""
LONGEST_FAULT = 300


class Kind(StrEnum):
    """The occasion of a mail."""

    OPENING = "opening"
    BEFORE = "before"
    AFTER = "after"


class Dropped(StrEnum):
    """Why a mail was not sent."""

    REPLIED = "replied"
    CLOSED = "closed"
    OUTDATED = "outdated"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True)
class NewMail:
    """A mail to one recipient in one town hall. ``deadline``: the one that its text names."""

    municipality: str
    recipient: str
    subject: str
    body: str
    kind: Kind
    deadline: datetime


@dataclass(frozen=True)
class Mail:
    """A mail and what became of it. ``fault``: why it was dropped (a ``Dropped``), or what the last try met."""

    id: int
    inquiry: int
    municipality: str
    recipient: str
    subject: str
    body: str
    kind: Kind
    deadline: str
    queued_at: datetime
    queued_by: str
    tries: int
    next_try_at: datetime | None
    sent_at: datetime | None
    dropped_at: datetime | None
    fault: str

    @property
    def waits(self) -> bool:
        """Is it still to be sent?"""
        return self.sent_at is None and self.dropped_at is None


def queue_mails(database: Database, inquiry: Inquiry, mails: Sequence[NewMail], token: str, who: Who) -> int:
    """Let mails wait to be sent; return how many are new. Sent again with the same token, nothing changes.

    Raises LookupError for a municipality that is no target, ValueError for what is no address.
    """
    with writing(database):
        return sum(_queue(database, inquiry, mail, token, who) for mail in mails)


def _queue(database: Database, inquiry: Inquiry, mail: NewMail, token: str, who: Who) -> bool:
    standing(database, inquiry, mail.municipality)
    if not is_address(mail.recipient):
        raise ValueError(mail.recipient)
    row = {
        "inquiry": inquiry.id,
        "municipality": mail.municipality,
        "recipient": mail.recipient,
        "subject": mail.subject,
        "body": mail.body,
        "kind": mail.kind.value,
        "deadline": clock.stored(mail.deadline),
        "queued_at": clock.stored(who.at),
        "queued_by": who.name,
        "next_try_at": clock.stored(who.at),
        "token": token,
    }
    columns = ", ".join(row)
    insert = f"INSERT INTO mail ({columns}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT DO NOTHING"
    if database.execute(insert, [*row.values()]).rowcount != 1:
        return False
    told = {name: row[name] for name in ("recipient", "subject", "kind")}
    record(database, who, "queue_mail", Subject(inquiry.id, mail.municipality), after=told)
    return True


def due_mails(database: Database, now: datetime) -> tuple[int, ...]:
    """Return the ids of the mails that are to be tried now, the longest waiting first."""
    query = (
        "SELECT id FROM mail WHERE sent_at IS NULL AND dropped_at IS NULL AND next_try_at <= ? ORDER BY next_try_at, id"
    )
    return tuple(row["id"] for row in database.execute(query, [clock.stored(now)]))


def claim(database: Database, mail: int, who: Who) -> Mail | None:
    """Take a mail to send it now; None when another process has it, or when there is no more reason to send it.

    Whether the town hall has replied meanwhile is asked here, in the transaction that claims.
    """
    with writing(database):
        row = _waiting(database, mail, who.at)
        if row is None:
            return None
        found = _mail(row)
        if (reason := _reason_to_drop(database, found, who.at)) is not None:
            _settle(database, found, {"dropped_at": clock.stored(who.at), "fault": reason.value}, who)
            return None
        update = "UPDATE mail SET tries = tries + 1, next_try_at = ? WHERE id = ?"
        database.execute(update, [clock.stored(who.at + CLAIMED_FOR), mail])
        return found


def settle_sent(database: Database, mail: Mail, who: Who) -> None:
    """Record that the mail server took a mail."""
    with writing(database):
        _settle(database, mail, {"sent_at": clock.stored(who.at), "fault": ""}, who)


def settle_refused(database: Database, mail: Mail, said: str, who: Who) -> None:
    """Record that the mail server will never take a mail: it is not tried again."""
    fault = f"{Dropped.REFUSED.value}: {said}"[:LONGEST_FAULT]
    with writing(database):
        _settle(database, mail, {"dropped_at": clock.stored(who.at), "fault": fault}, who)


def settle_failed(database: Database, mail: Mail, said: str, at: datetime) -> None:
    """Record what a try met; the next one comes after a pause."""
    pause = PAUSES[min(mail.tries, len(PAUSES) - 1)]
    update = "UPDATE mail SET next_try_at = ?, fault = ? WHERE id = ?"
    with writing(database):
        database.execute(update, [clock.stored(at + pause), said[:LONGEST_FAULT], mail.id])


def mails_of(database: Database, inquiry: Inquiry, municipality: str | None = None) -> tuple[Mail, ...]:
    """Return the mails of an inquiry (to one municipality), the newest first."""
    query = "SELECT * FROM mail WHERE inquiry = ? AND (? IS NULL OR municipality = ?) ORDER BY id DESC"
    return tuple(_mail(row) for row in database.execute(query, [inquiry.id, municipality, municipality]))


def _waiting(database: Database, mail: int, at: datetime) -> sqlite3.Row | None:
    query = "SELECT * FROM mail WHERE id = ? AND sent_at IS NULL AND dropped_at IS NULL AND next_try_at <= ?"
    found: sqlite3.Row | None = database.execute(query, [mail, clock.stored(at)]).fetchone()
    return found


def _reason_to_drop(database: Database, mail: Mail, now: datetime) -> Dropped | None:
    """Say why a mail is not to be sent any more: what it says no longer holds."""
    inquiry = next(one for one in inquiries(database) if one.id == mail.inquiry)
    target = standing(database, inquiry, mail.municipality)
    if not target.is_silent:
        return Dropped.REPLIED
    if target.term.closed:
        return Dropped.CLOSED
    if clock.stored(target.term.end) != mail.deadline or target.term.is_over(now) != (mail.kind is Kind.AFTER):
        return Dropped.OUTDATED
    return Dropped.EXPIRED if now - mail.queued_at > GIVEN_UP_AFTER else None


def _settle(database: Database, mail: Mail, outcome: Mapping[str, Any], who: Who) -> None:
    names = ", ".join(f"{name} = ?" for name in outcome)
    database.execute(f"UPDATE mail SET {names}, next_try_at = NULL WHERE id = ?", [*outcome.values(), mail.id])
    act = "send_mail" if "sent_at" in outcome else "drop_mail"
    told = {"recipient": mail.recipient, "subject": mail.subject, **outcome}
    record(database, who, act, Subject(mail.inquiry, mail.municipality), after=told)


def _mail(row: sqlite3.Row) -> Mail:
    plain = ("id", "inquiry", "municipality", "recipient", "subject", "body", "deadline", "queued_by", "tries", "fault")
    return Mail(
        **{name: row[name] for name in plain},
        kind=Kind(row["kind"]),
        queued_at=clock.read(row["queued_at"]),
        next_try_at=clock.read_optional(row["next_try_at"]),
        sent_at=clock.read_optional(row["sent_at"]),
        dropped_at=clock.read_optional(row["dropped_at"]),
    )
