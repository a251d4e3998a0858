"""A day at the division's desk on the real server in a real browser: check, enter for a town hall, take forms in."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filling import changed, put
from live import Server
from sqlite_utils import Database
from town import DEADLINE, OTHER, OWN
from typing_in import NIL_REPLY

from questions.life import State
from survey_app import clock
from survey_app.receiving.forms import form_book
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.inquiries import find_inquiry, standings
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.rosters import roster

pytestmark = pytest.mark.browser
BOARD = "/board/support_needs"
Open = Callable[..., Any]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@dataclass(frozen=True)
class Desk:
    """One server for the file, with twelve replies that were handed in."""

    address: str
    database: Database
    folder: Path

    def codes(self, *states: State) -> list[str]:
        """The municipalities that stand so, in the official order."""
        found = standings(self.database, find_inquiry(self.database, "support_needs"))
        return [one.municipality for one in found if one.state in states]

    def silent(self) -> list[str]:
        """Those that have not begun, but for the two of the tests' own."""
        return [code for code in self.codes(State.NOT_STARTED) if code not in (OWN, OTHER)]

    def form(self, code: str, name: str, **typed: str) -> Path:
        """A form that was filled in."""
        who = Who(None, "test", clock.now())
        around = Surroundings(roster(self.database), who)
        reply = find_reply(self.database, find_inquiry(self.database, "support_needs"), code, around)
        file = self.folder / name
        file.write_bytes(changed(form_book(reply, who.at), *(put(key, text) for key, text in typed.items())))
        return file


@pytest.fixture(scope="module")
def desk(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk."""
    folder = tmp_path_factory.mktemp("checking")
    path = Path(shutil.copy(prepared_replies, folder / "shokai.db"))
    with connect(path) as database:
        later = DEADLINE.replace(year=2099)
        database.execute("UPDATE inquiry SET deadline = ?", [clock.stored(later)])
        with Server(path) as server:
            yield Desk(server.address, database, folder)


@pytest.fixture
def address(desk: Desk) -> str:
    """The address of the server of this file."""
    return desk.address


@BOTH
def test_replies_are_checked_one_after_the_other_and_at_once(person: Open, desk: Desk, *, scripts: bool) -> None:
    before = len(desk.codes(State.ACCEPTED))
    page = person("division", scripts=scripts).go(BOARD)
    page.click("text=確認待ちの回答")
    page.click("text=1件ずつ順に確かめる")
    page.click("text=受付済みにして、次の未確認へ")
    assert "次の未確認の回答を表示しています" in page.inner_text("main")
    page.go_back()
    page.goto(desk.address + f"{BOARD}/check?tick=all")
    boxes = page.locator("[name=accept]")
    for number in range(2, boxes.count()):
        boxes.nth(number).uncheck()
    page.click("text=しるしを付けた回答を受付済みにする")
    assert "受付済みにしました" in page.inner_text("main")
    assert len(desk.codes(State.ACCEPTED)) == before + 3


@BOTH
def test_a_reply_by_telephone(person: Open, desk: Desk, *, scripts: bool) -> None:
    code = desk.silent()[0]
    page = person("division", scripts=scripts).go(f"{BOARD}/{code}")
    page.click("text=に代わって入力する")
    page.click("text=「該当なし」で入力する")
    for name in ("A2", "A3", "A4", "A5", "A6", "A8"):
        page.fill(f"[name={name}]", NIL_REPLY[name])
    page.check("[name=A7][value=head]", force=True)
    page.click("main .acts button:not(.button-quiet)")
    page.wait_for_url("**/enter/review")
    page.check("[name=source][value=phone]", force=True)
    page.fill("[name=source_note]", "総務課 佐藤様")
    page.click("text=の回答として提出する")
    page.wait_for_url(f"**{BOARD}/{code}")
    said = page.inner_text("main")
    assert "市町村の回答として提出しました" in said
    assert "電話" in said
    assert code in desk.codes(State.SUBMITTED)


@BOTH
def test_forms_are_put_in_and_taken_in(person: Open, desk: Desk, *, scripts: bool) -> None:
    first, second = desk.silent()[:2]
    files = [desk.form(first, f"{first}.xlsx", A2="総務課"), desk.form(second, f"{second}.xlsx", A4="佐藤 花子")]
    broken = desk.folder / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    page = person("division", scripts=scripts).go(f"{BOARD}/gather")
    page.set_input_files("#files", [*files, broken])
    page.click("text=送って内容を見る")
    page.wait_for_url("**/gather/*")
    assert "まだ取り込んでいない回答があります" in page.inner_text("main")
    page.click("main form button:has-text('取り込む')")
    assert "取り込みました" in page.inner_text("main")
    assert page.locator(".badge", has_text="取り込み済み").count() == 2
    assert page.locator(".badge", has_text="取り込めません").count() == 1
    assert {first, second} <= set(desk.codes(State.DRAFT))


def test_no_page_has_anything_that_axe_finds(person: Open, desk: Desk) -> None:
    waiting, silent = desk.codes(State.SUBMITTED, State.ACCEPTED)[0], desk.silent()[-1]
    enter = f"{BOARD}/{silent}/enter"
    pages = [f"{BOARD}/{waiting}", f"{BOARD}/check", enter, f"{enter}/sections/A", f"{enter}/review", f"{BOARD}/gather"]
    query = "SELECT id FROM gathering LIMIT 1"
    pages += [f"{BOARD}/gather/{row['id']}" for row in desk.database.execute(query)]
    for width in (320, 1280):
        somebody = person("division", width=width)
        for address in pages:
            page = somebody.go(address)
            assert somebody.violations() == [], (width, address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
