"""What is typed on a page that was opened before its questions were retired: it is kept, though nobody asks for it."""

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from questions.answers import Place
from questions.kinds.texts import first_control
from questions.life import Act, State
from questions.model import Questionnaire, Table
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.transitions import Move, move


def former_places(questionnaire: Questionnaire, typed: Mapping[str, Sequence[str]]) -> dict[Place, tuple[str, ...]]:
    """Return the texts of a page's controls that belong to retired questions; blank ones erase nothing."""
    if not questionnaire.past:
        return {}
    found: dict[Place, tuple[str, ...]] = {}
    for control, given in typed.items():
        row, _, name = control.rpartition(".")
        question = questionnaire.ever_asked.get(name)
        if question is None or isinstance(question, Table) or name in questionnaire.questions:
            continue
        texts = tuple(text.replace("\r\n", "\n") for text in given if text.strip())
        if texts and len(row) <= 40 and not any(first_control(text) for text in texts):
            found[row, name] = texts
    return found


def keep_former(database: Database, reply: Reply, typed: Mapping[str, Sequence[str]], who: Who) -> bool:
    """Keep what was typed into retired questions; return whether there was any that was not kept already.

    It is no part of the reply, whose state and revision stay. Another's text that it replaces stays in the trail.
    """
    wanted = former_places(reply.inquiry.questionnaire, typed)
    if not wanted:
        return False
    with writing(database):
        now = find_reply(database, reply.inquiry, reply.municipality, Surroundings(reply.setting.roster, who))
        present = _stored(database, now, wanted)
        changed = {place: texts for place, texts in wanted.items() if present.get(place, ()) != texts}
        if not changed:
            return False
        identity, revision = now.id, now.revision
        if identity is None:
            identity, revision = move(database, now.position, Move(Act.SAVE, State.DRAFT), who)
        told = {place: json.dumps(texts, ensure_ascii=False) for place, texts in changed.items()}
        database.conn.executemany(_WRITE, [(identity, *place, text, revision) for place, text in told.items()])
        before = {"/".join(place): list(present.get(place, ())) for place in changed}
        after = {"/".join(place): list(texts) for place, texts in changed.items()}
        subject = Subject(now.inquiry.id, now.municipality)
        record(database, who, "save_retired", subject, before={"answers": before}, after={"answers": after})
    return True


_WRITE = (
    "INSERT INTO answer (reply, row, question, texts, revision) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (reply, row, question) DO UPDATE SET texts = excluded.texts, revision = excluded.revision"
)


def _stored(database: Database, now: Reply, places: Mapping[Place, object]) -> dict[Place, tuple[str, ...]]:
    query = "SELECT row, question, texts FROM answer WHERE reply = ?"
    rows = database.execute(query, [now.id])
    found = {(row["row"], row["question"]): tuple(json.loads(row["texts"])) for row in rows}
    return {place: found[place] for place in places if place in found}
