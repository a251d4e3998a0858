"""shokai export: the file is whole or it is not there; what was there stays when it fails."""

import time
import zipfile
from pathlib import Path

import pytest
from running import DEADLINE, done, run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with replies; its tests only read."""
    path = tmp_path_factory.mktemp("export") / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 20, database=path)
    return path


def test_writes_a_whole_workbook(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "取りまとめ.xlsx"
    told = done("export", "support_needs", "-o", output, database=database).stderr
    assert "提出 20団体" in told
    assert zipfile.ZipFile(output).testzip() is None
    assert [file.name for file in tmp_path.iterdir()] == [output.name]


def test_while_no_reply_changes_every_run_gives_the_same_bytes(database: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        done("export", "support_needs", "-o", tmp_path / name, database=database)
        time.sleep(1.1)  # a clock that is looked at would show
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("output", "said"),
    [("nowhere/x.xlsx", "フォルダ"), ("x.pdf", ".xlsx"), ("x", ".xlsx"), ("folder.xlsx", "フォルダです")],
)
def test_a_place_that_cannot_be_written(output: str, said: str, database: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    refused = run("export", "support_needs", "-o", tmp_path / output, database=database)
    assert (refused.exit_code, said in refused.stderr) == (1, True)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.xlsx"]


def test_a_folder_that_takes_no_file(database: Path) -> None:
    refused = run("export", "support_needs", "-o", "/proc/x.xlsx", database=database)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("エラー：")


def test_what_was_there_stays_when_the_inquiry_is_unknown(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.xlsx"
    output.write_bytes(b"before")
    assert run("export", "nosuch", "-o", output, database=database).exit_code == 1
    assert output.read_bytes() == b"before"
