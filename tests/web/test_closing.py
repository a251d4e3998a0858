"""The end of an inquiry: closed, opened again, for one alone, cancelled, kept; the archive; the audit trail."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from sqlite_utils import Database
from town import DEADLINE, OWN, Clock

from survey_app.store.audit import Who
from survey_app.store.closing import NotOpen, cancel_inquiry, close_inquiry, open_again, reopen_for
from survey_app.store.inquiries import Inquiry, find_inquiry, standing

HERE = "/board/support_needs/close"
WHO = Who(None, "県庁 太郎", DEADLINE)
Open = Callable[..., Any]


def now(database: Database) -> Inquiry:
    return find_inquiry(database, "support_needs")


def test_closed_it_takes_nothing_and_opened_again_it_does(browser: Open, database: Database) -> None:
    division, officer = browser("division"), browser("mishima")
    assert "まだ提出のない団体（59）" in division.get(HERE)
    division.post(f"{HERE}/close")
    assert now(database).closed_at is not None
    assert "照会を締め切りました" in division.get(HERE)
    assert "この照会は締め切られました" in officer.get("/inquiries/support_needs")
    officer.get("/inquiries/support_needs/sections/A")
    officer.post("/inquiries/support_needs/sections/A", {"A2": "総務課", "go": "next"}, 409)
    division.post(f"{HERE}/open")
    assert now(database).closed_at is None
    assert "この照会は締め切られました" not in officer.get("/inquiries/support_needs")


def test_for_one_alone(browser: Open, database: Database) -> None:
    division, officer, other = browser("division"), browser("mishima"), browser("kaneyama")
    division.get(HERE)
    division.post(f"{HERE}/close")
    assert "再開する団体を選んでください" in division.post(f"{HERE}/reopen", {"municipality": ""}, 422)
    division.post(f"{HERE}/reopen", {"municipality": OWN})
    assert "三島町（" in division.get(HERE)
    assert "締め切られました" not in officer.get("/inquiries/support_needs")
    assert "締め切られました" in other.get("/inquiries/support_needs")
    division.get(HERE)
    division.post(f"{HERE}/reopen/{OWN}/end")
    assert "締め切られました" in officer.get("/inquiries/support_needs")
    division.get(HERE)
    division.post(f"{HERE}/reopen", {"municipality": "999999"}, 404)


def test_cancelled_with_a_notice(browser: Open, database: Database) -> None:
    division, officer = browser("division"), browser("mishima")
    division.get(HERE)
    page = division.post(f"{HERE}/cancel", {"notice": "国の制度改正により、あらためて照会します。"}, 422)
    assert "元に戻せません" in page
    assert "あらためて照会します。" in page, "what was typed stays"
    division.post(f"{HERE}/cancel", {"notice": "", "sure": "1"}, 422)
    division.post(f"{HERE}/cancel", {"notice": "あ" * 1001, "sure": "1"}, 422)
    assert now(database).cancelled_at is None
    division.post(f"{HERE}/cancel", {"notice": "国の制度改正により、あらためて照会します。", "sure": "1"})
    assert "取りやめになりました。国の制度改正により" in officer.get("/inquiries/support_needs")
    assert "取りやめました" in division.get(HERE)
    assert standing(database, now(database), OWN).term.closed


def test_each_act_once_and_in_its_state(database: Database, support_needs: Inquiry) -> None:
    with pytest.raises(NotOpen):
        open_again(database, support_needs, WHO)
    with pytest.raises(NotOpen):
        reopen_for(database, support_needs, OWN, WHO)
    close_inquiry(database, support_needs, WHO)
    with pytest.raises(NotOpen):
        close_inquiry(database, support_needs, WHO)
    cancel_inquiry(database, support_needs, "やめる", WHO)
    for act in (close_inquiry, open_again):
        with pytest.raises(NotOpen):
            act(database, support_needs, WHO)
    acts = [row["act"] for row in database.execute("SELECT act FROM event ORDER BY id DESC LIMIT 2")]
    assert acts == ["cancel_inquiry", "close_inquiry"]


def test_kept_until_a_day(browser: Open, database: Database) -> None:
    division = browser("division")
    division.get(HERE)
    assert "R14.3.40" in division.post(f"{HERE}/keep", {"until": "R14.3.40"}, 422)
    division.post(f"{HERE}/keep", {"until": "2020-01-01"}, 422)
    division.post(f"{HERE}/keep", {"until": "Ｒ１４．３．３１"})
    assert str(now(database).retain_until) == "2032-03-31"
    assert "令和14年3月31日" in division.get(HERE)


def archive(division: Any) -> zipfile.ZipFile:
    """The archive as the division gets it."""
    division.get(HERE)
    response = division.client.post(f"{HERE}/archive", data={"csrf_token": division.token})
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.data))


def test_the_archive_is_readable_without_the_program(sampled: Database, browser: Open, clock: Clock) -> None:
    clock.now = DEADLINE
    whole = archive(browser("division"))
    names = {name.removeprefix("support_needs/") for name in whole.namelist()}
    handed = sampled.execute("SELECT count(*) FROM submission").fetchone()[0]
    pages = [name for name in names if re.fullmatch(r"回答/\d{6}_.+_第\d+回\.html", name)]
    assert len(pages) == handed > 12
    told = {line.split("  ", 1)[1] for line in whole.read("support_needs/sha256.txt").decode().splitlines()}
    assert told == names - {"sha256.txt", "はじめに.html"}
    book = openpyxl.load_workbook(io.BytesIO(whole.read("support_needs/取りまとめ.xlsx")))
    assert "要望一覧" in book.sheetnames
    data = list(csv.DictReader(whole.read("support_needs/データ/replies.csv").decode("utf-8-sig").splitlines()))
    assert len(data) == 12
    trail = whole.read("support_needs/操作の記録.csv").decode("utf-8-sig").splitlines()
    assert len(trail) > handed
    for name in whole.namelist():
        if name.endswith(".html"):
            page = whole.read(name).decode()
            assert re.findall(r'(?:href|src)="(?:https?:)?//[^"]*"', page) == [], name
            assert "<script" not in page


def test_the_same_inquiry_gives_the_same_archive(sampled: Database, browser: Open, clock: Clock) -> None:
    clock.now = DEADLINE
    division = browser("division")
    first = archive(division)
    second = archive(division)
    for name in first.namelist():
        if not name.endswith(("操作の記録.csv", "はじめに.html", "sha256.txt")):  # the archive itself is in the trail
            assert first.read(name) == second.read(name), name


def test_the_trail_is_searched(sampled: Database, browser: Open, clock: Clock) -> None:
    clock.now = DEADLINE
    division = browser("division")
    page = division.get("/audit/?inquiry=support_needs&act=submit")
    found = int(re.search(r"([\d,]+)件見つかりました", page).group(1))
    assert found == sampled.execute("SELECT count(*) FROM event WHERE act = 'submit'").fetchone()[0]
    code = sampled.execute("SELECT municipality FROM event WHERE act = 'accept'").fetchone()[0]
    assert "受付" in division.get(f"/audit/?municipality={code}&act=accept")
    assert "0件見つかりました" in division.get("/audit/?text=どこにもない言葉")
    assert "0件見つかりました" in division.get("/audit/?since=2030-01-01")
    assert "日付を読み取れません" in division.get("/audit/?until=昨日")
    assert "2／" in division.get("/audit/?page=2")
    browser("mishima").get("/audit/", 404)
