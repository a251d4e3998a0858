"""Copies of the whole database: taken while the server runs, looked through, and put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from survey_app.schema import migrations
from survey_app.store import health
from survey_app.store.database import BUSY_MILLISECONDS, NotInitialised, NotOurs, connect, initialise

_PAGES = 2_000
"""Pages copied at a time: writers come in between."""


class DamagedBackup(ValueError):
    """A copy that is not whole; the arguments say what is wrong with it."""


class InUse(RuntimeError):
    """The database is open in a server."""


def back_up(path: Path, to: Path, advance: Callable[[int, int], None] | None = None) -> int:
    """Copy the database as it stands at one moment into a file; return its size in bytes.

    Others go on reading and writing. The copy is looked through before it takes its name, so that there is never half
    a copy under it; ``advance`` is told (pages left, pages in all). Raises NotInitialised, DamagedBackup.
    """
    connect(path).close()
    unfinished = to.with_name(f".{to.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)) as held:
            held.execute("BEGIN")  # one view: what others write meanwhile does not begin the copy anew
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with closing(sqlite3.connect(unfinished)) as copy:
                held.backup(
                    copy, pages=_PAGES, progress=lambda _status, left, all_: advance(left, all_) if advance else None
                )
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _look_through(unfinished)
        _make_durable(unfinished)
        unfinished.replace(to)
        _make_durable(to.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return to.stat().st_size


def restore(backup: Path, path: Path) -> None:
    """Put a copy in the place of the database, which must not be in use; what was there is kept beside it.

    Tables of an older program are brought up to date. Raises FileNotFoundError, DamagedBackup, NotOurs, InUse.
    """
    if not backup.is_file():
        raise FileNotFoundError(backup)
    _look_through(backup)
    _refuse_when_in_use(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        reading = closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True))
        with reading as held, closing(sqlite3.connect(unfinished)) as copy:
            held.backup(copy)
        initialise(unfinished).close()
        for ending in ("-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
        _make_durable(unfinished)
        _set_aside(path)
        unfinished.replace(path)
        _make_durable(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def set_aside_name(path: Path) -> Path:
    """Return under which name the database that was there is kept."""
    return path.with_name(f"{path.stem}.before-restore{path.suffix}")


def _set_aside(path: Path) -> None:
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as held, suppress(sqlite3.DatabaseError):  # it may be damaged
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.replace(set_aside_name(path))


def _refuse_when_in_use(path: Path) -> None:
    """Ask for the whole file: a server that has it open in WAL mode holds a shared lock on it."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0.2, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA locking_mode=EXCLUSIVE")
            held.execute("BEGIN EXCLUSIVE")
            held.execute("ROLLBACK")
        except sqlite3.OperationalError as fault:
            raise InUse(str(path)) from fault
        except sqlite3.DatabaseError:
            return  # it is damaged: that is why a copy is put back


def _look_through(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as held:
            found = [str(row[0]) for row in held.execute(f"PRAGMA integrity_check({health.MOST_TOLD})")]
            tables = {str(row[0]) for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as fault:
        raise DamagedBackup(str(fault)) from fault
    if found != ["ok"]:
        raise DamagedBackup(*found)
    if migrations.migrations_table not in tables:
        raise NotOurs(str(copy))


def _make_durable(place: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if os.name == "nt" and place.is_dir():
        return  # Windows keeps the names of a folder by itself
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["DamagedBackup", "InUse", "NotInitialised", "back_up", "restore", "set_aside_name"]
