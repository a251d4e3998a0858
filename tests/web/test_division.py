"""The division's pages: the board, a reply, returning, accepting, the workbook; nothing for town halls."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from sqlite_utils import Database
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit, withdraw

Open = Callable[..., object]


@pytest.fixture
def handed_in(database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]) -> None:
    """三島町 has handed in a nil reply."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "token"), around().who)


def test_the_board_counts_every_target_once(browser: Open, handed_in: None) -> None:
    page = browser("division").get("/board/support_needs")
    assert "回答率（1／59団体）" in page
    assert "59団体を表示しています（全59団体）" in page
    assert page.count("提出済</span>") == 2  # its tally and its line


def test_the_board_shows_what_a_filter_names(browser: Open, handed_in: None, clock) -> None:
    division = browser("division")
    assert "1団体を表示しています" in division.get("/board/support_needs?state=submitted")
    assert "13団体を表示しています" in division.get("/board/support_needs?bureau=会津")
    assert "0団体を表示しています" in division.get("/board/support_needs?state=overdue")


def test_those_overdue_come_first(database: Database, browser: Open, handed_in: None, clock) -> None:
    clock.move(days=30)
    database.execute("UPDATE session SET started_at = '2026-12-24T09:00:00+09:00'")
    page = browser("division").get("/board/support_needs")
    assert page.index("飯舘村") < page.index("三島町</a>")
    assert page.count("badge-overdue") == 58


def test_a_draft_is_not_shown(database: Database, browser: Open, reply, around) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "まだ見せない課"}), around().who)
    division = browser("division")
    assert "まだ見せない課" not in division.get("/board/support_needs/074446")
    assert "入力中" in division.get("/board/support_needs")


def test_a_reply_is_read_and_accepted_once(browser: Open, handed_in: None, reply) -> None:
    division = browser("division")
    page = division.get("/board/support_needs/074446")
    assert "004-074446-01" in page
    assert "somu@town.mishima.lg.jp" in page
    assert "該当なし" in page
    division.post("/board/support_needs/074446/accept", {"number": "1"})
    assert reply().state is State.ACCEPTED
    page = division.post("/board/support_needs/074446/accept", {"number": "1"}, 409)
    assert "いまの状態では" in page


def test_what_was_not_looked_at_is_not_accepted(
    database: Database, browser: Open, handed_in: None, reply, around
) -> None:
    division = browser("division")
    division.get("/board/support_needs/074446")
    withdraw(database, reply(), around().who)
    submit(database, reply(), Order(reply().revision, "second"), around().who)
    division.post("/board/support_needs/074446/accept", {"number": "1"})
    assert reply().state is State.SUBMITTED
    assert "提出し直しました" in division.get("/board/support_needs/074446")


def test_items_go_back_with_their_reasons(browser: Open, handed_in: None, reply) -> None:
    division = browser("division")
    division.get("/board/support_needs/074446/return")
    page = division.post("/board/support_needs/074446/return", {"reason:/A2": " "}, 422)
    assert "差し戻す項目がありません" in page
    division.post("/board/support_needs/074446/return", {"reason:/A2": "課名が旧称です\r\n直してください"})
    assert (reply().state, reply().items_open) == (State.RETURNED, True)
    assert "課名が旧称です" in division.get("/board/support_needs/074446")


def test_the_workbook_comes_under_a_japanese_name(browser: Open, handed_in: None) -> None:
    response = browser("division").client.get("/board/support_needs/workbook.xlsx")
    assert response.status_code == 200
    assert "filename*=UTF-8''%E5%8F%96" in response.headers["Content-Disposition"]
    sheets = openpyxl.load_workbook(io.BytesIO(response.data)).sheetnames
    assert sheets[0] == "表紙"
    assert {"提出状況", "集計", "市町村別", "検算"} <= set(sheets)


@pytest.mark.parametrize("address", ["/board/", "/board/support_needs", "/board/support_needs/074446"])
def test_town_halls_find_nothing_of_it(browser: Open, address: str) -> None:
    browser("mishima").get(address, 404)


@pytest.mark.parametrize(
    "address", ["/board/unknown", "/board/support_needs/999999", "/board/support_needs/074446/return", "/nowhere"]
)
def test_what_does_not_exist_says_so(browser: Open, address: str) -> None:
    page = browser("division").get(address, 404)
    assert "ページが見つかりません" in page
