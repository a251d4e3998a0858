"""Submissions: handing in, withdrawing, accepting; and what was handed in."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from questions import contents
from questions.checking import Examination
from questions.contents import Contents
from questions.life import COUNTED, Act, Actor, NotAllowed, step, target_of
from questions.problems import NOTHING, Problem
from survey_app import clock
from survey_app.store.accounts import settles_inside
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.needs import number_needs
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.transitions import Move, move


@dataclass(frozen=True)
class Source:
    """How a reply came: "web" from the municipality itself, else how the division was told what it entered.

    ``kind`` is one of phone, fax, mail, visit, file; ``note`` says from whom and when.
    """

    kind: str = "web"
    note: str = ""


WEB = Source()


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
    source: Source = WEB


@dataclass(frozen=True)
class Order:
    """What is asked when handing in: the revision that was looked at, the confirmed checks, a token of the page.

    The token makes it happen once, however often it is sent. ``source``: how the division was told, when it enters.
    """

    seen: int
    token: str
    confirmed: frozenset[str] = frozenset()
    source: Source = WEB


class ChangedMeanwhile(Exception):
    """The reply is no longer the one that was looked at."""


class Incomplete(Exception):
    """Something keeps the reply from being handed in; ``problems`` says what."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


def submit(database: Database, reply: Reply, order: Order, who: Who) -> Handed:
    """Hand a reply in. Raises NotAllowed, ChangedMeanwhile, Incomplete; sent again, it returns the first outcome.

    Where the municipality settles its approval here, only its approver hands in.
    """
    if settles_inside(database, reply.municipality):
        raise NotAllowed(Act.SUBMIT, reply.state, "approval")
    return hand_in(database, reply, order, (Act.SUBMIT, Actor.OFFICER), who)


def hand_in(database: Database, reply: Reply, order: Order, act_by: tuple[Act, Actor], who: Who) -> Handed:
    """Hand a reply in by one of the acts that do so. Raises NotAllowed, ChangedMeanwhile, Incomplete."""
    act, by = act_by
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        already = handed_before(database, now, order)
        if already is not None:
            return already
        found = step(now.state, act, by, now.standing.term, who.at)
        if now.revision != order.seen:
            raise ChangedMeanwhile
        return put_in(database, now, order, Move(act, target_of(found, items_open=False)), who)


def handed_before(database: Database, now: Reply, order: Order) -> Handed | None:
    """Return what the token of a page handed in already. Raises ChangedMeanwhile for an old page, or one without."""
    already = _by_token(database, order.token, now)
    if already is not None and now.state in COUNTED and already.number == now.standing.number:
        return already
    if already is not None or not order.token:
        raise ChangedMeanwhile  # what it handed in was taken back since
    return None


def put_in(database: Database, now: Reply, order: Order, made: Move, who: Who) -> Handed:
    """Put a submission in and move its reply, within the transaction of the change. Raises Incomplete."""
    examination = ready(now, order)
    row = _row(now, examination, order, who)
    try:
        database.table("submission").insert(row)
    except sqlite3.IntegrityError as fault:  # a token that is not this page's own
        raise ChangedMeanwhile from fault
    for table in (one for one in now.inquiry.questionnaire.tables.values() if one.need is not None):
        number_needs(database, now.inquiry, now.municipality, now.answers.row_ids(table.name))
    after = {name: row[name] for name in ("number", "receipt", "digest", "confirmed", "source", "source_note")}
    shift(database, now, made, who, after)
    handed = find_handed(database, now.inquiry, now.municipality, int(str(row["number"])))
    if handed is None:
        raise LookupError(row["receipt"])
    return handed


def ready(now: Reply, order: Order) -> Examination:
    """Return the examination of a reply that can be handed in. Raises Incomplete with everything that is in the way."""
    examination = now.examination()
    unconfirmed = tuple(one for one in examination.to_confirm() if one.context.get("check") not in order.confirmed)
    if problems := examination.blocking() + unconfirmed:
        raise Incomplete(problems)
    return examination


def _row(now: Reply, examination: Examination, order: Order, who: Who) -> dict[str, object]:
    stored = contents.dump(contents.contents_of(examination), now.inquiry.questionnaire)
    number = (now.standing.number or 0) + 1
    confirmed = sorted(str(one.context.get("check")) for one in examination.to_confirm())
    return {
        "reply": now.id,
        "number": number,
        "receipt": f"{now.inquiry.id:03d}-{now.municipality}-{number:02d}",
        "questionnaire": now.inquiry.questionnaire.digest,
        "submitted_at": clock.stored(who.at),
        "submitted_by": who.account,
        "actor": who.name,
        "contents": stored,
        "digest": contents.digest(stored),
        "nil": int(examination.nil),
        "confirmed": json.dumps(confirmed, ensure_ascii=False),
        "token": order.token,
        "source": order.source.kind,
        "source_note": order.source.note,
    }


def withdraw(database: Database, reply: Reply, who: Who) -> None:
    """Take a submitted reply back for correction; its submission stays and counts. Raises NotAllowed."""
    _act(database, reply, (Act.WITHDRAW, Actor.OFFICER), who)


def accept(database: Database, reply: Reply, number: int, who: Who) -> None:
    """Mark a submitted reply as checked by the division; ``number`` is the submission that it looked at.

    Raises NotAllowed, and ChangedMeanwhile when there is a newer submission.
    """
    _act(database, reply, (Act.ACCEPT, Actor.DIVISION), who, number)


def _act(database: Database, reply: Reply, act_by: tuple[Act, Actor], who: Who, number: int | None = None) -> None:
    act, by = act_by
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        found = step(now.state, act, by, now.standing.term, who.at)
        if number is not None and number != now.standing.number:
            raise ChangedMeanwhile
        shift(database, now, Move(act, target_of(found, items_open=now.items_open)), who)


def shift(database: Database, now: Reply, made: Move, who: Who, after: Mapping[str, object] = NOTHING) -> None:
    """Move a reply to a state, with its line in the trail; call it inside the transaction of the change."""
    if now.id is None:
        raise LookupError(now.municipality)
    move(database, now.position, made, who)
    subject = Subject(now.inquiry.id, now.municipality)
    told = {**after, "state": made.to, "comment": made.comment}
    record(database, who, made.act.value, subject, before={"state": now.state}, after=told)


def _by_token(database: Database, token: str, reply: Reply) -> Handed | None:
    where = "submission.token = ? AND reply.inquiry = ? AND reply.municipality = ?"
    return _by(database, where, [token, reply.inquiry.id, reply.municipality], reply.inquiry)


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


def newest_submission(database: Database, inquiry: Inquiry) -> int:
    """Return a number that is another one as soon as anything is handed in; 0 when nothing was."""
    query = (
        "SELECT coalesce(max(submission.id), 0) FROM submission JOIN reply ON reply.id = submission.reply"
        " WHERE reply.inquiry = ?"
    )
    return int(database.execute(query, [inquiry.id]).fetchone()[0])


def numbered_submissions(database: Database, inquiry: Inquiry, numbers: Mapping[str, int]) -> Iterator[Handed]:
    """Yield the submissions that are named by municipality and number, in the official order."""
    where = "reply.inquiry = ? ORDER BY reply.municipality, submission.number"
    for row in database.execute(f"{_SUBMISSION} WHERE {where}", [inquiry.id]):
        if numbers.get(row["municipality"]) == row["number"]:
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
        source=Source(row["source"], row["source_note"]),
    )
