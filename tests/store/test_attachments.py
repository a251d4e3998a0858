"""Files are kept under random ids, belong to one question of one reply, and never change."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sent_files import PDF, PNG, open_with_files
from sqlite_utils import Database
from town import OTHER, OWN, Clock

from questions.answers import Entry
from questions.kinds.base import Attached
from survey_app.store import attachments
from survey_app.store.attachments import (
    NewAttachment,
    NoRoom,
    find_attachment,
    find_handed_in,
    keep_attachment,
    sizes,
)
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.submissions import Order, submit


@pytest.fixture
def inquiry(database: Database) -> Inquiry:
    """An inquiry that asks for files."""
    return open_with_files(database)


@pytest.fixture
def keep(database: Database, inquiry: Inquiry, around: Callable[..., Surroundings]) -> Callable[..., Attached]:
    """Keep a file: ``keep("F")``."""

    def kept(question: str = "F", name: str = "協定書.pdf", content: bytes = PDF, code: str = OWN) -> Attached:
        new = NewAttachment(question, name, "application/pdf", content)
        return keep_attachment(database, inquiry, code, new, around().who)

    return kept


@pytest.fixture
def save(database: Database, inquiry: Inquiry, around: Callable[..., Surroundings]) -> Callable[..., Reply]:
    """Save texts at a question, and return the reply as it then stands: ``save("F", text, …)``."""

    def saved(question: str, *texts: str) -> Reply:
        reply = find_reply(database, inquiry, OWN, around())
        parsed = inquiry.questionnaire.questions[question].kind.parse(texts, reply.setting)
        entry = Entry(texts, parsed.value, parsed.problems)
        save_answers(database, reply, Changes(reply.revision, {("", question): entry}), around().who)
        return find_reply(database, inquiry, OWN, around())

    return saved


def test_a_file_is_kept_and_found_with_a_line_in_the_trail(
    database: Database, inquiry: Inquiry, keep: Callable[..., Attached]
) -> None:
    kept = keep()
    assert len(kept.id) == 32
    found = find_attachment(database, inquiry, OWN, kept.id)
    assert (found.question, found.name, found.media, found.content) == ("F", "協定書.pdf", "application/pdf", PDF)
    assert sizes(database, inquiry, OWN) == {kept.id: len(PDF)}
    row = database.execute("SELECT actor, municipality, after FROM event WHERE act = 'attach'").fetchone()
    after = json.loads(row["after"])
    assert (row["actor"], row["municipality"]) == ("佐藤 花子", OWN)
    assert (after["attachment"], after["name"], after["size"]) == (kept.id, "協定書.pdf", len(PDF))
    assert "content" not in after


@pytest.mark.parametrize("identity", ["", "0" * 32, "' OR 1=1 --"])
def test_an_unknown_id_is_nothing(database: Database, inquiry: Inquiry, identity: str) -> None:
    with pytest.raises(LookupError):
        find_attachment(database, inquiry, OWN, identity)


def test_a_file_belongs_to_one_reply(database: Database, inquiry: Inquiry, keep: Callable[..., Attached]) -> None:
    kept = keep()
    with pytest.raises(LookupError):
        find_attachment(database, inquiry, OTHER, kept.id)
    with pytest.raises(LookupError):
        find_attachment(database, find_inquiry(database, "support_needs"), OWN, kept.id)
    assert sizes(database, inquiry, OTHER) == {}


def test_the_same_file_sent_again_is_kept_once(database: Database, keep: Callable[..., Attached]) -> None:
    assert keep() == keep()
    assert database.table("attachment").count == 1
    assert len({keep().id, keep(name="別名.pdf").id, keep(content=PNG).id, keep("V").id, keep(code=OTHER).id}) == 5


def test_what_a_municipality_can_send_is_bounded(
    keep: Callable[..., Attached], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", len(PDF) + len(PNG) - 1)
    kept = keep()
    with pytest.raises(NoRoom):
        keep(content=PNG)
    assert keep() == kept
    keep(content=PNG, code=OTHER)


def test_references_to_what_was_sent_for_the_question_are_saved(
    keep: Callable[..., Attached], save: Callable[..., Reply]
) -> None:
    kept = keep()
    assert save("F", kept.text).answers.value("F") == (kept,)
    assert save("F").answers.value("F") is None


@pytest.mark.parametrize(
    "stolen",
    [
        pytest.param({"code": OTHER}, id="of another municipality"),
        pytest.param({"question": "V"}, id="of another question"),
    ],
)
def test_references_to_others_files_are_dropped(
    keep: Callable[..., Attached], save: Callable[..., Reply], stolen: dict[str, Any]
) -> None:
    own, foreign = keep(), keep(name="他団体.pdf", **stolen)
    reply = save("F", own.text, foreign.text, "0" * 32 + " 作り話.pdf", "協定書.pdf")
    assert reply.answers.value("F") == (own,)
    assert reply.answers.entry("F").texts == (own.text,)
    assert reply.answers.entry("F").problems == ()


def test_the_name_is_the_one_under_which_it_is_kept(keep: Callable[..., Attached], save: Callable[..., Reply]) -> None:
    kept = keep()
    assert save("F", f"{kept.id} 偽の名前.exe").answers.value("F") == (kept,)


def test_the_division_finds_what_was_handed_in_even_after_it_was_taken_out(
    database: Database,
    inquiry: Inquiry,
    clock: Clock,
    keep: Callable[..., Attached],
    save: Callable[..., Reply],
    around: Callable[..., Surroundings],
) -> None:
    kept, never = keep(), keep(name="下書き.pdf", content=PNG)
    reply = save("F", kept.text)
    for one in (kept, never):
        with pytest.raises(LookupError):
            find_handed_in(database, inquiry, OWN, one.id)
    handed = submit(database, reply, Order(reply.revision, "token", frozenset()), around().who)
    assert handed.contents.value("F") == (kept,)
    assert find_handed_in(database, inquiry, OWN, kept.id).content == PDF
    for code, identity in ((OWN, never.id), (OTHER, kept.id), (OWN, "0" * 32)):
        with pytest.raises(LookupError):
            find_handed_in(database, inquiry, code, identity)
