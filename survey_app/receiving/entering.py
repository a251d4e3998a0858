"""Hands a form in as the municipality's reply (代理入力): only when the form alone is what is handed in."""

from enum import StrEnum

from sqlite_utils import Database

from questions.life import Act, Actor, may
from survey_app.receiving.batches import Outcome
from survey_app.receiving.received import Received, Verdict
from survey_app.receiving.taking import note_receipt
from survey_app.store.audit import Who
from survey_app.store.entering import enter_form
from survey_app.store.submissions import Handed, Order, Source


class Hindrance(StrEnum):
    """Why a form is not handed in. Every one has a sentence in both languages."""

    NOT_OPEN = "not_open"  # the reply was handed in, came back, or waits for approval; or the inquiry is closed
    LEFT_OUT = "left_out"
    MISSING = "missing"
    TO_CONFIRM = "to_confirm"
    MORE = "more"  # the municipality typed something that the form does not say


def hindrance(outcome: Outcome, who: Who) -> Hindrance | None:
    """Say why a form that was compared cannot be handed in as it is; None when it can."""
    received = outcome.received
    if received is None:
        return Hindrance.LEFT_OUT
    reply = received.reply
    if not may(reply.state, Act.ENTER, Actor.DIVISION, reply.standing.term, who.at):
        return Hindrance.NOT_OPEN
    if outcome.left_out:
        return Hindrance.LEFT_OUT
    examination = received.examination()
    if examination.blocking():
        return Hindrance.MISSING
    if examination.to_confirm():
        return Hindrance.TO_CONFIRM
    return Hindrance.MORE if says_more(received) else None


def hand_in_form(database: Database, received: Received, token: str, who: Who) -> Handed:
    """Hand a form in, once for a token. Raises NotAllowed, ChangedMeanwhile, Incomplete."""
    order = Order(received.reply.revision, token, source=Source("file", received.file))
    handed = enter_form(database, received.reply, received.changes(), order, who)
    note_receipt(database, received, len(received.taken()), who)
    return handed


def says_more(received: Received) -> bool:
    """Does the reply hold anything that the form does not say?"""
    answers, table_of = received.reply.answers, received.reply.inquiry.questionnaire.table_of
    said = {line.place for line in received.with_verdict(Verdict.UNCHANGED, Verdict.CHANGED, Verdict.NEW)}
    held = (
        place
        for place, entry in answers.entries.items()
        if entry.texts and (not place[0] or place[0] in answers.row_ids(table_of.get(place[1], "")))
    )
    return any(place not in said for place in held)
