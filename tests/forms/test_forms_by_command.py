"""shokai form and shokai receive: made for one town, taken in from a folder, told file by file."""

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filling import changed, opened, put
from handled import good
from openpyxl.workbook import Workbook
from town import OTHER, OWN

from survey_app.cli.main import shokai
from survey_app.receiving.batches import Batch, forms_in
from survey_app.receiving.reporting import COLUMNS, entries
from survey_app.store.inquiries import find_inquiry
from survey_app.store.rosters import roster

DEADLINE = "2099-12-18T17:15"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run commands over a database of their own: ``office("form", "support_needs", …)``."""
    from click.testing import CliRunner

    monkeypatch.setenv("SHOKAI_DATABASE", str(tmp_path / "shokai.db"))
    monkeypatch.delenv("SHOKAI_LANGUAGE", raising=False)

    def run(*arguments: object, exit_code: int = 0) -> Any:
        found = CliRunner().invoke(shokai, [str(one) for one in arguments], prog_name="shokai")
        assert found.exit_code == exit_code, found.output
        return found

    run("init")
    run("inquiry", "open", "support_needs", "--deadline", DEADLINE)
    return run


def stored(folder: Path) -> dict[str, int]:
    """How many answers are stored for each municipality."""
    query = "SELECT municipality, count(*) FROM answer JOIN reply ON reply.id = answer.reply GROUP BY municipality"
    return dict(sqlite3.connect(folder / "shokai.db").execute(query))


def returned_forms(office: Callable[..., Any], folder: Path, *codes: str) -> Path:
    """Make forms, fill them in, and put them into a folder."""
    inbox = folder / "返送"
    inbox.mkdir(exist_ok=True)
    for code in codes:
        file = inbox / f"{code}.xlsx"
        office("form", "support_needs", code, "-o", file)
        file.write_bytes(good(file.read_bytes()))
    return inbox


def test_a_folder_is_taken_in_and_told_by_file(office: Callable[..., Any], tmp_path: Path) -> None:
    inbox = returned_forms(office, tmp_path, OWN, OTHER)
    (inbox / "~$074446.xlsx").write_bytes(b"lock")
    (inbox / "メモ.txt").write_text("memo", encoding="utf-8")
    told = office("receive", "support_needs", inbox)
    lines = told.stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["074446.xlsx", "三島町"], ["074454.xlsx", "金山町"]]
    assert "取り込んだ回答 18件" in lines[1]
    assert "2ファイルのうち2ファイルを取り込みました" in told.stderr
    assert stored(tmp_path) == {OWN: 18, OTHER: 18}


def test_taken_in_again_nothing_changes(office: Callable[..., Any], tmp_path: Path) -> None:
    inbox = returned_forms(office, tmp_path, OWN)
    office("receive", "support_needs", inbox)
    query = "SELECT count(*) FROM event"
    before = sqlite3.connect(tmp_path / "shokai.db").execute(query).fetchone()
    assert "取り込んだ回答 0件" in office("receive", "support_needs", inbox).stdout
    assert sqlite3.connect(tmp_path / "shokai.db").execute(query).fetchone() == before


def test_a_dry_run_saves_nothing(office: Callable[..., Any], tmp_path: Path) -> None:
    inbox = returned_forms(office, tmp_path, OWN)
    told = office("receive", "support_needs", inbox, "--dry-run")
    assert "取り込んだ回答 18件" in told.stdout
    assert "保存していません" in told.stderr
    assert stored(tmp_path) == {}


def test_what_cannot_be_taken_is_reported_and_the_rest_is_taken(office: Callable[..., Any], tmp_path: Path) -> None:
    inbox = returned_forms(office, tmp_path, OWN, OTHER)
    spoilt = inbox / f"{OWN}.xlsx"
    spoilt.write_bytes(changed(spoilt.read_bytes(), put("T1", "#REF!"), put("A6", "なし")))
    (inbox / "旧.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))
    back = tmp_path / "back"
    back.mkdir()
    told = office("receive", "support_needs", inbox, "--report", tmp_path / "r.json", "--marked", back, exit_code=1)
    assert "古い形式（.xls）" in told.stdout
    assert stored(tmp_path) == {OWN: 18, OTHER: 18}  # T1 is missing, A6 is kept as it was typed
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [tuple(one[name] for name in ("file", "weight", "cell")) for one in found] == [
        ("074446.xlsx", "file", ""),
        ("074446.xlsx", "wrong", "E12"),
        ("074446.xlsx", "refused", "E54"),
        ("074454.xlsx", "file", ""),
        ("旧.xls", "file", ""),
    ]
    assert [file.name for file in back.iterdir()] == ["074446.xlsx"]
    assert opened((back / "074446.xlsx").read_bytes()).sheetnames[0] == "確認事項"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_reports_in_three_formats(office: Callable[..., Any], tmp_path: Path, suffix: str) -> None:
    inbox = returned_forms(office, tmp_path, OWN)
    report = tmp_path / f"結果{suffix}"
    office("receive", "support_needs", inbox, "--report", report)
    if suffix == ".csv":
        rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
        assert tuple(rows[0]) == COLUMNS
        assert rows[0]["municipality"] == "三島町"
    elif suffix == ".xlsx":
        sheet = opened(report.read_bytes()).worksheets[0]
        assert [one.value for one in sheet[2]][:3] == ["074446.xlsx", "074446", "三島町"]
    else:
        assert json.loads(report.read_text(encoding="utf-8"))[0]["code"] == OWN


def test_a_form_that_lost_its_identity_is_known_by_the_name_of_its_file(
    office: Callable[..., Any], tmp_path: Path
) -> None:
    telling = ("整理番号", "三島町", "074446")

    def anonymous(book: Workbook) -> None:
        for name in ("_meta", "_issued"):
            book.remove(book[name])
        put("A1", None)(book)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=12):
                for one in row:
                    if isinstance(one.value, str) and any(word in one.value for word in telling):
                        one.value = None

    file = returned_forms(office, tmp_path, OWN) / f"{OWN}.xlsx"
    content = changed(file.read_bytes(), anonymous)
    file.unlink()
    for name, known in {"ある町.xlsx": False, "回答票（三島町）最終.xlsx": True}.items():
        sent = tmp_path / name
        sent.write_bytes(content)
        told = office("receive", "support_needs", sent, exit_code=0 if known else 1)
        assert ("三島町" in told.stdout) is True if known else "どの団体の回答票か" in told.stdout
    assert stored(tmp_path) == {OWN: 18}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("form", "support_needs", "999999", "-o", "x.xlsx"), "という市町村はありません"),
        (("form", "nosuch", OWN, "-o", "x.xlsx"), "という照会はありません"),
        (("form", "support_needs", OWN, "-o", "x.pdf"), ".xlsx"),
        (("receive", "support_needs", "nowhere"), "nowhere"),
        (("receive", "nosuch", "."), "という照会はありません"),
    ],
)
def test_misuse_is_told_and_leaves_nothing(
    office: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in office(*arguments, exit_code=1).stderr
    assert not list(tmp_path.glob("x.*"))


def test_a_form_can_be_asked_for_by_the_towns_name(office: Callable[..., Any], tmp_path: Path) -> None:
    office("form", "support_needs", "三島町", "-o", tmp_path / "x.xlsx")
    assert opened((tmp_path / "x.xlsx").read_bytes())["_meta"]["B3"].value == OWN


def test_the_newer_of_two_forms_does_not_overwrite_silently(desk: Callable[..., Any], tmp_path: Path) -> None:
    at = desk()
    form = at.form()
    for number, text in enumerate(("総務課", "企画課"), 1):
        (tmp_path / f"{number}.xlsx").write_bytes(changed(form, put("A2", text)))
    known = roster(at.database)
    batch = Batch(at.database, find_inquiry(at.database, at.inquiry), known, at.around().who)
    first, second = batch.take(forms_in([tmp_path]))
    assert first.whole
    assert not second.whole
    lines = [one for one in entries([first, second], known, "ja") if one["weight"] == "conflict"]
    assert [(one["content"], one["cell"]) for one in lines] == [("企画課", "E8")]
    assert "総務課" in lines[0]["wrong"]
    assert at.reply().answers.entry("A2").texts == ("総務課",)
