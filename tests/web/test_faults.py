"""Faults as they are shown: what was typed stays on the page or in the database, nothing says saved, a way leads on."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from flask import Flask
from officer import Officer, hidden_value
from sqlite_utils import Database
from town import PASSWORD

from survey_app.config import LARGEST_FORM_BYTES, MOST_FORM_PARTS
from survey_app.store.delegations import NewDelegation, delegate, withdraw_delegation
from survey_app.store.replies import Reply, Surroundings

Open = Callable[..., Any]
Load = Callable[..., Reply]
TYPED = '要望の背景 <髙> & "﨑"\r\n二行目'
LONG = "長い文章を書きました。" * 4_000  # some pages of the database


@pytest.fixture
def disk(app: Flask) -> Callable[..., Any]:
    """The server's disk: full, or closed for writing, while the block lasts. It is the real database that refuses."""
    with app.app_context():
        connection = app.extensions["shokai.connections"].database()

    @contextmanager
    def state(sort: str) -> Iterator[None]:
        if sort == "full":
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")
        else:
            connection.execute("PRAGMA query_only=ON")
        try:
            yield
        finally:
            connection.execute("PRAGMA max_page_count=4294967294")
            connection.execute("PRAGMA query_only=OFF")

    return state


def typed_texts(page: str) -> list[str]:
    """What a page shows to be copied."""
    return [unescape(text) for text in re.findall(r'<dd class="typed">(.*?)</dd>', page, re.DOTALL)]


def resent(page: str) -> dict[str, Any]:
    """The fields of the form that sends everything again."""
    form = page.split("<main", 1)[1].split("<form", 1)[1].split("</form>", 1)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in pairs if name != "csrf_token"}


@pytest.mark.parametrize(
    ("sort", "code", "sentence"), [("full", 507, "いっぱい"), ("closed", 503, "書き込みを受け付け")]
)
def test_a_full_disk_shows_what_was_typed_and_a_button(
    officer: Open, reply: Load, disk: Open, sort: str, code: int, sentence: str
) -> None:
    here: Officer = officer()
    seen = hidden_value(here.see("sections/Z"), "seen")
    with disk(sort):
        page = here.post("sections/Z", {"seen": seen, "Z1": TYPED + LONG, "go": "stay"}, code)
    assert sentence in page
    assert "保存しました" not in page
    assert typed_texts(page) == [TYPED + LONG]
    assert reply().answers.entries == {}
    assert 'action="/inquiries/support_needs/sections/Z"' in page
    here.post("sections/Z", resent(page))
    assert reply().answers.entry("Z1").texts == ((TYPED + LONG).replace("\r\n", "\n"),)


@pytest.mark.parametrize(("sort", "code"), [("full", 507), ("closed", 503)])
def test_the_save_by_the_way_says_so_and_is_made_up_for(
    officer: Open, reply: Load, disk: Open, sort: str, code: int
) -> None:
    here: Officer = officer()
    sent = {"seen": hidden_value(here.see("sections/Z"), "seen"), "page": "p", "Z1": LONG}
    with disk(sort):
        page = here.browser.post(here.full("sections/Z/autosave"), sent, code)
    assert "保存しました" not in page
    assert reply().answers.entries == {}
    answer = here.browser.client.post(here.full("sections/Z/autosave"), data={**sent, "csrf_token": here.browser.token})
    assert answer.json["seen"] == 1
    assert reply().answers.entry("Z1").texts == (LONG,)


@pytest.mark.parametrize("sort", ["full", "closed"])
def test_pages_can_be_read_while_nothing_can_be_written(officer: Open, disk: Open, clock: Any, sort: str) -> None:
    here: Officer = officer()
    with disk(sort):
        clock.move(minutes=5)  # it is time again to note who is here
        for address in ("", "sections/A", "review"):
            here.see(address)


def test_nothing_is_handed_in_on_a_full_disk(officer: Open, typed: Open, reply: Load, disk: Open) -> None:
    typed({"Z1": LONG})
    here: Officer = officer()
    here.see("review")
    with disk("closed"):
        fault = here.post("submit", {"seen": "1", "token": "t"}, 503)
    assert "受付番号" not in fault
    assert reply().standing.number is None


def test_a_database_that_cannot_be_read_still_shows_what_was_typed(
    officer: Open, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: Officer = officer()
    here.see("sections/Z")
    connections = app.extensions["shokai.connections"]

    def gone() -> Database:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(connections, "database", gone)
    page = here.browser.post(here.full("sections/Z"), {"seen": "0", "Z1": TYPED}, 503)
    assert typed_texts(page) == [TYPED]
    assert resent(page)["Z1"] == TYPED
    assert "もう一度開く" in here.browser.get(here.full("sections/Z"), 503)


def test_a_form_that_is_too_large_is_shown_to_be_copied(officer: Open, reply: Load) -> None:
    here: Officer = officer()
    here.see("sections/Z")
    text = "あ" * (LARGEST_FORM_BYTES // 9 + 1)
    page = here.post("sections/Z", {"seen": "0", "Z1": text, "Z2": TYPED}, 413)
    assert "大きすぎます" in page
    assert typed_texts(page) == [text, TYPED]
    assert 'href="/inquiries/support_needs/sections/Z">入力画面に戻る' in page
    assert reply().answers.entries == {}


def test_one_beyond_all_measure_is_not_read(officer: Open) -> None:
    here: Officer = officer()
    here.see("sections/Z")
    page = here.post("sections/Z", {"Z1": "a" * 10_000_001}, 413)
    assert typed_texts(page) == []
    assert "「戻る」" in page


def test_too_many_fields_are_shown_as_far_as_a_form_goes(officer: Open) -> None:
    here: Officer = officer()
    here.see("sections/Z")
    page = here.post("sections/Z", {"Z1": TYPED, "Z2": ["x"] * (MOST_FORM_PARTS + 10)}, 413)
    assert typed_texts(page)[0] == TYPED
    assert len(typed_texts(page)) <= MOST_FORM_PARTS


def test_a_page_of_somebody_else_shows_what_was_typed(officer: Open, browser: Open, reply: Load) -> None:
    here: Officer = officer()
    by = hidden_value(here.see("sections/Z"), "by")
    other = Officer(here.browser.sign_in("kaneyama"))
    page = other.post("sections/Z", {"by": by, "seen": "0", "Z1": TYPED}, 409)
    assert typed_texts(page) == [TYPED]
    assert "保存していません" in page
    assert reply().answers.entries == {}


def test_names_of_fields_are_shown_as_the_page_shows_them(officer: Open) -> None:
    here: Officer = officer()
    here.see("tables/D/rows/new")
    here.browser.token = "stale"
    row = "r0123456789abcdef"
    page = here.post("tables/D/rows/new", {"seen": "0", "rows.D": row, f"{row}.D5": "件名です"}, 400)
    assert "<dt>D5</dt>" in page
    assert typed_texts(page) == ["件名です"]


def test_a_link_that_ends_while_typing_leaves_the_text_on_the_page(
    browser: Open, reply: Load, database: Database, support_needs: Any, around: Callable[..., Surroundings]
) -> None:
    who = around().who
    token = delegate(database, support_needs, NewDelegation(reply().municipality, "Z", "田中", who.at.date()), who)
    colleague = browser()
    colleague.get(f"/shared/{token}")
    colleague.post(f"/shared/{token}")
    address = "/inquiries/support_needs/sections/Z"
    colleague.get(address)
    number = database.execute("SELECT id FROM delegation").fetchone()[0]
    withdraw_delegation(database, support_needs, reply().municipality, number, who)
    page = colleague.post(address, {"seen": "0", "Z1": TYPED}, 401)
    assert typed_texts(page) == [TYPED]
    assert reply().answers.entries == {}


def test_what_is_typed_past_the_end_of_a_session_is_seen_at_once(officer: Open, clock: Any, reply: Load) -> None:
    here: Officer = officer()
    here.see("sections/Z")
    clock.move(hours=13)
    page = here.browser.post(here.full("sections/Z"), {"seen": "0", "Z1": TYPED}, 401)
    assert typed_texts(page) == [TYPED]
    carried = {name: value for name, value in resent(page).items() if name.startswith("carried:")}
    again = here.browser.post(
        "/sign-in", {"sign_in_name": "mishima", "password": PASSWORD, "next": here.full("sections/Z"), **carried}, 200
    )
    here.browser.post(here.full("sections/Z"), resent(again))
    assert reply().answers.entry("Z1").texts == (TYPED.replace("\r\n", "\n"),)
