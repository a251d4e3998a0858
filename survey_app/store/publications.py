"""Publications: what municipalities were told, each immutable; the next one is told beside it, not over it."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from exports.answers.replies import in_one_text
from exports.answers.told import Publication
from exports.needs import Key
from questions.answers import Place
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.memory import Memory, file_of
from survey_app.store.overtaking import Overtaken
from survey_app.store.rounds import Round
from survey_app.store.telling import prepare


@dataclass(frozen=True)
class Published:
    """One publication, by its number in the inquiry from 1."""

    id: int
    inquiry: int
    number: int
    digest: str
    published_at: datetime
    published_by: str
    contents: Publication


@dataclass(frozen=True)
class NewPublication:
    """What is needed to publish. ``seen``: the digest of what was looked at.

    ``as_they_are``: needs that are shared although their words name a municipality that is not to be known.
    """

    seen: str
    token: str
    as_they_are: Collection[Key] = ()


class NothingToTell(ValueError):
    """There is no need of which anything could be told."""


_READ: Memory[tuple[str, int, str], Publication] = Memory(most=32)  # a publication never changes


def publish(database: Database, inquiry: Inquiry, round_: Round, new: NewPublication, who: Who) -> Published:
    """Tell the municipalities what became of their needs. Sent again with the same token, it returns the first outcome.

    Raises Overtaken when what would be told is not what was seen, or was told by somebody else since; NothingToTell.
    """
    with writing(database):
        query = "SELECT number FROM publication WHERE inquiry = ? AND token = ?"
        same = database.execute(query, [inquiry.id, new.token]).fetchone()
        if same is not None:
            return find_publication(database, inquiry, same["number"])
        found = prepare(database, inquiry, round_, who.at)
        if not found.lines:
            raise NothingToTell
        if found.digest != new.seen:
            raise Overtaken
        contents = found.shared(new.as_they_are)
        number = found.number
        row = {"inquiry": inquiry.id, "number": number, "round": round_.id, "contents": contents.stored}
        row |= {"digest": contents.digest, "published_at": clock.stored(who.at), "published_by": who.name}
        database.table("publication").insert({**row, "token": new.token})
        told = {"number": number, "round": round_.number, "digest": contents.digest, "needs": len(contents.needs)}
        shared = {"shared": len(contents.shared), "as_they_are": sorted(map(list, new.as_they_are))}
        record(database, who, "publish", Subject(inquiry.id), after={**told, **shared})
    return find_publication(database, inquiry, number)


def publications(database: Database, inquiry: Inquiry) -> tuple[Published, ...]:
    """Return the publications of an inquiry, the first one first."""
    rows = database.execute("SELECT * FROM publication WHERE inquiry = ? ORDER BY number", [inquiry.id])
    return tuple(_published(database, row) for row in rows)


def find_publication(database: Database, inquiry: Inquiry, number: int) -> Published:
    """Return a publication. Raises LookupError."""
    query = "SELECT * FROM publication WHERE inquiry = ? AND number = ?"
    row = database.execute(query, [inquiry.id, number]).fetchone()
    if row is None:
        raise LookupError(number)
    return _published(database, row)


def last_publication(database: Database, inquiry: Inquiry) -> Published | None:
    """Return the newest publication; None while there is none."""
    query = "SELECT * FROM publication WHERE inquiry = ? ORDER BY number DESC LIMIT 1"
    row = database.execute(query, [inquiry.id]).fetchone()
    return None if row is None else _published(database, row)


def is_published(database: Database, inquiry: Inquiry) -> bool:
    """Were the municipalities told anything yet?"""
    query = "SELECT 1 FROM publication WHERE inquiry = ? LIMIT 1"
    return database.execute(query, [inquiry.id]).fetchone() is not None


def responses_told(database: Database, inquiry: str, municipality: str) -> Mapping[Place, str]:
    """Return what a municipality was told last in an inquiry, by the row and the table of its needs."""
    query = (
        "SELECT publication.* FROM publication JOIN inquiry ON inquiry.id = publication.inquiry"
        " WHERE inquiry.name = ? ORDER BY number DESC LIMIT 1"
    )
    row = database.execute(query, [inquiry]).fetchone()
    if row is None:
        return {}
    contents = _published(database, row).contents
    return {(need.row, contents.table): in_one_text(need) for need in contents.of(municipality) if need.lead}


def _published(database: Database, row: sqlite3.Row) -> Published:
    key = (file_of(database), row["id"], row["digest"])
    contents = _READ.find(key) or _READ.keep(key, Publication.model_validate_json(row["contents"]))
    at = clock.read(row["published_at"])
    return Published(row["id"], row["inquiry"], row["number"], row["digest"], at, row["published_by"], contents)
