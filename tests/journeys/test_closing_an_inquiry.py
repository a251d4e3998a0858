"""The end of an inquiry in a real browser: closed, opened for one, archived, cancelled; with and without scripts."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from town import OWN

pytestmark = pytest.mark.browser
CLOSE = "/board/support_needs/close"
Open = Callable[..., Any]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_closed_reopened_archived_and_cancelled(person: Open, tmp_path: Path, *, scripts: bool) -> None:
    division = person("division", scripts=scripts)
    page = division.go(CLOSE)
    page.get_by_role("button", name="この照会を締め切る").click()
    page.get_by_text("照会を締め切りました").wait_for()
    officer = person("mishima", scripts=scripts)
    assert "この照会は締め切られました" in officer.go("/inquiries/support_needs").locator("main").inner_text()
    page.select_option("#municipality", OWN)
    page.get_by_role("button", name="この団体だけ再開する").click()
    page.get_by_text("その団体だけ再開しました").wait_for()
    assert "締め切られました" not in officer.go("/inquiries/support_needs").locator("main").inner_text()
    with page.expect_download() as started:
        page.get_by_role("button", name="保管用のファイルをダウンロード").click()
    started.value.save_as(tmp_path / "archive.zip")
    names = zipfile.ZipFile(tmp_path / "archive.zip").namelist()
    assert {"support_needs/はじめに.html", "support_needs/取りまとめ.xlsx", "support_needs/操作の記録.csv"} <= set(
        names
    )
    page = division.go(CLOSE)
    page.locator("summary", has_text="取りやめて、市町村に知らせる").click()
    page.fill("#notice", "国の制度改正により、あらためて照会します。")
    page.get_by_role("button", name="照会を取りやめる").click()
    page.get_by_text("取りやめると元に戻せません。確かめて").first.wait_for()
    assert page.input_value("#notice") == "国の制度改正により、あらためて照会します。"
    page.check("#sure")
    page.get_by_role("button", name="照会を取りやめる").click()
    page.get_by_text("照会を取りやめました。").first.wait_for()
    assert "国の制度改正により" in officer.go("/inquiries/support_needs").locator("main").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_on_these_pages(person: Open, width: int) -> None:
    division = person("division", width=width)
    for path in (CLOSE, "/audit/", "/audit/?since=昨日"):
        page = division.go(path)
        assert division.violations() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = division.go(CLOSE)
    page.get_by_role("button", name="この照会を締め切る").click()
    page.get_by_role("button", name="この団体だけ再開する").click()
    page.get_by_text("再開する団体を選んでください").first.wait_for()
    assert division.violations() == []
