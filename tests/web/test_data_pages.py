"""The pages of data for analysis, and the feed."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from sqlite_utils import Database
from town import DEADLINE, OPENED, PASSWORD, Clock

from exports.data.files import NEEDS
from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.audit import Who
from survey_app.store.feeds import NOTED_EVERY, feeds
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import find_inquiry

DATA = "/board/support_needs/data"


@pytest.fixture
def analyst(sampled: Database, clock: Clock, browser: Callable[..., Any]) -> Any:
    """An analyst who is signed in; twelve replies were handed in."""
    create_account(sampled, Account(0, "analyst", "分析 花子", "analyst", None, hash_password(PASSWORD)), OPENED)
    clock.now = DEADLINE
    return browser("analyst")


def fed(page: str) -> str:
    """The address of the feed that a page shows once, without the server's name."""
    found = re.search(r'value="http://[^/]+(/feed/[^"]+/)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def feed(analyst: Any) -> str:
    """The address of a feed."""
    analyst.get(DATA)
    return fed(analyst.post(f"{DATA}/feeds", {"label": "田中"}, 200))


def test_the_first_page_of_an_analyst_lists_the_inquiries(analyst: Any) -> None:
    assert analyst.client.get("/").headers["Location"] == "/data/"
    page = analyst.get("/data/")
    assert page.count(f'href="{DATA}"') == 1
    assert "督促" not in analyst.get(DATA)


def test_a_format_that_is_not_installed_is_not_offered(analyst: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "未導入" not in analyst.get(DATA)
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    page = analyst.get(DATA)
    assert re.search(r'<option value="sav" disabled>[^<]*（未導入）</option>', page)
    assert page.count("部品（pyreadstat）が、サーバーに入っていません") == 1
    assert '<option value="parquet">' in page
    analyst.get(f"{DATA}/file?format=sav", 422)


def test_what_make_run_installs_writes_every_format() -> None:
    root = Path(__file__).parents[2]
    for lock in ("requirements.txt", "requirements-test.txt"):
        pinned = (root / lock).read_text(encoding="utf-8")
        assert all(f"\n{package}==" in pinned for package in NEEDS.values())


def test_the_codebook_stands_on_the_page(analyst: Any) -> None:
    page = analyst.get(DATA)
    assert "<code>B4.HR</code>" in page
    assert "12団体" in page
    assert "H＝" in page or "1＝" in page


@pytest.mark.parametrize("form", ["xlsx", "zip", "csv", "csv-cp932", "parquet", "sav", "dta"])
def test_every_format_is_sent(form: str, analyst: Any) -> None:
    response = analyst.client.get(f"{DATA}/file?cut=&format={form}")
    assert response.status_code == 200
    assert "filename*=UTF-8''%E3%83%87%E3%83%BC%E3%82%BF_support_needs_" in response.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.testzip() is None
        tables = [name for name in archive.namelist() if "_D." in name or name == "D.csv"]
    if form == "xlsx":
        assert len(pd.read_excel(io.BytesIO(response.data), sheet_name="replies")) == 12
    else:
        assert len(tables) == 1


def test_a_fixed_cut_is_sent_under_its_name(sampled: Database, analyst: Any) -> None:
    fix_cut(sampled, find_inquiry(sampled, "support_needs"), "第1次集計", "t", Who(None, "県庁", DEADLINE))
    assert "第1次集計" in analyst.get(DATA)
    response = analyst.client.get(f"{DATA}/file?cut=1&format=zip")
    assert "%E7%AC%AC1%E6%AC%A1%E9%9B%86%E8%A8%88.zip" in response.headers["Content-Disposition"]
    assert analyst.client.get(f"{DATA}/file?cut=2&format=zip").status_code == 404
    assert analyst.client.get(f"{DATA}/file?cut=&format=pdf").status_code == 404


def test_the_files_that_were_sent_are_one_zip(analyst: Any) -> None:
    response = analyst.client.get(f"{DATA}/files.zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.namelist() == ["一覧.csv"]


@pytest.mark.parametrize("address", ["", "/file?format=csv", "/files.zip"])
def test_data_are_closed_to_town_halls(address: str, sampled: Database, browser: Callable[..., Any]) -> None:
    assert browser("mishima").client.get(DATA + address).status_code == 404
    assert browser().client.get(DATA + address).status_code == 303


def test_a_feed_says_what_it_is_for(analyst: Any) -> None:
    analyst.get(DATA)
    page = analyst.post(f"{DATA}/feeds", {"label": "あ" * 61}, 422)
    assert 'href="#label"' in page
    assert "あ" * 61 in page


def test_a_program_reads_the_feed_without_an_account(feed: str, app: Flask) -> None:
    program = app.test_client()
    listed = program.get(feed).json
    assert [one["name"] for one in listed["tables"]] == ["replies", "L4", "D", "codebook"]
    assert (listed["replies"], listed["targets"]) == (12, 59)
    response = program.get(f"{feed}replies.json")
    found = pd.read_json(io.StringIO(response.text), dtype=False)
    assert len(found) == 12
    assert found["code"].str.fullmatch(r"07\d{4}").all()
    assert "Set-Cookie" not in response.headers
    rows = json.loads(program.get(f"{feed}D.json").text)
    assert {len(row) for row in rows} == {len(rows[0])}


def test_an_unchanged_feed_is_not_sent_again(feed: str, app: Flask, analyst: Any, sampled: Database) -> None:
    program = app.test_client()
    tag = program.get(f"{feed}D.json").headers["ETag"]
    again = program.get(f"{feed}D.json", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    sampled.execute("UPDATE municipality SET name = '新しい名' WHERE code = '072010'")
    sampled.conn.commit()
    assert program.get(f"{feed}D.json", headers={"If-None-Match": tag}).status_code == 200


def test_a_withdrawn_token_and_none_are_answered_alike(feed: str, app: Flask, analyst: Any, sampled: Database) -> None:
    (one,) = feeds(sampled, find_inquiry(sampled, "support_needs"))
    program = app.test_client()
    unknown_table = program.get(f"{feed}nosuch.json")
    analyst.get(DATA)
    assert analyst.post(f"{DATA}/feeds/{one.id}/withdraw") == f"{DATA}#feeds"
    assert "取り消しました" in analyst.get(DATA)
    answers = [program.get(f"{feed}D.json"), program.get("/feed/nosuch/D.json"), program.get(feed), unknown_table]
    assert {(one.status_code, one.data) for one in answers} == {(404, b'{"error":"not found"}')}
    acts = [row[0] for row in sampled.execute("SELECT act FROM event ORDER BY id DESC LIMIT 2")]
    assert acts == ["withdraw_feed", "make_feed"]


def test_a_token_is_kept_as_a_hash_and_opens_one_inquiry(feed: str, sampled: Database) -> None:
    token = feed.split("/")[2]
    assert not sampled.execute("SELECT 1 FROM feed_token WHERE token_hash = ?", [token]).fetchall()
    assert len(sampled.execute("SELECT token_hash FROM feed_token").fetchone()[0]) == 64


def test_use_is_noted_now_and_then_and_never_waits(feed: str, app: Flask, clock: Clock, sampled: Database) -> None:
    program, inquiry = app.test_client(), find_inquiry(sampled, "support_needs")
    program.get(f"{feed}D.json")
    assert feeds(sampled, inquiry)[0].used_at == DEADLINE
    clock.move(minutes=5)
    program.get(f"{feed}D.json")
    assert feeds(sampled, inquiry)[0].used_at == DEADLINE
    clock.now = DEADLINE + NOTED_EVERY
    sampled.execute("BEGIN IMMEDIATE")  # somebody writes
    assert program.get(f"{feed}D.json").status_code == 200
    sampled.rollback()
    assert feeds(sampled, inquiry)[0].used_at == DEADLINE
    program.get(f"{feed}D.json")
    assert feeds(sampled, inquiry)[0].used_at == clock.now
