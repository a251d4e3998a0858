"""Submissions: handing in, withdrawing, accepting; and what was handed in."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from questions import contents
from questions.contents import Contents
from questions.life import Act, Actor, State, step, target_of
from questions.problems import Problem
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply


@dataclass(frozen=True)
class Handed:
    """One submission as it was handed in. ``confirmed`` names the checks that the officer confirmed."""

    municipality: str
    number: int
    receipt: str
    submitted_at: datetime
    actor: str
    digest: str
    nil: bool
    confirmed: tuple[str, ...]
    contents: Contents


@dataclass(frozen=True)
class Order:
    """What is asked when handing in: the revision that was looked at, the confirmed checks, a token of the page.

    The token makes it happen once, however often it is sent.
    """

    seen: int
    token: str
    confirmed: frozenset[str] = frozenset()


class ChangedMeanwhile(Exception):
    """The reply is no longer the one that was looked at."""


class Incomplete(Exception):
    """Something keeps the reply from being handed in; ``problems`` says what."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


def submit(database: Database, reply: Reply, order: Order, who: Who) -> Handed:
    """Hand a reply in. Raises NotAllowed, ChangedMeanwhile, Incomplete; sent again, it returns the first outcome."""
    with writing(database):
        already = _by(database, "submission.token = ?", [order.token], reply.inquiry)
        if already is not None and already.municipality == reply.municipality:
            return already
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        found = step(now.state, Act.SUBMIT, Actor.OFFICER, now.standing.term, who.at)
        if now.revision != order.seen:
            raise ChangedMeanwhile
        examination = now.examination()
        unconfirmed = tuple(one for one in examination.to_confirm() if one.context.get("check") not in order.confirmed)
        if problems := examination.blocking() + unconfirmed:
            raise Incomplete(problems)
        stored = contents.dump(contents.contents_of(examination), now.inquiry.questionnaire)
        number = (now.standing.number or 0) + 1
        receipt = f"{now.inquiry.id:03d}-{now.municipality}-{number:02d}"
        confirmed = sorted(str(one.context.get("check")) for one in examination.to_confirm())
        database.table("submission").insert(
            {
                "reply": now.id,
                "number": number,
                "receipt": receipt,
                "questionnaire": now.inquiry.questionnaire.digest,
                "submitted_at": clock.stored(who.at),
                "submitted_by": who.account,
                "actor": who.name,
                "contents": stored,
                "digest": contents.digest(stored),
                "nil": int(examination.nil),
                "confirmed": json.dumps(confirmed, ensure_ascii=False),
                "token": order.token,
            }
        )
        after = {"number": number, "receipt": receipt, "digest": contents.digest(stored), "confirmed": confirmed}
        _move(database, now, target_of(found, items_open=False), who, Act.SUBMIT, after)
    handed = find_handed(database, reply.inquiry, reply.municipality, number)
    if handed is None:
        raise LookupError(receipt)
    return handed


def withdraw(database: Database, reply: Reply, who: Who) -> None:
    """Take a submitted reply back for correction; its submission stays and counts. Raises NotAllowed."""
    _act(database, reply, (Act.WITHDRAW, Actor.OFFICER), who)


def accept(database: Database, reply: Reply, who: Who) -> None:
    """Mark a submitted reply as checked by the division. Raises NotAllowed."""
    _act(database, reply, (Act.ACCEPT, Actor.DIVISION), who)


def _act(database: Database, reply: Reply, act_by: tuple[Act, Actor], who: Who) -> None:
    act, by = act_by
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        found = step(now.state, act, by, now.standing.term, who.at)
        _move(database, now, target_of(found, items_open=now.items_open), who, act, {})


def _move(database: Database, now: Reply, state: State, who: Who, act: Act, after: dict[str, object]) -> None:
    if now.id is None:
        raise LookupError(now.municipality)
    row = {"state": state.value, "revision": now.revision + 1, "changed_at": clock.stored(who.at)}
    database.table("reply").update(now.id, row)
    subject = Subject(now.inquiry.id, now.municipality)
    record(database, who, act.value, subject, before={"state": now.state}, after={**after, "state": state})


def find_handed(database: Database, inquiry: Inquiry, municipality: str, number: int) -> Handed | None:
    """Return one submission of a municipality; None when there is none of this number."""
    where = "reply.inquiry = ? AND reply.municipality = ? AND submission.number = ?"
    return _by(database, where, [inquiry.id, municipality, number], inquiry)


def submissions_of(database: Database, inquiry: Inquiry, municipality: str) -> tuple[Handed, ...]:
    """Return all submissions of a municipality to an inquiry, the newest first."""
    where = "reply.inquiry = ? AND reply.municipality = ? ORDER BY submission.number DESC"
    rows = database.execute(f"{_SUBMISSION} WHERE {where}", [inquiry.id, municipality])
    return tuple(_handed(row, inquiry) for row in rows)


def last_submissions(database: Database, inquiry: Inquiry) -> Iterator[Handed]:
    """Yield the last submission of every target that has one, in the official order."""
    where = (
        "reply.inquiry = ? AND submission.number = (SELECT max(number) FROM submission AS one"
        " WHERE one.reply = reply.id) ORDER BY reply.municipality"
    )
    for row in database.execute(f"{_SUBMISSION} WHERE {where}", [inquiry.id]):
        yield _handed(row, inquiry)


_SUBMISSION = "SELECT submission.*, reply.municipality FROM submission JOIN reply ON reply.id = submission.reply"


def _by(database: Database, where: str, values: list[object], inquiry: Inquiry) -> Handed | None:
    row = database.execute(f"{_SUBMISSION} WHERE {where}", values).fetchone()
    return None if row is None else _handed(row, inquiry)


def _handed(row: sqlite3.Row, inquiry: Inquiry) -> Handed:
    return Handed(
        municipality=row["municipality"],
        number=row["number"],
        receipt=row["receipt"],
        submitted_at=clock.read(row["submitted_at"]),
        actor=row["actor"],
        digest=row["digest"],
        nil=bool(row["nil"]),
        confirmed=tuple(json.loads(row["confirmed"])),
        contents=contents.load(row["contents"], inquiry.questionnaire),
    )
