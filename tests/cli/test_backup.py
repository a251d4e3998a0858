"""shokai backup and restore."""

import sqlite3
from contextlib import closing
from pathlib import Path

from running import DEADLINE, done, run


def filled(tmp_path: Path) -> Path:
    """A database with replies."""
    path = tmp_path / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 5, "--seed", 1, database=path)
    return path


def test_the_compiled_workbook_is_the_same_after_restoring_on_an_empty_folder(tmp_path: Path) -> None:
    path = filled(tmp_path)
    done("export", "support_needs", "-o", tmp_path / "before.xlsx", database=path)
    told = done("backup", tmp_path / "copy.db", database=path).stderr
    assert "copy.db" in told
    new = tmp_path / "elsewhere" / "shokai.db"
    done("restore", tmp_path / "copy.db", database=new)
    done("export", "support_needs", "-o", tmp_path / "after.xlsx", database=new)
    assert (tmp_path / "after.xlsx").read_bytes() == (tmp_path / "before.xlsx").read_bytes()
    assert "異常はありません" in done("doctor", database=new).stdout


def test_a_copy_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    copy = tmp_path / "copy.db"
    copy.write_text("something", encoding="utf-8")
    refused = run("backup", copy, database=path)
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    assert copy.read_text(encoding="utf-8") == "something"
    done("backup", copy, "--overwrite", database=path)
    with closing(sqlite3.connect(copy)) as held:
        assert held.execute("SELECT count(*) FROM municipality").fetchone() == (59,)


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    before = path.read_bytes()
    text = tmp_path / "text.db"
    text.write_text("no database", encoding="utf-8")
    for arguments, word in (
        (("backup", tmp_path / "none" / "copy.db"), "フォルダ"),
        (("restore", tmp_path / "none.db"), "ありません"),
        (("restore", text), "控えではありません"),
    ):
        refused = run(*arguments, database=path)
        assert refused.exit_code == 1
        assert word in refused.stderr
        assert "Traceback" not in refused.stderr
    assert path.read_bytes() == before
    missing = run("backup", tmp_path / "x.db", database=tmp_path / "nothing.db")
    assert missing.exit_code == 1
    assert "shokai init" in missing.stderr


def test_what_was_there_is_kept_each_time_and_its_name_said(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    done("backup", tmp_path / "copy#1.db", database=path)
    told = [done("restore", tmp_path / "copy#1.db", database=path).stderr for _ in range(2)]
    kept = sorted(one.name for one in tmp_path.glob("shokai.before-restore-*.db"))
    assert len(kept) == 2
    assert all(sum(name in said for name in kept) == 1 for said in told)


def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    path, newer = tmp_path / "shokai.db", tmp_path / "newer.db"
    done("init", database=path)
    done("backup", newer, database=path)
    with closing(sqlite3.connect(newer)) as held, held:
        row = ("shokai", "m999_of_the_future", "2031-04-01 09:00:00+00:00")
        held.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", row)
    before = path.read_bytes(), newer.read_bytes()
    for refused in (run("init", database=newer), run("restore", newer, database=path)):
        assert refused.exit_code == 1
        assert "新しい版" in refused.stderr
        assert "m999_of_the_future" in refused.stderr
        assert "newer.db" in refused.stderr
    assert (path.read_bytes(), newer.read_bytes()) == before
