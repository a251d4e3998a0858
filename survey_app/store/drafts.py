"""Inquiries that are being prepared: several officials work on one, and nobody is overwritten.

A draft keeps its fields as texts, just as they were typed; what they come to is read in ``survey_app.preparing``.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlite_utils import Database

from questions.model import Questionnaire
from questions.reading import FaultyDefinition
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry, NewInquiry, add_inquiry, find_inquiry
from survey_app.store.questionnaires import keep_questionnaire, read_kept


@dataclass(frozen=True)
class Origin:
    """Where a draft's questionnaire is from. ``way``: catalogue, earlier or file; ``name``: its name there.

    ``earlier`` is the id of the inquiry that is repeated. ``remarks``: what was said of a file that was read: sheet,
    cell, content, then what is to be known in Japanese and in English.
    """

    way: str
    name: str
    earlier: int | None = None
    remarks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Draft:
    """One draft. ``questionnaire`` is None when the one that was chosen can no longer be read.

    ``inquiry`` is the name of what it became when it was opened.
    """

    id: int
    questionnaire: Questionnaire | None
    texts: Mapping[str, str]
    origin: Origin
    revision: int
    made_at: datetime
    made_by: str
    changed_at: datetime
    changed_by: str
    inquiry: str | None = None
    discarded: bool = False

    def text(self, name: str) -> str:
        """Return what was typed into a field; "" when nothing was."""
        return self.texts.get(name, "")

    @property
    def targets(self) -> tuple[str, ...]:
        """The codes of the municipalities that are chosen, in the official order."""
        return tuple(self.text("targets").split())


@dataclass(frozen=True)
class Edit:
    """What a page sends: texts by field, and the marks of the texts that it was opened with (``mark``)."""

    texts: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Clashing:
    """A field that somebody else changed meanwhile to something else. Theirs stands; mine was not saved."""

    name: str
    mine: str
    theirs: str
    by: str


@dataclass(frozen=True)
class SavedDraft:
    """What became of a save. All but what clashes is durable."""

    draft: Draft
    clashes: tuple[Clashing, ...] = ()


class DraftSettled(ValueError):
    """A draft that was opened or discarded: it can no longer be changed."""


class DraftChanged(ValueError):
    """A draft that somebody changed after the page was shown on which the act was asked for."""


def mark(text: str) -> str:
    """Return a short mark of a text, by which a page tells what it was opened with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def start_draft(
    database: Database, questionnaire: Questionnaire, texts: Mapping[str, str], start: tuple[Origin, str], who: Who
) -> Draft:
    """Begin a draft; ``start`` is where the questionnaire is from, and a token. The same token makes one draft only."""
    origin, token = start
    with writing(database):
        query = "SELECT id FROM inquiry_draft WHERE json_extract(fields, '$.token') = ?"
        known = database.execute(query, [token]).fetchone()
        if known is None:
            keep_questionnaire(database, questionnaire, who.at)
            row = {
                "questionnaire": questionnaire.digest,
                "fields": _fields(dict(texts), origin, who.name, token),
                "revision": 1,
                "made_at": clock.stored(who.at),
                "made_by": who.name,
                "changed_at": clock.stored(who.at),
            }
            identity = int(str(database.table("inquiry_draft").insert(row).last_pk))
            told = {"draft": identity, "questionnaire": questionnaire.digest, "origin": vars(origin), **texts}
            record(database, who, "start_draft", Subject(), after=told)
        else:
            identity = known[0]
    return find_draft(database, identity)


_DRAFT = (
    "SELECT inquiry_draft.*, questionnaire.document, inquiry.name AS opened_as FROM inquiry_draft"
    " LEFT JOIN questionnaire ON questionnaire.digest = inquiry_draft.questionnaire"
    " LEFT JOIN inquiry ON inquiry.id = inquiry_draft.inquiry"
)


def drafts(database: Database) -> tuple[Draft, ...]:
    """Return the drafts that are neither opened nor discarded, those changed last first."""
    where = "WHERE inquiry_draft.inquiry IS NULL AND inquiry_draft.discarded_at IS NULL"
    rows = database.execute(f"{_DRAFT} {where} ORDER BY inquiry_draft.changed_at DESC, inquiry_draft.id DESC")
    return tuple(_draft(row) for row in rows)


def find_draft(database: Database, identity: int) -> Draft:
    """Return a draft. Raises LookupError."""
    row = database.execute(f"{_DRAFT} WHERE inquiry_draft.id = ?", [identity]).fetchone()
    if row is None:
        raise LookupError(identity)
    return _draft(row)


def draft_of(database: Database, inquiry: Inquiry) -> Draft | None:
    """Return the draft that an inquiry was opened from; None when it was opened in another way."""
    row = database.execute(f"{_DRAFT} WHERE inquiry_draft.inquiry = ?", [inquiry.id]).fetchone()
    return None if row is None else _draft(row)


def save_draft(database: Database, draft: Draft, edit: Edit, who: Who) -> SavedDraft:
    """Save what was typed. Raises DraftSettled.

    A field that the page left as it was stays as it is now; one that somebody else changed to something else
    meanwhile is not saved, and is told.
    """
    with writing(database):
        now = _open_one(database, draft.id)
        changed, clashes = {}, []
        for name, mine in edit.texts.items():
            theirs = now.text(name)
            untouched = edit.marks.get(name) == mark(mine)
            if mine == theirs or untouched:
                continue
            if edit.marks.get(name, mark(theirs)) == mark(theirs):
                changed[name] = mine
            else:
                clashes.append(Clashing(name, mine, theirs, now.changed_by))
        if changed:
            _update(database, now, {**now.texts, **changed}, who)
            before = {"draft": now.id, **{name: now.text(name) for name in changed}}
            record(database, who, "save_draft", Subject(), before=before, after={"draft": now.id, **changed})
    return SavedDraft(find_draft(database, draft.id), tuple(clashes))


def choose_questionnaire(
    database: Database, draft: Draft, questionnaire: Questionnaire, origin: Origin, who: Who
) -> Draft:
    """Take another questionnaire for a draft. Raises DraftSettled, and DraftChanged when somebody else just did."""
    with writing(database):
        now = _open_one(database, draft.id)
        seen, held = (one.questionnaire and one.questionnaire.digest for one in (draft, now))
        if held == questionnaire.digest and now.origin == origin:
            return now
        if seen != held:
            raise DraftChanged(draft.id)
        keep_questionnaire(database, questionnaire, who.at)
        _update(database, replace(now, origin=origin), now.texts, who, questionnaire.digest)
        before = {"draft": now.id, "questionnaire": held, "origin": vars(now.origin)}
        after = {"draft": now.id, "questionnaire": questionnaire.digest, "origin": vars(origin)}
        record(database, who, "choose_questionnaire", Subject(), before=before, after=after)
    return find_draft(database, draft.id)


def discard_draft(database: Database, draft: Draft, who: Who) -> None:
    """Put a draft away; once more does nothing. Raises DraftSettled when it was opened."""
    with writing(database):
        now = find_draft(database, draft.id)
        if now.discarded:
            return
        if now.inquiry is not None:
            raise DraftSettled(draft.id)
        update = "UPDATE inquiry_draft SET discarded_at = ?, revision = revision + 1 WHERE id = ?"
        database.execute(update, [clock.stored(who.at), draft.id])
        before = {"draft": now.id, "questionnaire": now.questionnaire and now.questionnaire.digest, **now.texts}
        record(database, who, "discard_draft", Subject(), before=before, after={"draft": now.id})


def open_draft(database: Database, draft: Draft, new: NewInquiry, who: Who) -> Inquiry:
    """Open an inquiry from a draft as it was shown (``draft.revision``); asked for again, it is the same inquiry.

    Raises DraftChanged when the draft is another now, DraftSettled when it was discarded, InquiryExists,
    UnknownTargets.
    """
    with writing(database):
        now = find_draft(database, draft.id)
        if now.discarded:
            raise DraftSettled(draft.id)
        if now.inquiry is None:
            if now.revision != draft.revision:
                raise DraftChanged(draft.id)
            identity = add_inquiry(database, new, who)
            database.execute("UPDATE inquiry_draft SET inquiry = ? WHERE id = ?", [identity, draft.id])
            told = {"draft": draft.id, "revision": now.revision}
            record(database, who, "open_draft", Subject(inquiry=identity), after=told)
    return find_inquiry(database, now.inquiry or new.name)


def _open_one(database: Database, identity: int) -> Draft:
    now = find_draft(database, identity)
    if now.inquiry is not None or now.discarded:
        raise DraftSettled(identity)
    return now


def _update(database: Database, now: Draft, texts: Mapping[str, str], who: Who, digest: str | None = None) -> None:
    query = "SELECT json_extract(fields, '$.token') FROM inquiry_draft WHERE id = ?"
    token = database.execute(query, [now.id]).fetchone()[0]
    update = (
        "UPDATE inquiry_draft SET fields = ?, revision = revision + 1, changed_at = ?,"
        " questionnaire = coalesce(?, questionnaire) WHERE id = ?"
    )
    fields = _fields(dict(texts), now.origin, who.name, token)
    database.execute(update, [fields, clock.stored(who.at), digest, now.id])


def _fields(texts: dict[str, str], origin: Origin, changed_by: str, token: str) -> str:
    kept = {"texts": texts, "origin": vars(origin), "changed_by": changed_by, "token": token}
    return json.dumps(kept, ensure_ascii=False)


def _draft(row: sqlite3.Row) -> Draft:
    fields = json.loads(row["fields"])
    try:
        questionnaire = None if row["document"] is None else read_kept(row["document"])
    except FaultyDefinition:  # kept by a program that took what this one does not: it must be chosen anew
        questionnaire = None
    return Draft(
        id=row["id"],
        questionnaire=questionnaire,
        texts=fields["texts"],
        origin=Origin(**{**fields["origin"], "remarks": tuple(map(tuple, fields["origin"]["remarks"]))}),
        revision=row["revision"],
        made_at=clock.read(row["made_at"]),
        made_by=row["made_by"],
        changed_at=clock.read(row["changed_at"]),
        changed_by=fields["changed_by"],
        inquiry=row["opened_as"],
        discarded=row["discarded_at"] is not None,
    )
