"""Data for notebooks and for browsers of SQLite files: the same as in the data sets, and only what was handed in."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database
from town import DEADLINE, connection

import survey_app
from exports.data.tables import DataColumn, data_tables
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.database import NotInitialised, connect_to_read
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import find_inquiry

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "analyst.py"


def test_frames_are_typed(sampled: Database, path: Path) -> None:
    data = survey_app.load(path, "support_needs")
    assert list(data) == ["replies", "L4", "D"]
    assert len(data.replies) == 12
    assert data["D"] is data.tables["D"]
    types = {name: str(dtype) for name, dtype in data.replies.dtypes.items()}
    wanted = ("B1", "B4.HR", "H1", "A2", "submitted_at", "A8", "D__rows", "B1__state")
    assert [types[name] for name in wanted] == [
        *("category", "boolean", "Int64", "string", "datetime64[us, Asia/Tokyo]", "datetime64[s]", "Int64", "category")
    ]
    assert list(data.replies["B1__state"].cat.categories) == ["answered", "blank", "not_asked", "nil"]
    assert set(data.codebook["table"]) == {"replies", "L4", "D"}


def test_a_fixed_cut_is_loaded_as_it_was(sampled: Database, path: Path) -> None:
    inquiry = find_inquiry(sampled, "support_needs")
    fix_cut(sampled, inquiry, "第1次", "t", Who(None, "x", DEADLINE))
    pd.testing.assert_frame_equal(
        survey_app.load(path, "support_needs", 1).replies, survey_app.load(path, "support_needs").replies
    )
    with pytest.raises(LookupError):
        survey_app.load(path, "support_needs", 2)


def test_loading_cannot_change_the_database(sampled: Database, path: Path, tmp_path: Path) -> None:
    held = connect_to_read(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        held.execute("DELETE FROM answer")
    held.close()
    with pytest.raises(NotInitialised):
        survey_app.load(tmp_path / "none.db", "support_needs")


def test_the_package_is_light_until_it_is_asked() -> None:
    code = "import sys, survey_app; print([one for one in ('pandas', 'flask') if one in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=EXAMPLE.parents[2]
    )
    assert said.stdout.strip() == "[]"


def test_views_say_what_the_data_sets_say(sampled: Database, path: Path) -> None:
    inquiry = find_inquiry(sampled, "support_needs")
    for table in data_tables(take_cut(sampled, inquiry, DEADLINE)):
        view = "data_support_needs" + ("" if table.name == "replies" else f"_{table.name}")
        read = connection(path).execute(f'SELECT * FROM "{view}"')
        rows = read.fetchall()
        found = {one[0]: [row[place] for row in rows] for place, one in enumerate(read.description)}
        for column in table.columns:
            if column.name != "control_number":
                assert [_seen(cell) for cell in found[column.name]] == _told(column), (view, column.name)


def _seen(cell: object) -> object:
    return None if cell is None else str(cell)


def _told(column: DataColumn) -> list[str | None]:
    if column.form in ("moment", "day"):
        return [None if value is None else value.isoformat() for value in column.values]
    if column.form == "decimal":
        numbers = (None if value is None else float(value) for value in column.values)
        return [None if one is None else str(int(one) if one == int(one) else one) for one in numbers]
    return [None if value is None else str(value) for value in column.values]


def test_views_hold_no_drafts(sampled: Database, path: Path) -> None:
    drafts = sampled.execute("SELECT count(*) FROM reply WHERE state = 'draft'").fetchone()[0]
    assert drafts
    query = "SELECT count(*) FROM data_support_needs WHERE receipt IS NULL"
    assert connection(path).execute(query).fetchone()[0] == 0


def test_the_example_of_the_guide_runs(sampled: Database, path: Path) -> None:
    said = subprocess.run(
        [sys.executable, str(EXAMPLE), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert said.returncode == 0, said.stderr
    assert "提出した団体：12" in said.stdout
