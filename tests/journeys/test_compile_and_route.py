"""From replies to divisions on the real server in a real browser, with and without scripts; axe on every page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from handing_again import first_submitted, hand_in_again
from live import Server
from sqlite_utils import Database

from survey_app import clock
from survey_app.routing_start import take_start
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.divisions import Division, add
from survey_app.store.fixed_cuts import fix_cut, fixed_cuts
from survey_app.store.inquiries import find_inquiry
from survey_app.store.merging import merges

pytestmark = pytest.mark.browser
NEEDS, MATRIX = "/board/support_needs/needs", "/divisions/routing/"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def office(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """One server for the file: twelve replies, three divisions, a cut after which one reply changed."""
    path = Path(shutil.copy(prepared_replies, tmp_path_factory.mktemp("needs") / "shokai.db"))
    with connect(path) as database:
        who = Who(1, "県庁 太郎", clock.now())
        for name in ("市町村行政課", "税務課", "人事課"):
            add(database, Division(0, "総務部", name, who.at.date()), who)
        take_start(database, who)
        inquiry = find_inquiry(database, "support_needs")
        fix_cut(database, inquiry, "第1次集計", "first", who)
        hand_in_again(database, inquiry, first_submitted(database, inquiry))
        with Server(path) as server:
            yield server.address, database


@pytest.fixture
def address(office: tuple[str, Database]) -> str:
    """The address of the server of this file."""
    return office[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_cut_route_and_merge(person: Open, office: tuple[str, Database], *, scripts: bool) -> None:
    database = office[1]
    inquiry = find_inquiry(database, "support_needs")
    cuts, groups = len(fixed_cuts(database, inquiry)), len(merges(database, inquiry))
    page = person("division", scripts=scripts).go(f"{NEEDS}/cuts")
    page.click("button:has-text('集計を確定する')")
    page.wait_for_load_state()
    assert "集計を確定しました" in page.inner_text("main")
    assert len(fixed_cuts(database, inquiry)) == cuts + 1
    with page.expect_download() as loading:
        page.click("td a:has-text('ダウンロード') >> nth=0")
    assert loading.value.suggested_filename.endswith("次集計.xlsx")

    page.click("a:has-text('要望の一覧')")
    page.wait_for_load_state()
    unowned = int(page.inner_text("#unowned").split("が")[1].split("件")[0])
    assert unowned
    page.click(".unowned .towns a >> nth=0")
    page.wait_for_load_state()
    page.click("summary:has-text('担当課を変える')")
    page.select_option("#lead", label="総務部 人事課")
    page.fill("#reason", "職員の派遣を含むため")
    page.click("button:has-text('担当課を変える')")
    page.wait_for_load_state()
    assert "担当課を変えました" in page.inner_text("main")

    page.goto(page.url.split("/board/")[0] + MATRIX)
    page.click("a.route-cell:has-text('主担当なし') >> nth=0")
    page.wait_for_load_state()
    page.select_option("#division-lead", label="総務部 市町村行政課")
    page.click("button:has-text('この課を主担当にする')")
    page.wait_for_load_state()
    assert "振り分けを変えました" in page.inner_text("main")
    page.goto(page.url.split("/divisions/")[0] + NEEDS)
    left = page.locator("#unowned")
    assert left.count() == 0 or int(left.inner_text().split("が")[1].split("件")[0]) < unowned

    page.click("a:has-text('似た要望をまとめる')")
    page.wait_for_load_state()
    page.fill("[id^=subject-] >> nth=0", "まとめた要望")
    page.click("button:has-text('印の付いた要望をまとめる') >> nth=0")
    page.wait_for_load_state()
    assert "一つの要望にまとめました" in page.inner_text("main")
    assert len(merges(database, inquiry)) == groups + 1


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_for_everybody(person: Open, width: int) -> None:
    somebody = person("division", width=width)
    need = somebody.go(f"{NEEDS}?cut=now").locator(".need-control a").first.get_attribute("href")
    pages = (NEEDS, f"{NEEDS}?cut=now&mark=changes", f"{NEEDS}/cuts", f"{NEEDS}/similar?cut=now", need, MATRIX)
    for address in (*pages, f"{MATRIX}cell?field=TAX", f"{MATRIX}cell?field=TAX&form=JOINT", f"{MATRIX}?on=x"):
        look(somebody, somebody.go(address), address)


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_wrong_is_told_to_everybody(person: Open, width: int) -> None:
    somebody = person("division", width=width)
    page = somebody.go(f"{NEEDS}/cuts")
    page.fill("#name", "")
    page.click("button:has-text('集計を確定する')")
    look(somebody, page, "no name")
    page = somebody.go(f"{NEEDS}/similar?cut=now")
    page.fill("#subject-numbers", "")
    page.fill("#needs-numbers", "072010-99")
    page.click("#by-number ~ form button")
    look(somebody, page, "nothing to merge")
    assert page.input_value("#needs-numbers") == "072010-99"
    page = somebody.go(f"{MATRIX}cell?field=HR")
    page.fill("#since-lead", "いつか")
    page.click("button:has-text('この課を主担当にする')")
    look(somebody, page, "no division")
    page.click(".summary a >> nth=0")
    page.click("summary:has-text('期間を変える') >> nth=0")
    page.fill("input[id^=until-rule] >> nth=0", "昨日")
    page.click("button:has-text('最後の日を決める') >> nth=0")
    look(somebody, page, "no day")
    page = somebody.go(f"{NEEDS}?cut=now")
    page.click(".need-control a >> nth=0")
    page.click("summary:has-text('担当課を変える')")
    page.fill("#reason", "")
    page.click("button:has-text('担当課を変える')")
    look(somebody, page, "no reason")


def look(somebody: Any, page: Any, what: str) -> None:
    """Look at a page with axe, and from the side."""
    page.wait_for_load_state()
    assert somebody.violations() == [], what
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, what
