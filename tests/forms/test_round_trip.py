"""What is typed into a form arrives as if it had been typed in the browser: the same bytes, the same problems."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filling import changed, fill, through_libreoffice, write
from town import OWN, needs

from questions.answers import Answers
from questions.checking import Examination
from questions.contents import contents_of, dump
from questions.model import Questionnaire
from questions.reading import catalogue
from questions.setting import Setting
from survey_app.receiving.received import Verdict
from survey_app.sample import contents
from survey_app.store.replies import Changes, save_answers

SEEDS = range(4)


def as_in_a_cell(answers: Answers, questionnaire: Questionnaire, setting: Setting) -> Answers:
    """The same answers as the page sends them: choices by their codes."""
    entries = {}
    for place, entry in answers.entries.items():
        kind = questionnaire.questions[place[1]].kind
        chosen = kind.options(setting) and entry.value is not None
        entries[place] = replace(entry, texts=kind.texts(entry.value)) if chosen else entry
    return Answers(entries, answers.rows)


def by_order(answers: Answers, questionnaire: Questionnaire) -> dict[Any, Any]:
    """The texts of answers, rows by their order instead of their ids."""
    found: dict[Any, Any] = {}
    for (row, name), entry in answers.entries.items():
        table = questionnaire.table_of.get(name)
        if entry.texts and not questionnaire.questions[name].prefilled:
            found[(answers.row_ids(table).index(row) if table else -1), name] = (entry.texts, entry.value)
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", catalogue())
def test_a_blank_form_filled_in_arrives_as_typed(desk: Callable[..., Any], name: str, seed: int) -> None:
    at = desk(name)
    reply = at.reply()
    questionnaire, setting = reply.inquiry.questionnaire, reply.setting
    typed = contents(questionnaire, setting, Random(f"{name} {seed}"), nil=seed == 3)
    filled = changed(at.form(), lambda book: fill(book, questionnaire, typed, setting))

    received = at.take(filled)
    assert received.findings == ()
    stored = at.reply()
    wanted = as_in_a_cell(typed, questionnaire, setting)
    assert by_order(stored.answers, questionnaire) == by_order(wanted, questionnaire)

    problems = [(one.code, one.question) for one in stored.examination().problems()]
    examination = Examination(questionnaire, typed, Setting(setting.roster, OWN, setting.today))
    assert problems == [(one.code, one.question) for one in examination.problems()]
    assert len(dump(contents_of(stored.examination()), questionnaire)) > 100


def filled_reply(at: Any, seed: int) -> Answers:
    """Store a sample reply as the browser does, and return it."""
    reply = at.reply()
    typed = contents(reply.inquiry.questionnaire, reply.setting, Random(seed), nil=False)
    save_answers(at.database, reply, Changes(0, typed.entries, typed.rows), at.around().who)
    return typed


@pytest.mark.parametrize("name", catalogue())
def test_a_form_that_comes_back_untouched_changes_nothing(desk: Callable[..., Any], name: str) -> None:
    at = desk(name)
    filled_reply(at, 7)
    received = at.receive(at.form())
    assert received.refusal is None
    assert received.findings == ()
    assert {line.verdict for line in received.lines} == {Verdict.UNCHANGED}
    assert received.rows == ()
    before = at.reply()
    assert at.apply(received).revision == before.revision
    assert at.reply().answers == before.answers


@needs("soffice")
@pytest.mark.libreoffice
def test_forms_saved_by_libreoffice_say_the_same(desk: Callable[..., Any], tmp_path: Path) -> None:
    """Blank forms filled in, and filled ones, all saved by LibreOffice in one run."""
    files: dict[str, tuple[Any, Answers]] = {}
    for name in catalogue():
        at = desk(name)
        typed = contents(at.reply().inquiry.questionnaire, at.reply().setting, Random(name), nil=False)
        blank, questionnaire, setting = at.form(), at.reply().inquiry.questionnaire, at.reply().setting
        files[f"{name}.blank"] = (at, typed)
        write(
            tmp_path / f"{name}.blank.xlsx",
            changed(blank, partial(fill, questionnaire=questionnaire, answers=typed, setting=setting)),
        )
    written = through_libreoffice(tmp_path)
    for name, (at, typed) in files.items():
        received = at.take(written[name])
        assert received.findings == ()
        questionnaire = at.reply().inquiry.questionnaire
        wanted = as_in_a_cell(typed, questionnaire, at.reply().setting)
        assert by_order(at.reply().answers, questionnaire) == by_order(wanted, questionnaire)
