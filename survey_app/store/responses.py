"""What the relevant divisions respond: texts as they were typed, by round, need and division."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from exports.needs import Key
from questions.responses import ADDRESSEE, CONTACT, DISPOSITION, MEASURE, PLANNED, REASON, TEXT
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.rounds import Asked, Round, find_asked, require_open

COLUMNS = {
    DISPOSITION: "disposition",
    TEXT: "text",
    MEASURE: "measure",
    PLANNED: "planned",
    REASON: "reason",
    ADDRESSEE: "addressee",
    CONTACT: "contact",
}
"""The column in which the text of each question is kept."""


@dataclass(frozen=True)
class Response:
    """What one division responds to one need. ``texts`` by question; ``need_digest``: of the need as it was read."""

    key: Key
    division: int
    texts: Mapping[str, str]
    need_digest: str
    revision: int
    handed_at: datetime | None
    changed_at: datetime
    changed_by: str
    source: str


@dataclass(frozen=True)
class Typed:
    """What is to be saved: texts by question (those left out stay), the revision and the need that were seen."""

    texts: Mapping[str, str]
    seen: int
    need_digest: str
    source: str = "web"


@dataclass(frozen=True)
class Clash:
    """A text that somebody else changed meanwhile to something else. Theirs stands; mine was not saved."""

    question: str
    mine: str
    theirs: str
    by: str


@dataclass(frozen=True)
class Kept:
    """What became of a save: the revision now, and the texts that were not saved."""

    revision: int
    clashes: tuple[Clash, ...] = ()


class HandedIn(ValueError):
    """The response was handed in; it changes only when it is returned or reopened."""


def responses(
    database: Database, round_: Round, *, division: int | None = None, key: Key | None = None
) -> dict[tuple[Key, int], Response]:
    """Return what was responded in a round, by need and division; of one division, or to one need."""
    query = (
        "SELECT * FROM response WHERE round = ? AND (? IS NULL OR division = ?)"
        " AND (? IS NULL OR (municipality = ? AND row = ?)) ORDER BY municipality, row, division"
    )
    code, row = key or (None, None)
    rows = database.execute(query, [round_.id, division, division, code, code, row])
    found = (_response(one) for one in rows)
    return {(one.key, one.division): one for one in found}


def save_response(database: Database, round_: Round, to: Asked, typed: Typed, who: Who) -> Kept:
    """Save a response as far as it is. Raises LookupError, RoundClosed, HandedIn."""
    with writing(database):
        require_open(database, round_)
        return _save(database, round_, to, typed, who)


def save_responses(
    database: Database, round_: Round, typed: Sequence[tuple[Asked, Typed]], file: str, who: Who
) -> dict[Key, Kept]:
    """Save the responses of one ``file``, all or none; return what became of each. Raises as ``save_response``."""
    with writing(database):
        require_open(database, round_)
        kept = {to.key: _save(database, round_, to, one, who) for to, one in typed}
        told = {"round": round_.number, "file": file, "division": typed[0][0].division if typed else None}
        taken = {"/".join(key): one.revision for key, one in kept.items()}
        record(database, who, "take_division_book", Subject(round_.inquiry), after={**told, "taken": taken})
    return kept


def _save(database: Database, round_: Round, to: Asked, typed: Typed, who: Who) -> Kept:
    asked = find_asked(database, round_, to.key, to.division)
    now = _present(database, to)
    if now is not None and now.handed_at is not None:
        raise HandedIn(to.key)
    revision = 0 if now is None else now.revision
    current = {name: "" if now is None else now.texts[name] for name in COLUMNS}
    base, authors = _as_seen(database, round_, to, typed.seen if 0 <= typed.seen <= revision else 0)
    sent = {name: text for name, text in typed.texts.items() if text != current[name]}
    wanted = {name: text for name, text in sent.items() if base.get(name, current[name]) == current[name]}
    clashes = tuple(
        Clash(name, text, current[name], authors[name])
        for name, text in sent.items()
        if name not in wanted and text != base[name]
    )
    read_anew = now is not None and now.need_digest != typed.need_digest and not clashes
    if not wanted and not read_anew:
        return Kept(revision, clashes)
    row: dict[str, object] = {COLUMNS[name]: text for name, text in wanted.items()}
    row |= {"revision": revision + 1, "changed_at": clock.stored(who.at), "changed_by": who.name}
    row |= {"need_digest": typed.need_digest, "source": typed.source}
    _write(database, asked, now, row)
    place = {"round": round_.number, "row": asked.row, "division": asked.division}
    before = {**place, "texts": {name: current[name] for name in wanted}}
    after = {**place, "revision": revision + 1, "texts": wanted, "source": typed.source}
    record(database, who, "respond", Subject(round_.inquiry, asked.municipality), before=before, after=after)
    return Kept(revision + 1, clashes)


def _write(database: Database, asked: Asked, now: Response | None, row: Mapping[str, object]) -> None:
    if now is None:
        place = {"round": asked.round, "municipality": asked.municipality, "row": asked.row}
        database.table("response").insert({**place, "division": asked.division, **row})
        return
    columns = ", ".join(f"{name} = ?" for name in row)
    query = f"UPDATE response SET {columns} WHERE round = ? AND municipality = ? AND row = ? AND division = ?"
    database.execute(query, [*row.values(), asked.round, *asked.key, asked.division])


def _as_seen(database: Database, round_: Round, to: Asked, seen: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts that a page had before it, for those that changed since, and who changed them last."""
    base: dict[str, str] = {}
    authors: dict[str, str] = {}
    query = (
        "SELECT actor, before FROM event WHERE inquiry = ? AND municipality = ? AND act = 'respond'"
        " AND json_extract(after, '$.round') = ? AND json_extract(after, '$.row') = ?"
        " AND json_extract(after, '$.division') = ? AND json_extract(after, '$.revision') > ? ORDER BY id"
    )
    place = [round_.inquiry, to.municipality, round_.number, to.row, to.division, seen]
    for event in database.execute(query, place):
        for name, text in json.loads(event["before"])["texts"].items():
            base.setdefault(name, text)
            authors[name] = event["actor"]
    return base, authors


def _present(database: Database, to: Asked) -> Response | None:
    query = "SELECT * FROM response WHERE round = ? AND municipality = ? AND row = ? AND division = ?"
    row = database.execute(query, [to.round, *to.key, to.division]).fetchone()
    return None if row is None else _response(row)


def _response(row: sqlite3.Row) -> Response:
    return Response(
        key=(row["municipality"], row["row"]),
        division=row["division"],
        texts={name: row[column] for name, column in COLUMNS.items()},
        need_digest=row["need_digest"],
        revision=row["revision"],
        handed_at=clock.read_optional(row["handed_at"]),
        changed_at=clock.read(row["changed_at"]),
        changed_by=row["changed_by"],
        source=row["source"],
    )
