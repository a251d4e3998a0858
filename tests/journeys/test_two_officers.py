"""Two officers of one town hall at one reply: what differs elsewhere merges, a true conflict shows both texts."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import BOTH, Hall, press, save, text

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@BOTH
def test_answers_to_different_questions_merge_silently(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    first, second = (visitor(hall.person(number=one), scripts=scripts).go(f"{hall.here}/sections/A") for one in (1, 2))
    first.fill("[name=A2]", "総務課")
    second.fill("[name=A4]", "鈴木 一郎")
    save(first)
    save(second)
    for page in (first, second):
        assert "重なりました" not in text(page)
        assert "保存しました" in text(page)
    assert (hall.value("A2"), hall.value("A4")) == ("総務課", "鈴木 一郎")
    assert second.input_value("[name=A2]") == "総務課"


@BOTH
def test_the_same_answer_twice_is_no_conflict(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    first, second = (visitor(hall.person(number=one), scripts=scripts).go(f"{hall.here}/sections/A") for one in (1, 2))
    for page in (first, second):
        page.fill("[name=A2]", "総務課")
        save(page)
        assert "保存しました" in text(page)
    assert hall.value("A2") == "総務課"


@BOTH
@pytest.mark.parametrize("mine", [True, False], ids=["one's own", "the other's"])
def test_two_texts_for_one_answer_are_both_shown(hall: Hall, visitor: Open, *, scripts: bool, mine: bool) -> None:
    first, second = (visitor(hall.person(number=one), scripts=scripts).go(f"{hall.here}/sections/A") for one in (1, 2))
    first.fill("[name=A2]", "総務課")
    save(first)
    second.fill("[name=A2]", "企画課")
    second.fill("[name=A3]", "主査")
    if scripts:  # the page saves itself what it may, and says that there is a conflict
        second.wait_for_selector("#autosave[data-state=stopped]", state="attached", timeout=20_000)
        assert hall.value("A2") == "総務課"
    save(second)
    shown = text(second)
    assert "重なりました" in shown
    assert "担当 1さんの回答" in shown
    assert "総務課" in shown
    assert second.input_value("[name=A2]") == "企画課"
    assert (hall.value("A2"), hall.value("A3")) == ("総務課", "主査")
    if not mine:
        second.check("[name='theirs.A2']")
    save(second)
    assert hall.value("A2") == ("企画課" if mine else "総務課")
    first.reload()
    assert first.input_value("[name=A2]") == ("企画課" if mine else "総務課")


@BOTH
def test_rows_added_by_two_officers_are_all_kept(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.save(B1="1", B4="TAX")
    pages = [visitor(hall.person(number=one), scripts=scripts).go(f"{hall.here}/tables/D/rows/new") for one in (1, 2)]
    for page, subject in zip(pages, ("土木技師の派遣", "併任徴収の継続"), strict=True):
        page.locator("[name$='.D5']").fill(subject)
    for page in pages:
        save(page, "next")
    answers = hall.reply().answers
    assert [answers.value("D5", row) for row in answers.row_ids("D")] == ["土木技師の派遣", "併任徴収の継続"]


@BOTH
def test_who_else_is_here_is_told(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    visitor(hall.person(number=2), scripts=scripts).go(f"{hall.here}/sections/A")
    page = visitor(hall.person(), scripts=scripts).go(hall.here)
    assert "ほかの方もこの回答を開いています：担当 2" in text(page)


@BOTH
def test_handed_in_by_one_while_the_other_types(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill(nil=True)
    first, second = (visitor(hall.person(number=one), scripts=scripts) for one in (1, 2))
    page = second.go(f"{hall.here}/sections/A")
    press(first.go(f"{hall.here}/review"), "button:has-text('この内容で提出する')")
    page.fill("[name=A2]", "書きかけの課名")
    save(page)
    assert "保存していません" in text(page)
    assert page.input_value("[name=A2]") == "書きかけの課名"
    assert hall.value("A2") != "書きかけの課名"
