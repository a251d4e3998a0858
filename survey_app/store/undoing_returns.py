"""Takes a return back while the town hall has done nothing with it: the reply stands again as it did before."""

import json

from sqlite_utils import Database

from questions.life import Act, Actor, NotAllowed, State, step
from survey_app.store.audit import Who
from survey_app.store.database import writing
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.submissions import shift
from survey_app.store.transitions import Move

_CHANGING = (*Act, "cancel_approval", "save_retired", "set_aside")
"""Lines of the trail that say that a reply was changed or moved."""


def state_before_return(database: Database, reply: Reply) -> State | None:
    """Return the state in which a reply was when items of it came back; None when that cannot be taken back now.

    It can while nothing was done to the reply since, and while the same is asked as when it was handed in.
    """
    if reply.state is not State.RETURNED or not _asks_the_same(database, reply):
        return None
    marks = ", ".join("?" * len(_CHANGING))
    query = (
        "SELECT act, before FROM event WHERE inquiry = ? AND municipality = ?"
        f" AND act IN ({marks}) ORDER BY id DESC LIMIT 1"
    )
    row = database.execute(query, [reply.inquiry.id, reply.municipality, *map(str, _CHANGING)]).fetchone()
    if row is None or row["act"] != Act.RETURN:
        return None
    return State(json.loads(row["before"])["state"])


def undo_return(database: Database, reply: Reply, who: Who) -> State:
    """Take the return of items back; return the state in which the reply is again. Raises NotAllowed.

    The reply is first submitted again, with what it said when it was handed in, and accepted when it was before.
    """
    with writing(database):
        now = _present(database, reply, who)
        step(now.state, Act.TAKE_BACK, Actor.DIVISION, now.standing.term, who.at)
        before = state_before_return(database, now)
        if before is None:
            raise NotAllowed(Act.TAKE_BACK, now.state, "state")
        shift(database, now, Move(Act.TAKE_BACK, State.SUBMITTED), who)
        if before is State.ACCEPTED:
            again = _present(database, reply, who)
            step(again.state, Act.ACCEPT, Actor.DIVISION, again.standing.term, who.at)
            shift(database, again, Move(Act.ACCEPT, State.ACCEPTED), who)
    return before


def _present(database: Database, reply: Reply, who: Who) -> Reply:
    return find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))


def _asks_the_same(database: Database, reply: Reply) -> bool:
    """Was the reply handed in with the questionnaire of now?"""
    query = "SELECT questionnaire FROM submission WHERE reply = ? ORDER BY number DESC LIMIT 1"
    row = database.execute(query, [reply.id]).fetchone()
    return row is not None and row["questionnaire"] == reply.inquiry.questionnaire.digest
