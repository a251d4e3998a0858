"""Rounds in which the relevant divisions are asked: opened, changed for single needs and divisions, closed."""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from exports.needs import Key
from survey_app import clock
from survey_app.store.asking import Only, plan_round
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import not_overtaken


@dataclass(frozen=True)
class Round:
    """One round, by its number in the inquiry from 1. ``due`` is when responses are expected; it closes by hand."""

    id: int
    inquiry: int
    number: int
    cut: int
    due: datetime
    request: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Does it take responses?"""
        return self.closed_at is None


@dataclass(frozen=True)
class NewRound:
    """What is needed to open a round. ``seen``: the mark of the plan that was looked at, None when nobody looked.

    ``only``: the needs that it is about, None for all that the cut has.
    """

    cut: int
    due: datetime
    request: str
    token: str
    seen: str | None = None
    only: Only = None


@dataclass(frozen=True)
class Asked:
    """One need that one division is asked about. ``remark``: why its response came back; ``need_digest`` as asked."""

    round: int
    municipality: str
    row: str
    division: int
    part: str
    need_digest: str
    remark: str = ""
    withdrawn_at: datetime | None = None

    @property
    def key(self) -> Key:
        """The need's own name."""
        return self.municipality, self.row


@dataclass(frozen=True)
class RoundDivision:
    """Where one division stands in a round. ``due``: with its extension; ``handed_at``: when all was handed in."""

    division: int
    due: datetime
    extended: bool
    handed_at: datetime | None
    handed_by: str


class NothingToAsk(ValueError):
    """No need of the cut has a division that answers it."""


class RoundClosed(ValueError):
    """The round takes nothing more."""


def rounds(database: Database, inquiry: Inquiry) -> tuple[Round, ...]:
    """Return the rounds of an inquiry, the first one first."""
    rows = database.execute("SELECT * FROM round WHERE inquiry = ? ORDER BY number", [inquiry.id])
    return tuple(_round(row) for row in rows)


def find_round(database: Database, inquiry: Inquiry, number: int) -> Round:
    """Return a round. Raises LookupError."""
    row = database.execute("SELECT * FROM round WHERE inquiry = ? AND number = ?", [inquiry.id, number]).fetchone()
    if row is None:
        raise LookupError(number)
    return _round(row)


def rounds_asking(database: Database, division: int) -> tuple[tuple[str, Round], ...]:
    """Return the rounds in which a division is asked anything, each with its inquiry's name; the newest first."""
    query = (
        "SELECT round.*, inquiry.name FROM round JOIN inquiry ON inquiry.id = round.inquiry WHERE EXISTS"
        " (SELECT 1 FROM asked WHERE asked.round = round.id AND asked.division = ? AND withdrawn_at IS NULL)"
        " ORDER BY round.opened_at DESC, round.id DESC"
    )
    return tuple((row["name"], _round(row)) for row in database.execute(query, [division]))


def open_round(database: Database, inquiry: Inquiry, new: NewRound, who: Who) -> Round:
    """Open a round. Sent again with the same token, it returns the first outcome.

    Raises LookupError for an unknown cut, NothingToAsk, and Overtaken when the plan is not the one that was seen, or
    somebody else has opened a round since.
    """
    with writing(database):
        same = opened_by(database, inquiry, new.token)
        if same is not None:
            return same
        plan = plan_round(database, inquiry, new.cut, who.at.date(), new.only)
        not_overtaken(new.seen, plan.told)
        if not plan.asked:
            raise NothingToAsk
        number = plan.number
        told = {"number": number, "cut": new.cut, "due": clock.stored(new.due), "request": new.request}
        row = {"inquiry": inquiry.id, **told, "opened_at": clock.stored(who.at), "opened_by": who.name}
        identity = int(str(database.table("round").insert({**row, "token": new.token}).last_pk))
        lines = [
            asked_line(identity, one.need.key, division, part, one.need.digest)
            for one in plan.asked
            for division, part in one.parts
        ]
        database.table("asked").insert_all(lines)
        database.table("round_division").insert_all({"round": identity, "division": one} for one in plan.by_division)
        counts = {str(division): len(questions) for division, questions in plan.by_division.items()}
        record(database, who, "open_round", Subject(inquiry.id), after={**told, "asked": counts})
    return find_round(database, inquiry, number)


def opened_by(database: Database, inquiry: Inquiry, token: str) -> Round | None:
    """Return the round that a page opened, by its token; None while it has not."""
    row = database.execute("SELECT * FROM round WHERE inquiry = ? AND token = ?", [inquiry.id, token]).fetchone()
    return None if row is None else _round(row)


def close_round(database: Database, round_: Round, who: Who) -> None:
    """Take nothing more in; a round that is closed stays so."""
    _set_closed(database, round_, clock.stored(who.at), who)


def open_round_again(database: Database, round_: Round, who: Who) -> None:
    """Take responses again."""
    _set_closed(database, round_, None, who)


def _set_closed(database: Database, round_: Round, at: str | None, who: Who) -> None:
    with writing(database):
        closed = database.execute("SELECT closed_at FROM round WHERE id = ?", [round_.id]).fetchone()[0]
        if (closed is None) == (at is None):
            return
        database.execute("UPDATE round SET closed_at = ? WHERE id = ?", [at, round_.id])
        act = "open_round_again" if at is None else "close_round"
        record(database, who, act, Subject(round_.inquiry), after={"number": round_.number})


# ---- What is asked of whom


def asked(
    database: Database, round_: Round, *, division: int | None = None, withdrawn: bool = False
) -> tuple[Asked, ...]:
    """Return what a round asks, of all divisions or of one: by need, the lead first. ``withdrawn``: that too."""
    query = (
        "SELECT * FROM asked WHERE round = ? AND (? IS NULL OR division = ?) AND (? OR withdrawn_at IS NULL)"
        " ORDER BY municipality, row, part, division"  # "lead" comes before "support"
    )
    rows = database.execute(query, [round_.id, division, division, int(withdrawn)])
    return tuple(_asked(row) for row in rows)


def asked_before(database: Database, round_: Round) -> frozenset[Key]:
    """Return the needs about which anybody was asked in the rounds before."""
    query = (
        "SELECT DISTINCT municipality, row FROM asked JOIN round ON round.id = asked.round"
        " WHERE round.inquiry = ? AND round.number < ? AND withdrawn_at IS NULL"
    )
    rows = database.execute(query, [round_.inquiry, round_.number])
    return frozenset((row["municipality"], row["row"]) for row in rows)


def find_asked(database: Database, round_: Round, key: Key, division: int) -> Asked:
    """Return what a division is asked. Raises LookupError when it is not, or no longer, asked about the need."""
    query = (
        "SELECT * FROM asked WHERE round = ? AND municipality = ? AND row = ? AND division = ? AND withdrawn_at IS NULL"
    )
    row = database.execute(query, [round_.id, *key, division]).fetchone()
    if row is None:
        raise LookupError(key)
    return _asked(row)


def round_divisions(database: Database, round_: Round) -> Mapping[int, RoundDivision]:
    """Return the divisions of a round by id; those from which everything was withdrawn too."""
    rows = database.execute("SELECT * FROM round_division WHERE round = ? ORDER BY division", [round_.id])
    return {row["division"]: _round_division(row, round_) for row in rows}


def require_open(database: Database, round_: Round) -> None:
    """Raise RoundClosed when the round takes nothing more; call it inside the transaction."""
    if database.execute("SELECT closed_at FROM round WHERE id = ?", [round_.id]).fetchone()[0] is not None:
        raise RoundClosed(round_.number)


def new_token() -> str:
    """Return a token that makes one act of a page happen once."""
    return secrets.token_urlsafe(24)


def asked_line(round_: int, key: Key, division: int, part: str, digest: str) -> dict[str, Any]:
    """Return one row of ``asked``: a need (key, as it was: digest) of which a division answers a part."""
    place = {"round": round_, "municipality": key[0], "row": key[1], "division": division}
    return {**place, "part": part, "need_digest": digest}


def _round(row: sqlite3.Row) -> Round:
    return Round(
        id=row["id"],
        inquiry=row["inquiry"],
        number=row["number"],
        cut=row["cut"],
        due=clock.read(row["due"]),
        request=row["request"],
        opened_at=clock.read(row["opened_at"]),
        opened_by=row["opened_by"],
        closed_at=clock.read_optional(row["closed_at"]),
    )


def _asked(row: sqlite3.Row) -> Asked:
    names = ("round", "municipality", "row", "division", "part", "need_digest", "remark")
    return Asked(**{name: row[name] for name in names}, withdrawn_at=clock.read_optional(row["withdrawn_at"]))


def _round_division(row: sqlite3.Row, round_: Round) -> RoundDivision:
    extension = clock.read_optional(row["extension"])
    handed = clock.read_optional(row["handed_at"])
    return RoundDivision(row["division"], extension or round_.due, extension is not None, handed, row["handed_by"])
