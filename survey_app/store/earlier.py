"""What a municipality answered to an earlier inquiry: its last submission, with the questionnaire of that time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from questions import contents
from questions.answers import Place
from questions.contents import Contents
from questions.model import Questionnaire
from survey_app import clock
from survey_app.store.inquiries import Inquiry
from survey_app.store.memory import Memory, file_of
from survey_app.store.publications import responses_told
from survey_app.store.questionnaires import read_kept

NEWEST = 20  # how many replies are looked through for the contact


@dataclass(frozen=True)
class EarlierReply:
    """The last submission of a municipality to another inquiry.

    ``inquiry`` and ``title`` name the inquiry. ``questionnaire`` is the one that was answered, whatever became of it
    since. ``responses``: what the prefecture responded then, by place; that of a table's row is (row id, table).
    """

    inquiry: str
    title: str
    number: int
    submitted_at: datetime
    questionnaire: Questionnaire
    contents: Contents
    responses: Mapping[Place, str] = field(default_factory=dict)

    def asked_same(self, name: str, now: Questionnaire) -> bool:
        """Was a question of the present questionnaire asked then: of the same name and kind?

        In one questionnaire names are never used again for something else; in another it must be in the same words.
        """
        was, question = self.questionnaire.questions.get(name), now.questions[name]
        if was is None or was.kind.name != question.kind.name:
            return False
        return self.questionnaire.name == now.name or was.label == question.label

    def told(self, name: str, now: Questionnaire) -> bool:
        """Does it answer a question of the present questionnaire that stands outside tables?"""
        return self.asked_same(name, now) and self.contents.value(name) is not None


def find_earlier(database: Database, inquiry: Inquiry, municipality: str) -> EarlierReply | None:
    """Return what a municipality answered last time; None when it did not.

    Last time is the inquiry that this one says it repeats; where it says nothing, the newest one before it with a
    questionnaire of the same name in which the municipality handed something in.
    """
    if inquiry.earlier is None:
        which = "questionnaire.name = :name AND (inquiry.opened_at, inquiry.id) < (:opened_at, :inquiry)"
    else:
        which = "inquiry.id = :earlier"
    newest = f"{_LAST} AND {which} ORDER BY inquiry.opened_at DESC, inquiry.id DESC LIMIT 1"
    values = {
        "inquiry": inquiry.id,
        "municipality": municipality,
        "earlier": inquiry.earlier,
        "name": inquiry.questionnaire.name,
        "opened_at": clock.stored(inquiry.opened_at),
    }
    found = next(_found(database, newest, values), None)
    if found is None:
        return None
    return replace(found, responses=responses_told(database, found.inquiry, municipality))


def find_contact(database: Database, inquiry: Inquiry, municipality: str) -> EarlierReply | None:
    """Return the newest reply of a municipality to any other inquiry that told the contact that this one asks for."""
    asked = [name for name, question in inquiry.questionnaire.questions.items() if question.contact]
    if not asked:
        return None
    newest = f"{_LAST} ORDER BY submission.submitted_at DESC, submission.id DESC LIMIT {NEWEST}"
    replies = _found(database, newest, {"inquiry": inquiry.id, "municipality": municipality})
    return next((one for one in replies if any(one.told(name, inquiry.questionnaire) for name in asked)), None)


def _found(database: Database, query: str, values: dict[str, Any]) -> Iterator[EarlierReply]:
    for row in database.execute(query, values).fetchall():
        key = (file_of(database), row["id"], row["digest"], row["title"])
        yield _READ.find(key) or _READ.keep(key, _earlier(database, row["id"]))


# Inquiries are gone through first: there are hundreds of them, and thousands of replies.
_LAST = (
    "SELECT submission.id, submission.digest, inquiry.title FROM inquiry"
    " CROSS JOIN reply ON reply.inquiry = inquiry.id AND reply.municipality = :municipality"
    " JOIN submission ON submission.reply = reply.id AND submission.number ="
    " (SELECT max(number) FROM submission AS one WHERE one.reply = reply.id)"
    " JOIN questionnaire ON questionnaire.digest = submission.questionnaire"
    " WHERE inquiry.id <> :inquiry"
)
_READ: Memory[tuple[str, int, str, str], EarlierReply] = Memory(most=256)  # a submission never changes


def _earlier(database: Database, submission: int) -> EarlierReply:
    query = (
        "SELECT inquiry.name, inquiry.title, submission.number, submission.submitted_at, submission.contents,"
        " questionnaire.document FROM submission JOIN reply ON reply.id = submission.reply"
        " JOIN inquiry ON inquiry.id = reply.inquiry"
        " JOIN questionnaire ON questionnaire.digest = submission.questionnaire WHERE submission.id = ?"
    )
    row = database.execute(query, [submission]).fetchone()
    questionnaire = read_kept(row["document"])
    return EarlierReply(
        inquiry=row["name"],
        title=row["title"],
        number=row["number"],
        submitted_at=clock.read(row["submitted_at"]),
        questionnaire=questionnaire,
        contents=contents.load(row["contents"], questionnaire),
    )
