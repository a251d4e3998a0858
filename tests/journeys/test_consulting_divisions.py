"""A round from its opening to the last response, on the real server in a real browser, with and without scripts."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from book_hands import handled, put
from halls import BOTH, press, save, text
from live import Server
from round_desk import HANAKO, LEADER, WHOLE, Desk, desk_of, sign_up

from survey_app import clock
from survey_app.store.database import connect
from survey_app.store.handing_responses import give_back, hand_in
from survey_app.store.rounds import NewRound, close_round, find_asked, open_round, rounds

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
BOARD = "/board/support_needs/consult"
Open = Callable[..., Any]


@dataclass
class Office:
    """The server of this file, and the desk behind it."""

    address: str
    desk: Desk

    def open(self, token: str) -> int:
        """Open a round."""
        due = clock.now() + timedelta(days=10)
        desk = self.desk
        return open_round(desk.database, desk.inquiry, NewRound(1, due, "お願いします。", token), LEADER).number


@pytest.fixture(scope="module")
def office(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = Path(shutil.copy(prepared_replies, tmp_path_factory.mktemp("consulting") / "shokai.db"))
    with connect(path) as database:
        desk = desk_of(database)
        sign_up(desk)
        with Server(path) as server:
            yield Office(server.address, desk)


@pytest.fixture
def address(office: Office) -> str:
    """The address of the server of this file."""
    return office.address


@BOTH
def test_asked_answered_returned_and_handed_in(person: Open, office: Office, *, scripts: bool) -> None:
    desk = office.desk
    number = len(rounds(desk.database, desk.inquiry)) + 1
    lead = person("division", scripts=scripts)
    page = lead.go(f"{BOARD}/open{'?which=all' if number > 1 else ''}")
    page.fill("#due", "R99.1.8 17:15")
    page.fill("#request", "対応を検討してください。")
    press(page, "button:has-text('課に照会する')")
    assert page.url.endswith(f"{BOARD}/{number}")

    zeimu = person("zeimu", scripts=scripts)
    own = f"/consulted/support_needs/{number}"
    page = zeimu.go("/consulted/")
    assert "対応を検討してください" in text(zeimu.go(own))
    first, second, *_ = desk.needs_of(desk.tax)
    press(page, f"a[href*='{desk.control(first)}']")
    page.select_option("[name=R1]", "B")
    page.fill("[name=R2]", "研修会を開きます。")
    press(page, "button[value=check]")
    assert "予定時期が必要です" in page.inner_text("#problems")
    page.click("#problems a >> nth=0")
    page.fill("[name=R3]", "当初予算")
    page.fill("[name=R4]", "R99.4")
    press(page, "button[value=next]")
    assert page.url.endswith(desk.control(second))
    zeimu.go(own)
    press(page, "button:has-text('記入済みの1件だけを提出する')")
    assert "記入済みの回答を提出しました" in text(page)

    page = lead.go(f"{BOARD}/{number}/needs/{desk.control(first)}")
    page.click(".beside-form summary >> nth=0")
    page.fill(f"#remark-{desk.tax}", "会場も示してください。")
    press(page, "button:has-text('理由を付けて差し戻す') >> nth=0")
    page = zeimu.go(f"{own}/needs/{desk.control(first)}")
    assert "会場も示してください" in text(page)
    page.fill("[name=R2]", "福島市で研修会を開きます。")
    save(page)
    for key in desk.needs_of(desk.tax):
        if key != first:
            desk.respond(key, desk.tax, **WHOLE)
    zeimu.go(own)
    press(page, "button:has-text('全ての回答を提出する')")
    assert "全ての要望への回答を提出しました" in text(page)
    assert "福島市で研修会を開きます" in text(lead.go(f"{BOARD}/{number}"))
    close_round(desk.database, desk.round, LEADER)


@BOTH
def test_answered_in_excel(person: Open, office: Office, tmp_path: Path, *, scripts: bool) -> None:
    number, desk = office.open(f"excel {scripts}"), office.desk
    key = desk.needs_of(desk.tax)[0]
    page = person("zeimu", scripts=scripts).go(f"/consulted/support_needs/{number}/upload")
    with page.expect_download() as loading:
        page.click("a:has-text('ブック（Excel）をダウンロード')")
    file = tmp_path / "回答.xlsx"
    file.write_bytes(handled(Path(loading.value.path()).read_bytes(), put(key, WHOLE)))
    page.set_input_files("#file", file)
    press(page, "button:has-text('送って違いを見る')")
    assert WHOLE["R2"] in text(page)
    press(page, "button:has-text('選んだとおりに取り込む')")
    assert "ブックを取り込みました" in text(page)
    assert desk.texts(desk.tax)[key] == WHOLE
    lead = person("division", scripts=scripts).go(f"{BOARD}/{number}")
    lead.set_input_files("#files", [file])
    press(lead, "button:has-text('送って違いを見る')")
    assert "取り込むところはありません" in text(lead)
    close_round(desk.database, desk.round, LEADER)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_barrier(person: Open, office: Office, width: int, tmp_path: Path) -> None:
    number, desk = office.open(f"axe {width}"), office.desk
    first, second, third = desk.needs_of(desk.tax)[:3]
    desk.respond(first, desk.tax, **WHOLE)
    desk.respond(second, desk.tax, R1="B", R2="いつか", R4="いつか")
    desk.respond(first, desk.people, **WHOLE)
    hand_in(desk.database, desk.round, desk.tax, HANAKO, part=True)
    give_back(desk.database, desk.round, find_asked(desk.database, desk.round, first, desk.tax), "時期を", LEADER)
    file = tmp_path / "回答.xlsx"
    file.write_bytes(handled(desk.book(desk.tax), put(third, {**WHOLE, "R1": "要検討"})))

    zeimu = person("zeimu", width=width)
    own = f"/consulted/support_needs/{number}"
    controls = [desk.control(one) for one in (first, second, third)]
    for path in ("/consulted/", own, *(f"{own}/needs/{one}?show=all" for one in controls), f"{own}/upload"):
        _look(zeimu, zeimu.go(path))
    page = zeimu.page
    page.set_input_files("#file", file)
    press(page, "button:has-text('送って違いを見る')")
    _look(zeimu, page)

    lead = person("division", width=width)
    control = controls[0]
    for path in ("", "/open", *(f"/{number}{one}" for one in ("", "/compare", "/reminders", f"/needs/{control}"))):
        page = lead.go(f"{BOARD}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        _look(lead, page)
    page = lead.go(f"{BOARD}/{number}")
    page.set_input_files("#files", [file])
    press(page, "button:has-text('送って違いを見る')")
    _look(lead, page)
    page = lead.go(f"{BOARD}/open")
    page.fill("#due", "あした")
    press(page, "button:has-text('課に照会する')")
    _look(lead, page)
    close_round(desk.database, desk.round, LEADER)


def _look(somebody: Any, page: Any) -> None:
    assert somebody.violations() == [], page.url
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, page.url
