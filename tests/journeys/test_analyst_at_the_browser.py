"""An analyst fetches data in the browser, and gives a program an address of its own."""

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from live import Server
from persons import Person, people
from playwright.sync_api import Browser
from town import OPENED, PASSWORD

from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.database import connect

pytestmark = pytest.mark.browser


@pytest.fixture
def analyst(chromium: Browser, prepared_replies: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """An analyst at a server with twelve replies."""
    path = Path(shutil.copy(prepared_replies, tmp_path / "shokai.db"))
    with connect(path) as database:
        create_account(database, Account(0, "analyst", "分析 花子", "analyst", None, hash_password(PASSWORD)), OPENED)
    with Server(path) as server, people(chromium, server.address) as opened:
        yield lambda **settings: opened("analyst", **settings)


@pytest.mark.parametrize(("scripts", "width"), [(False, 1280), (True, 320)])
def test_an_analyst_fetches_data(analyst: Callable[..., Person], scripts: bool, width: int, tmp_path: Path) -> None:
    person = analyst(scripts=scripts, width=width)
    page = person.page
    page.click("main a[href$='/support_needs/data']")
    if scripts:
        assert person.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.select_option("#format", "xlsx")
    with page.expect_download() as sent:
        page.get_by_role("button", name="ダウンロード").click()
    assert sent.value.suggested_filename.startswith("データ_support_needs_")
    sent.value.save_as(tmp_path / "x.xlsx")
    assert len(pd.read_excel(tmp_path / "x.xlsx", sheet_name="replies")) == 12
    page.fill("#label", "田中のPower Query")
    page.get_by_role("button", name="配信用のアドレスを作る").click()
    address = page.input_value("#address")
    with urllib.request.urlopen(f"{address}replies.json") as answer:
        assert len(json.load(answer)) == 12
    if scripts:
        assert person.violations() == []
    page.get_by_role("button", name="取り消す").click()
    assert page.locator("[role=status]").inner_text().strip() == "配信用のアドレスを取り消しました。"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}replies.json")
