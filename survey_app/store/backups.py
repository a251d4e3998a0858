"""Copies of the whole database: taken while the server runs, looked through, and put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from survey_app.schema import migrations
from survey_app.store import health
from survey_app.store.database import BUSY_MILLISECONDS, NotInitialised, NotOurs, TooNew, connect, initialise

_PAGES = 2_000
"""Pages copied at a time: writers come in between."""
_LOGS = ("-journal", "-wal", "-shm")
"""How the names of the files end that SQLite keeps beside a database while it writes."""


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
    _remove(unfinished)
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
        _remove(unfinished)
    return to.stat().st_size


def restore(backup: Path, path: Path, at: datetime) -> Path | None:
    """Put a copy in the place of the database, which must not be in use; return where what was there is kept.

    That is beside it, under a name of its own with the time; None: nothing was there. Tables of an older program are
    brought up to date. Raises FileNotFoundError, DamagedBackup, NotOurs, TooNew, InUse.
    """
    if not backup.is_file():
        raise FileNotFoundError(backup)
    _look_through(backup)
    _refuse_when_in_use(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        reading = closing(_connect_to_read(backup))
        with reading as held, closing(sqlite3.connect(unfinished)) as copy:
            held.backup(copy)
        initialise(unfinished).close()
        _remove_logs(unfinished)
        _make_durable(unfinished)
        kept = _set_aside(path, at)
        unfinished.replace(path)
        _make_durable(path.parent)
    finally:
        _remove(unfinished)
    return kept


def _remove(unfinished: Path) -> None:
    """Remove a copy that did not get its name, with what SQLite left beside it."""
    unfinished.unlink(missing_ok=True)
    _remove_logs(unfinished)


def _remove_logs(of: Path) -> None:
    for ending in _LOGS:
        of.with_name(of.name + ending).unlink(missing_ok=True)


def _free_name(path: Path, at: datetime) -> Path:
    """Return a name that nothing has: shokai.before-restore-20261124-101500.db, and of the same second …-2.db."""
    stem = f"{path.stem}.before-restore-{at:%Y%m%d-%H%M%S}"
    names = (f"{stem}{ending}{path.suffix}" for ending in chain([""], (f"-{number}" for number in count(2))))
    return next(free for free in map(path.with_name, names) if not free.exists())


def _set_aside(path: Path, at: datetime) -> Path | None:
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as held, suppress(sqlite3.DatabaseError):  # it may be damaged
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    _remove_logs(path)
    kept = _free_name(path, at)
    path.replace(kept)
    return kept


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


def _connect_to_read(copy: Path) -> sqlite3.Connection:
    """Open a copy that is not to be changed; in its address #, ? and % are spelled out."""
    return sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)


def _look_through(copy: Path) -> None:
    try:
        with closing(_connect_to_read(copy)) as held:
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


__all__ = ["DamagedBackup", "InUse", "NotInitialised", "NotOurs", "TooNew", "back_up", "restore"]
