"""The division tells municipalities what became of their needs; each sees its own, says something, is told on."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlite_utils import Database
from telling import PROMISE, Desk, desk_of
from town import DEADLINE, PASSWORD, Clock

from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.publications import publications

HERE, THERE = "/board/support_needs/publish", "/inquiries/support_needs/answers"
Open = Callable[..., Any]


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    return desk_of(sampled)


@pytest.fixture
def hall(desk: Desk, browser: Open) -> Callable[[str], Any]:
    """An officer of any town hall, signed in."""

    def opened(code: str) -> Any:
        account = Account(0, f"o{code}", "担当 者", "officer", code, hash_password(PASSWORD))
        create_account(desk.database, account, DEADLINE)
        return browser(account.sign_in_name)

    return opened


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)  # type: ignore[union-attr]


def tell(division: Any, **more: object) -> str:
    page = division.get(HERE)
    fields = {name: hidden(page, name) for name in ("seen", "token", "round")}
    return division.post(HERE, {**fields, "unowned": "1", "sure": "1", **more})


def test_without_a_round_there_is_nothing_to_tell(browser: Open) -> None:
    assert "まだ関係課に照会していません" in browser("division").get(HERE)


def test_what_would_be_told_is_looked_at_first(desk: Desk, browser: Open) -> None:
    desk.hand_in(desk.tax)
    division = browser("division")
    page = division.get(HERE)
    assert f'>{len(desk.needs)}</span> <span class="tally-name">要望' in page
    unowned = [need for need in desk.needs.values() if need.field not in ("TAX", "HR")]
    assert f"検討中（担当課の回答待ち） {len(desk.of('HR'))}件、担当課を調整中 {len(unowned)}件" in page
    assert f"{len(desk.of('HR'))}件です（全" in division.get(f"{HERE}?mark=waiting")
    assert "あてはまる要望はありません" in division.get(f"{HERE}?mark=faulty")
    need = desk.of("TAX")[0]
    town = division.get(f"{HERE}/towns/{need.municipality}")
    assert need.control in town
    assert PROMISE["R2"] in town
    assert "令和9年4月" in town
    division.get(f"{HERE}/towns/000000", 404)
    division.get(f"{HERE}?round=9", 404)
    assert publications(desk.database, desk.inquiry) == (), "looking publishes nothing"


def test_telling_asks_to_be_sure_and_happens_once(desk: Desk, browser: Open) -> None:
    desk.hand_in(desk.tax)
    division = browser("division")
    page = division.get(HERE)
    fields = {name: hidden(page, name) for name in ("seen", "token", "round")} | {"unowned": "1"}
    assert "公表した内容は取り消せません" in division.post(HERE, fields, 422)
    for _again in range(2):
        assert division.post(HERE, {**fields, "sure": "1"}) == f"{HERE}/1"
    assert len(publications(desk.database, desk.inquiry)) == 1
    assert "公表しました。" in division.get(f"{HERE}/1")
    desk.hand_in(desk.people)
    changed = division.post(HERE, {**fields, "token": "other", "sure": "1"}, 409)
    assert "まだ公表していません" in changed
    assert "前回の公表から変わる" in changed
    assert tell(division) == f"{HERE}/2"
    division.get(f"{HERE}/3", 404)


def test_each_town_hall_sees_its_own_and_no_other(desk: Desk, browser: Open, hall: Open) -> None:
    desk.hand_in(desk.tax)
    mine = desk.of("TAX")[0]
    other = next(need for need in desk.of("TAX") if need.municipality != mine.municipality)
    officer = hall(mine.municipality)
    assert "県の回答が届いています" not in officer.get("/inquiries/support_needs")
    assert "まだ公表されていません" in officer.get(THERE)
    officer.get(f"{THERE}/shared", 303)
    tell(browser("division"))
    assert "県の回答が届いています" in officer.get("/inquiries/support_needs")
    page = officer.get(THERE)
    assert mine.control in page
    assert PROMISE["R2"] in page
    assert other.control not in page
    assert other.municipality not in page
    book = officer.client.get(f"{THERE}/answers.xlsx")
    assert book.status_code == 200
    with zipfile.ZipFile(io.BytesIO(book.data)) as packed:
        whole = "".join(packed.read(name).decode() for name in packed.namelist())
    assert mine.control in whole
    assert other.municipality not in whole
    officer.get(f"{HERE}/1", 404)
    officer.get(f"{THERE}?number=9", 404)


def test_the_shared_list_leaves_out_what_was_not_allowed(desk: Desk, browser: Open, hall: Open) -> None:
    desk.hand_in(desk.tax)
    needs = list(desk.needs.values())
    closed = {need.detail for need in needs if need.disclosure == "closed"}
    shown = {need.detail for need in needs if need.disclosure == "open"}
    tell(browser("division"))
    officer = hall(needs[0].municipality)
    page = officer.get(f"{THERE}/shared")
    (told,) = publications(desk.database, desk.inquiry)
    lines = {(line.name, line.detail) for line in told.contents.shared}
    assert {detail for _, detail in lines} >= shown
    assert not {detail for _, detail in lines} & (closed - shown)
    assert all(not name for name, detail in lines if detail not in shown)
    assert all(need.control not in page for need in needs)
    assert officer.client.get(f"{THERE}/shared.xlsx").status_code == 200
    assert browser("division").client.get(f"{HERE}/1/shared.xlsx").status_code == 200


def test_a_need_that_betrays_its_town_is_shared_only_when_the_division_says_so(desk: Desk, browser: Open) -> None:
    anon = next(need for need in desk.needs.values() if need.disclosure == "anon" and need.field == "TAX")
    name = desk.prepared().roster.name(anon.municipality)
    desk.hand_in(desk.tax, **{**PROMISE, "R2": f"{name}に伺います。"})
    division = browser("division")
    assert "文中に手掛かりのあるもの" in division.get(HERE)
    tell(division)
    tell(division, as_they_are="/".join(anon.key))
    first, second = publications(desk.database, desk.inquiry)
    assert anon.detail not in {line.detail for line in first.contents.shared}
    assert anon.detail in {line.detail for line in second.contents.shared}


def test_an_opinion_is_seen_by_both_sides_and_by_no_other(desk: Desk, browser: Open, hall: Open) -> None:
    desk.hand_in(desk.tax)
    division = browser("division")
    assert "まだ公表していません" in division.get(f"{HERE}/opinions")
    tell(division)
    mine = desk.of("TAX")[0]
    other = next(need for need in desk.of("TAX") if need.municipality != mine.municipality)
    officer, stranger = hall(mine.municipality), hall(other.municipality)
    token = hidden(officer.get(THERE), "token")
    address = f"{THERE}/{mine.row}/opinion"
    assert "意見を入力してください" in officer.post(address, {"token": token, "text": " "}, 422)
    long = "あ" * 1001
    assert long in officer.post(address, {"token": token, "text": long}, 422), "what was typed stays"
    for _again in range(2):
        officer.post(address, {"token": token, "text": "時期を\r\n早めてほしい。"})
    assert officer.get(THERE).count("早めてほしい。") == 1
    page = division.get(f"{HERE}/opinions")
    assert page.count("早めてほしい。") == 1
    assert "次の回で照会する要望（1件）" in page
    stranger.get(THERE)
    assert "早めてほしい" not in stranger.get(THERE)
    stranger.post(address, {"token": "t", "text": "ほかの団体から"}, 404)


def test_what_became_of_a_promise_is_told_to_its_town(desk: Desk, browser: Open, hall: Open, clock: Clock) -> None:
    desk.hand_in(desk.tax)
    tell(browser("division"))
    need = desk.of("TAX")[0]
    assert "時期を過ぎた約束（0件）" in browser("division").get(f"{HERE}/follow-ups")
    clock.move(days=150)
    division = browser("division")
    count = len(desk.of("TAX"))
    page = division.get(f"{HERE}/follow-ups")
    assert f"時期を過ぎた約束（{count}件）" in page
    address, token = f"{HERE}/follow-ups/{need.municipality}/{need.row}", hidden(page, "token")
    wrong = division.post(address, {"token": token, "status": "later", "planned": "R9.1", "text": ""}, 422)
    assert "市町村に伝える説明を入力してください" in wrong
    assert "新しい予定の年月を" in wrong
    for _again in range(2):
        division.post(address, {"token": token, "status": "later", "planned": "R9.10", "text": "秋に開きます。"})
    page = division.get(f"{HERE}/follow-ups")
    assert f"時期を過ぎた約束（{count - 1}件）" in page
    assert page.count("秋に開きます。") == 1
    told = hall(need.municipality).get(THERE)
    assert "秋に開きます。" in told
    assert "新しい予定：令和9年10月" in told
    division.post(f"{HERE}/follow-ups/{need.municipality}/nowhere", {"status": "done", "text": "x"}, 404)


def test_all_letters_come_in_one_zip(desk: Desk, browser: Open) -> None:
    desk.hand_in(desk.tax)
    division = browser("division")
    tell(division)
    client: FlaskClient = division.client
    first, again = (client.get(f"{HERE}/1/letters.zip").data for _ in range(2))
    assert first == again
    towns = {need.municipality for need in desk.needs.values()}
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert len([name for name in names if name.startswith("回答書_")]) == len(towns)
    code = desk.of("TAX")[0].municipality
    assert client.get(f"{HERE}/1/{code}.xlsx").status_code == 200
    assert client.get(f"{HERE}/1/000000.xlsx").status_code == 404
