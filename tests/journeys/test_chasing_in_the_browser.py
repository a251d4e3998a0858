"""A morning of chasing on the real server in a real browser, with and without scripts; axe on every page of it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from live import Server
from sqlite_utils import Database
from town import OTHER, OWN

from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.contacts import Contact, add_contact
from survey_app.store.database import connect

pytestmark = pytest.mark.browser
BOARD, CHASE = "/board/support_needs", "/board/support_needs/chase"
PAGES = ("/board/", BOARD, CHASE, f"{CHASE}/{OWN}", f"{CHASE}/texts", f"{CHASE}/mail")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def town(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """One server for the file, with a mail server set: the deadline was three days ago, two town halls are known."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("chasing") / "shokai.db"))
    now = clock.now()
    with connect(path) as database, pytest.MonkeyPatch.context() as settings:
        times = [clock.stored(now - timedelta(days=20)), clock.stored(now - timedelta(days=3))]
        database.execute("UPDATE inquiry SET opened_at = ?, deadline = ?", times)
        for code in (OWN, OTHER):
            contact = Contact("総務課", "主査", "佐藤 花子", "0241-48-5511", f"{code}@town.example.lg.jp")
            add_contact(database, code, contact, Who(None, "test", now))
        settings.setenv("SHOKAI_MAIL_SERVER", "127.0.0.1:1")
        settings.setenv("SHOKAI_MAIL_FROM", "shokai@pref.example.lg.jp")
        with Server(path) as server:
            yield server.address, database


@pytest.fixture
def address(town: tuple[str, Database]) -> str:
    """The address of the server of this file."""
    return town[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_call_write_it_down_and_give_more_time(person: Open, town: tuple[str, Database], *, scripts: bool) -> None:
    code = OWN if scripts else OTHER
    page = person("division", scripts=scripts).go(CHASE)
    entry = page.locator(f"#t-{code}")
    assert "0241-48-5511" in entry.inner_text()
    entry.locator(".chase-log summary").click()
    entry.locator("[name=spoken_with]").fill("佐藤")
    entry.locator("[name=note]").fill("来週提出の見込み")
    entry.locator("[name=promised]").fill("R9.1.10" if clock.now().year < 2027 else "R99.1.10")
    entry.locator("button").click()
    page.wait_for_url(f"**/chase?logged={code}#t-{code}")
    said = page.locator(f"#t-{code}").inner_text()
    assert "記録しました" in said
    assert "来週提出の見込み" in said
    page.locator(f"#t-{code} [name=codes]").check(force=True)
    page.fill("#until", "R99.1.20 17:15")
    page.fill("#reason", "災害対応のため")
    page.click("button:has-text('期限を延長する')")
    page.wait_for_url(f"**{CHASE}")
    assert "期限を延長しました" in page.inner_text("main")
    page.goto(page.url.replace("/chase", f"/chase/{code}"))
    page.click("button:has-text('延長を取り消し')")
    assert "もとの期限に戻しました" in page.inner_text("main")
    database = town[1]
    query = "SELECT count(*) FROM contact_log WHERE municipality = ?"
    assert database.execute(query, [code]).fetchone()[0] == 1


def test_a_text_is_copied(person: Open) -> None:
    page = person("division").go(f"{CHASE}/texts")
    text = page.input_value("#all-body")
    assert "ご回答を確認できておりません" in text
    button = page.locator("[data-copy=all-body]")
    button.click()
    page.wait_for_function("document.querySelector('[data-copy=all-body] ~ [role=status]').textContent !== ''")
    marked = page.evaluate("document.activeElement.value.slice(0, 5)")
    assert marked == text[:5]


def test_without_scripts_texts_stand_there_to_be_copied_by_hand(person: Open) -> None:
    page = person("division", scripts=False).go(f"{CHASE}/texts")
    assert "ご回答を確認できておりません" in page.input_value("#one-body")
    assert not page.locator("[data-copy]").first.is_visible()
    page.select_option("#kind", "opening")
    page.click("button:has-text('文面を表示する')")
    assert "この文面を送る団体は、いまありません" in page.inner_text("main")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_for_everybody(person: Open, width: int) -> None:
    somebody = person("division", width=width)
    for address in PAGES:
        page = somebody.go(address)
        if address == CHASE:
            page.locator(".chase-log summary").first.click()
        assert somebody.violations() == [], address
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, address
