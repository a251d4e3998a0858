"""Opens the database and holds write transactions."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from survey_app.schema import migrations
from survey_app.schema.viewing import drop_data_views, make_data_views

BUSY_MILLISECONDS = 10_000
_ONE_WRITER = threading.Lock()


class NotInitialised(LookupError):
    """There is no database at the path, or its tables are of an older program."""


class NotOurs(ValueError):
    """The file holds another program's tables."""


class TooNew(ValueError):
    """A newer program made the tables. ``steps``: those that this one lacks; ``since``: the day of the first."""

    def __init__(self, steps: tuple[str, ...], since: str) -> None:
        super().__init__(f"{', '.join(steps)} ({since})")
        self.steps, self.since = steps, since


def initialise(path: Path) -> Database:
    """Make the database, or bring its tables up to date, and open it. Raises NotOurs, TooNew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = _open(path)
    try:
        _require_known(database, path)
    except ValueError:
        database.close()
        raise
    database.execute("PRAGMA journal_mode=WAL")
    if migrations.pending(database):
        _migrate(database)
    return database


def _require_known(database: Database, path: Path) -> None:
    """Is there nothing yet, or what a program of this or an earlier version made? Raises NotOurs, TooNew."""
    taken = migrations.applied(database)
    if database.table_names() and not taken:
        raise NotOurs(str(path))
    known = {step.name for step in migrations.pending(Database(memory=True))}
    if unknown := [step for step in taken if step.name not in known]:
        raise TooNew(tuple(step.name for step in unknown), unknown[0].applied_at[:10])


def _migrate(database: Database) -> None:
    """Take the steps that are left. A step may make a table anew to which others refer, so keys are checked after."""
    database.execute("PRAGMA foreign_keys=OFF")
    drop_data_views(database)  # a table that a view looks at cannot be made anew
    migrations.apply(database)
    database.execute("PRAGMA foreign_keys=ON")
    if loose := database.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError(f"{loose['table']} refers to a missing row of {loose['parent']}")
    make_data_views(database)


def connect(path: Path) -> Database:
    """Open an existing database. Raises NotInitialised."""
    if not path.is_file():
        raise NotInitialised(str(path))
    database = _open(path)
    if migrations.pending(database):
        database.close()
        raise NotInitialised(str(path))
    return database


def connect_to_read(path: Path) -> Database:
    """Open an existing database that cannot be changed through this connection. Raises NotInitialised."""
    if not path.is_file():
        raise NotInitialised(str(path))
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_MILLISECONDS / 1000)
    connection.row_factory = sqlite3.Row
    database = Database(connection, execute_plugins=False)
    if migrations.pending(database):
        database.close()
        raise NotInitialised(str(path))
    return database


def fold(path: Path) -> None:
    """Bring what stands in the log beside the database into it, so that the one file holds everything."""
    with connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    database = Database(connection, execute_plugins=False)
    for pragma in ("foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY_MILLISECONDS}"):
        database.execute(f"PRAGMA {pragma}")
    return database


@contextmanager
def writing(database: Database) -> Iterator[Database]:
    """Hold one write transaction from its first read on; durable when the block ends, undone when it fails."""
    with _ONE_WRITER:  # threads of one process queue here, those of others in SQLite
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")  # on a full disk it is this that fails
        except BaseException:
            database.rollback()
            raise


def write_if_free(database: Database, statement: str, values: Sequence[object]) -> bool:
    """Run one statement that can as well be left out: not while anybody else writes. Tell whether it was run."""
    if not _ONE_WRITER.acquire(blocking=False):
        return False
    try:
        database.execute("PRAGMA busy_timeout=0")
        database.execute("BEGIN IMMEDIATE")
        database.execute(statement, list(values))
        database.execute("COMMIT")
    except sqlite3.OperationalError:
        database.rollback()
        return False
    else:
        return True
    finally:
        database.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        _ONE_WRITER.release()


@contextmanager
def reading(database: Database) -> Iterator[Database]:
    """Hold one view of the database over several reads; inside a transaction, that one's."""
    if database.conn.in_transaction:
        yield database
        return
    database.execute("BEGIN")
    try:
        yield database
    finally:
        database.rollback()
