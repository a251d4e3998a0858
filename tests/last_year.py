"""An inquiry of the year before, and what 三島町 answered to it."""

import json
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from sqlite_utils import Database
from town import OWN
from typing_in import NIL_REPLY, changes

from questions.model import Questionnaire
from questions.reading import read_catalogue, read_document
from survey_app.clock import TOKYO
from survey_app.sample import contents
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, NewInquiry, open_inquiry
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.rosters import roster
from survey_app.store.submissions import Order, submit

LAST_YEAR = datetime(2025, 11, 25, 10, 0, 0, tzinfo=TOKYO)
NIL = {**NIL_REPLY, "A8": "R7.11.20"}


def changed(name: str, change: Callable[[dict[str, Any]], None]) -> Questionnaire:
    """A questionnaire of the catalogue, otherwise: ``change`` edits its document."""
    document = json.loads(read_catalogue(name).document)
    change(document)
    return read_document(document)


def inquire(
    database: Database,
    name: str = "support_needs",
    *,
    at: datetime = LAST_YEAR,
    asked: Questionnaire | None = None,
    earlier: int | None = None,
) -> Inquiry:
    """Open an inquiry to 三島町, last year or at another time."""
    questionnaire = asked or read_catalogue(name)
    due = at.replace(month=12, day=19, hour=17)
    called = (f"{name}_{at:%Y}", f"{at:%Y}年の照会", "市町村行政課", "")
    new = NewInquiry(*called, questionnaire, due, (OWN,), earlier=earlier)
    return open_inquiry(database, new, Who(None, "test", at))


def reply_to(database: Database, inquiry: Inquiry) -> Reply:
    """The reply of 三島町 as it stands."""
    return find_reply(database, inquiry, OWN, Surroundings(roster(database), officer_of(inquiry)))


def answer(database: Database, inquiry: Inquiry, typed: dict[str, str]) -> None:
    """Save answers outside tables."""
    reply = reply_to(database, inquiry)
    save_answers(database, reply, changes(reply, typed), officer_of(inquiry))


def hand_in(database: Database, inquiry: Inquiry) -> None:
    """Hand the reply in, with everything confirmed that asks for it."""
    reply = reply_to(database, inquiry)
    confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    order = Order(reply.revision, f"{inquiry.name}-{reply.revision}", confirmed)
    submit(database, reply, order, officer_of(inquiry))


def nil_last_year(database: Database, **typed: str) -> Inquiry:
    """A nil reply to 様式1, handed in last year."""
    inquiry = inquire(database)
    answer(database, inquiry, {**NIL, **typed})
    hand_in(database, inquiry)
    return inquiry


def whole_last_year(
    database: Database,
    name: str = "support_needs",
    *,
    asked: Questionnaire | None = None,
    more_fields: tuple[str, ...] = (),
    **typed: str,
) -> Inquiry:
    """A reply with all that is asked, handed in last year.

    ``typed`` stands in place of the sample's texts; ``more_fields`` are chosen in B4 beside the sample's.
    """
    inquiry = inquire(database, name, asked=asked)
    reply = reply_to(database, inquiry)
    filled = contents(inquiry.questionnaire, reply.setting, Random(7), nil=False)
    save_answers(database, reply, Changes(0, filled.entries, filled.rows), officer_of(inquiry))
    if typed:
        answer(database, inquiry, typed)
    if more_fields:
        fields = (*reply_to(database, inquiry).answers.entry("B4").texts, *more_fields)
        answer(database, inquiry, {"B4": ";".join(fields)})
    hand_in(database, inquiry)
    return inquiry


def officer_of(inquiry: Inquiry) -> Who:
    """Who acts in an inquiry, when it was opened."""
    return Who(1, "佐藤 花子", inquiry.opened_at)
