"""A folder of 59 forms as they come by mail: damaged ones, a duplicate, a stray, an old one; killed and run again."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from filling import changed, put, through_libreoffice
from running import DEADLINE, SHOKAI, done, run
from sqlite_utils import Database
from town import OWN, fukushima, needs
from typing_in import changes

from survey_app.clock import now
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Surroundings, find_reply, save_answers
from survey_app.store.rosters import roster

pytestmark = [pytest.mark.libreoffice, needs("soffice"), pytest.mark.timeout(240)]
TOWNS = fukushima()
DAMAGED, STRAY, OLD, RESAVED, TWIN = 3, TOWNS[10].code, TOWNS[20].code, TOWNS[30].code, TOWNS[40].code
ANSWERS = 3  # in each form


def of_town(form: bytes, code: str, name: str) -> bytes:
    """The form of 三島町 as that of another town: wherever it says which it is."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(form)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for part in package.infolist():
            content = package.read(part)
            if part.filename.endswith(".xml"):
                content = content.replace(OWN.encode(), code.encode()).replace("三島町".encode(), name.encode())
            other.writestr(part.filename, content)
    return made.getvalue()


@dataclass(frozen=True)
class Office:
    """A database with an inquiry, and the folder of forms that came back."""

    database: Path
    inbox: Path

    def again(self, name: str) -> "Office":
        """The same office once more, as it is now."""
        copy = self.database.with_name(name)
        shutil.copy(self.database, copy)
        return Office(copy, self.inbox)

    def receive(self) -> dict[str, Any]:
        """Take the folder in; return the lines of the report about whole files, by file."""
        report = self.database.with_suffix(".json")
        result = run("receive", "support_needs", self.inbox, "--report", report, database=self.database)
        assert result.exit_code == 1, result.output  # not everything can be taken in
        lines = json.loads(report.read_text(encoding="utf-8"))
        return {one["file"]: one for one in lines if one["weight"] == "file"}

    def stored(self) -> list[tuple[str, ...]]:
        """Every answer that is stored."""
        query = (
            "SELECT municipality, row, question, texts, value FROM answer"
            " JOIN reply ON reply.id = answer.reply ORDER BY 1, 2, 3"
        )
        return sqlite3.connect(self.database).execute(query).fetchall()

    def replies(self) -> int:
        """How many replies have begun."""
        found: int = sqlite3.connect(self.database).execute("SELECT count(*) FROM reply").fetchone()[0]
        return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """59 files: 3 damaged, 1 twice, 1 of another inquiry, 1 older than the web, 1 saved by LibreOffice, 52 in order."""
    folder = tmp_path_factory.mktemp("office")
    database, inbox, handled = folder / "shokai.db", folder / "返送", folder / "handled"
    inbox.mkdir()
    handled.mkdir()
    done("init", database=database)
    for inquiry in ("support_needs", "cooperation_cases"):
        done("inquiry", "open", inquiry, "--deadline", DEADLINE, database=database)
        done("form", inquiry, OWN, "-o", folder / f"{inquiry}.xlsx", database=database)
    blank = (folder / "support_needs.xlsx").read_bytes()
    filled = changed(blank, put("A2", "総務課"), put("A4", "佐藤 花子"), put("Z1", "意見なし"))
    assert len(TOWNS) == 59
    for number, town in enumerate(TOWNS):
        if town.code == TWIN:
            continue  # in its place another file comes twice
        content = of_town(filled, town.code, town.name)
        if number < DAMAGED:
            content = (b"", content[: len(content) // 2], "団体,回答\n三島町,あり\n".encode())[number]
        if town.code == STRAY:
            content = of_town((folder / "cooperation_cases.xlsx").read_bytes(), town.code, town.name)
        if town.code == RESAVED:
            (handled / f"{town.code}.xlsx").write_bytes(content)
        (inbox / f"{town.code}_{town.name}.xlsx").write_bytes(content)
    shutil.copy(inbox / f"{OWN}_三島町.xlsx", inbox / f"{OWN}_三島町 (1).xlsx")
    name = next(inbox.glob(f"{RESAVED}_*"))
    name.write_bytes(through_libreoffice(handled)[RESAVED])
    with connect(database) as held:
        answer_on_the_web(held, OLD)
    assert len(list(inbox.iterdir())) == 59
    return Office(database, inbox)


def answer_on_the_web(database: Database, code: str) -> None:
    """Somebody answers on the pages after the form was made."""
    who = Who(None, "画面の担当", now())
    reply = find_reply(database, find_inquiry(database, "support_needs"), code, Surroundings(roster(database), who))
    save_answers(database, reply, changes(reply, {"A2": "企画課"}), who)


@pytest.fixture(scope="module")
def taken(office: Office) -> tuple[Office, dict[str, Any]]:
    """The folder taken in without a break."""
    copy = office.again("whole.db")
    return copy, copy.receive()


def test_the_table_says_what_became_of_each(taken: tuple[Office, dict[str, Any]]) -> None:
    office, lines = taken
    assert len(lines) == 59
    said = {name.partition("_")[0]: one["wrong"] for name, one in lines.items() if "(1)" not in name}
    first, second, third = (said[town.code] for town in TOWNS[:3])
    assert "ファイルが空です" in first
    assert "壊れて" in second
    assert "Excel" in third
    assert "cooperation_cases" in said[STRAY]
    assert said[OLD].startswith("取り込んだ回答 2件、取り込まなかったもの 1件")
    ordinary = {f"取り込んだ回答 {ANSWERS}件、取り込まなかったもの 0件"}
    apart = {*(town.code for town in TOWNS[:3]), STRAY, OLD, OWN}
    assert {text.rpartition("、")[0] for code, text in said.items() if code not in apart} == ordinary
    assert lines[f"{OWN}_三島町.xlsx"]["wrong"].startswith("取り込んだ回答 0件、取り込まなかったもの 0件")
    assert office.replies() == 59 - DAMAGED - 2  # but for the stray and the one that did not come


def test_what_was_answered_on_the_web_stands(taken: tuple[Office, dict[str, Any]]) -> None:
    office, _ = taken
    texts = {(code, name): json.loads(text) for code, _row, name, text, _value in office.stored()}
    assert texts[OLD, "A2"] == ["企画課"]
    assert texts[OLD, "A4"] == ["佐藤 花子"]
    assert texts[RESAVED, "A2"] == ["総務課"]


def test_taken_in_again_nothing_changes(taken: tuple[Office, dict[str, Any]]) -> None:
    office, _ = taken
    before = office.stored()
    events = "SELECT count(*) FROM event"
    count = sqlite3.connect(office.database).execute(events).fetchone()
    lines = office.receive()
    taken_again = [one["wrong"] for one in lines.values() if one["wrong"].startswith("取り込んだ回答")]
    assert all(text.startswith("取り込んだ回答 0件") for text in taken_again)
    assert office.stored() == before
    assert sqlite3.connect(office.database).execute(events).fetchone() == count


def test_killed_in_the_middle_and_run_again_the_end_is_the_same(
    office: Office, taken: tuple[Office, dict[str, Any]]
) -> None:
    killed = office.again("killed.db")
    process = subprocess.Popen(
        [SHOKAI, "receive", "support_needs", killed.inbox],
        env={**os.environ, "SHOKAI_DATABASE": str(killed.database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while killed.replies() < 8 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert 8 <= killed.replies() < taken[0].replies()
    killed.receive()
    assert killed.stored() == taken[0].stored()
