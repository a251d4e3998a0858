"""shokai consult, export --divisions and respond: a round by the command line, told file by file."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from book_hands import handled, needs_sheet, opened, put
from click.testing import Result
from openpyxl.workbook import Workbook
from round_desk import WHOLE
from running import DEADLINE, done, run

from exports.divisions.anchors import key_of
from exports.needs import Key
from survey_app import clock
from survey_app.routing_start import take_start
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.inquiries import find_inquiry
from survey_app.store.responses import Typed, save_response
from survey_app.store.rounds import asked, rounds

DUE = "2099-12-28T17:15"
Shokai = Callable[..., Result]


@pytest.fixture(scope="module")
def prepared_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with replies, routes and an open round; copied for each test."""
    path = tmp_path_factory.mktemp("respond") / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 8, database=path)
    with connect(path) as database:
        row = database.execute("SELECT max(submitted_at) AS at FROM submission").fetchone()
        take_start(database, Who(None, "test", datetime.fromisoformat(row["at"])))
    done("consult", "support_needs", "--due", DUE, "--request", "検討をお願いします。", database=path)
    with sqlite3.connect(path) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def shokai(prepared_round: Path, tmp_path: Path) -> Shokai:
    path = tmp_path / "shokai.db"
    path.write_bytes(prepared_round.read_bytes())

    def called(*arguments: object, exit_code: int = 0) -> Result:
        found = run(*arguments, database=path)
        assert found.exit_code == exit_code, found.output
        return found

    return called


@pytest.fixture
def books(shokai: Shokai, tmp_path: Path) -> list[Path]:
    """The workbooks of the divisions."""
    shokai("export", "support_needs", "--divisions", tmp_path / "関係課")
    return sorted((tmp_path / "関係課").iterdir())


def needs_in(book: Workbook) -> list[Key]:
    sheet, first, _ = needs_sheet(book)
    keys = (str(sheet.cell(row, 1).value or "").partition("/")[2] for row in range(first, sheet.max_row + 1))
    return [key for key in map(key_of, keys) if key is not None]


def filled(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(handled(content, *(put(key, WHOLE) for key in needs_in(opened(content)))))


def stored(tmp_path: Path) -> int:
    return int(sqlite3.connect(tmp_path / "shokai.db").execute("SELECT count(*) FROM response").fetchone()[0])


def test_a_folder_of_workbooks_is_taken_in_and_told(shokai: Shokai, books: list[Path], tmp_path: Path) -> None:
    assert len(books) >= 2
    wanted = 0
    for path in books:
        filled(path)
        wanted += len(needs_in(opened(path.read_bytes())))
    told = shokai("respond", "support_needs", tmp_path / "関係課")
    assert stored(tmp_path) == wanted
    assert f"{len(books)}ファイルのうち{len(books)}ファイルを取り込みました" in told.stderr
    assert "取り込まなかったもの 0、提出までに必要なこと 0" in told.stdout
    before = sqlite3.connect(tmp_path / "shokai.db").execute("SELECT count(*) FROM event").fetchone()
    assert "取り込んだ欄 0" in shokai("respond", "support_needs", tmp_path / "関係課").stdout
    assert sqlite3.connect(tmp_path / "shokai.db").execute("SELECT count(*) FROM event").fetchone() == before


def test_a_dry_run_saves_nothing(shokai: Shokai, books: list[Path], tmp_path: Path) -> None:
    filled(books[0])
    told = shokai("respond", "support_needs", books[0], "--dry-run")
    assert "保存していません" in told.stderr
    assert stored(tmp_path) == 0


def test_what_is_whole_can_be_handed_in(shokai: Shokai, books: list[Path], tmp_path: Path) -> None:
    filled(books[0])
    told = shokai("respond", "support_needs", books[0], books[1], "--hand-in")
    assert "提出済みにした課は1です" in told.stderr
    query = "SELECT count(*) FROM round_division WHERE handed_at IS NOT NULL"
    assert sqlite3.connect(tmp_path / "shokai.db").execute(query).fetchone() == (1,)


def test_mistakes_are_reported_by_cell_and_marked(shokai: Shokai, books: list[Path], tmp_path: Path) -> None:
    content = books[0].read_bytes()
    key = needs_in(opened(content))[0]
    books[0].write_bytes(handled(content, put(key, {**WHOLE, "R1": "B", "R3": "予算"})))
    (tmp_path / "旧.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))
    (tmp_path / "back").mkdir()
    arguments = ("--report", tmp_path / "r.json", "--marked", tmp_path / "back")
    shokai("respond", "support_needs", books[0], tmp_path / "旧.xls", *arguments, exit_code=1)
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [(one["weight"], one["question"]) for one in found] == [("file", ""), ("wrong", "R4 予定時期"), ("file", "")]
    assert "予定時期が必要です" in found[1]["wrong"]
    assert "古い形式" in found[2]["wrong"]
    marked = opened((tmp_path / "back" / books[0].name).read_bytes())
    assert marked.sheetnames[0] == "確認事項"
    assert stored(tmp_path) == 1


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_reports_in_other_formats(shokai: Shokai, books: list[Path], tmp_path: Path, suffix: str) -> None:
    report = tmp_path / f"結果{suffix}"
    shokai("respond", "support_needs", books[0], "--report", report)
    if suffix == ".xlsx":
        heads = [one.value for one in opened(report.read_bytes()).worksheets[0][1]]
        assert heads[:3] == ["ファイル", "管理番号", "関係課"]
    else:
        assert "課" in report.read_text(encoding="utf-8-sig")


def test_without_an_open_round_there_is_nothing_to_write(shokai: Shokai, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "shokai.db") as held:
        held.execute("UPDATE round SET closed_at = opened_at")
    told = shokai("export", "support_needs", "--divisions", tmp_path / "x", exit_code=1)
    assert "shokai consult" in told.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("export", "support_needs"), 2, "どれか一つ"),
        (("respond", "support_needs", "nowhere"), 1, "nowhere"),
        (("respond", "nosuch", "."), 1, "という照会はありません"),
        (("consult", "support_needs", "--due", "あした"), 1, "読み取れません"),
        (("consult", "support_needs", "--due", DUE, "--cut", "9"), 1, "集計 9 はありません"),
        (("consult", "support_needs", "--due", DUE, "--cut", "9" * 30), 1, "はありません"),
        (("consult", "support_needs", "--due", DUE, "--cut", "0"), 2, "1以上"),
        (("consult", "support_needs", "--due", "2020-01-01T00:00"), 1, "--due：回答期限は、いまより後に"),
        (("consult", "support_needs", "--due", DUE, "--request", "a\x01b"), 1, "--request：使えない文字"),
        (("consult", "support_needs", "--due", DUE, "--request", "あ" * 2001), 1, "2000字以内で入力してください"),
        (("publish", "support_needs", "-o", "x", "--round", "9" * 30), 1, "回の照会はありません"),
    ],
)
def test_misuse_is_told(shokai: Shokai, arguments: tuple[object, ...], code: int, said: str) -> None:
    assert said in shokai(*arguments, exit_code=code).stderr


def test_without_routes_nobody_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    refused = run("consult", "support_needs", "--due", DUE, database=path)
    assert (refused.exit_code, "受け持つ課のある要望がありません" in refused.stderr) == (1, True)


def test_a_text_that_no_cell_holds_stops_one_workbook_and_is_named(shokai: Shokai, tmp_path: Path) -> None:
    with connect(tmp_path / "shokai.db") as database:
        round_ = rounds(database, find_inquiry(database, "support_needs"))[-1]
        whole = len({one.division for one in asked(database, round_)})
        line = asked(database, round_)[0]
        draft = Typed({"R2": "あ" * 33_000}, 0, line.need_digest)
        save_response(database, round_, line, draft, Who(None, "test", clock.now()))
    folder = tmp_path / "関係課"
    told = shokai("export", "support_needs", "--divisions", folder, exit_code=1).stderr
    assert "Traceback" not in told
    assert "「対応内容」" in told
    assert f"{line.municipality}-" in told
    assert len(list(folder.iterdir())) == whole - 1 >= 1
