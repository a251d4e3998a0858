"""Forms that came back, kept as they were sent."""

import secrets
from dataclasses import dataclass

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry


@dataclass(frozen=True)
class Upload:
    """One file. ``id`` is random; ``content`` the bytes as they were sent."""

    id: str
    name: str
    content: bytes


def keep_upload(database: Database, inquiry: Inquiry, municipality: str, file: tuple[str, bytes], who: Who) -> str:
    """Keep a file (its name and its bytes) that came back for a reply; return its id."""
    name, content = file
    identity = secrets.token_hex(16)
    row = {"id": identity, "inquiry": inquiry.id, "municipality": municipality, "name": name, "content": content}
    with writing(database):
        database.table("upload").insert({**row, "sent_at": clock.stored(who.at), "sent_by": who.name})
        told = {"name": name, "bytes": len(content), "upload": identity}
        record(database, who, "upload_form", Subject(inquiry.id, municipality), after=told)
    return identity


def find_upload(database: Database, inquiry: Inquiry, municipality: str, identity: str) -> Upload:
    """Return a file of a reply. Raises LookupError for an unknown one, and for one of another municipality."""
    query = "SELECT name, content FROM upload WHERE id = ? AND inquiry = ? AND municipality = ?"
    row = database.execute(query, [identity, inquiry.id, municipality]).fetchone()
    if row is None:
        raise LookupError(identity)
    return Upload(identity, row["name"], bytes(row["content"]))
