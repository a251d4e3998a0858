"""Taken back, returned by the prefecture with a reason at each item, handed in again and shown as a difference."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import BOTH, Hall, press, save, text

from questions.life import State

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
REASON = "課名が旧称です。\n正しい名称を記入してください。"


def hand_in(page: Any) -> None:
    """Confirm what is to be confirmed, and hand in."""
    for check in page.locator("[name=confirm]").all():
        check.check()
    press(page, "button:has-text('この内容で提出する')")


@BOTH
def test_taken_back_corrected_and_handed_in_again(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill()
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(f"{hall.here}/review")
    hand_in(page)
    page.wait_for_url("**/receipts/1")
    press(page, "button:has-text('取り下げて修正する')")
    assert "提出を取り下げました" in text(page)
    assert "最後に提出した内容が有効です" in text(page)
    assert hall.reply().state is State.DRAFT
    page = here.go(f"{hall.here}/sections/A")
    before = page.input_value("[name=A2]")
    page.fill("[name=A2]", "企画課")
    save(page)
    hand_in(here.go(f"{hall.here}/review"))
    page.wait_for_url("**/receipts/2")
    press(page, "a:has-text('前回の提出から変わったところを見る')")
    (row,) = page.locator("main tbody tr").all()
    assert before in row.inner_text()
    assert "企画課" in row.inner_text()
    here.go(f"{hall.here}/receipts/1")
    assert "この提出のあとに、新しい提出があります" in text(page)
    assert before in text(page)


@BOTH
def test_returned_items_open_alone_with_their_reason(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill()
    hall.hand_in()
    row = hall.reply().answers.row_ids("D")[0]
    hall.give_back({("", "A2"): REASON, (row, "D5"): "件名を具体的に"})
    here = visitor(hall.person(), scripts=scripts)
    assert "差戻し中" in text(here.go("/inquiries"))
    page = here.go(hall.here)
    assert "課名が旧称です。" in text(page)
    assert "件名を具体的に" in text(page)
    press(page, ".notice-warn li a >> nth=0")
    assert "正しい名称を記入してください。" in page.inner_text("#w-A2")
    assert page.locator("[name=A3]").count() == 0
    page.fill("[name=A2]", "企画課")
    save(page)
    page = here.go(f"{hall.here}/tables/D/rows/{row}")
    assert "件名を具体的に" in text(page)
    assert page.locator(f"[name='{row}.D6']").count() == 0
    page.fill(f"[name='{row}.D5']", "土木技師（橋梁）の派遣")
    save(page)
    page = here.go(f"{hall.here}/review")
    assert "差戻しの理由：課名が旧称です。" in text(page)
    hand_in(page)
    page.wait_for_url("**/receipts/2")
    here.go(f"{hall.here}/receipts/2/changes")
    rows = page.locator("main tbody tr").all_inner_texts()
    assert len(rows) == 2
    assert "企画課" in rows[0]
    assert "土木技師（橋梁）の派遣" in rows[1]


@BOTH
def test_what_is_accepted_is_read_only(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill(nil=True)
    hall.hand_in()
    hall.accept()
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(hall.here)
    assert "受付済" in text(page)
    assert "取り下げて修正する" not in text(page)
    here.go(f"{hall.here}/sections/A")
    assert page.locator("#answers").count() == 0
