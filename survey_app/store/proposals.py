"""Proposals to change a live questionnaire: one for an inquiry, on which several officials may work in turn."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from questions.model import Questionnaire
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.questionnaires import read_kept


@dataclass(frozen=True)
class Proposal:
    """The questionnaire as it is to be. ``base``: the digest of the one that it was made from."""

    questionnaire: Questionnaire
    base: str
    changed_at: datetime
    changed_by: str


class NotLive(ValueError):
    """The inquiry is closed or cancelled: its questionnaire stays as it is."""


def find_proposal(database: Database, inquiry: Inquiry) -> Proposal | None:
    """Return the proposal for an inquiry; None when there is none, or the questionnaire has changed since."""
    query = "SELECT * FROM questionnaire_proposal WHERE inquiry = ?"
    row = database.execute(query, [inquiry.id]).fetchone()
    if row is None or row["base"] != inquiry.questionnaire.digest:
        return None
    return Proposal(read_kept(row["document"]), row["base"], clock.read(row["changed_at"]), row["changed_by"])


def proposed(database: Database, inquiry: Inquiry) -> Questionnaire:
    """Return the questionnaire as it is to be: the present one while nothing is proposed."""
    found = find_proposal(database, inquiry)
    return inquiry.questionnaire if found is None else found.questionnaire


def keep_proposal(database: Database, inquiry: Inquiry, wanted: Questionnaire, seen: str, who: Who) -> None:
    """Put a proposal in the place of the one that was looked at, of the digest ``seen``. Raises Overtaken, NotLive."""
    with writing(database):
        now = live(database, inquiry)
        before = proposed(database, now).digest
        if before == wanted.digest:
            return  # sent twice
        if seen != before:
            raise Overtaken
        database.execute("DELETE FROM questionnaire_proposal WHERE inquiry = ?", [now.id])
        if wanted.digest != now.questionnaire.digest:
            row = {"inquiry": now.id, "base": now.questionnaire.digest, "document": wanted.document}
            changed = {"changed_at": clock.stored(who.at), "changed_by": who.name}
            database.table("questionnaire_proposal").insert({**row, **changed})
        told = {"before": {"digest": before}, "after": {"digest": wanted.digest}}
        record(database, who, "propose_change", Subject(now.id), **told)


def discard_proposal(database: Database, inquiry: Inquiry, seen: str, who: Who) -> None:
    """Give a proposal up. Raises Overtaken when it is not the one that was looked at."""
    with writing(database):
        now = find_inquiry(database, inquiry.name)
        found = find_proposal(database, now)
        if found is None:
            return
        if seen != found.questionnaire.digest:
            raise Overtaken
        drop_proposal(database, now)
        told = {"digest": seen, "document": found.questionnaire.document}
        record(database, who, "discard_change", Subject(now.id), before=told)


def drop_proposal(database: Database, inquiry: Inquiry) -> None:
    """Take the proposal away; call it inside the transaction of the change."""
    database.execute("DELETE FROM questionnaire_proposal WHERE inquiry = ?", [inquiry.id])


def live(database: Database, inquiry: Inquiry) -> Inquiry:
    """Return an inquiry as it stands. Raises NotLive when it takes no answers any more."""
    now = find_inquiry(database, inquiry.name)
    if now.closed_at is not None or now.cancelled_at is not None:
        raise NotLive(now.name)
    return now
