"""Cuts at the division's desk: fixed by name, their workbooks made again, what waits for the next."""

import hashlib
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from handing_again import first_submitted, hand_in_again
from sqlite_utils import Database
from town import DEADLINE, OTHER, PASSWORD, Clock

from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.fixed_cuts import fixed_cuts
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.rosters import roster

HERE = "/board/support_needs/needs/cuts"
Open = Callable[..., Any]


@pytest.fixture
def inquiry(sampled: Database, clock: Clock) -> Inquiry:
    clock.now = DEADLINE
    return find_inquiry(sampled, "support_needs")


@pytest.fixture
def division(inquiry: Inquiry, browser: Open) -> Any:
    return browser("division")


def test_it_is_fixed_with_what_counts(division: Any, sampled: Database, inquiry: Inquiry) -> None:
    page = division.get(HERE)
    assert "12団体（対象59団体）" in page
    assert "まだ提出のない団体（47）" in page
    assert 'value="第1次集計"' in page
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    page = division.get(HERE)
    (cut,) = fixed_cuts(sampled, inquiry)
    assert (cut.name, cut.taken_by, cut.replies) == ("第1次集計", "県庁 太郎", 12)
    assert cut.digest[:16] in page
    assert 'value="第2次集計"' in page, "the next name is proposed"
    assert "確定した後に提出された回答は、ありません" in page
    told = sampled.execute("SELECT count(*) FROM event WHERE act = 'fix_cut'").fetchone()[0]
    assert told == 1


@pytest.mark.parametrize(("name", "said"), [("", "名前を入力してください"), ("第1次集計", "すでにあります")])
def test_a_name_is_needed_and_used_once(division: Any, sampled: Database, name: str, said: str) -> None:
    division.get(HERE)
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    division.get(HERE)
    page = division.post(HERE, {"name": name, "token": "two"}, 422)
    assert said in page
    assert f'value="{name}"' in page, "what was typed stays"
    assert 'href="#name"' in page


def test_the_workbook_is_the_same_whenever_it_is_made(division: Any, sampled: Database, inquiry: Inquiry) -> None:
    division.get(HERE)
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    first = division.client.get(f"{HERE}/1/workbook.xlsx")
    assert first.status_code == 200
    assert "%E7%AC%AC1%E6%AC%A1%E9%9B%86%E8%A8%88" in first.headers["Content-Disposition"]
    hand_in_again(sampled, inquiry, first_submitted(sampled, inquiry))
    again = division.client.get(f"{HERE}/1/workbook.xlsx")
    assert hashlib.sha256(again.data).digest() == hashlib.sha256(first.data).digest()
    assert division.client.get(f"{HERE}/2/workbook.xlsx").status_code == 404


def test_what_changed_since_the_last_cut_stands_in_the_workbook_of_now(
    division: Any, sampled: Database, inquiry: Inquiry, tmp_path: Any
) -> None:
    def sheets(address: str) -> list[str]:
        file = tmp_path / "book.xlsx"
        file.write_bytes(division.client.get(address).data)
        return list(openpyxl.load_workbook(file, read_only=True).sheetnames)

    now = "/board/support_needs/workbook.xlsx"
    assert "前回からの変更" not in sheets(now)
    division.get(HERE)
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    assert "前回からの変更" in sheets(now)
    assert "前回からの変更" not in sheets(f"{HERE}/1/workbook.xlsx")


def test_late_ones_are_told_to_both_sides(division: Any, browser: Open, sampled: Database, inquiry: Inquiry) -> None:
    division.get(HERE)
    division.post(HERE, {"name": "第1次集計", "token": "one"})
    code = first_submitted(sampled, inquiry)
    hand_in_again(sampled, inquiry, code)
    town = roster(sampled).name(code)
    page = division.get(HERE)
    waiting = page[page.index('id="waiting"') :]
    assert town in waiting
    assert "再提出" in waiting
    assert "その後に提出又は再提出した団体が1団体あります" in division.get("/board/support_needs/needs")
    secret = hash_password(PASSWORD)
    create_account(sampled, Account(0, "late-one", "担当", "officer", code, secret), DEADLINE)
    officer = browser("late-one")
    said = "「第1次集計」として回答を集計しました"
    assert said in officer.get("/inquiries/support_needs")
    assert said in officer.get("/inquiries/support_needs/receipts/2")
    assert said not in officer.get("/inquiries/support_needs/receipts/1"), "the earlier one counted"
    assert code != OTHER
    assert said not in browser("kaneyama").get("/inquiries/support_needs")
    division.get(HERE)
    division.post(HERE, {"name": "最終", "token": "two"})
    assert said not in officer.get("/inquiries/support_needs")


def test_only_the_division_cuts(browser: Open, inquiry: Inquiry) -> None:
    officer = browser("mishima")
    officer.get(HERE, 404)
    officer.post(HERE, {"name": "最終", "token": "x"}, 404)
