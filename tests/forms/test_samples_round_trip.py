"""Every sample reply arrives by workbook as it does by browser: the same texts, the same problems, the same bytes."""

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filling import cell, changed, fill, table_sheet, through_libreoffice, write
from openpyxl.workbook import Workbook
from sqlite_utils import Database
from town import Clock, needs

from questions.answers import Answers
from questions.contents import contents_of, dump
from questions.model import Questionnaire
from questions.reading import catalogue
from questions.setting import Setting
from survey_app.sample import Part, Run, contents, plan
from survey_app.store.accounts import create_account, find_account
from survey_app.store.database import connect
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.replies import Reply, new_row
from survey_app.store.rosters import roster

REPLIES, SEED = 6, 1
ROW = re.compile(r"r[0-9a-f]{16}")
Open = Callable[..., Any]


@dataclass(frozen=True)
class Arrived:
    """What is stored of a reply: texts by place (rows by their order), problems, and the bytes of what it says."""

    texts: dict[tuple[int, str], tuple[str, ...]]
    problems: list[tuple[str, str, int]]
    said: str


def arrived(reply: Reply) -> Arrived:
    """Look at a reply; the ids of rows, which no two replies share, are replaced by their order."""
    questionnaire, answers = reply.inquiry.questionnaire, reply.answers
    order = {row: number for rows in answers.rows.values() for number, row in enumerate(rows)}
    texts = {
        (order.get(row, -1), name): entry.texts
        for (row, name), entry in answers.entries.items()
        if entry.texts and not questionnaire.questions[name].prefilled
    }
    problems = [(one.code.value, one.question, order.get(one.row, -1)) for one in reply.examination().problems()]
    numbers: dict[str, str] = {}
    said = dump(contents_of(reply.examination()), questionnaire)
    said = ROW.sub(lambda found: numbers.setdefault(found[0], f"row {len(numbers)}"), said)
    return Arrived(texts, problems, said)


@dataclass(frozen=True)
class Sample:
    """One sample reply of the command ``shokai sample``."""

    inquiry: Inquiry
    part: Part
    setting: Setting

    @property
    def answers(self) -> Answers:
        """Its answers, as they are made for its municipality."""
        seed = f"{SEED}/{self.inquiry.name}/{self.part.municipality}"
        return contents(self.inquiry.questionnaire, self.setting, Random(seed), nil=self.part.nil)


def samples(database: Database, name: str) -> Iterator[Sample]:
    """Yield the sample replies to an inquiry."""
    inquiry, known = find_inquiry(database, name), roster(database)
    for part in plan(database, inquiry, Run(REPLIES, SEED))[:REPLIES]:
        yield Sample(inquiry, part, Setting(known, part.municipality, part.at.date()))


@pytest.fixture
def typed(browser: Open, database: Database, desk: Open, clock: Clock) -> Callable[[Sample], Arrived]:
    """Type a sample reply at the pages, section by section and row by row, and look at what arrived."""

    def by_browser(sample: Sample) -> Arrived:
        clock.now = sample.part.at
        code, name = sample.part.municipality, sample.inquiry.name
        known = find_account(database, "mishima")
        assert known is not None
        create_account(database, replace(known, sign_in_name=code, municipality=code), clock.now)
        officer = browser(code)
        for address, fields in pages(sample):
            fields["seen"] = str(desk(name, code).reply().revision)
            assert "problems" not in officer.post(f"/inquiries/{name}/{address}", fields), address
        return arrived(desk(name, code).reply())

    return by_browser


def pages(sample: Sample) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what the pages of a form send: each section with its grids, and each row of a wide table."""
    questionnaire, answers = sample.inquiry.questionnaire, sample.answers
    for section in questionnaire.sections:
        fields: dict[str, object] = {"go": "stay"}
        for item in section.items:
            table = questionnaire.tables.get(item.name)
            rows = answers.row_ids(item.name)
            if table is None:
                fields |= controls(sample, "", [item.name])
            elif table.narrow:
                fields[f"rows.{table.name}"] = list(rows)
                for row in rows:
                    fields |= controls(sample, row, [one.name for one in table.questions])
        yield f"sections/{section.name}", fields
        for table in section.tables():
            for row in () if table.narrow else answers.row_ids(table.name):
                columns = controls(sample, row, [one.name for one in table.questions])
                yield f"tables/{table.name}/rows/new", {"go": "stay", f"rows.{table.name}": row, **columns}


def controls(sample: Sample, row: str, names: list[str]) -> dict[str, object]:
    """Return the controls of answers and what they send: choices by their codes, the rest as it was typed."""
    found: dict[str, object] = {}
    for name in names:
        entry, kind = sample.answers.entry(name, row), sample.inquiry.questionnaire.questions[name].kind
        chosen = kind.options(sample.setting) and entry.value is not None
        found[f"{row}.{name}" if row else name] = list(kind.texts(entry.value) if chosen else entry.texts)
    return found


def as_excel_does(book: Workbook, questionnaire: Questionnaire, answers: Answers, setting: Setting) -> None:
    """Fill a form in; what Excel takes for a number or a day as it is typed becomes one."""
    fill(book, questionnaire, answers, setting)
    for (row, name), entry in answers.entries.items():
        table = questionnaire.table_of.get(name)
        if not isinstance(entry.value, int | Decimal | dt.date) or questionnaire.questions[name].kind.options(setting):
            continue
        if table is None:
            one = cell(book, name)
        elif row in answers.row_ids(table):
            sheet, first, keys = table_sheet(book, table)
            one = sheet.cell(first + answers.row_ids(table).index(row), keys[name])
        else:
            continue
        one.value = entry.value
        if isinstance(entry.value, dt.date):
            one.number_format = "yyyy/m/d"


WAYS = {"as typed": fill, "as Excel does": as_excel_does}


@pytest.fixture
def empty(prepared: Path, tmp_path: Path, desk: Open, clock: Clock) -> Iterator[Open]:
    """The desk of a sample's town hall over a database of its own, in which nothing was typed."""
    with ExitStack() as databases:

        def made(sample: Sample) -> Any:
            clock.now = sample.part.at
            copy = Path(shutil.copy(prepared, tmp_path / f"{new_row()}.db"))
            database = databases.enter_context(connect(copy))
            return replace(desk(sample.inquiry.name, sample.part.municipality), database=database)

        yield made


def filled_in(at: Any, sample: Sample, way: str) -> bytes:
    """Return a blank form, filled in with openpyxl."""
    step = partial(
        WAYS[way], questionnaire=sample.inquiry.questionnaire, answers=sample.answers, setting=sample.setting
    )
    return changed(at.form(), step)


def same(found: Arrived, wanted: Arrived, way: str) -> None:
    """Compare what arrived; a number that became one is the same number in other figures."""
    assert found.said == wanted.said
    assert found.problems == wanted.problems
    assert found.texts.keys() == wanted.texts.keys()
    assert way != "as typed" or found.texts == wanted.texts


@pytest.mark.parametrize("number", range(REPLIES))
@pytest.mark.parametrize("name", catalogue())
def test_a_sample_reply_arrives_by_workbook_as_by_browser(
    database: Database, typed: Callable[[Sample], Arrived], empty: Open, name: str, number: int
) -> None:
    sample = list(samples(database, name))[number]
    wanted = typed(sample)
    for way in WAYS:
        at = empty(sample)
        received = at.receive(filled_in(at, sample, way))
        assert received.findings == ()
        at.apply(received)
        same(arrived(at.reply()), wanted, way)


@needs("soffice")
@pytest.mark.libreoffice
@pytest.mark.timeout(300)
def test_sample_replies_saved_by_libreoffice_arrive_as_by_browser(
    database: Database, typed: Callable[[Sample], Arrived], empty: Open, tmp_path: Path
) -> None:
    """Half of them as typed, half as Excel does, all saved in one run."""
    folder = tmp_path / "forms"
    folder.mkdir()
    made: dict[str, tuple[Sample, str]] = {}
    for name in catalogue():
        for number, sample in enumerate(samples(database, name)):
            way = list(WAYS)[number % len(WAYS)]
            made[f"{name} {number}"] = (sample, way)
            write(folder / f"{name} {number}.xlsx", filled_in(empty(sample), sample, way))
    written = through_libreoffice(folder)
    for key, (sample, way) in made.items():
        wanted, at = typed(sample), empty(sample)
        received = at.take(written[key])
        assert received.findings == (), key
        same(arrived(at.reply()), wanted, way)
