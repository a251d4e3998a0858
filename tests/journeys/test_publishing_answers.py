"""Told, read, said, asked again: from the responses to the town hall and back in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from live import Server
from sqlite_utils import Database
from telling import LEADER, PROMISE, Desk, desk_of
from town import DEADLINE, PASSWORD

from survey_app import clock
from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.database import connect

pytestmark = pytest.mark.browser
PUBLISH, ANSWERS = "/board/support_needs/publish", "/inquiries/support_needs/answers"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def town(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    """One server for the file: a round whose promises are already due, and an officer of each of two town halls."""
    path = Path(shutil.copy(prepared_replies, tmp_path_factory.mktemp("publishing") / "shokai.db"))
    now = clock.now()
    with connect(path) as database:
        desk = desk_of(database, replace(LEADER, at=min(now, DEADLINE)))
        desk.hand_in(desk.tax, **{**PROMISE, "R4": "令和8年4月"})
        officers(database, desk)
        with Server(path) as server:
            yield server.address, desk


def officers(database: Database, desk: Desk) -> None:
    codes = list(dict.fromkeys(need.municipality for need in desk.of("TAX")))
    for name, code in zip(("first", "second"), codes, strict=False):
        create_account(database, Account(0, name, "担当 者", "officer", code, hash_password(PASSWORD)), DEADLINE)


@pytest.fixture
def address(town: tuple[str, Desk]) -> str:
    """The address of the server of this file."""
    return town[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_told_read_and_answered(person: Open, town: tuple[str, Desk], tmp_path: Path, *, scripts: bool) -> None:
    name, code = ("first", 0) if scripts else ("second", 1)
    desk = town[1]
    codes = list(dict.fromkeys(need.municipality for need in desk.of("TAX")))
    need = next(one for one in desk.of("TAX") if one.municipality == codes[code])
    division = person("division", scripts=scripts)
    page = division.go(PUBLISH)
    page.get_by_role("button", name="市町村に公表する").click()
    page.locator("#problems").get_by_text("公表した内容は取り消せません").wait_for()
    page.check("#unowned")
    page.check("#sure")
    page.get_by_role("button", name="市町村に公表する").click()
    page.get_by_text("公表しました。").wait_for()
    with page.expect_download() as started:
        page.get_by_text("全団体の回答書をダウンロード").click()
    started.value.save_as(tmp_path / "letters.zip")

    officer = person(name, scripts=scripts)
    page = officer.go("/inquiries/support_needs")
    page.get_by_role("link", name="要望への県の回答を見る").click()
    section = page.locator("section.told", has_text=need.control)
    assert PROMISE["R2"] in section.inner_text()
    section.locator("summary", has_text="この回答に意見を送る").click()
    section.get_by_role("button", name="意見を送る").click()
    page.get_by_text("意見を入力してください").first.wait_for()
    section.locator("textarea").fill(f"{name}：時期を早めてほしい。")
    section.get_by_role("button", name="意見を送る").click()
    page.get_by_text("意見を送りました").wait_for()
    with page.expect_download() as started:
        page.get_by_text("回答書をダウンロード").click()
    started.value.save_as(tmp_path / "letter.xlsx")

    page = division.go(f"{PUBLISH}/opinions")
    assert f"{name}：時期を早めてほしい。" in page.locator("main").inner_text()
    page = division.go(f"{PUBLISH}/follow-ups")
    promise = page.locator("section.told", has_text=need.control)
    promise.locator("summary").click()
    promise.locator("select").select_option("done")
    promise.locator("textarea").fill("5月に開きました。")
    promise.get_by_role("button", name="記録する").click()
    page.get_by_text("記録しました。").wait_for()
    assert "5月に開きました。" in officer.go(ANSWERS).locator("main").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_on_these_pages(person: Open, town: tuple[str, Desk], width: int) -> None:
    desk = town[1]
    desk.publish(f"axe{width}", who=replace(LEADER, at=DEADLINE))
    code = desk.of("TAX")[0].municipality
    theirs = ("", f"/towns/{code}", "/1", "/1/shared", "/opinions", "/follow-ups")
    for name, paths in (("division", [PUBLISH + one for one in theirs]), ("first", [ANSWERS, f"{ANSWERS}/shared"])):
        found = person(name, width=width)
        for path in paths:
            page = found.go(path)
            assert found.violations() == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
