"""The towns, people, times and programs that the tests share."""

import csv
import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest

from questions.setting import Municipality
from survey_app.clock import TOKYO

OPENED = datetime(2026, 11, 24, 10, 0, 0, tzinfo=TOKYO)
DEADLINE = datetime(2026, 12, 18, 17, 15, 0, tzinfo=TOKYO)
PASSWORD = "三島町のひみつ2026"
OWN, OTHER = "074446", "074454"  # 三島町, 金山町


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = OPENED

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: int) -> None:
        self.now += timedelta(**by)


def fukushima() -> tuple[Municipality, ...]:
    """The 59 municipalities."""
    text = resources.files("survey_app.rosters").joinpath("fukushima.csv").read_text(encoding="utf-8")
    return tuple(
        Municipality(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            bureau=row["bureau"],
            county=row["county"],
            kana=row["kana"],
            population=int(row["population"]) if row["population"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip without a program; with CI=true a missing program is a failure."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing) and os.environ.get("CI") != "true", reason=f"not installed: {missing}")


def connection(path: Path) -> sqlite3.Connection:
    """A connection that knows nothing of the program, to look at what is really there."""
    return sqlite3.connect(path)
