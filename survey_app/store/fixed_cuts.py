"""Cuts that were fixed: which submissions count, so that what was made from them can be made again, byte for byte."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from exports.cut import Cut, Submission, TargetLine
from questions.life import State
from questions.reading import read_stored
from questions.retiring import as_answered
from questions.setting import Municipality, Roster
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.cuts import take_cut
from survey_app.store.database import reading, writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.needs import need_numbers
from survey_app.store.submissions import numbered_submissions


@dataclass(frozen=True)
class FixedCut:
    """One cut (第1次集計, 最終), by its number in the inquiry from 1. ``replies``: how many submissions count in it."""

    number: int
    name: str
    taken_at: datetime
    taken_by: str
    digest: str
    replies: int


class CutExists(ValueError):
    """There is a cut of this name in the inquiry already."""


def fix_cut(database: Database, inquiry: Inquiry, name: str, token: str, who: Who) -> FixedCut:
    """Fix what counts now. Sent again with the same token, it returns the first outcome. Raises CutExists."""
    with writing(database):
        query = "SELECT number FROM cut WHERE inquiry = ? AND token = ?"
        same = database.execute(query, [inquiry.id, token]).fetchone()
        if same is not None:
            return find_fixed(database, inquiry, same["number"])
        if database.execute("SELECT 1 FROM cut WHERE inquiry = ? AND name = ?", [inquiry.id, name]).fetchone():
            raise CutExists(name)
        query = "SELECT coalesce(max(number), 0) + 1 FROM cut WHERE inquiry = ?"
        number = int(database.execute(query, [inquiry.id]).fetchone()[0])
        row = _row(database, take_cut(database, inquiry, who.at), who)
        database.table("cut").insert({"inquiry": inquiry.id, "number": number, "name": name, "token": token, **row})
        told = {"number": number, "name": name, "digest": row["digest"]}
        record(database, who, "fix_cut", Subject(inquiry.id), after=told)
    return find_fixed(database, inquiry, number)


def fixed_cuts(database: Database, inquiry: Inquiry) -> tuple[FixedCut, ...]:
    """Return the cuts of an inquiry, the first one first."""
    query = "SELECT * FROM cut WHERE inquiry = ? ORDER BY number"
    return tuple(_fixed(row) for row in database.execute(query, [inquiry.id]))


def find_fixed(database: Database, inquiry: Inquiry, number: int) -> FixedCut:
    """Return one cut. Raises LookupError."""
    return _fixed(_found(database, inquiry, number))


def load_cut(database: Database, inquiry: Inquiry, number: int) -> Cut:
    """Return a cut as it was when it was fixed, whatever has changed since. Raises LookupError."""
    with reading(database):
        row = _found(database, inquiry, number)
        query = (
            "SELECT kept_text.text, questionnaire.document FROM kept_text, questionnaire"
            " WHERE kept_text.digest = ? AND questionnaire.digest = ?"
        )
        kept = database.execute(query, [row["roster"], row["questionnaire"]]).fetchone()
        then = replace(inquiry, questionnaire=read_stored(kept["document"]))
        picture = json.loads(row["picture"])
        numbers = need_numbers(database, inquiry)
        targets = tuple(_target(one) for one in picture["targets"])
        states = {one.municipality: one.state for one in targets}
        handed = tuple(numbered_submissions(database, then, dict(json.loads(row["members"]))))
        sources = {one.municipality: one.source.kind for one in handed}
        targets = tuple(replace(one, source=sources.get(one.municipality, "web")) for one in targets)
        submissions = tuple(
            Submission(
                municipality=one.municipality,
                number=one.number,
                receipt=one.receipt,
                submitted_at=one.submitted_at,
                digest=one.digest,
                state=states[one.municipality],
                contents=one.contents,
            )
            for one in handed
        )
    return Cut(
        inquiry=inquiry.name,
        title=picture["title"],
        issuer=picture["issuer"],
        opened_at=clock.read(picture["opened_at"]),
        deadline=clock.read(picture["deadline"]),
        taken_at=clock.read(row["taken_at"]),
        questionnaire=as_answered(then.questionnaire, (one.contents for one in submissions)),
        roster=_roster(kept["text"]),
        targets=targets,
        submissions=submissions,
        name=row["name"],
        numbers=numbers,
    )


def late(database: Database, inquiry: Inquiry, number: int) -> Mapping[str, int]:
    """Return the submissions that came after a cut and wait for the next: the number by municipality."""
    members = dict(json.loads(_found(database, inquiry, number)["members"]))
    query = (
        "SELECT reply.municipality, max(submission.number) AS number FROM submission"
        " JOIN reply ON reply.id = submission.reply WHERE reply.inquiry = ?"
        " GROUP BY reply.municipality ORDER BY reply.municipality"
    )
    now = {row["municipality"]: row["number"] for row in database.execute(query, [inquiry.id])}
    return {code: last for code, last in now.items() if last > members.get(code, 0)}


def waits_since(database: Database, inquiry: Inquiry, municipality: str) -> FixedCut | None:
    """Return the last cut when a municipality handed in after it, and so waits for the next; None otherwise."""
    query = (
        "SELECT cut.*, (SELECT max(submission.number) FROM submission JOIN reply ON reply.id = submission.reply"
        " WHERE reply.inquiry = cut.inquiry AND reply.municipality = ?) AS handed"
        " FROM cut WHERE inquiry = ? ORDER BY number DESC LIMIT 1"
    )
    row = database.execute(query, [municipality, inquiry.id]).fetchone()
    if row is None or row["handed"] is None:
        return None
    counted = dict(json.loads(row["members"])).get(municipality, 0)
    return _fixed(row) if row["handed"] > counted else None


def _row(database: Database, cut: Cut, who: Who) -> dict[str, str]:
    targets = [
        [one.municipality, one.state.value, clock.stored(one.deadline), one.extended, one.nil] for one in cut.targets
    ]
    picture = {
        "title": cut.title,
        "issuer": cut.issuer,
        "opened_at": clock.stored(cut.opened_at),
        "deadline": clock.stored(cut.deadline),
        "targets": targets,
    }
    roster = json.dumps([asdict(one) for one in cut.roster], ensure_ascii=False)
    row = {
        "taken_at": clock.stored(who.at),
        "taken_by": who.name,
        "questionnaire": cut.questionnaire.digest,
        "roster": _digest(roster),
        "picture": json.dumps(picture, ensure_ascii=False),
        "members": json.dumps([[one.municipality, one.number] for one in cut.submissions]),
    }
    database.table("kept_text").insert({"digest": row["roster"], "text": roster}, ignore=True)
    said = [one.digest for one in cut.submissions]
    return {**row, "digest": _digest(json.dumps([row["picture"], row["questionnaire"], row["roster"], said]))}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _found(database: Database, inquiry: Inquiry, number: int) -> sqlite3.Row:
    row: sqlite3.Row | None = database.execute(
        "SELECT * FROM cut WHERE inquiry = ? AND number = ?", [inquiry.id, number]
    ).fetchone()
    if row is None:
        raise LookupError(number)
    return row


def _fixed(row: sqlite3.Row) -> FixedCut:
    replies = len(json.loads(row["members"]))
    taken = (clock.read(row["taken_at"]), row["taken_by"])
    return FixedCut(row["number"], row["name"], *taken, row["digest"], replies)


def _target(stored: list[object]) -> TargetLine:
    code, state, deadline, extended, nil = stored
    return TargetLine(str(code), State(str(state)), clock.read(str(deadline)), bool(extended), nil)  # type: ignore[arg-type]


def _roster(text: str) -> Roster:
    return Roster(Municipality(**{**one, "groups": tuple(one["groups"])}) for one in json.loads(text))
