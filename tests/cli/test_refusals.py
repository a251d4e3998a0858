"""Bad input: a clear message in both languages that says where, what and how to mend it; nothing lost, no traceback."""

import sqlite3
from pathlib import Path

import pytest
from running import DEADLINE, done, run

FAULTY = """
name = "X y"
title = { ja = "a" }
bogus = 1
[[sections]]
name = "A"
title = { ja = "a", en = "b" }
relevant = "${Q1} = ("
[[sections.questions]]
name = "Q1"
kind = "nokind"
label = { ja = "a", en = "b" }
[[sections.questions]]
name = "Q2"
kind = "line"
label = { ja = "a", en = "b" }
longest = "five"
relevant = "${Q9} = '1'"
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A new database."""
    path = tmp_path / "shokai.db"
    done("init", database=path)
    return path


def refused(*arguments: object, database: Path | None, code: int = 1) -> str:
    """Run a command that must fail, in both languages; return what it said in Japanese."""
    japanese = run(*arguments, database=database)
    english = run(*arguments, database=database, language="en")
    for result in (japanese, english):
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert result.stdout == ""
    assert japanese.stderr.startswith("エラー：")
    assert english.stderr.startswith("Error: ")
    assert not any("ぁ" <= character <= "ん" for character in english.stderr.splitlines()[0])
    return japanese.stderr


def test_unknown_questionnaire(database: Path) -> None:
    said = refused("inquiry", "open", "suport_needs", "--deadline", DEADLINE, database=database)
    assert "「suport_needs」という調査票はありません" in said
    assert "support_needs" in said.replace("suport", "")


@pytest.mark.parametrize("command", [("questionnaire", "check"), ("inquiry", "open", "--deadline", DEADLINE)])
def test_faulty_definition_all_faults_at_once(command: tuple[str, ...], database: Path, tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text(FAULTY, encoding="utf-8")
    said = refused(*command, path, database=database)
    for address in ("name", "title.en", "bogus", "A.relevant", "A > Q1.kind", "A > Q2.longest", "A > Q2.relevant"):
        assert f"\n  {address}\n" in said, address
    assert "nokind" in said


@pytest.mark.parametrize(
    "content",
    [b"", b"a = = 1", b"\xff\xfe\x00", b"PK\x03\x04", b"sections = 3", b"checks = [1]", "name = 'あ'".encode("cp932")],
)
def test_what_is_no_definition_at_all(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_bytes(content)
    assert "faulty.toml" in refused("questionnaire", "check", path, database=None)


def test_missing_files(database: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "x"
    assert "nowhere" in refused("questionnaire", "check", nowhere.with_suffix(".toml"), database=None)
    assert "nowhere" in refused("init", "--roster", nowhere, database=database)
    opening = ("inquiry", "open", "grant_small", "--deadline", DEADLINE)
    assert "nowhere" in refused(*opening, "--targets", nowhere, database=database)


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("2001-12-18", "過ぎています"),
        ("R1.5.1", "過ぎています"),
        ("12/18", "読み取れません"),
        ("2099-02-30", "読み取れません"),
        ("2099-12-18T25:00", "読み取れません"),
        ("令和81年12月18日 夕刻", "読み取れません"),
        ("昭和99年1月1日", "読み取れません"),
        ("", "読み取れません"),
    ],
)
def test_bad_deadlines(deadline: str, said: str, database: Path) -> None:
    assert said in refused("inquiry", "open", "support_needs", "--deadline", deadline, database=database)
    assert run("inquiry", "list", database=database).stdout == ""


def test_a_name_that_is_taken_or_cannot_be_used(database: Path) -> None:
    done("inquiry", "open", "grant_small", "--deadline", DEADLINE, database=database)
    again = ("inquiry", "open", "grant_small", "--deadline", DEADLINE)
    assert "grant_small_2" in refused(*again, database=database)
    assert "使えません" in refused(*again, "--name", "../x", database=database)
    done(*again, "--name", "grant_small_2", database=database)


def test_a_roster_with_a_missing_column_leaves_the_database(tmp_path: Path, database: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("code,name,kana,kind,county,population\n074446,みしま,みしま,町,大沼郡,1\n", encoding="utf-8")
    assert "列「bureau」がありません" in refused("init", "--roster", roster, database=database)
    with sqlite3.connect(database) as held:
        assert held.execute("SELECT name FROM municipality WHERE code = '074446'").fetchone() == ("三島町",)


def test_targets_with_faults_open_nothing(tmp_path: Path, database: Path) -> None:
    targets = tmp_path / "targets.csv"
    opening = ("inquiry", "open", "grant_small", "--deadline", DEADLINE, "--targets", targets)
    targets.write_text("code\n74446\n074447\n072010\n072010\n", encoding="utf-8")
    said = refused(*opening, database=database)
    for found in ("2行目", "「074446」と書いて", "3行目", "検査数字", "5行目", "4行目にも"):
        assert found in said
    targets.write_text("074446\n011002\n", encoding="utf-8")
    assert "011002" in refused(*opening, database=database)
    assert run("inquiry", "list", database=database).stdout == ""


def test_unknown_inquiry_says_which_there_are(database: Path, tmp_path: Path) -> None:
    done("inquiry", "open", "grant_small", "--deadline", DEADLINE, database=database)
    for command in (("export", "grant", "-o", tmp_path / "x.xlsx"), ("sample", "grant", "--replies", 1)):
        assert "grant_small" in refused(*command, database=database)


@pytest.mark.parametrize(
    "command",
    [
        ("inquiry", "list"),
        ("inquiry", "open", "grant_small", "--deadline", DEADLINE),
        ("account", "add", "x", "--role", "division"),
        ("sample", "x", "--replies", 1),
        ("export", "x", "-o", "x.xlsx"),
        ("serve",),
    ],
)
def test_no_database(command: tuple[object, ...], tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    said = refused(*command, database=path)
    assert "none.db" in said
    assert "shokai init" in said
    assert not path.exists()


@pytest.mark.parametrize("command", [("inquiry", "list"), ("init",), ("demo",)])
def test_a_file_that_is_no_database_is_left_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("大切な覚書" * 1000, encoding="utf-8")
    refused(*command, database=path)
    assert path.read_text(encoding="utf-8") == "大切な覚書" * 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch",), "nosuch というコマンドはありません"),
        (("inquiry", "close"), "close というコマンドはありません"),
        (("init", "--nosuch"), "--nosuch というオプションはありません"),
        (("inquiry", "open", "support_needs"), "--deadline' がありません"),
        (("export", "support_needs"), "どれか一つを指定してください"),
        (("sample", "support_needs", "--replies", "0"), "1以上"),
        (("sample", "support_needs", "--replies", "many"), "整数"),
        (("serve", "--port", "70000"), "65535以下"),
        (
            ("account", "add", "x", "--role", "boss"),
            "officer、approver、division、consulted、analyst、administrator のどれか",
        ),
        (("account", "add", "x", "--role", "officer"), "--municipality"),
    ],
)
def test_a_command_called_wrongly(arguments: tuple[str, ...], said: str) -> None:
    told = refused(*arguments, database=None, code=2)
    assert said in told
    assert "--help" in told
