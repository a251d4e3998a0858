"""Looks into the databases: whether what was saved is there, and how fast the disk is."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from bench.writers import Writer

COMMITS = 200


def saves(database: Path) -> dict[str, int]:
    """Return how many saves the audit trail holds for each municipality."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT municipality, count(*) FROM event WHERE act = 'save' GROUP BY municipality"
        return dict(connection.execute(query).fetchall())


def lost(
    database: Path, before: Mapping[str, int], writers: Sequence[Writer], officers: Sequence[Mapping[str, str]]
) -> list[str]:
    """Say what is not in the database though it was saved: every save its event, the last text as the answer."""
    found, after = [], saves(database)
    for writer, officer in zip(writers, officers, strict=True):
        code = officer["municipality"]
        events = after.get(code, 0) - before.get(code, 0)
        if events != writer.saves:
            found.append(f"{code}: {writer.saves} saves were answered, {events} are in the audit trail")
        if writer.last not in _texts(database, code, writer.changed):
            found.append(f"{code}: the text of the last save is not in the database")
    return found


def _texts(database: Path, municipality: str, control: str) -> list[str]:
    """Return what is stored under a control's name (``<row id>.<question>`` in tables)."""
    row, _, question = control.rpartition(".")
    query = (
        "SELECT texts FROM answer JOIN reply ON reply.id = answer.reply"
        " WHERE municipality = ? AND row = ? AND question = ?"
    )
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(query, [municipality, row, question]).fetchall()
    return [text for (texts,) in rows for text in json.loads(texts)]


def lost_by_floor(database: Path, writers: Sequence[Writer]) -> list[str]:
    """Say which client's last text the floor does not hold."""
    with closing(sqlite3.connect(database)) as connection:
        rows = dict(connection.execute("SELECT number, answers FROM form").fetchall())
    held = [json.loads(rows.get(number, "{}")) for number in range(len(writers))]
    return [
        f"floor, client {number}: the text of the last save is not in its database"
        for number, (writer, answers) in enumerate(zip(writers, held, strict=True))
        if answers.get(writer.changed) != writer.last
    ]


def commit_milliseconds(database: Path) -> float:
    """Return how long a commit of one row takes with WAL and synchronous=FULL, on average."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE one (text TEXT)")
        began = time.perf_counter()
        for _ in range(COMMITS):
            connection.execute("INSERT INTO one VALUES ('x')")
        return 1_000 * (time.perf_counter() - began) / COMMITS
