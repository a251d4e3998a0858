"""Inquiries, their questionnaires and their targets."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from questions.life import SILENT, State, Term
from questions.model import Questionnaire
from survey_app import clock
from survey_app.schema.viewing import make_views_of
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.questionnaires import keep_questionnaire, read_kept


@dataclass(frozen=True)
class Inquiry:
    """One inquiry with the questionnaire as it is now.

    ``purpose``, ``legal_ground``, ``use_of_results`` and ``inquiries_to`` (問い合わせ先) are told to those who answer;
    ``letter`` is the text of 依頼文; ``earlier`` the id of the inquiry that it repeats. ``cancel_notice`` says why it
    was cancelled; ``retain_until`` until when it is kept.
    """

    id: int
    name: str
    title: str
    issuer: str
    purpose: str
    questionnaire: Questionnaire
    opened_at: datetime
    deadline: datetime
    closed_at: datetime | None
    legal_ground: str = ""
    use_of_results: str = ""
    letter: str = ""
    inquiries_to: str = ""
    earlier: int | None = None
    cancelled_at: datetime | None = None
    cancel_notice: str = ""
    archived_at: datetime | None = None
    retain_until: date | None = None

    def term(self, extension: datetime | None, *, items_open: bool = False, reopened: bool = False) -> Term:
        """Return until when a target with this extension may answer; returned items stay open beyond the deadline.

        ``reopened``: it may answer although the inquiry was closed.
        """
        closed = self.cancelled_at is not None or (self.closed_at is not None and not reopened)
        return Term(self.deadline, extension, closed=closed, items_open=items_open)


@dataclass(frozen=True)
class NewInquiry:
    """What is needed to open an inquiry. ``targets`` are municipality codes."""

    name: str
    title: str
    issuer: str
    purpose: str
    questionnaire: Questionnaire
    deadline: datetime
    targets: tuple[str, ...]
    legal_ground: str = ""
    use_of_results: str = ""
    letter: str = ""
    inquiries_to: str = ""
    earlier: int | None = None
    retain_until: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where one target stands: what the board, the lists and the exports agree on.

    ``number``, ``submitted_at``, ``receipt``, ``nil`` and ``source`` are those of the last submission.
    """

    inquiry: Inquiry
    municipality: str
    state: State
    term: Term
    changed_at: datetime | None = None
    number: int | None = None
    submitted_at: datetime | None = None
    receipt: str | None = None
    nil: bool | None = None
    source: str = "web"

    def is_overdue(self, now: datetime) -> bool:
        """Has the deadline passed without a reply? Derived, never stored."""
        return self.is_silent and self.term.is_over(now)

    @property
    def is_silent(self) -> bool:
        """Is a reply still to come: nothing was handed in, or it was withdrawn and not handed in again?"""
        return self.state in SILENT

    @property
    def being_corrected(self) -> bool:
        """Is there a submission that counts while the reply is open again?"""
        return self.number is not None and self.state not in (State.SUBMITTED, State.ACCEPTED)


class InquiryExists(ValueError):
    """There is an inquiry of this name already."""


class UnknownTargets(ValueError):
    """Targets that are not in the roster; the codes are the arguments."""


def open_inquiry(database: Database, new: NewInquiry, who: Who) -> Inquiry:
    """Open an inquiry. Raises InquiryExists, UnknownTargets."""
    with writing(database):
        add_inquiry(database, new, who)
    return find_inquiry(database, new.name)


def add_inquiry(database: Database, new: NewInquiry, who: Who) -> int:
    """Open an inquiry inside the transaction of a larger change; return its id. Raises as ``open_inquiry``."""
    if database.execute("SELECT 1 FROM inquiry WHERE name = ?", [new.name]).fetchone():
        raise InquiryExists(new.name)
    known = {row[0] for row in database.execute("SELECT code FROM municipality")}
    if unknown := sorted(set(new.targets) - known):
        raise UnknownTargets(*unknown)
    keep_questionnaire(database, new.questionnaire, who.at)
    row = {
        "name": new.name,
        "title": new.title,
        "issuer": new.issuer,
        "purpose": new.purpose,
        "questionnaire": new.questionnaire.digest,
        "opened_at": clock.stored(who.at),
        "deadline": clock.stored(new.deadline),
        **{
            name: getattr(new, name) for name in ("legal_ground", "use_of_results", "letter", "inquiries_to", "earlier")
        },
        "retain_until": None if new.retain_until is None else new.retain_until.isoformat(),
    }
    identity = int(str(database.table("inquiry").insert(row).last_pk))
    targets = [{"inquiry": identity, "municipality": code} for code in sorted(set(new.targets))]
    database.table("target").insert_all(targets)
    make_views_of(database, identity, new.name, new.questionnaire)
    after = {**row, "targets": [target["municipality"] for target in targets]}
    record(database, who, "open_inquiry", Subject(inquiry=identity), before={}, after=after)
    return identity


def inquiries(database: Database) -> tuple[Inquiry, ...]:
    """Return all inquiries, the newest first."""
    return tuple(_inquiry(row) for row in database.execute(f"{_INQUIRY} ORDER BY inquiry.id DESC"))


def find_inquiry(database: Database, name: str) -> Inquiry:
    """Return an inquiry by its name. Raises LookupError."""
    row = database.execute(f"{_INQUIRY} WHERE inquiry.name = ?", [name]).fetchone()
    if row is None:
        raise LookupError(name)
    return _inquiry(row)


def standings(database: Database, inquiry: Inquiry) -> tuple[Standing, ...]:
    """Return where every target of an inquiry stands, in the official order."""
    rows = database.execute(f"{_STANDING} WHERE target.inquiry = ? ORDER BY target.municipality", [inquiry.id])
    return tuple(_standing(row, inquiry) for row in rows)


def standing(database: Database, inquiry: Inquiry, municipality: str) -> Standing:
    """Return where one target stands. Raises LookupError when the municipality is no target."""
    where = "WHERE target.inquiry = ? AND target.municipality = ?"
    row = database.execute(f"{_STANDING} {where}", [inquiry.id, municipality]).fetchone()
    if row is None:
        raise LookupError(municipality)
    return _standing(row, inquiry)


def standings_of(database: Database, municipality: str) -> tuple[Standing, ...]:
    """Return where one municipality stands in each inquiry that was sent to it, the newest inquiry first."""
    by_id = {inquiry.id: inquiry for inquiry in inquiries(database)}
    query = f"{_STANDING} WHERE target.municipality = ? ORDER BY target.inquiry DESC"
    return tuple(_standing(row, by_id[row["inquiry"]]) for row in database.execute(query, [municipality]))


def waived(database: Database, inquiry: Inquiry, municipality: str) -> frozenset[str]:
    """Return the names of the checks that the division has lifted for a target."""
    return softened(database, inquiry, municipality)[0]


def softened(database: Database, inquiry: Inquiry, municipality: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the checks that are lifted for a target, and of the rules that are new and only warn it."""
    query = "SELECT waived, eased FROM target WHERE inquiry = ? AND municipality = ?"
    row = database.execute(query, [inquiry.id, municipality]).fetchone()
    if row is None:
        return frozenset(), frozenset()
    return frozenset(json.loads(row["waived"])), frozenset(json.loads(row["eased"]))


def set_waived(database: Database, inquiry: Inquiry, municipality: str, names: Iterable[str], who: Who) -> None:
    """Lift checks for a target; those not named hold again."""
    wanted = sorted(set(names))
    with writing(database):
        before = sorted(waived(database, inquiry, municipality))
        if before == wanted:
            return
        update = "UPDATE target SET waived = ? WHERE inquiry = ? AND municipality = ?"
        database.execute(update, [json.dumps(wanted), inquiry.id, municipality])
        subject = Subject(inquiry.id, municipality)
        record(database, who, "waive", subject, before={"waived": before}, after={"waived": wanted})


_INQUIRY = (
    "SELECT inquiry.*, questionnaire.document FROM inquiry"
    " JOIN questionnaire ON questionnaire.digest = inquiry.questionnaire"
)
_STANDING = (
    "SELECT target.inquiry, target.municipality, target.extension, target.reopened_at,"
    " reply.state, reply.changed_at, reply.items_open,"
    " submission.number, submission.submitted_at, submission.receipt, submission.nil, submission.source"
    " FROM target"
    " LEFT JOIN reply ON reply.inquiry = target.inquiry AND reply.municipality = target.municipality"
    " LEFT JOIN submission ON submission.reply = reply.id AND submission.number ="
    " (SELECT max(number) FROM submission AS one WHERE one.reply = reply.id)"
)


def _inquiry(row: sqlite3.Row) -> Inquiry:
    return Inquiry(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        issuer=row["issuer"],
        purpose=row["purpose"],
        questionnaire=read_kept(row["document"]),
        opened_at=clock.read(row["opened_at"]),
        deadline=clock.read(row["deadline"]),
        closed_at=clock.read_optional(row["closed_at"]),
        **{name: row[name] for name in ("legal_ground", "use_of_results", "letter", "inquiries_to", "earlier")},
        cancelled_at=clock.read_optional(row["cancelled_at"]),
        cancel_notice=row["cancel_notice"],
        archived_at=clock.read_optional(row["archived_at"]),
        retain_until=None if row["retain_until"] is None else date.fromisoformat(row["retain_until"]),
    )


def _standing(row: sqlite3.Row, inquiry: Inquiry) -> Standing:
    return Standing(
        inquiry=inquiry,
        municipality=row["municipality"],
        state=State(row["state"] or State.NOT_STARTED),
        term=inquiry.term(
            clock.read_optional(row["extension"]),
            items_open=bool(row["items_open"]),
            reopened=row["reopened_at"] is not None,
        ),
        changed_at=clock.read_optional(row["changed_at"]),
        number=row["number"],
        submitted_at=clock.read_optional(row["submitted_at"]),
        receipt=row["receipt"],
        nil=None if row["nil"] is None else bool(row["nil"]),
        source=row["source"] or "web",
    )
