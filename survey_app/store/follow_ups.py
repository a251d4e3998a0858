"""What became of promises: asked again when the month has passed by which something was promised.

A note belongs to the promise that it was made for: a division's measure by a month, as a publication told it. When a
later publication promises something else, the notes before it are history and settle nothing.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlite_utils import Database

from exports.answers.told import Answer, Told, last_day
from exports.needs import Key
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import mark, not_overtaken
from survey_app.store.publications import Published, last_publication, publications

Pledge = tuple[int, str, str]
"""What makes two promises the same one: the division, the month as 2027-04, the measure."""


class Status(StrEnum):
    """What became of a promise."""

    DONE = "done"
    ON_THE_WAY = "on_the_way"
    LATER = "later"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class FollowUp:
    """One note on a promise. ``planned``: the new month, as 2027-04, "" for none; ``pledge``: what was promised."""

    key: Key
    division: int
    status: Status
    text: str
    planned: str
    noted_at: datetime
    noted_by: str
    pledge: Pledge | None = None

    def is_on(self, need: Told) -> bool:
        """Was it made for what is told of a need here, and not for an earlier or a later promise?"""
        return self.key == need.key and self.pledge is not None and self.pledge == pledge_of(need)


@dataclass(frozen=True)
class Note:
    """What is to be noted. ``token`` makes it happen once; ``seen``: the mark of the promise that was looked at."""

    status: Status
    text: str
    planned: str
    token: str
    seen: str | None = None


@dataclass(frozen=True)
class Promise:
    """What was promised to one need and more that are one matter with it, told last by ``publication`` (its id).

    ``notes`` on it, the first one first; ``earlier``: notes on what was promised before it.
    """

    needs: tuple[Told, ...]
    answer: Answer
    due: date
    notes: tuple[FollowUp, ...]
    publication: int
    earlier: tuple[FollowUp, ...] = ()

    @property
    def key(self) -> Key:
        """The need by which the promise goes."""
        return self.needs[0].key

    @property
    def mark(self) -> str:
        """What a form carries to note something on this promise and no other."""
        return mark(_told(self.key, self))

    @property
    def settled(self) -> bool:
        """Is nothing more to be asked?"""
        return bool(self.notes) and self.notes[-1].status in (Status.DONE, Status.GIVEN_UP)

    def is_over(self, today: date) -> bool:
        """Has the date passed while nothing is settled?"""
        return not self.settled and self.due < today


def promises(database: Database, inquiry: Inquiry) -> tuple[Promise, ...]:
    """Return the promises that municipalities were told last, the earliest date first."""
    published = last_publication(database, inquiry)
    return () if published is None else promises_of(published, follow_ups(database, inquiry))


def promises_of(published: Published, noted: Sequence[FollowUp]) -> tuple[Promise, ...]:
    """Return the promises of a publication with what was noted on them."""
    together: dict[Key, list[Told]] = {}
    for need in published.contents.needs:
        if need.lead is not None and need.lead.due is not None:
            together.setdefault(need.asked_as, []).append(need)
    found = [_promise(tuple(needs), published.id, noted) for needs in together.values()]
    return tuple(sorted(found, key=lambda one: (one.due, one.key)))


def _promise(needs: tuple[Told, ...], publication: int, noted: Sequence[FollowUp]) -> Promise:
    lead = needs[0].lead
    assert lead is not None
    due = lead.due
    assert due is not None
    own = [one for one in noted if one.key == needs[0].key]
    notes = tuple(one for one in own if one.is_on(needs[0]))
    later = next((one.planned for one in reversed(notes) if one.planned), "")
    earlier = tuple(one for one in own if one not in notes)
    return Promise(needs, lead, last_day(later) if later else due, notes, publication, earlier)


def _told(key: Key, promise: Promise | None) -> dict[str, object]:
    return {"key": key, "pledge": None if promise is None else pledge_of(promise.needs[0])}


def pledge_of(need: Told) -> Pledge | None:
    """Return what is promised to a need; None when nothing is."""
    if need.lead is None or need.lead.due is None:
        return None
    return need.lead.division, need.lead.until, need.lead.measure


def find_promise(database: Database, inquiry: Inquiry, key: Key) -> Promise:
    """Return the promise that goes by a need. Raises LookupError."""
    found = next((one for one in promises(database, inquiry) if one.key == key), None)
    if found is None:
        raise LookupError(*key)
    return found


def note_follow_up(database: Database, inquiry: Inquiry, promise: Promise, new: Note, who: Who) -> None:
    """Note what became of a promise, for every need that it answers; once, however often it is sent.

    Raises Overtaken when something else is promised now than what was looked at.
    """
    with writing(database):
        if database.execute("SELECT 1 FROM follow_up WHERE token = ?", [f"{new.token}/0"]).fetchone():
            return
        present = next((one for one in promises(database, inquiry) if one.key == promise.key), None)
        not_overtaken(new.seen, _told(promise.key, present))
        said = {"status": new.status.value, "text": new.text, "planned": new.planned}
        for place, need in enumerate(promise.needs):
            row = {"inquiry": inquiry.id, "municipality": need.municipality, "row": need.row, **said}
            row |= {"division": promise.answer.division, "token": f"{new.token}/{place}"}
            row |= {"publication": promise.publication}
            database.table("follow_up").insert({**row, "noted_at": clock.stored(who.at), "noted_by": who.name})
            told = {"row": need.row, "division": promise.answer.division, **said}
            record(database, who, "note_follow_up", Subject(inquiry.id, need.municipality), after=told)


def follow_ups(database: Database, inquiry: Inquiry, municipality: str | None = None) -> tuple[FollowUp, ...]:
    """Return what was noted, for all municipalities or for one, the first one first."""
    query = "SELECT * FROM follow_up WHERE inquiry = ? AND (? IS NULL OR municipality = ?) ORDER BY id"
    rows = database.execute(query, [inquiry.id, municipality, municipality]).fetchall()
    told = {one.id: one for one in publications(database, inquiry)} if rows else {}
    return tuple(_follow_up(row, told) for row in rows)


def _follow_up(row: sqlite3.Row, told: Mapping[int, Published]) -> FollowUp:
    key, status = (row["municipality"], row["row"]), Status(row["status"])
    noted = (clock.read(row["noted_at"]), row["noted_by"])
    publication = told.get(row["publication"])
    need = None if publication is None else publication.contents.by_key.get(key)
    pledge = None if need is None else pledge_of(need)
    return FollowUp(key, row["division"], status, row["text"], row["planned"], *noted, pledge)
