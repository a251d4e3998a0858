"""Files that were sent with answers (別紙), kept under random ids; they are never changed and never deleted."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from questions.answers import Entry, Place
from questions.kinds.base import Attached
from questions.setting import Setting
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry

MOST_BYTES = 300 * 1_048_576
"""What one municipality can send to one inquiry."""


class NoRoom(ValueError):
    """The municipality has sent as much as it can."""


@dataclass(frozen=True)
class NewAttachment:
    """A file to be kept; ``media`` is of our own list."""

    question: str
    name: str
    media: str
    content: bytes


@dataclass(frozen=True)
class Attachment:
    """A file that is kept, sent as an answer to ``question``."""

    id: str
    question: str
    name: str
    media: str
    content: bytes


def keep_attachment(database: Database, inquiry: Inquiry, municipality: str, new: NewAttachment, who: Who) -> Attached:
    """Keep a file for a municipality's reply; the same file sent again is kept once. Raises NoRoom."""
    digest = hashlib.sha256(new.content).hexdigest()
    with writing(database):
        known = _known(database, inquiry, municipality, new, digest)
        if known is not None:
            return known
        if _bytes_kept(database, inquiry, municipality) + len(new.content) > MOST_BYTES:
            raise NoRoom
        kept = Attached(secrets.token_hex(16), new.name)
        told = {"question": new.question, "name": new.name, "size": len(new.content), "sha256": digest}
        row = {"id": kept.id, "inquiry": inquiry.id, "municipality": municipality, "media": new.media, **told}
        sent = {"content": new.content, "sent_at": clock.stored(who.at), "sent_by": who.name}
        database.table("attachment").insert({**row, **sent})
        record(database, who, "attach", Subject(inquiry.id, municipality), after={"attachment": kept.id, **told})
    return kept


def find_attachment(database: Database, inquiry: Inquiry, municipality: str, identity: str) -> Attachment:
    """Return a file of a reply. Raises LookupError for an unknown one, and for one of another municipality."""
    query = "SELECT * FROM attachment WHERE id = ? AND inquiry = ? AND municipality = ?"
    row = database.execute(query, [identity, inquiry.id, municipality]).fetchone()
    if row is None:
        raise LookupError(identity)
    return Attachment(row["id"], row["question"], row["name"], row["media"], bytes(row["content"]))


def find_handed_in(database: Database, inquiry: Inquiry, municipality: str, identity: str) -> Attachment:
    """Return a file of a reply that stands in one of its submissions. Raises LookupError for any other."""
    found = find_attachment(database, inquiry, municipality, identity)
    query = (
        "SELECT 1 FROM submission JOIN reply ON reply.id = submission.reply"
        " WHERE reply.inquiry = ? AND reply.municipality = ? AND instr(submission.contents, ?)"
    )
    if database.execute(query, [inquiry.id, municipality, f'"{found.id} ']).fetchone() is None:
        raise LookupError(identity)
    return found


def sizes(database: Database, inquiry: Inquiry, municipality: str) -> dict[str, int]:
    """Return how many bytes each file of a reply has, by its id."""
    query = "SELECT id, size FROM attachment WHERE inquiry = ? AND municipality = ?"
    return {row["id"]: row["size"] for row in database.execute(query, [inquiry.id, municipality])}


def with_own_files(
    database: Database, inquiry: Inquiry, setting: Setting, entries: Mapping[Place, Entry]
) -> dict[Place, Entry]:
    """Return answers without references to files that were not sent for the same question of the same reply.

    The names are those under which the files are kept, whatever came back with their ids.
    """
    checked = dict(entries)
    for place, entry in entries.items():
        kind = inquiry.questionnaire.questions[place[1]].kind
        if not kind.attaches or not entry.texts:
            continue
        known = _names(database, inquiry, setting.municipality, place[1])
        files = (Attached(one.id, known[one.id]) for one in kind.attached(entry.texts) if one.id in known)
        texts = tuple(one.text for one in files)
        parsed = kind.parse(texts, setting)
        checked[place] = Entry(texts, parsed.value, parsed.problems)
    return checked


def _known(database: Database, inquiry: Inquiry, municipality: str, new: NewAttachment, digest: str) -> Attached | None:
    query = (
        "SELECT id, name FROM attachment"
        " WHERE inquiry = ? AND municipality = ? AND question = ? AND name = ? AND sha256 = ?"
    )
    wanted = [inquiry.id, municipality, new.question, new.name, digest]
    row = database.execute(query, wanted).fetchone()
    return None if row is None else Attached(row["id"], row["name"])


def _bytes_kept(database: Database, inquiry: Inquiry, municipality: str) -> int:
    query = "SELECT coalesce(sum(size), 0) AS bytes FROM attachment WHERE inquiry = ? AND municipality = ?"
    found: int = database.execute(query, [inquiry.id, municipality]).fetchone()["bytes"]
    return found


def _names(database: Database, inquiry: Inquiry, municipality: str, question: str) -> dict[str, str]:
    query = "SELECT id, name FROM attachment WHERE inquiry = ? AND municipality = ? AND question = ?"
    rows = database.execute(query, [inquiry.id, municipality, question])
    return {row["id"]: row["name"] for row in rows}
