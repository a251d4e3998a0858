"""What an officer sees when saving fails: the text stays, the page says so, one way leads on. A real server fails."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from halls import Hall, stretched
from live import Server
from town import PASSWORD

from survey_app.store.database import connect
from survey_app.store.replies import Reply

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
Load = Callable[..., Reply]
SECTION = "/inquiries/support_needs/sections/Z"
TYPED = '要望の背景 <髙> & "﨑"\n二行目'
STAY = ".acts button[value=stay]"


def sound(here: Any) -> None:
    """A page has no violation, and no part of it is out of reach at the side."""
    assert here.violations() == [], here.page.url
    assert not here.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), here.page.url


def typed(page: Any) -> str:
    """What was typed, as a page shows it once its style sheet, which keeps the line breaks, is there."""
    page.wait_for_load_state()
    found: str = page.inner_text("dd.typed")
    return found


def until_saved(page: Any) -> None:
    """Let the page's clock run on until its next attempt has saved: an attempt is answered in its own time."""
    for _ in range(40):
        page.clock.run_for(5_000)
        if page.locator("#autosave:has-text('保存しました')").count():
            return
        page.wait_for_timeout(250)
    pytest.fail("nothing was saved")


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    """A server of this test's own."""
    with connect(path) as database:
        stretched(database)
    with Server(path) as started:
        yield started


@pytest.fixture
def address(server: Server) -> str:
    """Its address, for the persons of this test."""
    return server.address


def _processes(server: Server) -> list[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    return [server.pid, *map(int, children)]


@contextmanager
def no_room(server: Server) -> Iterator[None]:
    """While the block lasts, no file of the server can grow: neither the database nor what it prints."""
    limits = {one: resource.prlimit(one, resource.RLIMIT_FSIZE) for one in _processes(server)}
    for process, (_, most) in limits.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1024, most))
    try:
        yield
    finally:
        for process, limit in limits.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limit)


needs_limits = pytest.mark.skipif(not hasattr(resource, "prlimit") or os.name != "posix", reason="no prlimit")


@needs_limits
def test_a_full_disk_without_scripts(server: Server, person: Visit, reply: Load) -> None:
    here = person("mishima", scripts=False)
    page = here.go(SECTION)
    page.fill("[name=Z1]", TYPED)
    with no_room(server):
        page.click(STAY)
        assert page.inner_text("h1") == "保存できませんでした"
        assert "保存しました" not in page.inner_text("body")
        assert typed(page) == TYPED
        page.click("main button")
        assert typed(page) == TYPED
    assert reply().answers.entries == {}
    page.click("main button")
    page.wait_for_url(f"**{SECTION}")
    assert "保存しました。" in page.inner_text("main")
    assert reply().answers.value("Z1") == TYPED


@needs_limits
def test_a_full_disk_with_scripts(server: Server, person: Visit, reply: Load) -> None:
    here = person("mishima", width=400)
    page = here.go(SECTION)
    page.clock.install()
    with no_room(server):
        page.fill("[name=Z1]", TYPED)
        page.clock.run_for(2_000)
        page.wait_for_selector("#autosave-alert[role=alert]:has-text('まだ保存できていません')")
        assert page.inner_text("#autosave") == ""
        sound(here)
        page.fill("[name=Z2]", "まだ書けます")
        page.clock.run_for(2_000)
        page.wait_for_selector("#autosave-alert:has-text('画面に残っています')")
    until_saved(page)
    assert page.locator("#autosave-alert").inner_text() == ""
    assert [reply().answers.value(name) for name in ("Z1", "Z2")] == [TYPED, "まだ書けます"]


def test_where_the_server_says_that_its_disk_is_full_so_does_the_page(hall: Hall, visitor: Visit) -> None:
    page = visitor(hall.person()).go(f"{hall.here}/sections/Z")
    page.route("**/autosave", lambda route: route.fulfill(status=507, body="<!doctype html>"))
    page.fill("[name=Z1]", TYPED)
    page.wait_for_selector("#autosave-alert:has-text('いっぱい')")
    assert "県の照会担当" in page.inner_text("#autosave-alert")


def test_the_server_is_started_again_while_typing(server: Server, person: Visit, reply: Load) -> None:
    here = person("mishima")
    page = here.go(SECTION)
    page.clock.install()
    page.fill("[name=Z1]", TYPED)
    server.stop()
    page.clock.run_for(2_000)
    page.wait_for_selector("#autosave-alert:has-text('まだ保存できていません')")
    page.click(STAY)
    page.wait_for_function("document.getElementById('autosave').dataset.state === 'failed'")
    assert page.input_value("[name=Z1]") == TYPED
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    server.start()
    until_saved(page)
    assert reply().answers.value("Z1") == TYPED
    page.click(STAY)
    page.wait_for_selector(".notice-done")


def test_the_server_is_started_again_without_scripts(server: Server, person: Visit, reply: Load) -> None:
    page = person("mishima", scripts=False).go(SECTION)
    page.fill("[name=Z1]", TYPED)
    server.stop()
    page.click(STAY)
    server.start()
    page.reload()
    page.wait_for_url(f"**{SECTION}")
    assert reply().answers.value("Z1") == TYPED


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_deadline_passes_while_typing(hall: Hall, visitor: Visit, *, scripts: bool) -> None:
    own = hall.of_its_own()
    here = visitor(own.person(), scripts=scripts)
    page = here.go(f"{own.here}/sections/Z")
    own.let_the_deadline_pass()
    page.fill("[name=Z1]", TYPED)
    if scripts:
        page.wait_for_selector("#autosave-alert:has-text('回答期限を過ぎたため')")
        assert "保存していません" in page.inner_text("#autosave-alert")
    page.click(STAY)
    page.wait_for_selector("[role=alert] .notice-stop")
    assert page.input_value("[name=Z1]") == TYPED
    assert page.locator("[role=alert] a").first.get_attribute("href") == own.here
    if scripts:
        sound(here)
    assert own.reply().answers.entries == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_session_ends_while_typing(hall: Hall, visitor: Visit, *, scripts: bool) -> None:
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(f"{hall.here}/sections/Z")
    hall.let_sessions_run_out()
    page.fill("[name=Z1]", TYPED)
    if scripts:
        page.wait_for_selector("#autosave-alert:has-text('入力した内容は失われません')")
    page.click(STAY)
    page.wait_for_selector("[name=password]")
    assert typed(page) == TYPED
    if scripts:
        sound(here)
    from_here = hall.person()
    page.fill("[name=sign_in_name]", from_here)
    page.fill("[name=password]", PASSWORD)
    page.click("form.sign-in button")
    page.click("button:has-text('入力した内容を送信する')")
    page.wait_for_selector(".notice-done")
    assert hall.value("Z1") == TYPED


def test_somebody_else_signs_in_at_the_same_browser(hall: Hall, visitor: Visit) -> None:
    here = visitor(hall.person())
    page = here.go(f"{hall.here}/sections/Z")
    other = here.context.new_page()
    other.goto(here.address + "/sign-in")
    other.fill("[name=sign_in_name]", hall.person(number=2))
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/inquiries")
    page.fill("[name=Z1]", TYPED)
    page.wait_for_selector("#autosave-alert:has-text('別の利用者がサインインしたため')")
    page.click(STAY)
    page.wait_for_selector("h1:has-text('別の利用者の画面です')")
    assert typed(page) == TYPED
    sound(here)
    assert hall.reply().answers.entries == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_a_text_that_is_too_long_for_the_way_is_shown_again(hall: Hall, visitor: Visit, width: int) -> None:
    here = visitor(hall.person(), width=width)
    page = here.go(f"{hall.here}/sections/Z")
    text = "あ" * 230_000
    page.evaluate("text => { document.querySelector('[name=Z1]').value = text; }", text)
    page.locator("[name=Z2]").press_sequentially("い")
    page.wait_for_selector("#autosave-alert:has-text('一度に送れる量を超えている')")
    page.click(STAY)
    page.wait_for_selector("h1:has-text('大きすぎます')")
    assert page.text_content("dd.typed") == text
    page.evaluate("document.querySelector('dd.typed').textContent = 'あ'.repeat(500)")  # axe measures every line
    sound(here)
    page.click("a:has-text('入力画面に戻る')")
    page.wait_for_url("**/sections/Z")
