"""Approval inside the town hall: bound to the digest of what was looked at, cancelled by any later change."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from questions import contents
from questions.contents import Contents
from questions.life import Act, Actor, State, step, target_of
from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.database import writing
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.submissions import ChangedMeanwhile, Handed, Order, hand_in, ready, shift
from survey_app.store.transitions import Move


@dataclass(frozen=True)
class Approval:
    """One request for approval. ``outcome`` is None while it waits, else approved, sent_back or cancelled."""

    digest: str
    contents: Contents
    confirmed: frozenset[str]
    asked_at: datetime
    asked_by: str
    outcome: str | None
    decided_at: datetime | None
    decided_by: str | None
    comment: str


def approvals(database: Database, reply: Reply) -> tuple[Approval, ...]:
    """Return all requests for approval of a reply, decided or not, the newest first."""
    rows = database.execute("SELECT * FROM approval WHERE reply = ? ORDER BY id DESC", [reply.id])
    return tuple(_approval(row, reply) for row in rows)


def last_approval(database: Database, reply: Reply) -> Approval | None:
    """Return the newest request for approval of a reply, decided or not."""
    return next(iter(approvals(database, reply)), None)


def ask_approval(database: Database, reply: Reply, order: Order, who: Who) -> None:
    """Ask the approver. Raises NotAllowed, ChangedMeanwhile, Incomplete; asked again, nothing changes."""
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        if now.state is State.AWAITING_APPROVAL:
            return
        found = step(now.state, Act.ASK_APPROVAL, Actor.OFFICER, now.standing.term, who.at)
        if now.revision != order.seen:
            raise ChangedMeanwhile
        ready(now, order)
        stored = _stored(now)
        digest = contents.digest(stored)
        row = {"reply": now.id, "digest": digest, "contents": stored, "confirmed": json.dumps(sorted(order.confirmed))}
        asked = {"asked_at": clock.stored(who.at), "asked_by": who.name}
        database.table("approval").insert({**row, **asked})
        made = Move(Act.ASK_APPROVAL, target_of(found, items_open=now.items_open))
        shift(database, now, made, who, {"digest": digest})


def approve(database: Database, reply: Reply, order: Order, digest: str, who: Who) -> Handed:
    """Approve and hand in what was asked for; ``digest`` is that of the page that the approver looked at.

    Raises NotAllowed, Incomplete, and ChangedMeanwhile when the answers are no longer those.
    """
    waiting = last_approval(database, reply)
    if waiting is None:
        raise ChangedMeanwhile
    if waiting.outcome is None and not waiting.digest == digest == digest_of(reply):
        raise ChangedMeanwhile
    bound = Order(order.seen, order.token, waiting.confirmed)
    return hand_in(database, reply, bound, (Act.APPROVE, Actor.APPROVER), who)


def send_back(database: Database, reply: Reply, comment: str, who: Who) -> None:
    """Give a request for approval back to the officers with a comment. Raises NotAllowed."""
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        found = step(now.state, Act.SEND_BACK, Actor.APPROVER, now.standing.term, who.at)
        shift(database, now, Move(Act.SEND_BACK, target_of(found, items_open=now.items_open), comment), who)


def digest_of(reply: Reply) -> str:
    """Return the digest of what a reply says now."""
    return contents.digest(_stored(reply))


def _stored(reply: Reply) -> str:
    return contents.dump(contents.contents_of(reply.examination()), reply.inquiry.questionnaire)


def _approval(row: sqlite3.Row, reply: Reply) -> Approval:
    return Approval(
        digest=row["digest"],
        contents=contents.load(row["contents"], reply.inquiry.questionnaire),
        confirmed=frozenset(json.loads(row["confirmed"])),
        asked_at=clock.read(row["asked_at"]),
        asked_by=row["asked_by"],
        outcome=row["outcome"],
        decided_at=clock.read_optional(row["decided_at"]),
        decided_by=row["decided_by"],
        comment=row["comment"],
    )
