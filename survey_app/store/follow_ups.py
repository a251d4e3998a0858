"""What became of promises: asked again when the month has passed by which something was promised."""

import sqlite3
from collections.abc import Sequence
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
from survey_app.store.publications import Published, last_publication


class Status(StrEnum):
    """What became of a promise."""

    DONE = "done"
    ON_THE_WAY = "on_the_way"
    LATER = "later"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class FollowUp:
    """One note on a promise. ``planned``: the new month, as 2027-04, "" for none."""

    key: Key
    division: int
    status: Status
    text: str
    planned: str
    noted_at: datetime
    noted_by: str


@dataclass(frozen=True)
class Note:
    """What is to be noted. ``token`` makes it happen once."""

    status: Status
    text: str
    planned: str
    token: str


@dataclass(frozen=True)
class Promise:
    """What was promised to one need and more that are one matter with it; ``notes`` the first one first."""

    needs: tuple[Told, ...]
    answer: Answer
    due: date
    notes: tuple[FollowUp, ...]

    @property
    def key(self) -> Key:
        """The need by which the promise goes."""
        return self.needs[0].key

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
    found = [_promise(tuple(needs), noted) for needs in together.values()]
    return tuple(sorted(found, key=lambda one: (one.due, one.key)))


def _promise(needs: tuple[Told, ...], noted: Sequence[FollowUp]) -> Promise:
    lead = needs[0].lead
    assert lead is not None
    due = lead.due
    assert due is not None
    notes = tuple(one for one in noted if one.key == needs[0].key and one.division == lead.division)
    later = next((one.planned for one in reversed(notes) if one.planned), "")
    return Promise(needs, lead, last_day(later) if later else due, notes)


def find_promise(database: Database, inquiry: Inquiry, key: Key) -> Promise:
    """Return the promise that goes by a need. Raises LookupError."""
    found = next((one for one in promises(database, inquiry) if one.key == key), None)
    if found is None:
        raise LookupError(*key)
    return found


def note_follow_up(database: Database, inquiry: Inquiry, promise: Promise, new: Note, who: Who) -> None:
    """Note what became of a promise, for every need that it answers; once, however often it is sent."""
    with writing(database):
        if database.execute("SELECT 1 FROM follow_up WHERE token = ?", [f"{new.token}/0"]).fetchone():
            return
        said = {"status": new.status.value, "text": new.text, "planned": new.planned}
        for place, need in enumerate(promise.needs):
            row = {"inquiry": inquiry.id, "municipality": need.municipality, "row": need.row, **said}
            row |= {"division": promise.answer.division, "token": f"{new.token}/{place}"}
            database.table("follow_up").insert({**row, "noted_at": clock.stored(who.at), "noted_by": who.name})
            told = {"row": need.row, "division": promise.answer.division, **said}
            record(database, who, "note_follow_up", Subject(inquiry.id, need.municipality), after=told)


def follow_ups(database: Database, inquiry: Inquiry, municipality: str | None = None) -> tuple[FollowUp, ...]:
    """Return what was noted, for all municipalities or for one, the first one first."""
    query = "SELECT * FROM follow_up WHERE inquiry = ? AND (? IS NULL OR municipality = ?) ORDER BY id"
    return tuple(_follow_up(row) for row in database.execute(query, [inquiry.id, municipality, municipality]))


def _follow_up(row: sqlite3.Row) -> FollowUp:
    key, status = (row["municipality"], row["row"]), Status(row["status"])
    noted = (clock.read(row["noted_at"]), row["noted_by"])
    return FollowUp(key, row["division"], status, row["text"], row["planned"], *noted)
