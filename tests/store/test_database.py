"""The database keeps what it says it keeps."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database
from town import connection

from survey_app.store.database import NotInitialised, connect, initialise, reading, writing


def test_every_connection_is_safe(database: Database) -> None:
    found = {
        pragma: database.execute(f"PRAGMA {pragma}").fetchone()[0]
        for pragma in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
    }
    assert found == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000}


def test_every_table_is_strict(database: Database) -> None:
    own = [row for row in database.execute("PRAGMA table_list") if not row["name"].startswith(("sqlite_", "_sqlite_"))]
    assert len(own) > 10
    assert [row["name"] for row in own if row["type"] == "table" and not row["strict"]] == []


def test_a_second_initialisation_changes_nothing(path: Path) -> None:
    before = list(connection(path).execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
    initialise(path).close()
    assert list(connection(path).execute("SELECT name, sql FROM sqlite_master ORDER BY name")) == before


def test_a_missing_or_empty_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotInitialised):
        connect(tmp_path / "nothing.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotInitialised):
        connect(tmp_path / "empty.db")


def test_a_failed_change_leaves_nothing(database: Database, path: Path) -> None:
    class Broken(Exception):
        pass

    def change_and_fail() -> None:
        with writing(database):
            database.table("secret").insert({"name": "x", "value": "y", "made_at": "z"})
            raise Broken

    with pytest.raises(Broken):
        change_and_fail()
    assert connection(path).execute("SELECT count(*) FROM secret WHERE name = 'x'").fetchone()[0] == 0


def test_what_is_written_is_seen_by_others_at_once(database: Database, path: Path) -> None:
    with writing(database):
        database.table("secret").insert({"name": "x", "value": "y", "made_at": "z"})
        assert connection(path).execute("SELECT count(*) FROM secret WHERE name = 'x'").fetchone()[0] == 0
    assert connection(path).execute("SELECT count(*) FROM secret WHERE name = 'x'").fetchone()[0] == 1


def test_writers_wait_for_each_other(path: Path) -> None:
    """Eight threads, each reading before it writes: with a deferred transaction some would fail at once."""
    faults: list[Exception] = []

    def count_up() -> None:
        with connect(path) as own:
            for _ in range(10):
                try:
                    with writing(own):
                        number = own.execute("SELECT count(*) FROM secret").fetchone()[0]
                        name = f"{threading.get_ident()}-{number}"
                        own.table("secret").insert({"name": name, "value": str(number), "made_at": ""})
                except sqlite3.OperationalError as fault:
                    faults.append(fault)

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    before = connection(path).execute("SELECT count(*) FROM secret").fetchone()[0]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert connection(path).execute("SELECT count(*) FROM secret").fetchone()[0] == before + 80


def test_one_view_over_several_reads(database: Database, path: Path) -> None:
    with reading(database):
        before = database.execute("SELECT count(*) FROM secret").fetchone()[0]
        other = connection(path)
        other.execute("INSERT INTO secret VALUES ('meanwhile', '', '')")
        other.commit()
        assert database.execute("SELECT count(*) FROM secret").fetchone()[0] == before
    assert database.execute("SELECT count(*) FROM secret").fetchone()[0] == before + 1
