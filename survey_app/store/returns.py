"""Items that the division returned with a reason each; only those open, the rest of the reply is read-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from questions.answers import Place
from questions.kinds.texts import first_control
from questions.life import Act, Actor, NotAllowed, State, step
from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.database import writing
from survey_app.store.openness import openness
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.submissions import shift
from survey_app.store.transitions import Move


@dataclass(frozen=True)
class ReturnedItem:
    """One item that came back: a question, a question in a row, or a whole table."""

    place: Place
    reason: str
    returned_at: datetime
    returned_by: str


class NothingReturned(ValueError):
    """A return without any item, with an item without a reason, or with an item that was not asked."""


def return_items(database: Database, reply: Reply, reasons: Mapping[Place, str], who: Who) -> None:
    """Give items back for correction, each with its reason. Raises NotAllowed, NothingReturned."""
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        step(now.state, Act.RETURN, Actor.DIVISION, now.standing.term, who.at)
        if now.standing.term.closed:
            raise NotAllowed(Act.RETURN, now.state, "closed")
        known = _returnable(database, now)
        if not reasons or not all(_is_reason(text) and place in known for place, text in reasons.items()):
            raise NothingReturned
        give_back(database, now, reasons, who)


def give_back(database: Database, now: Reply, reasons: Mapping[Place, str], who: Who) -> None:
    """Open items of a reply that rests, each with its reason; call it inside the transaction of the change."""
    items = {"/".join(place): reason for place, reason in reasons.items()}
    shift(database, now, Move(Act.RETURN, State.RETURNED), who, {"items": items})
    database.execute("UPDATE reply SET items_open = 1 WHERE id = ?", [now.id])
    database.table("returned_item").insert_all(
        {
            "reply": now.id,
            "row": row,
            "question": question,
            "reason": reason,
            "returned_at": clock.stored(who.at),
            "returned_by": who.name,
        }
        for (row, question), reason in reasons.items()
    )


def _is_reason(text: str) -> bool:
    return bool(text.strip()) and first_control(text) is None


def _returnable(database: Database, now: Reply) -> set[Place]:
    """Return what was asked in the last submission and can be answered again: answers, and whole tables."""
    questions = now.inquiry.questionnaire.questions
    found = openness(database, now.id or 0)
    return {place for place in found.asked if not questions[place[1]].prefilled} | {("", one) for one in found.tables}


def open_items(database: Database, reply: Reply) -> dict[Place, ReturnedItem]:
    """Return the items that are open for correction, by place."""
    query = "SELECT * FROM returned_item WHERE reply = ? AND closed_at IS NULL ORDER BY id"
    return {
        (row["row"], row["question"]): ReturnedItem(
            (row["row"], row["question"]), row["reason"], clock.read(row["returned_at"]), row["returned_by"]
        )
        for row in database.execute(query, [reply.id])
    }
