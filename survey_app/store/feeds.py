"""Feeds for analysts: tokens that open the data of one inquiry to a program, and nothing else."""

import hashlib
import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import write_if_free, writing
from survey_app.store.inquiries import Inquiry, standings

NOTED_EVERY = timedelta(minutes=10)
"""Uses that lie closer together are noted once: reading must not make others wait to write."""
_FORM = 1
"""Counts up when the same answers are told in another way."""


@dataclass(frozen=True)
class Feed:
    """One feed. ``label`` says what it is for; ``used_at`` is exact to NOTED_EVERY, None when never used."""

    id: int
    inquiry: str
    label: str
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None
    used_at: datetime | None


def make_feed(database: Database, inquiry: Inquiry, label: str, who: Who) -> str:
    """Make a feed; return its token, which is shown once and of which only a hash is kept."""
    token = secrets.token_urlsafe(24)
    row = {"inquiry": inquiry.id, "label": label, "made_at": clock.stored(who.at), "made_by": who.name}
    with writing(database):
        database.table("feed_token").insert({"token_hash": _hash(token), **row})
        record(database, who, "make_feed", Subject(inquiry.id), after={"label": label})
    return token


def feeds(database: Database, inquiry: Inquiry) -> tuple[Feed, ...]:
    """Return the feeds of an inquiry, the newest first."""
    rows = database.execute(f"{_FEED} WHERE feed_token.inquiry = ? ORDER BY feed_token.id DESC", [inquiry.id])
    return tuple(_feed(row) for row in rows)


def withdraw_feed(database: Database, inquiry: Inquiry, number: int, who: Who) -> None:
    """Withdraw a feed; withdrawn again, nothing changes. Raises LookupError for an unknown one."""
    with writing(database):
        query = "SELECT * FROM feed_token WHERE id = ? AND inquiry = ?"
        row = database.execute(query, [number, inquiry.id]).fetchone()
        if row is None:
            raise LookupError(number)
        if row["withdrawn_at"] is not None:
            return
        database.table("feed_token").update(number, {"withdrawn_at": clock.stored(who.at)})
        record(database, who, "withdraw_feed", Subject(inquiry.id), after={"label": row["label"]})


def find_feed(database: Database, token: str) -> Feed | None:
    """Return the feed that a token opens; None when it is unknown or withdrawn."""
    where = "WHERE feed_token.token_hash = ? AND feed_token.withdrawn_at IS NULL"
    row = database.execute(f"{_FEED} {where}", [_hash(token)]).fetchone()
    return None if row is None else _feed(row)


def note_use(database: Database, feed: Feed, now: datetime) -> None:
    """Note that a feed was used, unless that was noted lately, or somebody is writing."""
    if feed.used_at is None or now - feed.used_at >= NOTED_EVERY:
        write_if_free(database, "UPDATE feed_token SET used_at = ? WHERE id = ?", [clock.stored(now), feed.id])


def picture_digest(database: Database, inquiry: Inquiry) -> str:
    """Return a digest that changes whenever the data of an inquiry do; cheap beside reading them."""
    query = (
        "SELECT reply.municipality, reply.state, submission.number, submission.digest FROM submission"
        " JOIN reply ON reply.id = submission.reply WHERE reply.inquiry = ? ORDER BY reply.municipality,"
        " submission.number"
    )
    said = [list(row) for row in database.execute(query, [inquiry.id])]
    towns = [list(row) for row in database.execute("SELECT code, name, kind, bureau FROM municipality ORDER BY code")]
    text = json.dumps([_FORM, inquiry.questionnaire.digest, inquiry.title, said, towns], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def counted(database: Database, inquiry: Inquiry) -> tuple[int, int]:
    """Return how many targets an inquiry has, and how many replies count."""
    found = standings(database, inquiry)
    return len(found), sum(one.number is not None for one in found)


_FEED = (
    "SELECT feed_token.*, inquiry.name AS inquiry_name FROM feed_token JOIN inquiry ON inquiry.id = feed_token.inquiry"
)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _feed(row: sqlite3.Row) -> Feed:
    return Feed(
        id=row["id"],
        inquiry=row["inquiry_name"],
        label=row["label"],
        made_at=clock.read(row["made_at"]),
        made_by=row["made_by"],
        withdrawn_at=clock.read_optional(row["withdrawn_at"]),
        used_at=clock.read_optional(row["used_at"]),
    )
