"""Handing responses in, and giving them back: by division, or one of them with a remark."""

from dataclasses import dataclass

from sqlite_utils import Database

from exports.needs import Key
from questions.responses import read_response
from questions.setting import Setting
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.responses import Response, responses
from survey_app.store.rounds import Asked, Round, asked, find_asked, require_open, round_divisions


class Unfinished(ValueError):
    """Responses are missing or cannot be handed in so; ``needs`` says to which needs."""

    def __init__(self, needs: tuple[Key, ...]) -> None:
        super().__init__(len(needs))
        self.needs = needs


class NothingReady(ValueError):
    """There is no response that can be handed in."""


@dataclass(frozen=True)
class Handed:
    """What became of handing in: how many responses were handed in now, and whether nothing is left."""

    count: int
    whole: bool


def is_ready(found: Response | None, who: Who) -> bool:
    """Does nothing keep a response from being handed in?"""
    if found is None:
        return False
    return not read_response(dict(found.texts), Setting(today=who.at.date())).blocking()


def hand_in(database: Database, round_: Round, division: int, who: Who, *, part: bool = False) -> Handed:
    """Hand in what a division responded: all of it, or only what is ready (``part``); once, however often it is sent.

    Raises LookupError when it is asked nothing, Unfinished, NothingReady, RoundClosed.
    """
    with writing(database):
        require_open(database, round_)
        lines = asked(database, round_, division=division)
        if not lines:
            raise LookupError(division)
        known = responses(database, round_, division=division)
        waiting = [one for one in lines if not _is_handed(known.get((one.key, division)))]
        ready = [one for one in waiting if is_ready(known.get((one.key, division)), who)]
        left = tuple(one.key for one in waiting if one not in ready)
        if left and not part:
            raise Unfinished(left)
        if left and not ready:
            raise NothingReady
        stands = round_divisions(database, round_)[division]
        if not waiting and stands.handed_at is not None:
            return Handed(0, whole=True)
        _mark_handed(database, round_, ready, who)
        if not left:
            query = "UPDATE round_division SET handed_at = ?, handed_by = ? WHERE round = ? AND division = ?"
            database.execute(query, [clock.stored(who.at), who.name, round_.id, division])
        told = {"round": round_.number, "division": division, "needs": [one.key for one in ready], "whole": not left}
        record(database, who, "hand_in_responses", Subject(round_.inquiry), after=told)
    return Handed(len(ready), whole=not left)


def _is_handed(found: Response | None) -> bool:
    return found is not None and found.handed_at is not None


def _mark_handed(database: Database, round_: Round, lines: list[Asked], who: Who) -> None:
    place = "WHERE round = ? AND municipality = ? AND row = ? AND division = ?"
    for one in lines:
        where = [round_.id, *one.key, one.division]
        database.execute(f"UPDATE response SET handed_at = ? {place}", [clock.stored(who.at), *where])
        database.execute(f"UPDATE asked SET remark = '' {place}", where)


def reopen(database: Database, round_: Round, division: int, who: Who) -> bool:
    """Let a division change everything that it handed in; return whether there was anything. Raises RoundClosed."""
    with writing(database):
        require_open(database, round_)
        known = responses(database, round_, division=division)
        handed = [key for (key, _), one in known.items() if one.handed_at is not None]
        if not handed:
            return False
        database.execute("UPDATE response SET handed_at = NULL WHERE round = ? AND division = ?", [round_.id, division])
        _not_whole(database, round_, division)
        told = {"round": round_.number, "division": division, "needs": handed}
        record(database, who, "reopen_responses", Subject(round_.inquiry), before=told)
    return True


def give_back(database: Database, round_: Round, to: Asked, remark: str, who: Who) -> None:
    """Give one response back with a remark; its text stays the division's own. Raises LookupError, RoundClosed."""
    with writing(database):
        require_open(database, round_)
        before = find_asked(database, round_, to.key, to.division)
        known = responses(database, round_, division=to.division, key=to.key)
        if not known:
            raise LookupError(to.key)
        if before.remark == remark and not any(map(_is_handed, known.values())):
            return
        place = "WHERE round = ? AND municipality = ? AND row = ? AND division = ?"
        where = [round_.id, *to.key, to.division]
        database.execute(f"UPDATE asked SET remark = ? {place}", [remark, *where])
        database.execute(f"UPDATE response SET handed_at = NULL {place}", where)
        _not_whole(database, round_, to.division)
        told = {"round": round_.number, "row": to.row, "division": to.division}
        subject = Subject(round_.inquiry, to.municipality)
        old, new = {**told, "remark": before.remark}, {**told, "remark": remark}
        record(database, who, "return_response", subject, before=old, after=new)


def _not_whole(database: Database, round_: Round, division: int) -> None:
    query = "UPDATE round_division SET handed_at = NULL, handed_by = '' WHERE round = ? AND division = ?"
    database.execute(query, [round_.id, division])
