"""Moves a reply from state to state, and closes what ends with the move: a request for approval, returned items."""

from dataclasses import dataclass

from sqlite_utils import Database

from questions.life import Act, State
from survey_app import clock
from survey_app.store.audit import Who

OUTCOMES = {Act.APPROVE: "approved", Act.SEND_BACK: "sent_back"}


@dataclass(frozen=True)
class Position:
    """Where a reply stands before a move. ``id`` is None while nothing is saved."""

    id: int | None
    inquiry: int
    municipality: str
    state: State
    revision: int


@dataclass(frozen=True)
class Move:
    """An act with the state to which it leads, and what is said with it."""

    act: Act
    to: State
    comment: str = ""


def move(database: Database, here: Position, made: Move, who: Who) -> tuple[int, int]:
    """Move a reply; return its id and its new revision. Call it inside the transaction of the change."""
    if here.id is None:
        row = {"inquiry": here.inquiry, "municipality": here.municipality, "state": made.to.value}
        moved = {"revision": here.revision + 1, "changed_at": clock.stored(who.at)}
        database.table("reply").insert({**row, **moved})
        query = "SELECT id FROM reply WHERE inquiry = ? AND municipality = ?"
        reply = int(database.execute(query, [here.inquiry, here.municipality]).fetchone()[0])
    else:
        reply = here.id
        moving = "UPDATE reply SET state = ?, revision = ?, changed_at = ? WHERE id = ?"
        database.execute(moving, [made.to.value, here.revision + 1, clock.stored(who.at), reply])
    if here.state is State.AWAITING_APPROVAL:
        _close_approval(database, reply, made, who)
    if made.to is State.SUBMITTED:
        _close_items(database, reply, who)
    return reply, here.revision + 1


def _close_approval(database: Database, reply: int, made: Move, who: Who) -> None:
    """Whatever leaves the wait ends it: approved, sent back, or cancelled by a change."""
    database.execute(
        "UPDATE approval SET outcome = ?, decided_at = ?, decided_by = ?, comment = ?"
        " WHERE reply = ? AND outcome IS NULL",
        [OUTCOMES.get(made.act, "cancelled"), clock.stored(who.at), who.name, made.comment, reply],
    )


def _close_items(database: Database, reply: int, who: Who) -> None:
    closing = "UPDATE returned_item SET closed_at = ? WHERE reply = ? AND closed_at IS NULL"
    database.execute(closing, [clock.stored(who.at), reply])
    database.execute("UPDATE reply SET items_open = 0 WHERE id = ?", [reply])
