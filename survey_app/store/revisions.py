"""Changes a live questionnaire: no answer moves or goes, and only those whom it concerns are asked again."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from questions.kinds.texts import first_control
from questions.life import Act, State
from questions.model import Questionnaire
from questions.revision import QuestionnaireChange, compare, new_rules
from survey_app import clock
from survey_app.schema.viewing import make_views_of
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.impacts import Affected, impact
from survey_app.store.inquiries import Inquiry, find_inquiry, softened
from survey_app.store.overtaking import Overtaken
from survey_app.store.proposals import drop_proposal, live, proposed
from survey_app.store.questionnaires import keep_questionnaire, read_kept
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.returns import give_back
from survey_app.store.rosters import roster
from survey_app.store.transitions import Move, move


@dataclass(frozen=True)
class Revision:
    """What is asked when a change is made.

    ``seen``: the digest of the proposal that was looked at; ``token``: of the page, so that it happens once.
    ``again``: the municipalities that are asked again for what concerns them.
    """

    reason: str
    seen: str
    token: str
    again: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Revised:
    """One change that was made, by its number in the inquiry from 1. ``affected``: what was noted of each reply."""

    number: int
    before: Questionnaire
    after: Questionnaire
    reason: str
    changed_at: datetime
    changed_by: str
    affected: tuple[dict[str, Any], ...]

    @property
    def changes(self) -> tuple[QuestionnaireChange, ...]:
        """What changed."""
        return compare(self.before, self.after)


class CannotChange(ValueError):
    """The change would move answers or make them unreadable, or there is none: ``changes`` says what is in the way."""

    def __init__(self, changes: tuple[QuestionnaireChange, ...]) -> None:
        super().__init__(", ".join(f"{one.name}: {one.sort}" for one in changes))
        self.changes = changes


class NoReason(ValueError):
    """A change without a reason, or with one that cannot be kept."""


def apply_revision(database: Database, inquiry: Inquiry, order: Revision, who: Who) -> Revised:
    """Make the proposed change. Sent again with the same token, it returns the first outcome.

    Raises Overtaken when the proposal is not the one that was looked at, CannotChange, NoReason, NotLive.
    """
    with writing(database):
        made = next(
            (one for one in revisions(database, inquiry) if _token(database, inquiry, one) == order.token), None
        )
        if made is not None:
            return made
        now = live(database, inquiry)
        after = proposed(database, now)
        if after.digest != order.seen:
            raise Overtaken
        if not order.reason.strip() or first_control(order.reason) is not None:
            raise NoReason
        changes = compare(now.questionnaire, after)
        if not changes or any(one.refused for one in changes):
            raise CannotChange(tuple(one for one in changes if one.refused))
        affected = impact(database, now, after, who)
        keep_questionnaire(database, after, who.at)
        database.execute("UPDATE inquiry SET questionnaire = ? WHERE id = ?", [after.digest, now.id])
        make_views_of(database, now.id, now.name, after)
        then = replace(now, questionnaire=after)
        _ease(database, now, affected, new_rules(changes))
        _close_retired(database, then, who)
        _tell_all_pages(database, then)
        for one in affected:
            if one.approval_waits:
                _cancel_approval(database, then, one, order.reason, who)
            elif one.municipality in order.again and one.may_ask_again:
                _ask_again(database, then, one, order.reason, who)
        number = _note(database, now, after, order, [_told(one, order.again) for one in affected if _counts(one)], who)
        drop_proposal(database, now)
        told = {"number": number, "digest": after.digest, "reason": order.reason}
        record(
            database,
            who,
            "change_questionnaire",
            Subject(now.id),
            before={"digest": now.questionnaire.digest},
            after=told,
        )
    return revisions(database, inquiry)[0]


def revisions(database: Database, inquiry: Inquiry) -> tuple[Revised, ...]:
    """Return the changes that were made to the questionnaire of an inquiry, the newest first."""
    query = (
        "SELECT questionnaire_change.*, was.document AS document_before, now.document AS document_after"
        " FROM questionnaire_change"
        " JOIN questionnaire AS was ON was.digest = questionnaire_change.before"
        " JOIN questionnaire AS now ON now.digest = questionnaire_change.after"
        " WHERE inquiry = ? ORDER BY number DESC"
    )
    return tuple(_revised(row) for row in database.execute(query, [inquiry.id]))


def revision_since(database: Database, inquiry: Inquiry, at: datetime | None) -> Revised | None:
    """Return the last change when it was made after a moment; None as well for one who had not begun by then."""
    last = next(iter(revisions(database, inquiry)), None) if at is not None else None
    return last if last is not None and at is not None and last.changed_at >= at else None


def names_ever_used(database: Database, inquiry: Inquiry) -> frozenset[str]:
    """Return the names of checks that any version of the questionnaire had; they are not given again."""
    found = {check.name for one in revisions(database, inquiry) for check in one.before.checks}
    return frozenset(found | {check.name for check in find_inquiry(database, inquiry.name).questionnaire.checks})


def _revised(row: sqlite3.Row) -> Revised:
    return Revised(
        row["number"],
        read_kept(row["document_before"]),
        read_kept(row["document_after"]),
        row["reason"],
        clock.read(row["changed_at"]),
        row["changed_by"],
        tuple(json.loads(row["impact"])["affected"]),
    )


def _token(database: Database, inquiry: Inquiry, made: Revised) -> str:
    query = "SELECT json_extract(impact, '$.token') FROM questionnaire_change WHERE inquiry = ? AND number = ?"
    return str(database.execute(query, [inquiry.id, made.number]).fetchone()[0])


def _ease(database: Database, inquiry: Inquiry, affected: Iterable[Affected], rules: frozenset[str]) -> None:
    """Let new rules only warn those who have handed in already."""
    for one in affected:
        wanted = rules.union(rule for rule, _ in one.broken)
        present = softened(database, inquiry, one.municipality)[1]
        if one.number is not None and not wanted <= present:
            update = "UPDATE target SET eased = ? WHERE inquiry = ? AND municipality = ?"
            names = json.dumps(sorted(wanted | present), ensure_ascii=False)
            database.execute(update, [names, inquiry.id, one.municipality])


def _close_retired(database: Database, then: Inquiry, who: Who) -> None:
    """Close returned items that are asked no more."""
    live_names = {*then.questionnaire.questions, *then.questionnaire.tables}
    query = (
        "SELECT returned_item.id, returned_item.question FROM returned_item"
        " JOIN reply ON reply.id = returned_item.reply WHERE reply.inquiry = ? AND returned_item.closed_at IS NULL"
    )
    for row in database.execute(query, [then.id]).fetchall():
        if row["question"] not in live_names:
            closing = "UPDATE returned_item SET closed_at = ? WHERE id = ?"
            database.execute(closing, [clock.stored(who.at), row["id"]])


def _tell_all_pages(database: Database, then: Inquiry) -> None:
    """Let no page that was opened before hand a reply in: what it showed is not what is asked now."""
    update = "UPDATE reply SET revision = revision + 1 WHERE inquiry = ? AND state IN ('draft', 'returned')"
    database.execute(update, [then.id])


def _cancel_approval(database: Database, then: Inquiry, one: Affected, reason: str, who: Who) -> None:
    now = find_reply(database, then, one.municipality, Surroundings(roster(database), who))
    to = State.RETURNED if now.items_open else State.DRAFT
    move(database, now.position, Move(Act.SAVE, to, reason), who)
    subject, after = Subject(then.id, one.municipality), {"state": to, "reason": reason}
    record(database, who, "cancel_approval", subject, before={"state": now.state}, after=after)


def _ask_again(database: Database, then: Inquiry, one: Affected, reason: str, who: Who) -> None:
    now = find_reply(database, then, one.municipality, Surroundings(roster(database), who))
    give_back(database, now, dict.fromkeys(one.open_items, reason), who)


def _note(
    database: Database, inquiry: Inquiry, after: Questionnaire, order: Revision, told: list[dict[str, Any]], who: Who
) -> int:
    query = "SELECT coalesce(max(number), 0) + 1 FROM questionnaire_change WHERE inquiry = ?"
    number = int(database.execute(query, [inquiry.id]).fetchone()[0])
    row = {
        "inquiry": inquiry.id,
        "number": number,
        "before": inquiry.questionnaire.digest,
        "after": after.digest,
        "reason": order.reason,
        "impact": json.dumps({"token": order.token, "affected": told}, ensure_ascii=False),
        "changed_at": clock.stored(who.at),
        "changed_by": who.name,
    }
    database.table("questionnaire_change").insert(row)
    return number


def _counts(one: Affected) -> bool:
    return one.touched or one.approval_waits


def _told(one: Affected, again: frozenset[str]) -> dict[str, Any]:
    return {
        "municipality": one.municipality,
        "state": one.state.value,
        "number": one.number,
        "asked": ["/".join(place) for place in one.asked],
        "broken": [[rule, "/".join(place)] for rule, place in one.broken],
        "unasked": ["/".join(place) for place in one.unasked],
        "unoffered": ["/".join(place) for place in one.unoffered],
        "again": one.municipality in again and one.may_ask_again,
    }
