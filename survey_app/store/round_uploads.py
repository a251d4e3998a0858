"""Workbooks that came back from relevant divisions, kept as they were sent."""

import secrets
from dataclasses import dataclass

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.rounds import Round


@dataclass(frozen=True)
class RoundUpload:
    """One file. ``division``: whose page it was sent at; None for one that was sent at the lead division's."""

    id: str
    name: str
    content: bytes
    division: int | None


def keep_round_upload(
    database: Database, round_: Round, file: tuple[str, bytes], division: int | None, who: Who
) -> str:
    """Keep a file (its name and its bytes); return its id, which is random."""
    name, content = file
    identity = secrets.token_hex(16)
    row = {"id": identity, "round": round_.id, "division": division, "name": name, "content": content}
    with writing(database):
        database.table("round_upload").insert({**row, "sent_at": clock.stored(who.at), "sent_by": who.name})
        told = {"round": round_.number, "division": division, "name": name, "bytes": len(content), "upload": identity}
        record(database, who, "upload_division_book", Subject(round_.inquiry), after=told)
    return identity


def find_round_upload(database: Database, round_: Round, identity: str, division: int | None) -> RoundUpload:
    """Return a file. Raises LookupError for an unknown one, and for one that was sent elsewhere."""
    query = "SELECT name, content FROM round_upload WHERE id = ? AND round = ? AND division IS ?"
    row = database.execute(query, [identity, round_.id, division]).fetchone()
    if row is None:
        raise LookupError(identity)
    return RoundUpload(identity, row["name"], bytes(row["content"]), division)
