"""Replies: loading them, and saving answers so that nobody is overwritten."""

import json
import secrets
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.life import Act, Actor, NotAllowed, State, step, target_of
from questions.setting import Roster, Setting
from survey_app import clock
from survey_app.store.accounts import settles_inside
from survey_app.store.answer_rows import Target, Written, write_answers
from survey_app.store.attachments import with_own_files
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import reading, writing
from survey_app.store.inquiries import Inquiry, Standing, softened, standing
from survey_app.store.memory import Memory, file_of
from survey_app.store.openness import openness
from survey_app.store.transitions import Move, Position, move


@dataclass(frozen=True)
class Reply:
    """One municipality's reply as it stands. ``id`` is None and ``revision`` 0 while nothing is saved."""

    standing: Standing
    setting: Setting
    answers: Answers
    id: int | None
    revision: int
    items_open: bool

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry that it answers."""
        return self.standing.inquiry

    @property
    def municipality(self) -> str:
        """The code of the municipality that replies."""
        return self.standing.municipality

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.standing.state

    @property
    def position(self) -> Position:
        """Where it stands, as a move needs it."""
        return Position(self.id, self.inquiry.id, self.municipality, self.state, self.revision)

    def examination(self) -> Examination:
        """Read the answers against the questionnaire."""
        return Examination(self.inquiry.questionnaire, self.answers, self.setting)


@dataclass(frozen=True)
class Changes:
    """What an officer sends: entries by place, and the rows that tables now have, in order.

    ``seen`` is the revision of the reply that the officer had before the eyes; ``page`` names the open page, so that
    its own earlier saves are nobody else's changes.
    """

    seen: int
    entries: Mapping[Place, Entry] = field(default_factory=dict)
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True)
class Conflict:
    """An answer that somebody else changed meanwhile to something else. Theirs stands; mine was not saved."""

    place: Place
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Saved:
    """What became of a save. All but the conflicts is durable."""

    revision: int
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What a reply is read in: the roster and the moment."""

    roster: Roster
    who: Who


def new_row() -> str:
    """Return an id for a new row of a table; it is never used again."""
    return "r" + secrets.token_hex(8)


def find_reply(database: Database, inquiry: Inquiry, municipality: str, around: Surroundings) -> Reply:
    """Load a reply. Raises LookupError when the municipality is no target of the inquiry."""
    with reading(database):
        return _found(database, inquiry, municipality, around)


def _found(database: Database, inquiry: Inquiry, municipality: str, around: Surroundings) -> Reply:
    where = standing(database, inquiry, municipality)
    softened_for_it, inside = softened(database, inquiry, municipality), settles_inside(database, municipality)
    setting = Setting(around.roster, municipality, around.who.at.date(), *softened_for_it, inside)
    query = "SELECT id, revision, items_open, changed_at FROM reply WHERE inquiry = ? AND municipality = ?"
    row = database.execute(query, [inquiry.id, municipality]).fetchone()
    if row is None:
        return Reply(where, setting, Answers(), None, 0, items_open=False)
    state = (row["id"], row["revision"], row["changed_at"])
    key = _key_of(database, inquiry, setting.roster, state)
    answers = _ANSWERS.find(key) or _ANSWERS.keep(key, _answers(database, row["id"], inquiry, setting))
    return Reply(where, setting, answers, row["id"], row["revision"], bool(row["items_open"]))


_ANSWERS: Memory[tuple[Hashable, ...], Answers] = Memory(most=512)


def _key_of(database: Database, inquiry: Inquiry, roster: Roster, state: tuple[int, int, str]) -> tuple[Hashable, ...]:
    """Return what answers are kept under: the state of the reply (id, revision, time) and what they were read with."""
    return (file_of(database), *state, inquiry.questionnaire.digest, roster)


def _answers(database: Database, reply: int, inquiry: Inquiry, setting: Setting) -> Answers:
    questions = inquiry.questionnaire.questions
    entries: dict[Place, Entry] = {}
    for row in database.execute("SELECT row, question, texts FROM answer WHERE reply = ?", [reply]):
        if row["question"] in questions:
            texts = tuple(json.loads(row["texts"]))
            parsed = questions[row["question"]].kind.parse(texts, setting)
            entries[row["row"], row["question"]] = Entry(texts, parsed.value, parsed.problems)
    rows: dict[str, tuple[str, ...]] = {}
    query = "SELECT question_table, row FROM reply_row WHERE reply = ? AND removed_at IS NULL ORDER BY position, row"
    for row in database.execute(query, [reply]):
        rows[row["question_table"]] = (*rows.get(row["question_table"], ()), row["row"])
    return Answers(entries, rows)


def save_answers(database: Database, reply: Reply, changes: Changes, who: Who) -> Saved:
    """Save what an officer typed, complete or not. Raises NotAllowed when the reply takes no answers now.

    What somebody else changed since the revision that the officer saw is kept when the officer left it as it was;
    where both changed the same answer, theirs stays and the conflict is returned.
    """
    with writing(database):
        around = Surroundings(reply.setting.roster, who)
        now = find_reply(database, reply.inquiry, reply.municipality, around)
        found = step(now.state, Act.SAVE, Actor.OFFICER, now.standing.term, who.at)
        if not 0 <= changes.seen <= now.revision:  # a revision that never was: nothing was seen
            changes = replace(changes, seen=0)
        own = with_own_files(database, now.inquiry, now.setting, changes.entries)
        wanted, conflicts = merged(database, now, replace(changes, entries=own))
        rows = merged_rows(now, reply, changes)
        if not wanted and not rows:
            return Saved(now.revision, conflicts)
        if now.items_open:
            _refuse_settled(database, now, wanted, rows)
        made = Move(Act.SAVE, target_of(found, items_open=now.items_open))
        written = Written(wanted, rows, changes.page)
        to = write_moved(database, now, made, written, who)
    key = _key_of(database, now.inquiry, now.setting.roster, (to.reply, to.revision, clock.stored(who.at)))
    _ANSWERS.keep(key, written.upon(now.answers))
    return Saved(to.revision, conflicts)


def write_moved(database: Database, now: Reply, made: Move, written: Written, who: Who) -> Target:
    """Move a reply and write answers to it, with the line in the trail; within the transaction of the change."""
    reply, revision = move(database, now.position, made, who)
    to = Target(reply, revision, who.at)
    write_answers(database, to, now.inquiry.questionnaire, now.answers, written)
    after = {"revision": revision, **written.after()}
    subject = Subject(now.inquiry.id, now.municipality)
    record(database, who, "save", subject, before=written.before(now.answers), after=after)
    return to


def _refuse_settled(
    database: Database, now: Reply, wanted: Mapping[Place, Entry], rows: Mapping[str, Sequence[str]]
) -> None:
    """While items are open, nothing else is changed. Raises NotAllowed."""
    table_of = now.inquiry.questionnaire.table_of
    found = openness(database, now.id or 0, now.examination())
    settled = [place for place in wanted if not found.allows(place, table_of.get(place[1]))]
    if settled or not all(found.allows_rows(table) for table in rows):
        raise NotAllowed(Act.SAVE, now.state, "item")


def merged(
    database: Database, now: Reply, changes: Changes, act: str = "save"
) -> tuple[dict[Place, Entry], tuple[Conflict, ...]]:
    """Split what was sent into what is to be written and what conflicts with others' changes.

    ``act`` is what saves of these answers are called in the trail.
    """
    base, authors = _as_seen(database, now, changes, act)
    wanted: dict[Place, Entry] = {}
    conflicts: list[Conflict] = []
    for place, entry in changes.entries.items():
        current = now.answers.entries.get(place, Entry()).texts
        if entry.texts == current:
            continue
        if base.get(place, current) == current:
            wanted[place] = entry
        elif entry.texts != base[place]:
            conflicts.append(Conflict(place, entry.texts, current, authors[place]))
    return wanted, tuple(conflicts)


def merged_rows(now: Reply, loaded: Reply, changes: Changes) -> dict[str, tuple[str, ...]]:
    """Return the rows that tables are to have, where that differs: what others added or removed meanwhile stands."""
    found: dict[str, tuple[str, ...]] = {}
    for table, wanted in changes.rows.items():
        present, known = now.answers.row_ids(table), set(loaded.answers.row_ids(table))
        removed = known.difference(present)
        added = (row for row in present if row not in known and row not in wanted)
        rows = (*(row for row in wanted if row not in removed), *added)
        if rows != present:
            found[table] = rows
    return found


def _as_seen(
    database: Database, now: Reply, changes: Changes, act: str
) -> tuple[dict[Place, tuple[str, ...]], dict[Place, str]]:
    """Return the texts that answers had on the page, for those that others changed since, and who changed them last."""
    base: dict[Place, tuple[str, ...]] = {}
    authors: dict[Place, str] = {}
    if changes.seen >= now.revision:
        return base, authors
    query = (
        "SELECT actor, before, after FROM event WHERE inquiry = ? AND municipality = ? AND act = ?"
        " AND json_extract(after, '$.revision') > ?"
        " AND (? = '' OR coalesce(json_extract(after, '$.page'), '') <> ?) ORDER BY id"
    )
    about = [now.inquiry.id, now.municipality, act, changes.seen, changes.page, changes.page]
    for row in database.execute(query, about):
        for key, texts in json.loads(row["before"])["answers"].items():
            row_id, question = key.split("/", 1)
            base.setdefault((row_id, question), tuple(texts))
            authors[row_id, question] = row["actor"]
    return base, authors
