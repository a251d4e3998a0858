"""shokai demo: what `make run` sets up; it never touches a database that is somebody's."""

import sqlite3
from contextlib import closing
from pathlib import Path

from running import DEADLINE, done, run

from questions.reading import catalogue
from survey_app import clock


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database."""
    with closing(sqlite3.connect(path)) as held:
        names = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: held.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


def test_sets_everything_up_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "shokai.db"
    told = done("demo", database=path).stderr
    assert "mishima / mishima-demo" in told
    for name in ("division", "zeimu", "analyst", "admin"):
        assert f"{name} / {name}-demo" in told
    first = rows(path)
    assert {row[1] for row in first["inquiry"]} == set(catalogue())
    assert len(first["target"]) == 59 * len(catalogue())
    assert len({row[1] for row in first["submission"]}) == 40
    assert "074446" not in {row[2] for row in first["reply"]}
    now = clock.stored(clock.now())
    assert all(row[5] <= now for row in first["submission"])
    assert all(opened < now < deadline for opened, deadline in (row[6:8] for row in first["inquiry"]))
    assert "mishima / mishima-demo" in done("demo", database=path).stderr
    assert rows(path) == first


def test_mends_what_was_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("demo", database=path)
    with closing(sqlite3.connect(path)) as held:
        held.executescript(
            "DELETE FROM target WHERE inquiry = (SELECT id FROM inquiry WHERE name = 'grant_small');"
            "DELETE FROM inquiry WHERE name = 'grant_small'"
        )
        assert held.execute("SELECT count(*) FROM inquiry").fetchone() == (3,)
    done("demo", database=path)
    assert len(rows(path)["inquiry"]) == 4


def test_leaves_a_real_database_alone(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "grant_small", "--deadline", DEADLINE, "--name", "real", database=path)
    run("account", "add", "mishima", "--role", "division", "--password-stdin", typed="another one\n", database=path)
    before = rows(path)
    told = done("demo", database=path).stderr
    assert "見本のデータベースではない" in told
    assert "mishima-demo" not in told
    assert rows(path) == before
