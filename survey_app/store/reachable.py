"""Whom to reach in a town hall: the present contacts of the register, and who said 受け取りました."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from questions.kinds.texts import Email
from questions.setting import Setting
from survey_app.store.contacts import Contact, all_contacts
from survey_app.store.inquiries import Inquiry


@dataclass(frozen=True)
class Person:
    """Somebody in a town hall. ``email`` is "" when there is none to which a mail can go."""

    section: str
    post: str
    name: str
    telephone: str
    email: str


def is_address(text: str) -> bool:
    """Can a mail go to this address, as it stands?"""
    parsed = Email().parse((text,), Setting())
    return not parsed.problems and parsed.value == text and not set(text) & set(' "(),:;<>[\\]')


def people(database: Database) -> Mapping[str, tuple[Person, ...]]:
    """Return the present contacts by municipality."""
    return {code: tuple(_person(kept.contact) for kept in some) for code, some in all_contacts(database).items()}


def receivers(database: Database, inquiry: Inquiry) -> Mapping[str, str]:
    """Return who said 受け取りました, by municipality."""
    query = "SELECT municipality, person FROM acknowledgement WHERE inquiry = ?"
    return {row["municipality"]: row["person"] for row in database.execute(query, [inquiry.id])}


def _person(contact: Contact) -> Person:
    email = contact.email.strip()
    usable = email if is_address(email) else ""
    return Person(contact.section, contact.post, contact.name, contact.telephone, usable)
