"""Taking in 59 forms that were filled in, one after another, beside openpyxl merely loading them."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
from sqlite_utils import Database

from bench.figures import Aim, Figure, Part
from exports.form.anchors import ISSUED, Issue
from exports.form.book import form_bytes
from exports.form.form import Form
from exports.form.layout import Layout
from questions.answers import Answers
from questions.reading import read_catalogue
from questions.setting import Roster, Setting
from survey_app import clock
from survey_app.receiving.batches import Batch
from survey_app.receiving.taking import receive, take_all
from survey_app.rosters.reading import read_own_roster
from survey_app.sample import contents
from survey_app.store.audit import Who
from survey_app.store.database import initialise
from survey_app.store.inquiries import Inquiry, NewInquiry, open_inquiry
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.rosters import keep_municipalities

QUESTIONNAIRE, REPLIES = "support_needs", 59
RUNS = 3
MOST_RATIO = 3.0


@dataclass(frozen=True)
class Office:
    """Where forms come in: a database without replies."""

    database: Database
    inquiry: Inquiry
    roster: Roster
    who: Who


def measure() -> Part:
    """Make the forms, load them, and take them in: as the command does, and as pages do."""
    with tempfile.TemporaryDirectory(prefix="shokai-bench-") as name:
        folder = Path(name)
        office = _office(folder / "made.db")
        made = _seconds(lambda: _make(office, folder / "forms"))
        files = sorted((folder / "forms").glob("*.xlsx"))
        floor = min(_seconds(lambda: _load(files)) for _ in range(RUNS))
        batch = min(_seconds(lambda office=one: _in_batch(office, files)) for one in _offices(folder, "batch"))
        apart = min(_seconds(lambda office=one: _one_by_one(office, files)) for one in _offices(folder, "apart"))
        taken = _count(folder / "batch0.db")
    figures = [
        Figure("59 forms by shokai receive", batch, "s", floor, Aim("ratio", most=MOST_RATIO)),
        Figure("59 uploads, a process for each", apart, "s", floor),
        Figure("one upload, on average", apart / len(files) * 1000, "ms", floor / len(files) * 1000),
        Figure("making and writing one form", made / len(files) * 1000, "ms"),
    ]
    notes = [f"{taken:,} answers stored in each run; the floor is openpyxl.load_workbook on the same files"]
    wrong = [] if taken > len(files) * 8 else [f"only {taken} answers were stored"]
    return Part("Forms of 様式1 that come back", figures, notes, wrong)


def _offices(folder: Path, name: str) -> Iterator[Office]:
    for run in range(RUNS):
        yield _office(folder / f"{name}{run}.db")


def _office(path: Path) -> Office:
    database, now = initialise(path), clock.now()
    towns = [line.municipality for line in read_own_roster("fukushima")]
    keep_municipalities(database, towns, "bench")
    codes = tuple(town.code for town in towns)
    questionnaire = read_catalogue(QUESTIONNAIRE)
    end = now + timedelta(days=20)
    new = NewInquiry(QUESTIONNAIRE, questionnaire.title.ja, "課", "", questionnaire, end, codes)
    who = Who(None, "bench", now)
    return Office(database, open_inquiry(database, new, who), Roster(towns), who)


def _make(office: Office, folder: Path) -> None:
    """Make the forms, each filled in by its municipality, and save them as another program does."""
    folder.mkdir()
    asked = office.inquiry.questionnaire
    for number, town in enumerate(office.roster):
        setting = Setting(office.roster, town.code, office.who.at.date())
        answers: Answers = contents(asked, setting, random.Random(number))
        issue = Issue(office.inquiry.name, town.code, asked.digest, 0, office.who.at)
        content = form_bytes(
            Form(Layout(asked, setting, issue, answers), asked.title.ja, "課", office.inquiry.deadline)
        )
        book = openpyxl.load_workbook(BytesIO(content))
        del book[ISSUED]  # as if the answers had been typed since
        book.save(folder / f"{town.code}.xlsx")


def _load(files: list[Path]) -> None:
    for file in files:
        openpyxl.load_workbook(file)


def _in_batch(office: Office, files: list[Path]) -> None:
    batch = Batch(office.database, office.inquiry, office.roster, office.who)
    for outcome in batch.take(files):
        if not outcome.whole:
            raise RuntimeError(f"{outcome.file.name} was not taken in: {outcome}")


def _one_by_one(office: Office, files: list[Path]) -> None:
    around = Surroundings(office.roster, office.who)
    for file in files:
        reply = find_reply(office.database, office.inquiry, file.stem, around)
        take_all(office.database, receive(office.database, reply, file.read_bytes(), file=file.name), office.who)


def _count(path: Path) -> int:
    return initialise(path).table("answer").count


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
