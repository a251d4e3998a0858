"""Changes of what a round asks: one more division for a need, one less, a later date for a division."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from exports.needs import Key
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.cut_needs import cut_needs
from survey_app.store.database import writing
from survey_app.store.divisions import find
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import mark, not_overtaken
from survey_app.store.rounds import (
    Asked,
    Round,
    RoundDivision,
    asked,
    asked_line,
    find_asked,
    require_open,
    round_divisions,
)
from survey_app.store.routing import LEAD, SUPPORT

FARTHEST = timedelta(days=731)
"""How far off an extension may be, from the day it is given or the date of the round: further is a slip of the pen."""


class NotLater(ValueError):
    """An extension that extends nothing."""


class TooFar(ValueError):
    """An extension to a date that nobody means."""


def add_division(database: Database, inquiry: Inquiry, round_: Round, asking: tuple[Key, int, str], who: Who) -> None:
    """Ask one more division about a need (key, division, part); where it was handed in, it is open again.

    A new lead makes the present one a support. Raises LookupError, RoundClosed.
    """
    key, division, part = asking
    need = cut_needs(database, inquiry, round_.cut).needs.get(key)
    find(database, division)
    if need is None:
        raise LookupError(key)
    with writing(database):
        require_open(database, round_)
        before = [one for one in asked(database, round_) if one.key == key]
        if any((one.division, one.part) == (division, part) for one in before):
            return
        if part == LEAD:
            query = "UPDATE asked SET part = ? WHERE round = ? AND municipality = ? AND row = ? AND part = ?"
            database.execute(query, [SUPPORT, round_.id, *key, LEAD])
        known = database.execute(
            "SELECT need_digest FROM asked WHERE round = ? AND municipality = ? AND row = ? AND division = ?",
            [round_.id, *key, division],
        ).fetchone()
        if known is None:
            database.table("asked").insert(asked_line(round_.id, key, division, part, need.digest))
        else:
            query = (
                "UPDATE asked SET part = ?, withdrawn_at = NULL WHERE round = ? AND municipality = ? AND row = ?"
                " AND division = ?"
            )
            database.execute(query, [part, round_.id, *key, division])
        if all(one.division != division for one in before):
            query = "INSERT OR IGNORE INTO round_division (round, division) VALUES (?, ?)"
            database.execute(query, [round_.id, division])
            query = "UPDATE round_division SET handed_at = NULL, handed_by = '' WHERE round = ? AND division = ?"
            database.execute(query, [round_.id, division])
        subject = Subject(inquiry.id, key[0])
        after = {"round": round_.number, "row": key[1], "division": division, "part": part}
        record(database, who, "add_asked", subject, before={"asked": _told(before)}, after=after)


def withdraw_division(database: Database, round_: Round, key: Key, division: int, who: Who) -> None:
    """Ask a division no longer about a need; what it responded is kept. Raises LookupError, RoundClosed."""
    with writing(database):
        require_open(database, round_)
        before = find_asked(database, round_, key, division)
        query = "UPDATE asked SET withdrawn_at = ? WHERE round = ? AND municipality = ? AND row = ? AND division = ?"
        database.execute(query, [clock.stored(who.at), round_.id, *key, division])
        told = {"round": round_.number, "row": key[1], "division": division, "part": before.part}
        record(database, who, "withdraw_asked", Subject(round_.inquiry, key[0]), before=told)


def due_mark(stands: RoundDivision) -> str:
    """Return the mark of a division's date now, for ``extend_division``."""
    return mark(_due(stands))


def _due(stands: RoundDivision) -> dict[str, object]:
    return {"division": stands.division, "due": clock.stored(stands.due)}


def extend_division(
    database: Database, round_: Round, division: int, until: datetime, who: Who, seen: str | None = None
) -> None:
    """Give a division a later date. ``seen`` is the ``due_mark`` of what the form was made from.

    Raises LookupError, NotLater, TooFar, RoundClosed, and Overtaken when its date was changed since.
    """
    with writing(database):
        require_open(database, round_)
        before = round_divisions(database, round_).get(division)
        if before is None:
            raise LookupError(division)
        if before.due == until and before.extended:
            return
        not_overtaken(seen, _due(before))
        if until <= round_.due:
            raise NotLater(until)
        if until > max(round_.due, who.at) + FARTHEST:
            raise TooFar(until)
        query = "UPDATE round_division SET extension = ? WHERE round = ? AND division = ?"
        database.execute(query, [clock.stored(until), round_.id, division])
        told = {"round": round_.number, "division": division}
        old, new = {**told, "due": clock.stored(before.due)}, {**told, "due": clock.stored(until)}
        record(database, who, "extend_division", Subject(round_.inquiry), before=old, after=new)


def _told(lines: list[Asked]) -> list[list[object]]:
    return [[one.division, one.part] for one in lines]
