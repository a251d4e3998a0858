"""What the division enters for a municipality (代理入力), kept apart from its own reply until it is handed in.

The division never sees the municipality's draft, and the municipality nothing of this copy. Handing in puts both
together: what the municipality typed itself stays as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from questions.answers import Answers, Entry, Place
from questions.life import Act, Actor, State, step
from questions.setting import Setting
from survey_app import clock
from survey_app.store.answer_rows import Written, key_of
from survey_app.store.attachments import with_own_files
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import reading, writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import (
    Changes,
    Reply,
    Saved,
    Surroundings,
    find_reply,
    merged,
    merged_rows,
    write_moved,
)
from survey_app.store.submissions import ChangedMeanwhile, Handed, Order, handed_before, put_in, ready
from survey_app.store.transitions import Move

SAVE_COPY = "save_entry"


@dataclass(frozen=True)
class EntryOrder(Order):
    """What is asked when the division hands in what it entered; ``seen`` is the revision of its copy.

    ``reply_seen``: the revision of the municipality's own reply. ``agreed``: the municipality, which has begun, agrees
    that what it typed is handed in with it. ``yielded``: places at which the municipality's own answer stands.
    """

    reply_seen: int = 0
    agreed: bool = False
    yielded: frozenset[Place] = frozenset()


class Begun(Exception):
    """The municipality has begun to answer, and it was not said that it agrees."""


class Clashing(Exception):
    """The municipality has typed something else at these places."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        super().__init__(f"{len(places)} place(s)")
        self.places = places


@dataclass(frozen=True)
class Joined:
    """The municipality's own reply, with what is written to it when the copy is handed in.

    ``clashes``: where the municipality has typed something else; that stands, and is not written over.
    """

    reply: Reply
    written: Written
    clashes: tuple[Place, ...]

    @property
    def begun(self) -> bool:
        """Has the municipality typed anything itself?"""
        return is_begun(self.reply)

    @property
    def whole(self) -> Reply:
        """The reply as it is handed in."""
        return replace(self.reply, answers=self.written.upon(self.reply.answers))

    def is_theirs(self, place: Place) -> bool:
        """Does what stands at a place come from the municipality, or has a row of it? Then it is not shown."""
        answers = self.reply.answers
        table = self.reply.inquiry.questionnaire.tables.get(place[1])
        return bool(answers.entries.get(place, Entry()).texts or (table and answers.row_ids(table.name)))


def find_copy(database: Database, inquiry: Inquiry, municipality: str, around: Surroundings) -> Reply:
    """Return what the division entered: a reply with the municipality's standing and the copy's answers.

    Raises LookupError when the municipality is no target of the inquiry.
    """
    with reading(database):
        own = find_reply(database, inquiry, municipality, around)
        query = "SELECT revision, entries, rows FROM entry_copy WHERE inquiry = ? AND municipality = ?"
        row = database.execute(query, [inquiry.id, municipality]).fetchone()
    if row is None:
        return replace(own, answers=Answers(), id=None, revision=0, items_open=False)
    answers = _answers(row["entries"], row["rows"], inquiry, own.setting)
    return replace(own, answers=answers, id=None, revision=row["revision"], items_open=False)


def _answers(entries: str, rows: str, inquiry: Inquiry, setting: Setting) -> Answers:
    found: dict[Place, Entry] = {}
    questions = inquiry.questionnaire.questions
    for key, typed in json.loads(entries).items():
        row, _, name = key.partition("/")
        if name in questions:
            texts = tuple(typed)
            parsed = questions[name].kind.parse(texts, setting)
            found[row, name] = Entry(texts, parsed.value, parsed.problems)
    return Answers(found, {table: tuple(ids) for table, ids in json.loads(rows).items()})


def save_copy(database: Database, copy: Reply, changes: Changes, who: Who) -> Saved:
    """Save what the division typed, complete or not; two of the division do not overwrite each other.

    Raises NotAllowed when nothing can be entered for the municipality now.
    """
    with writing(database):
        now = find_copy(database, copy.inquiry, copy.municipality, Surroundings(copy.setting.roster, who))
        step(now.state, Act.ENTER, Actor.DIVISION, now.standing.term, who.at)
        if not 0 <= changes.seen <= now.revision:
            changes = replace(changes, seen=0)
        own = with_own_files(database, now.inquiry, now.setting, changes.entries)
        wanted, conflicts = merged(database, now, replace(changes, entries=own), SAVE_COPY)
        written = Written(wanted, merged_rows(now, copy, changes), changes.page)
        if not written.entries and not written.rows:
            return Saved(now.revision, conflicts)
        _keep(database, now, written.upon(now.answers), who)
        after = {"revision": now.revision + 1, **written.after()}
        subject = Subject(now.inquiry.id, now.municipality)
        record(database, who, SAVE_COPY, subject, before=written.before(now.answers), after=after)
    return Saved(now.revision + 1, conflicts)


def discard_copy(database: Database, copy: Reply, who: Who) -> None:
    """Empty the copy; what stood in it stays in the trail. Raises ChangedMeanwhile when somebody changed it."""
    with writing(database):
        now = find_copy(database, copy.inquiry, copy.municipality, Surroundings(copy.setting.roster, who))
        if not is_begun(now):
            return
        if now.revision != copy.revision:
            raise ChangedMeanwhile
        _keep(database, now, Answers(), who)
        before = {"answers": _spoken(now.answers.entries)}
        record(database, who, "discard_entry", Subject(now.inquiry.id, now.municipality), before=before)


def is_begun(reply: Reply) -> bool:
    """Is there anything in a reply, or in a copy?"""
    answers = reply.answers
    return any(answers.rows.values()) or any(entry.texts for place, entry in answers.entries.items() if not place[0])


def join(database: Database, copy: Reply, who: Who) -> Joined:
    """Put a copy together with the municipality's own reply; nothing is changed."""
    reply = find_reply(database, copy.inquiry, copy.municipality, Surroundings(copy.setting.roster, who))
    table_of = copy.inquiry.questionnaire.table_of
    wanted: dict[Place, Entry] = {}
    clashes: list[Place] = []
    for place, entry in copy.answers.entries.items():
        row, name = place
        if not entry.texts or (row and row not in copy.answers.row_ids(table_of.get(name, ""))):
            continue
        theirs = reply.answers.entry(name, row)
        if not theirs.texts:
            wanted[place] = entry
        elif theirs.texts != entry.texts and (theirs.value is None or theirs.value != entry.value):
            clashes.append(place)
    rows = {}
    for table, ids in copy.answers.rows.items():
        present = reply.answers.row_ids(table)
        if new := tuple(row for row in ids if row not in present):
            rows[table] = (*present, *new)
    return Joined(reply, Written(wanted, rows), tuple(clashes))


def enter_copy(database: Database, copy: Reply, order: EntryOrder, who: Who) -> Handed:
    """Hand in what the division entered, with what the municipality typed itself; once for a token.

    Raises NotAllowed, ChangedMeanwhile, Begun, Clashing, Incomplete; then nothing was changed.
    """
    with writing(database):
        around = Surroundings(copy.setting.roster, who)
        now = find_copy(database, copy.inquiry, copy.municipality, around)
        joined = join(database, now, who)
        already = handed_before(database, joined.reply, order)
        if already is not None:
            return already
        step(now.state, Act.ENTER, Actor.DIVISION, now.standing.term, who.at)
        if now.revision != order.seen or joined.reply.revision != order.reply_seen:
            raise ChangedMeanwhile
        if joined.begun and not order.agreed:
            raise Begun
        if left := tuple(place for place in joined.clashes if place not in order.yielded):
            raise Clashing(left)
        handed = _put(database, joined, order, who)
        _keep(database, now, Answers(), who)
        aside = {place: now.answers.entries[place] for place in joined.clashes}
        if aside:
            told = {"answers": _spoken(aside), "number": handed.number}
            record(database, who, "set_aside", Subject(now.inquiry.id, now.municipality), before=told)
    return handed


def enter_form(database: Database, reply: Reply, changes: Changes, order: Order, who: Who) -> Handed:
    """Hand in what a form says, on top of the reply as it was compared. Raises as ``enter_copy``."""
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        already = handed_before(database, now, order)
        if already is not None:
            return already
        step(now.state, Act.ENTER, Actor.DIVISION, now.standing.term, who.at)
        if now.revision != order.seen:
            raise ChangedMeanwhile
        own = with_own_files(database, now.inquiry, now.setting, changes.entries)
        return _put(database, Joined(now, Written(own, changes.rows), ()), order, who)


def _put(database: Database, joined: Joined, order: Order, who: Who) -> Handed:
    whole = joined.whole
    ready(whole, order)
    to = write_moved(database, joined.reply, Move(Act.SAVE, State.DRAFT), joined.written, who)
    begun = replace(whole.standing, state=State.DRAFT)
    now = replace(whole, standing=begun, id=to.reply, revision=to.revision)
    return put_in(database, now, order, Move(Act.ENTER, State.SUBMITTED), who)


def _keep(database: Database, now: Reply, answers: Answers, who: Who) -> None:
    row = {
        "inquiry": now.inquiry.id,
        "municipality": now.municipality,
        "revision": now.revision + 1,
        "entries": json.dumps(_spoken(answers.entries), ensure_ascii=False),
        "rows": json.dumps({table: list(ids) for table, ids in answers.rows.items()}),
        "changed_at": clock.stored(who.at),
        "changed_by": who.name,
    }
    database.table("entry_copy").upsert(row, pk=("inquiry", "municipality"))


def _spoken(entries: Mapping[Place, Entry]) -> dict[str, list[str]]:
    return {key_of(place): list(entry.texts) for place, entry in entries.items()}
