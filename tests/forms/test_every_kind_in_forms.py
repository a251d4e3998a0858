"""Every kind of question, and every text that programs like to change, in a form and back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from every_kind import NASTY, SENT, TYPED, definition, typed_at
from filling import changed, fill, put_row, through_libreoffice, type_text, write
from town import OPENED, OTHER, OWN, needs

from questions.answers import Answers, Entry
from questions.kinds.registry import KINDS
from questions.model import Questionnaire
from questions.reading import read_toml
from questions.setting import Setting
from survey_app.receiving.received import Verdict
from survey_app.store.audit import Who
from survey_app.store.inquiries import NewInquiry, find_inquiry, open_inquiry
from survey_app.store.replies import Changes, save_answers


@pytest.fixture
def at(desk: Callable[..., Any], database: Any) -> Any:
    """The desk of a town hall with the inquiry of every kind."""
    end = OPENED + timedelta(days=9)
    new = NewInquiry("every_kind", "全部の型", "課", "", read_toml(definition()), end, (OWN, OTHER))
    open_inquiry(database, new, Who(None, "test", OPENED))
    inquiry = find_inquiry(database, "every_kind").id
    for question, identity in SENT.items():
        kept = {"question": question, "name": "=協定書.pdf", "media": "application/pdf", "sha256": "", "size": 0}
        sent = {"inquiry": inquiry, "municipality": OWN, "content": b"", "sent_at": "", "sent_by": "test"}
        database.table("attachment").insert({"id": identity, **kept, **sent})
    return desk("every_kind")


def typed(questionnaire: Questionnaire, setting: Setting) -> Answers:
    """One answer of each kind outside the table and in its first row; nasty texts in the rows below."""
    entries = {}
    rows = [f"r{number:016x}" for number in range(len(NASTY) + 1)]
    for kind in TYPED:
        for place in (("", f"Q_{kind}"), (rows[0], f"T_{kind}")):
            texts = typed_at(place[1], kind)
            parsed = questionnaire.questions[place[1]].kind.parse(texts, setting)
            assert parsed.value is not None, (kind, parsed)
            entries[place] = Entry(texts, parsed.value, parsed.problems)
    for row, text in zip(rows[1:], NASTY, strict=True):
        for name in ("T_line", "T_prose"):
            parsed = questionnaire.questions[name].kind.parse((text,), setting)
            entries[row, name] = Entry((text,), parsed.value, parsed.problems)
    return Answers(entries, {"T": tuple(rows)})


def in_forms(answers: Answers) -> dict[Any, Entry]:
    """The answers that a form can give: files come from a browser only."""
    return {place: entry for place, entry in answers.entries.items() if place[1] not in SENT}


def texts_of(answers: Answers) -> dict[Any, Any]:
    """What is stored, rows by their order."""
    rows = ("", *answers.row_ids("T"))
    return {(rows.index(row), name): entry for (row, name), entry in in_forms(answers).items() if entry.texts}


def test_every_kind_is_typed() -> None:
    assert set(TYPED) == set(KINDS)


def test_stored_answers_come_back_from_a_form_unchanged(at: Any) -> None:
    reply = at.reply()
    answers = typed(reply.inquiry.questionnaire, reply.setting)
    save_answers(at.database, reply, Changes(0, answers.entries, answers.rows), at.around().who)
    received = at.receive(at.form())
    assert received.findings == ()
    assert {line.place: (line.verdict, line.mine.texts) for line in received.lines if line.mine != line.theirs} == {
        ("", "Q_whole"): (Verdict.UNCHANGED, ("-1234",)),
        ("", "Q_amount"): (Verdict.UNCHANGED, ("-0.5",)),
        (answers.row_ids("T")[0], "T_whole"): (Verdict.UNCHANGED, ("-1234",)),
        (answers.row_ids("T")[0], "T_amount"): (Verdict.UNCHANGED, ("-0.5",)),
    }
    assert len(received.lines) == len(in_forms(answers))
    assert received.changes().entries == {}


def test_typed_into_a_blank_form_they_arrive_as_typed(at: Any) -> None:
    reply = at.reply()
    answers = typed(reply.inquiry.questionnaire, reply.setting)
    filling = partial(fill, questionnaire=reply.inquiry.questionnaire, answers=answers, setting=reply.setting)
    received = at.take(changed(at.form(), filling))
    assert received.findings == ()
    assert texts_of(at.reply().answers) == texts_of(answers)
    assert not any(entry.texts for (_, name), entry in at.reply().answers.entries.items() if name in SENT)


def test_a_form_names_the_files_that_are_there_and_changes_nothing_of_them(at: Any) -> None:
    reply = at.reply()
    answers = typed(reply.inquiry.questionnaire, reply.setting)
    save_answers(at.database, reply, Changes(0, answers.entries, answers.rows), at.around().who)
    form = at.form()
    book = openpyxl.load_workbook(BytesIO(form))
    cell = book["回答"][book.defined_names["ans.Q_files"].attr_text.split("!")[1].replace("$", "")]
    assert (cell.value, cell.data_type) == ("=協定書.pdf", "s")
    assert "添付はブラウザーから" in book["回答"].cell(cell.row, cell.column + 1).value

    def other_names(opened: Any) -> None:
        type_text(opened["回答"][cell.coordinate], "別の名前.pdf")
        put_row("T", 1, T_files="別の名前.pdf")(opened)

    received = at.receive(changed(form, other_names))
    assert {line.verdict for line in received.lines} == {Verdict.UNCHANGED}
    assert [line for line in received.lines if line.place[1] in SENT] == []
    assert received.changes().entries == {}


@needs("soffice")
@pytest.mark.libreoffice
def test_saved_by_libreoffice_they_arrive_as_typed(at: Any, tmp_path: Path) -> None:
    reply = at.reply()
    answers = typed(reply.inquiry.questionnaire, reply.setting)
    filling = partial(fill, questionnaire=reply.inquiry.questionnaire, answers=answers, setting=reply.setting)
    write(tmp_path / "blank.xlsx", changed(at.form(), filling))
    save_answers(at.database, reply, Changes(0, answers.entries, answers.rows), at.around().who)
    write(tmp_path / "stored.xlsx", at.form())
    written = through_libreoffice(tmp_path)

    back = at.receive(written["stored"])
    assert back.findings == ()
    assert {line.verdict for line in back.lines} == {Verdict.UNCHANGED}
    filled = at.receive(written["blank"])
    assert filled.findings == ()
    mine = {line.place[1]: line.mine for line in filled.lines if not line.place[0]}
    assert mine == {name: entry for (row, name), entry in in_forms(answers).items() if not row}
