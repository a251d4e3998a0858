"""A question to the division and its answer, on an item; 受け取りました with the person in charge."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import BOTH, Hall, Halls, press, text

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
QUESTION, REPLY = "基準日は\nいつですか。<b>", "3月31日です。"


@BOTH
def test_a_question_is_asked_and_answered(hall: Hall, halls: Halls, visitor: Open, *, scripts: bool) -> None:
    officer, division = visitor(hall.person(), scripts=scripts), visitor("division", scripts=scripts)
    page = officer.go(hall.here)
    press(page, "a:has-text('県に質問する')")
    press(page, "section[aria-labelledby=new] button")
    assert "字以内で入力してください" in text(page)
    page.select_option("section[aria-labelledby=new] [name=question]", "T1")
    page.fill("#text", QUESTION)
    press(page, "section[aria-labelledby=new] button")
    assert "県の回答待ち" in text(page)
    assert "未了 1件" in text(officer.go(hall.here))

    page = division.go(f"/board/support_needs/{hall.code}/questions")
    assert QUESTION in text(page)
    page.fill("#text-T1", REPLY)
    press(page, ".conversation button:has-text('送る')")
    assert "済み" in text(page)

    page = officer.go(f"{hall.here}/questions")
    assert REPLY in text(page)
    page.fill("#text-T1", "外国人を含みますか。")
    press(page, ".conversation button:has-text('送る')")
    assert "県の回答待ち" in text(page)
    said = page.locator(".said li").all_inner_texts()
    assert [QUESTION in said[0], REPLY in said[1], "外国人を含みますか。" in said[2]] == [True] * 3
    stranger = visitor(halls.next().person(), scripts=scripts)
    assert "基準日" not in text(stranger.go(f"{hall.here}/questions"))


@BOTH
def test_received_is_told_with_the_person_in_charge(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    page = visitor(hall.person(), scripts=scripts).go(hall.here)
    assert page.input_value("[name=person]") == "担当 1"
    page.fill("[name=person]", "総務課 佐藤")
    press(page, "button:has-text('受け取りました')")
    assert "受け取りを県に知らせました（担当：総務課 佐藤" in text(page)
    page = visitor("division", scripts=scripts).go(f"/board/support_needs/{hall.code}/questions")
    assert "受け取りの記録：総務課 佐藤" in text(page)
