"""A municipality that takes its reply back, changes it, and hands it in again."""

from collections.abc import Mapping
from datetime import timedelta

from sqlite_utils import Database
from town import DEADLINE

from questions.answers import Entry
from questions.life import State
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.replies import Changes, Surroundings, find_reply, save_answers
from survey_app.store.rosters import roster
from survey_app.store.submissions import Order, submit, withdraw

NOTHING: Mapping[tuple[str, str], str] = {}


def first_submitted(database: Database, inquiry: Inquiry) -> str:
    """The first municipality whose reply is handed in and not accepted yet."""
    return next(one.municipality for one in standings(database, inquiry) if one.state is State.SUBMITTED)


def hand_in_again(
    database: Database, inquiry: Inquiry, code: str, lines: Mapping[tuple[str, str], str] = NOTHING
) -> None:
    """Hand a reply in again, with other lines of text: by row ("" outside tables) and question."""
    who = Who(1, "佐藤 花子", DEADLINE - timedelta(minutes=5))
    around = Surroundings(roster(database), who)
    withdraw(database, find_reply(database, inquiry, code, around), who)
    reply = find_reply(database, inquiry, code, around)
    entries = {place: Entry((text,), text) for place, text in lines.items()}
    if entries:
        save_answers(database, reply, Changes(reply.revision, entries), who)
        reply = find_reply(database, inquiry, code, around)
    confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    submit(database, reply, Order(reply.revision, f"again {code}", confirmed), who)
