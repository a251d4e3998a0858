"""Whom to call in a town hall, with everybody who was before: a change ends the old line and begins a new one."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.overtaking import not_overtaken

FIELDS = ("section", "post", "name", "telephone", "email", "note")


@dataclass(frozen=True)
class Contact:
    """A person to call. ``section`` is the office in the town hall, ``post`` the rank, ``note`` whatever else helps."""

    section: str
    post: str
    name: str
    telephone: str = ""
    email: str = ""
    note: str = ""

    @property
    def told(self) -> dict[str, str]:
        """The fields that are not blank, as the trail says them."""
        return {one: getattr(self, one) for one in FIELDS if getattr(self, one)}


@dataclass(frozen=True)
class Kept:
    """A contact in the database: since when, until when (None: at present), and who wrote it last."""

    id: int
    municipality: str
    contact: Contact
    since: datetime
    until: datetime | None
    changed_by: str


@dataclass(frozen=True)
class ContactChange:
    """One change of an import. ``before`` None: a new contact; ``after`` None: one that ends."""

    municipality: str
    before: Kept | None
    after: Contact | None


def contacts(database: Database, municipality: str) -> tuple[Kept, ...]:
    """Return the present contacts of a municipality, in the order in which they were entered."""
    query = "SELECT * FROM contact WHERE municipality = ? AND until IS NULL ORDER BY id"
    return tuple(_kept(row) for row in database.execute(query, [municipality]))


def all_contacts(database: Database) -> Mapping[str, tuple[Kept, ...]]:
    """Return the present contacts by municipality; those without have no entry."""
    found: dict[str, list[Kept]] = {}
    for row in database.execute("SELECT * FROM contact WHERE until IS NULL ORDER BY id"):
        found.setdefault(row["municipality"], []).append(_kept(row))
    return {code: tuple(some) for code, some in found.items()}


def former_contacts(database: Database, municipality: str) -> tuple[Kept, ...]:
    """Return the contacts that ended, the last first."""
    query = "SELECT * FROM contact WHERE municipality = ? AND until IS NOT NULL ORDER BY until DESC, id DESC"
    return tuple(_kept(row) for row in database.execute(query, [municipality]))


def find_contact(database: Database, municipality: str, number: int) -> Kept:
    """Return a present contact of a municipality. Raises LookupError."""
    query = "SELECT * FROM contact WHERE id = ? AND municipality = ? AND until IS NULL"
    row = database.execute(query, [number, municipality]).fetchone()
    if row is None:
        raise LookupError(number)
    return _kept(row)


def add_contact(database: Database, municipality: str, new: Contact, who: Who) -> None:
    """Add a contact; the same one sent twice stands once."""
    with writing(database):
        if new not in [kept.contact for kept in contacts(database, municipality)]:
            _begin(database, municipality, new, who)


def change_contact(database: Database, municipality: str, number: int, changed: Contact, who: Who) -> None:
    """Change a contact; what it was stays in the history. Sent twice, it changes once. Raises LookupError."""
    with writing(database):
        present = contacts(database, municipality)
        known = next((kept for kept in present if kept.id == number), None)
        if known is None and changed in [kept.contact for kept in present]:
            return
        _replace(database, known or find_contact(database, municipality, number), changed, who)


def end_contact(database: Database, municipality: str, number: int, who: Who) -> None:
    """End a contact; ended again, nothing changes. Raises LookupError for an unknown one."""
    with writing(database):
        query = "SELECT * FROM contact WHERE id = ? AND municipality = ?"
        row = database.execute(query, [number, municipality]).fetchone()
        if row is None:
            raise LookupError(number)
        if row["until"] is None:
            _end(database, _kept(row), who)


def succeed(database: Database, municipality: str, name: str, successor: Contact, who: Who) -> None:
    """Put a successor in every place where somebody of this name stands. Call it inside the transaction."""
    for kept in contacts(database, municipality):
        if kept.contact.name == name:
            one, old = successor, kept.contact
            new = Contact(
                old.section, one.post or old.post, one.name, one.telephone or old.telephone, one.email or old.email
            )
            _replace(database, kept, new, who)


Present = Mapping[str, tuple[Kept, ...]]


def take_contacts(
    database: Database, found: Callable[[Present], Sequence[ContactChange]], who: Who, *, seen: str
) -> int:
    """Take a list of contacts in, all of it or nothing; return how many changed.

    ``found`` compares the list with the present contacts; ``seen`` is the mark of those that the page was made with.
    Raises Overtaken.
    """
    with writing(database):
        present = all_contacts(database)
        changes = found(present)
        if changes:
            not_overtaken(seen, contacts_told(present))
        for change in changes:
            if change.before is None and change.after is not None:
                _begin(database, change.municipality, change.after, who)
            elif change.before is not None and change.after is not None:
                _replace(database, change.before, change.after, who)
            elif change.before is not None:
                _end(database, change.before, who)
    return len(changes)


def contacts_told(present: Present) -> dict[str, list[dict[str, str]]]:
    """Return what a comparison is made with."""
    return {code: [one.contact.told for one in some] for code, some in present.items()}


def _begin(database: Database, municipality: str, new: Contact, who: Who) -> None:
    _insert(database, municipality, new, who)
    record(database, who, "add_contact", Subject(municipality=municipality), after=new.told)


def _replace(database: Database, known: Kept, changed: Contact, who: Who) -> None:
    if known.contact == changed:
        return
    database.table("contact").update(known.id, {"until": clock.stored(who.at)})
    _insert(database, known.municipality, changed, who)
    subject = Subject(municipality=known.municipality)
    record(database, who, "change_contact", subject, before=known.contact.told, after=changed.told)


def _end(database: Database, known: Kept, who: Who) -> None:
    database.table("contact").update(known.id, {"until": clock.stored(who.at)})
    record(database, who, "end_contact", Subject(municipality=known.municipality), before=known.contact.told)


def _insert(database: Database, municipality: str, new: Contact, who: Who) -> None:
    row = {one: getattr(new, one) for one in FIELDS}
    kept = {"municipality": municipality, "since": clock.stored(who.at), "changed_by": who.name}
    database.table("contact").insert({**row, **kept})


def _kept(row: sqlite3.Row) -> Kept:
    contact = Contact(**{one: row[one] for one in FIELDS})
    since, until = clock.read(row["since"]), clock.read_optional(row["until"])
    return Kept(row["id"], row["municipality"], contact, since, until, row["changed_by"])
