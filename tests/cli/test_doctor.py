"""shokai doctor: finds what is broken, and changes nothing."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from running import DEADLINE, done, run

Break = Callable[[sqlite3.Connection], object]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with replies."""
    path = tmp_path / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "grant_small", "--deadline", DEADLINE, database=path)
    done("sample", "grant_small", "--replies", 5, database=path)
    return path


def test_all_is_sound(database: Path) -> None:
    told = done("doctor", database=database).stdout
    assert ("×" in told, "異常はありません" in told) == (False, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "DROP TRIGGER submission_is_not_changed; UPDATE submission SET contents = '{}' WHERE id = 1",
            "提出された回答",
        ),
        ("UPDATE questionnaire SET document = replace(document, '定額', '変額')", "保存した調査票"),
        ("DELETE FROM municipality WHERE code = '072010'", "つながり"),
        ("PRAGMA journal_mode = DELETE", "WAL"),
    ],
)
def test_finds_what_is_broken(change: str, said: str, database: Path) -> None:
    with closing(sqlite3.connect(database)) as held:
        held.executescript(change)
    result = run("doctor", database=database)
    assert result.exit_code == 1
    wrong = [line for line in result.stdout.splitlines() if line.startswith("×")]
    assert any(said in line for line in wrong), result.stdout


def test_an_answer_that_its_questionnaire_does_not_know(database: Path) -> None:
    """The digest fits, but nobody could read it back."""
    with closing(sqlite3.connect(database)) as held:
        held.executescript("DROP TRIGGER submission_is_not_changed")
        changed = '{"answers":{"NOSUCH":"1"},"tables":{}}'
        digest = hashlib.sha256(changed.encode()).hexdigest()
        held.execute("UPDATE submission SET contents = ?, digest = ? WHERE id = 2", [changed, digest])
        receipt = held.execute("SELECT receipt FROM submission WHERE id = 2").fetchone()[0]
        held.commit()
    result = run("doctor", database=database)
    assert (result.exit_code, receipt in result.stdout) == (1, True)


def test_a_damaged_file(database: Path) -> None:
    with closing(sqlite3.connect(database)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(database.read_bytes())
    content[20_000:60_000] = b"\xa5" * 40_000
    database.write_bytes(content)
    result = run("doctor", database=database)
    assert (result.exit_code, "×" in result.stdout) == (1, True)
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("content", [None, "これはデータベースではない"])
def test_no_database(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    if content is not None:
        path.write_text(content * 100, encoding="utf-8")
    result = run("doctor", database=path)
    assert (result.exit_code, "× データベースが開く" in result.stdout) == (1, True)
    assert path.exists() == (content is not None)
