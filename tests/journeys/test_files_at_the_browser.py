"""An officer attaches papers of a case: chosen, refused with a reason, taken back, fetched again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sent_files import EXE, PDF, PNG

CASES = "/inquiries/cooperation_cases"


def file(name: str, content: bytes = PDF) -> dict[str, Any]:
    """A file as it is chosen."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def with_cases(officer: Any) -> Any:
    """Say that there are cases."""
    page = officer.go(f"{CASES}/sections/B")
    page.check("[name=B1][value='1']", force=True)
    page.click("button[name=go][value=next]")
    page.wait_for_url("**/sections/K")
    return officer


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_papers_of_a_case(person: Callable[..., Any], tmp_path: Path, *, scripts: bool) -> None:
    officer = with_cases(person("mishima", scripts=scripts))
    page = officer.go(f"{CASES}/tables/K/rows/new")
    row = page.locator("[name='rows.K']").get_attribute("value")
    part = page.locator(f"[data-name='{row}.K16']")
    chooser = f"[name='file.{row}.K16']"
    page.fill(f"[name='{row}.K1']", "広域観光の推進")
    page.set_input_files(chooser, [file("協定書（案）.pdf"), file("位置図.png", PNG), file("規約.pdf", EXE)])
    if scripts:  # saved by the way: the text, and it is said that the files are not
        page.locator("#autosave", has_text="選んだファイルは、保存のボタンで送ります").wait_for()
        assert part.locator("input[type=file]").evaluate("one => one.files.length") == 3
    page.click(".acts button[value=stay]")

    page.locator("h2", has_text="添付していないファイルが1件あります").wait_for()
    assert "「規約.pdf」は添付していません" in part.inner_text()
    assert part.locator(".files a").all_inner_texts() == ["協定書（案）.pdf", "位置図.png"]
    assert page.input_value(f"[name='{row}.K1']") == "広域観光の推進"
    if scripts:
        assert officer.violations() == []

    part.get_by_role("checkbox", name="位置図.png").check()
    page.set_input_files(chooser, [file("規約.pdf", PDF + b"%")])
    page.click(".acts button[value=next]")
    page.wait_for_url("**/sections/K**")

    page = officer.go(f"{CASES}/review")
    files = page.locator(".value-file a")
    assert files.all_inner_texts() == ["協定書（案）.pdf", "規約.pdf"]
    with page.expect_download() as download:
        files.first.click()
    assert download.value.suggested_filename == "協定書（案）.pdf"
    download.value.save_as(tmp_path / "one.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == PDF


@pytest.mark.browser
def test_on_a_narrow_screen_nothing_is_cut_off(person: Callable[..., Any]) -> None:
    officer = with_cases(person("mishima", width=320))
    page = officer.go(f"{CASES}/tables/K/rows/new")
    row = page.locator("[name='rows.K']").get_attribute("value")
    page.set_input_files(f"[name='file.{row}.K16']", [file("とても長い名前の" * 9 + ".pdf"), file("x" * 120 + ".pdf")])
    page.click(".acts button[value=stay]")
    page.locator(".files").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".files a").first.wait_for()
