"""The story's office: a folder of workbooks, a command line, and hands that fill in what others send."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import book_hands
import filling
from click.testing import Result
from openpyxl.workbook import Workbook
from running import run
from the_story import INQUIRY, REPLIES, SEED, response_of
from town import Clock

from exports.answers.anchors import name_of
from exports.needs import Need, needs_of
from questions.setting import Setting
from survey_app.consulting.matters import consultation
from survey_app.sample import Run, contents, plan
from survey_app.store.cuts import take_cut
from survey_app.store.database import connect
from survey_app.store.divisions import named
from survey_app.store.inquiries import find_inquiry
from survey_app.store.rosters import roster

CLERK = "kencho"


@dataclass(frozen=True)
class Office:
    """A division without a browser: its database, its folder, its clock."""

    folder: Path
    clock: Clock

    @property
    def database(self) -> Path:
        """The database."""
        return self.folder / "shokai.db"

    def shokai(self, command: str, *arguments: object, exit_code: int = 0, typed: str = "") -> Result:
        """Run a command on the story's inquiry."""
        found = run(*command.split(), INQUIRY, *arguments, database=self.database, typed=typed)
        assert found.exit_code == exit_code, found.output
        return found

    def opened(self) -> None:
        """The database, a person who answers for what the command line does, and the inquiry to all 59."""
        for command in (
            ("init",),
            ("account", "add", CLERK, "--role", "division", "--person", "県庁 太郎", "--password-stdin"),
            ("inquiry", "open", INQUIRY, "--deadline", "2026-12-18T17:15"),
        ):
            assert run(*command, database=self.database, typed="ひみつの合いことば\n").exit_code == 0

    def forms(self) -> list[Path]:
        """A form for each municipality that replies, filled in by its officer."""
        inbox = self.folder / "返送"
        inbox.mkdir()
        with connect(self.database) as database:
            inquiry, known = find_inquiry(database, INQUIRY), roster(database)
            parts = plan(database, inquiry, Run(REPLIES, SEED))[:REPLIES]
        for part in parts:
            setting = Setting(known, part.municipality, self.clock.now.date())
            random = Random(f"{SEED}/{INQUIRY}/{part.municipality}")
            said = contents(inquiry.questionnaire, setting, random, nil=part.nil)
            file = inbox / f"{part.municipality}.xlsx"
            self.shokai("form", part.municipality, "-o", file)
            step = partial(filling.fill, questionnaire=inquiry.questionnaire, answers=said, setting=setting)
            file.write_bytes(filling.changed(file.read_bytes(), step))
        return sorted(inbox.iterdir())

    def needs(self) -> list[Need]:
        """What is handed in now."""
        with connect(self.database) as database:
            return list(needs_of(take_cut(database, find_inquiry(database, INQUIRY), self.clock.now)))

    def asked(self, division: str, number: int) -> list[Need]:
        """What a division is asked in a round, in the order of its workbook."""
        with connect(self.database) as database:
            asking = consultation(database, find_inquiry(database, INQUIRY), number)
            identity = named(database, division, self.clock.now.date())[0].id
            return [asking.cut.needs[one.key] for one in asking.lines_of(identity)]

    def book(self, division: str, number: int) -> Path:
        """The workbook of a division in a round."""
        return next((self.folder / f"関係課{number}").glob(f"*_{division}.xlsx"))

    def respond_in(self, division: str, number: int, **first: str) -> Path:
        """Let a division respond to everything; ``first``: what it says to its first need instead."""
        needs = self.asked(division, number)
        said = {one.key: response_of(division, one) for one in needs}
        said[needs[0].key] = first or said[needs[0].key]
        file = self.book(division, number)
        file.write_bytes(
            book_hands.handled(file.read_bytes(), *(book_hands.put(key, texts) for key, texts in said.items()))
        )
        return file

    def answer_one(self, division: str, number: int, need: Need, texts: dict[str, str]) -> None:
        """Let a division respond to one need."""
        file = self.book(division, number)
        file.write_bytes(book_hands.handled(file.read_bytes(), book_hands.put(need.key, texts)))

    def letter(self, need: Need) -> Path:
        """The 回答書 to the municipality of a need."""
        return next((self.folder / "回答書").glob(f"回答書_{need.municipality}_*.xlsx"))

    def resaved(self, file: Path) -> Path:
        """Open a workbook in LibreOffice and save it."""
        folder = self.folder / "別のソフト"
        folder.mkdir()
        shutil.copy(file, folder)
        file.write_bytes(filling.through_libreoffice(folder)[file.stem])
        return file

    def corrected(self, need: Need, detail: str) -> Path:
        """Let an officer correct the details of a need in the form that came back."""
        file = self.folder / f"訂正_{need.municipality}.xlsx"
        self.shokai("form", need.municipality, "-o", file)
        own = [one.key for one in self.needs() if one.municipality == need.municipality]
        step = filling.put_row("D", own.index(need.key) + 1, D6=detail)
        file.write_bytes(filling.changed(file.read_bytes(), step))
        return file

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Ask the database."""
        with closing(sqlite3.connect(self.database)) as held:
            found = held.execute(query, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in found]

    def acts(self) -> list[str]:
        """The acts of the audit trail."""
        return self.rows("SELECT act FROM event ORDER BY id")


def opinion_cell(book: Workbook, control: str) -> Any:
    """Return the cell of a 回答書 for the opinion about a need."""
    sheet, address = next(iter(book.defined_names[name_of(control)].destinations))
    return book[sheet][address]


def say(control: str, text: object) -> Callable[[Workbook], object]:
    """Write an opinion into a 回答書."""
    return lambda book: setattr(opinion_cell(book, control), "value", text)
