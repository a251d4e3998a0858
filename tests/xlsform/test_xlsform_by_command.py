"""Questionnaires in Excel at the command line: import, export, check, and an inquiry opened with one."""

from pathlib import Path

import pytest
from books import book
from cli.running import DEADLINE, done, run

from questions.reading import read_catalogue, read_toml
from survey_app.store.database import connect
from survey_app.store.inquiries import find_inquiry

SOUND = book("type | name | label::Japanese (ja) | label::English (en)\ntext | a | 備蓄品 | Stocks")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A workbook without errors."""
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(SOUND)
    return file


def test_import_checks_and_writes_the_definition(sound: Path, tmp_path: Path) -> None:
    made = tmp_path / "bosai.toml"
    told = done("questionnaire", "import", sound, "-o", made).stderr
    assert "survey!A2" in told
    assert "防災備蓄調査：設問 1、表 0" in told
    assert read_toml(made.read_text(encoding="utf-8")).questions["a"].label.en == "Stocks"
    assert done("questionnaire", "check", made).exit_code == 0


def test_import_without_a_place_stores_nothing_and_says_so(sound: Path) -> None:
    told = done("questionnaire", "import", sound).stderr
    assert "まだ何も保存していません" in told
    assert "shokai inquiry open" in told


def test_import_tells_every_error_by_cell(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(book("type | name | label | relevant\ntext | Ｂ１ | 甲 |\nfrob | b | 乙 | ${x} ==="))
    result = run("questionnaire", "import", file, "-o", tmp_path / "x.toml")
    assert result.exit_code == 1
    for word in ("3件", "survey!B2「Ｂ１」", "B1", "survey!A3「frob」", "survey!D3「${x} ===」"):
        assert word in result.stderr
    assert not (tmp_path / "x.toml").exists()
    assert "Traceback" not in result.output


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    result = run("questionnaire", "import", file)
    assert result.exit_code == 1
    assert "取り込めません" in result.stderr


@pytest.mark.parametrize("name", ["support_needs", "grant_small"])
def test_export_and_import_again(name: str, tmp_path: Path) -> None:
    excel, toml = tmp_path / "x.xlsx", tmp_path / "x.toml"
    done("questionnaire", "export", name, "-o", excel)
    assert "お知らせ" not in done("questionnaire", "import", excel, "-o", toml).stderr
    apart = {"document": "", "digest": ""}
    again = read_toml(toml.read_text(encoding="utf-8"))
    assert again.model_copy(update=apart) == read_catalogue(name).model_copy(update=apart)


def test_export_writes_toml_and_the_empty_form(tmp_path: Path) -> None:
    done("questionnaire", "export", "grant_small", "-o", tmp_path / "x.toml")
    assert read_toml((tmp_path / "x.toml").read_text(encoding="utf-8")).digest == read_catalogue("grant_small").digest
    done("questionnaire", "export", "empty", "-o", tmp_path / "empty.xlsx")
    assert "設問が一つもありません" in run("questionnaire", "import", tmp_path / "empty.xlsx").stderr
    assert run("questionnaire", "export", "nothing", "-o", tmp_path / "y.xlsx").exit_code == 1
    assert run("questionnaire", "export", "empty", "-o", tmp_path / "y.toml").exit_code == 1


def test_an_inquiry_is_opened_with_a_workbook(sound: Path, path: Path, tmp_path: Path) -> None:
    done("inquiry", "open", sound, "--deadline", DEADLINE, database=path)
    with connect(path) as database:
        assert find_inquiry(database, "bosai").questionnaire.questions["a"].label.ja == "備蓄品"
    done("questionnaire", "export", "bosai", "-o", tmp_path / "again.xlsx", database=path)
    assert "取り込めます（防災備蓄調査" in done("questionnaire", "import", tmp_path / "again.xlsx").stderr


def test_english(sound: Path) -> None:
    assert "can be taken in" in run("questionnaire", "import", sound, language="en").stderr
