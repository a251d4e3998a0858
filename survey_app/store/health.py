"""Looks whether a database is sound, from what SQLite says of itself to every digest."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from questions import contents
from questions.model import Questionnaire
from questions.reading import FaultyDefinition, read_stored
from survey_app.schema import migrations

MOST_TOLD = 20


def integrity(database: Database) -> list[str]:
    """Return what SQLite finds damaged in the file; nothing when it is whole."""
    found = [str(row[0]) for row in database.execute(f"PRAGMA integrity_check({MOST_TOLD})")]
    return [] if found == ["ok"] else found


def foreign_keys(database: Database) -> list[str]:
    """Return the rows that refer to something that is not there."""
    rows = database.execute("PRAGMA foreign_key_check")
    return [f"{row[0]} {row[1]} → {row[2]}" for row, _ in zip(rows, range(MOST_TOLD), strict=False)]


def journal_mode(database: Database) -> str:
    """Return how SQLite journals; "wal" is what we need."""
    return str(database.execute("PRAGMA journal_mode").fetchone()[0])


def pending(database: Database) -> list[str]:
    """Return the names of the steps that the tables lack."""
    return [step.name for step in migrations.pending(database)]


def unreadable_questionnaires(database: Database) -> list[str]:
    """Return the stored questionnaires that cannot be read, or are not what their digest says."""
    return [f"{name} {digest[:12]}" for name, digest, found in _questionnaires(database) if found is None]


def count_submissions(database: Database) -> int:
    """Return how many submissions there are."""
    return int(database.execute("SELECT count(*) FROM submission").fetchone()[0])


def wrong_submissions(database: Database) -> Iterator[str | None]:
    """Yield for each submission None when it is whole, else its receipt: its digest or its contents are wrong."""
    known = {digest: found for _, digest, found in _questionnaires(database)}
    query = "SELECT receipt, contents, digest, questionnaire FROM submission ORDER BY id"
    for row in database.execute(query):
        whole = contents.digest(row["contents"]) == row["digest"]
        yield None if whole and _loads(row["contents"], known.get(row["questionnaire"])) else str(row["receipt"])


def size(path: Path) -> int:
    """Return how many bytes the database takes, with what waits in its journal."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _questionnaires(database: Database) -> Iterator[tuple[str, str, Questionnaire | None]]:
    for row in database.execute("SELECT name, digest, document FROM questionnaire ORDER BY kept_at"):
        whole = hashlib.sha256(row["document"].encode()).hexdigest() == row["digest"]
        yield row["name"], row["digest"], _read(row["document"]) if whole else None


def _read(document: str) -> Questionnaire | None:
    try:
        return read_stored(document)
    except (FaultyDefinition, ValueError):
        return None


def _loads(stored: str, questionnaire: Questionnaire | None) -> bool:
    if questionnaire is None:
        return False
    try:
        contents.load(stored, questionnaire)
    except (KeyError, TypeError, ValueError, ArithmeticError, json.JSONDecodeError):
        return False
    return True
