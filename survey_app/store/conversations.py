"""Questions and answers between a town hall and the division, on a reply or one of its items; and 受け取りました."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry

Side = Literal["municipality", "division"]


@dataclass(frozen=True)
class Message:
    """One thing said. ``question`` is "" when it is about the whole reply; ``closes``: the matter is settled."""

    question: str
    text: str
    side: Side
    said_at: datetime
    said_by: str
    closes: bool


@dataclass(frozen=True)
class Conversation:
    """All that was said about one item, the oldest first."""

    question: str
    messages: tuple[Message, ...]

    @property
    def is_open(self) -> bool:
        """Is something left to be answered?"""
        return not self.messages[-1].closes

    @property
    def waits_for(self) -> Side:
        """Whose turn it is while it is open."""
        return "division" if self.messages[-1].side == "municipality" else "municipality"


@dataclass(frozen=True)
class Acknowledgement:
    """受け取りました, with the person in charge."""

    person: str
    at: datetime
    by: str


@dataclass(frozen=True)
class NewMessage:
    """What is needed to say something; the token makes it happen once."""

    municipality: str
    question: str
    text: str
    side: Side
    token: str
    closes: bool = False


def say(database: Database, inquiry: Inquiry, new: NewMessage, who: Who) -> None:
    """Say something; sent again with the same token, nothing changes."""
    with writing(database):
        query = "SELECT text FROM message WHERE inquiry = ? AND municipality = ? AND token = ?"
        same = database.execute(query, [inquiry.id, new.municipality, new.token]).fetchone()
        if same is not None and same["text"] == new.text:
            return
        token = new.token if same is None else secrets.token_urlsafe(24)  # the page again, with another text
        said = {"question": new.question, "text": new.text, "side": new.side, "closes": int(new.closes)}
        place = {"inquiry": inquiry.id, "municipality": new.municipality, "token": token}
        when = {"said_at": clock.stored(who.at), "said_by": who.name}
        database.table("message").insert({**place, **said, **when})
        record(database, who, "say", Subject(inquiry.id, new.municipality), before={}, after=said)


def conversations(database: Database, inquiry: Inquiry, municipality: str) -> tuple[Conversation, ...]:
    """Return all that was said about a reply, by item, those open first."""
    found: dict[str, list[Message]] = {}
    query = "SELECT * FROM message WHERE inquiry = ? AND municipality = ? ORDER BY id"
    for row in database.execute(query, [inquiry.id, municipality]):
        message = Message(
            row["question"], row["text"], row["side"], clock.read(row["said_at"]), row["said_by"], bool(row["closes"])
        )
        found.setdefault(message.question, []).append(message)
    listed = [Conversation(question, tuple(messages)) for question, messages in found.items()]
    return tuple(sorted(listed, key=lambda one: not one.is_open))


def acknowledge(database: Database, inquiry: Inquiry, municipality: str, person: str, who: Who) -> None:
    """Record that the inquiry was received, and who is in charge of it."""
    row = {"inquiry": inquiry.id, "municipality": municipality, "person": person, "at": clock.stored(who.at)}
    with writing(database):
        before = acknowledgement(database, inquiry, municipality)
        if before is not None and before.person == person:
            return
        database.table("acknowledgement").upsert({**row, "by": who.name}, pk=("inquiry", "municipality"))
        told = {} if before is None else {"person": before.person}
        subject = Subject(inquiry.id, municipality)
        record(database, who, "acknowledge", subject, before=told, after={"person": person})


def acknowledgement(database: Database, inquiry: Inquiry, municipality: str) -> Acknowledgement | None:
    """Return the acknowledgement of a target, if there is one."""
    query = "SELECT * FROM acknowledgement WHERE inquiry = ? AND municipality = ?"
    row = database.execute(query, [inquiry.id, municipality]).fetchone()
    return None if row is None else Acknowledgement(row["person"], clock.read(row["at"]), row["by"])
