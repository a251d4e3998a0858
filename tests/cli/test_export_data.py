"""shokai export --data and --files: all files are whole, or what was there stays."""

import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from running import DEADLINE, done, run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with replies; its tests only read."""
    path = tmp_path_factory.mktemp("data") / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 15, database=path)
    return path


@pytest.mark.parametrize("ending", ["csv", "parquet", "sav", "dta"])
def test_tables_stand_beside_each_other(ending: str, database: Path, tmp_path: Path) -> None:
    told = done("export", "support_needs", "--data", tmp_path / f"回答.{ending}", database=database).stderr
    names = {f"回答{part}.{ending}" for part in ("", "_D", "_L4", "_codebook")}
    assert {file.name for file in tmp_path.iterdir()} == names
    assert all(name in told for name in names)


@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_everything_stands_in_one_file(ending: str, database: Path, tmp_path: Path) -> None:
    done("export", "support_needs", "--data", tmp_path / f"回答.{ending}", database=database)
    assert [file.name for file in tmp_path.iterdir()] == [f"回答.{ending}"]
    assert zipfile.ZipFile(tmp_path / f"回答.{ending}").testzip() is None


def test_codes_keep_their_zeros(database: Path, tmp_path: Path) -> None:
    done("export", "support_needs", "--data", tmp_path / "x.xlsx", database=database)
    found = pd.read_excel(tmp_path / "x.xlsx", sheet_name="replies", dtype={"code": str})
    assert found["code"].str.fullmatch(r"07\d{4}").all()  # a number in the cell would have lost its zero


def test_cp932_comes_with_a_report(database: Path, tmp_path: Path) -> None:
    done("export", "support_needs", "--data", tmp_path / "x.csv", "--encoding", "cp932", database=database)
    assert (tmp_path / "x_replaced.csv").is_file()
    assert "団体コード" in (tmp_path / "x_codebook.csv").read_text("cp932")


def test_the_files_that_were_sent(database: Path, tmp_path: Path) -> None:
    told = done("export", "support_needs", "--files", tmp_path / "x.zip", database=database).stderr
    assert "添付ファイル 0件" in told
    assert zipfile.ZipFile(tmp_path / "x.zip").namelist() == ["一覧.csv"]


def test_one_thing_at_a_time(database: Path, tmp_path: Path) -> None:
    refused = run("export", "support_needs", "-o", tmp_path / "a.xlsx", "--data", tmp_path / "b.csv", database=database)
    assert (refused.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert run("export", "support_needs", database=database).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--data", "x.pdf"), 1, ".parquet"),
        (("--files", "x.rar"), 1, ".zip"),
        (("--data", "x.zip", "--cut", "3"), 1, "確定した集計 3 はありません"),
        (("--data", "x.zip", "--encoding", "cp932"), 2, ".csv"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], code: int, said: str, database: Path, tmp_path: Path) -> None:
    where = [str(tmp_path / one) if one.startswith("x.") else one for one in arguments]
    refused = run("export", "support_needs", *where, database=database)
    assert (refused.exit_code, said in refused.stderr) == (code, True), refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("ending", "package"), [("parquet", "pyarrow"), ("sav", "pyreadstat")])
def test_a_missing_package_is_named_with_its_extra(
    ending: str, package: str, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    refused = run("export", "support_needs", "--data", tmp_path / f"x.{ending}", database=database)
    assert refused.exit_code == 1
    assert package in refused.stderr
    assert "shokai[data]" in refused.stderr
    assert list(tmp_path.iterdir()) == []
