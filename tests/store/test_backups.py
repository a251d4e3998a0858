"""A copy of the database: whole while others write, looked through, put back."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database
from town import OPENED

from survey_app.store import backups
from survey_app.store.audit import Subject, Who, record
from survey_app.store.backups import DamagedBackup, InUse, TooNew, back_up
from survey_app.store.database import NotInitialised, NotOurs, connect, initialise, writing
from survey_app.store.inquiries import inquiries

WHO = Who(None, "test", OPENED)
MOMENT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def restore(copy: Path, path: Path) -> Path | None:
    """Put a copy back at a moment that stands."""
    return backups.restore(copy, path, MOMENT)


def from_the_future(path: Path) -> None:
    """Mark a database with a step that no program of today knows."""
    with closing(sqlite3.connect(path)) as held, held:
        row = ("shokai", "m999_of_the_future", "2031-04-01 09:00:00+00:00")
        held.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", row)


def rows(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as held:
        names = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: held.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_a_copy_holds_everything_in_one_file(sampled: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    told: list[tuple[int, int]] = []
    size = back_up(path, copy, lambda left, whole: told.append((left, whole)))
    assert size == copy.stat().st_size > 100_000
    assert told[-1][0] == 0
    assert rows(copy) == rows(path)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith((".", "copy"))) == ["copy.db"]


def test_while_others_write_it_is_one_moment(database: Database, path: Path, tmp_path: Path) -> None:
    """Two lines are always written together; no copy holds one of them."""
    stop = threading.Event()

    def write() -> None:
        with connect(path) as own:
            while not stop.is_set():
                with writing(own):
                    record(own, WHO, "left", Subject())
                    record(own, WHO, "right", Subject())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            copy = tmp_path / f"{number}.db"
            back_up(path, copy)
            with closing(sqlite3.connect(copy)) as held:
                left, right = (
                    held.execute("SELECT count(*) FROM event WHERE act = ?", [act]).fetchone()[0]
                    for act in ("left", "right")
                )
            assert left == right
    finally:
        stop.set()
        writer.join()
    assert left > 0


def test_put_back_into_an_empty_folder(sampled: Database, path: Path, tmp_path: Path) -> None:
    copy, there = tmp_path / "copy.db", tmp_path / "new" / "shokai.db"
    back_up(path, copy)
    restore(copy, there)
    assert rows(there) == rows(path)
    with connect(there) as database:
        assert [one.name for one in inquiries(database)] == [one.name for one in inquiries(sampled)]


def test_what_was_there_is_kept_beside_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    with connect(path) as database, writing(database):
        record(database, WHO, "later", Subject())
    before = rows(path)
    kept = restore(copy, path)
    assert rows(path)["event"] == before["event"] - 1
    assert kept is not None
    assert rows(kept) == before


def test_what_was_kept_before_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    with connect(path) as database, writing(database):
        record(database, WHO, "later", Subject())
    wanted = rows(path)
    names = {None if kept is None else kept.name for kept in (restore(copy, path) for _ in range(3))}
    stem = "shokai.before-restore-20261124-101500"
    assert names == {f"{stem}.db", f"{stem}-2.db", f"{stem}-3.db"}
    assert rows(path.with_name(f"{stem}.db")) == wanted


@pytest.mark.parametrize("name", ["第1回#2.db", "なに?.db", "100%.db", "%23 a b.db"])
def test_copies_may_bear_any_name(path: Path, tmp_path: Path, name: str) -> None:
    back_up(path, tmp_path / name)
    restore(tmp_path / name, tmp_path / "new.db")
    assert rows(tmp_path / "new.db") == rows(path)


def test_a_copy_of_a_newer_program_is_not_put_back(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    from_the_future(copy)
    before = rows(path)
    with pytest.raises(TooNew) as refused:
        restore(copy, path)
    assert refused.value.steps == ("m999_of_the_future",)
    assert refused.value.since == "2031-04-01"
    assert rows(path) == before
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]
    from_the_future(path)
    with pytest.raises(TooNew):
        initialise(path)


def test_not_while_a_server_has_it_open(database: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    database.execute("SELECT count(*) FROM inquiry").fetchone()
    before = rows(path)
    with pytest.raises(InUse):
        restore(copy, path)
    assert rows(path) == before


def test_a_damaged_copy_is_not_put_back(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\\xff" * (4096 * 37)
    copy.write_bytes(bytes(content))
    before = rows(path)
    with pytest.raises(DamagedBackup):
        restore(copy, path)
    text = tmp_path / "text.db"
    text.write_text("no database", encoding="utf-8")
    with pytest.raises(DamagedBackup):
        restore(text, path)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    with pytest.raises(NotOurs):
        restore(tmp_path / "other.db", path)
    with pytest.raises(FileNotFoundError):
        restore(tmp_path / "none.db", path)
    assert rows(path) == before


def test_a_damaged_database_is_replaced(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    wanted = rows(path)
    path.write_bytes(b"damaged" * 1000)
    restore(copy, path)
    assert rows(path) == wanted


def test_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(NotInitialised):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []
