"""What was typed is kept through a session that ran out, somebody else's session, a restart, and the deadline."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from halls import BOTH, Hall, Halls, press, save, stretched, text
from live import Server
from persons import people
from town import PASSWORD

from questions.setting import Roster
from survey_app.store.database import connect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
TYPED = "総務課 髙𠮟\u3000=1+1"


def state(page: Any, wanted: str) -> None:
    """Wait until the page says of its own saving that it is saved, failed or stopped."""
    page.wait_for_selector(f"#autosave[data-state={wanted}]", state="attached", timeout=20_000)


@BOTH
def test_a_session_runs_out_while_somebody_types(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(f"{hall.here}/sections/A")
    page.fill("[name=A3]", "主査")
    if scripts:
        state(page, "saved")
        assert hall.value("A3") == "主査"
    hall.let_sessions_run_out()
    page.fill("[name=A2]", TYPED)
    if scripts:
        state(page, "stopped")
    assert hall.value("A2") is None
    save(page)
    assert "もう一度サインインしてください" in text(page)
    page.fill("[name=sign_in_name]", hall.person())
    page.fill("[name=password]", "wrong")
    press(page, "main button")
    page.fill("[name=sign_in_name]", hall.person())
    page.fill("[name=password]", PASSWORD)
    press(page, "main button")
    assert TYPED in text(page)
    press(page, "button:has-text('入力した内容を送信する')")
    assert "保存しました" in text(page)
    assert page.url.startswith(here.address + hall.here)
    assert (hall.value("A2"), hall.value("A3")) == (TYPED, "主査")


@BOTH
def test_somebody_else_signs_in_again_and_nothing_goes_under_their_name(
    hall: Hall, halls: Halls, visitor: Open, *, scripts: bool
) -> None:
    page = visitor(hall.person(), scripts=scripts).go(f"{hall.here}/sections/A")
    page.fill("[name=A2]", TYPED)
    hall.let_sessions_run_out()
    save(page)
    other = halls.next()
    page.fill("[name=sign_in_name]", other.person())
    page.fill("[name=password]", PASSWORD)
    press(page, "main button")
    assert "別の利用者のものだったため" in text(page)
    assert TYPED not in text(page)
    assert (hall.value("A2"), other.value("A2")) == (None, None)


@BOTH
def test_somebody_else_signs_in_in_another_tab(hall: Hall, halls: Halls, visitor: Open, *, scripts: bool) -> None:
    here, other = visitor(hall.person(), scripts=scripts), halls.next()
    mine = here.go(f"{hall.here}/sections/A")
    here.page = here.context.new_page()
    press(here.go("/account/"), ".masthead button:has-text('サインアウト')")
    here.sign_in(other.person())
    mine.fill("[name=A2]", TYPED)
    if scripts:
        state(mine, "stopped")
    save(mine)
    assert "別の利用者の画面です" in text(mine)
    assert TYPED in text(mine)
    assert other.town.name in text(mine)
    assert (hall.value("A2"), other.value("A2")) == (None, None)


@BOTH
def test_the_token_of_the_page_is_stale(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    """The same person signed out and in again in another tab: the page of the first still saves."""
    here = visitor(hall.person(), scripts=scripts)
    mine = here.go(f"{hall.here}/sections/A")
    here.page = here.context.new_page()
    press(here.go("/account/"), ".masthead button:has-text('サインアウト')")
    here.sign_in(hall.person())
    mine.fill("[name=A2]", TYPED)
    save(mine)
    assert TYPED in text(mine)
    press(mine, "button:has-text('入力した内容を送信する')")
    assert hall.value("A2") == TYPED
    assert mine.input_value("[name=A2]") == TYPED


@BOTH
def test_the_server_is_started_again_while_somebody_types(
    prepared: Path, whole_roster: Roster, tmp_path: Path, chromium: Any, *, scripts: bool
) -> None:
    path = Path(shutil.copy(prepared, tmp_path / "own.db"))
    with connect(path) as database, Server(path) as server, people(chromium, server.address) as opened:
        stretched(database)
        hall = Halls(server.address, database, whole_roster).next()
        page = opened(hall.person(), scripts=scripts).go(f"{hall.here}/sections/A")
        page.fill("[name=A2]", TYPED)
        if scripts:
            state(page, "saved")
            server.stop()
            page.fill("[name=A3]", "主査")
            state(page, "failed")
            page.click(".acts button[value=stay]")
            assert page.input_value("[name=A3]") == "主査"
            server.start()
            state(page, "saved")
        else:
            server.stop()
            server.start()
            page.fill("[name=A3]", "主査")
        save(page, "next")
        assert (hall.value("A2"), hall.value("A3")) == (TYPED, "主査")


@BOTH
def test_the_deadline_passes_while_somebody_types(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    own = hall.of_its_own()
    page = visitor(own.person(), scripts=scripts).go(f"{own.here}/sections/A")
    own.let_the_deadline_pass()
    page.fill("[name=A2]", TYPED)
    if scripts:
        state(page, "stopped")
    save(page)
    assert "保存していません" in text(page)
    assert page.input_value("[name=A2]") == TYPED
    assert own.value("A2") is None
    press(page, "main a:has-text('照会の概要へ')")
    assert "期限超過" in text(page)
    assert "いまは変更できません" in text(page)
