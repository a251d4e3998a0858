"""A section given to a colleague by a link: opened without an account, answered, withdrawn, run out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from halls import BOTH, Hall, press, save, text

from survey_app import clock
from survey_app.store.delegations import NewDelegation, delegate

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def link_from(page: Any, address: str) -> str:
    """Make a link to section A at the page of colleagues; return its path."""
    page.select_option("[name=section]", "A")
    page.fill("[name=recipient]", "税務課 田中")
    press(page, "button:has-text('リンクを作る')")
    assert "この画面でだけ表示します" in text(page)
    path: str = page.input_value("#link").removeprefix(address)
    return path


@BOTH
def test_a_colleague_answers_a_section_and_nothing_else(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    officer, colleague = visitor(hall.person(), scripts=scripts), visitor(scripts=scripts)
    link = link_from(officer.go(f"{hall.here}/colleagues"), officer.address)
    page = colleague.go(link)
    for told in ("税務課 田中", hall.town.name, "担当 1"):
        assert told in text(page)
    press(page, "main form button")
    page.fill("[name=A2]", "税務課")
    save(page, "next")
    assert "確かめていただきたい項目" in text(page)  # the rest that must be answered
    assert "入力はこれで終わりです" not in text(page)
    for name, answer in {"A3": "主査", "A4": "田中", "A5": "0241-00-0000", "A6": "zeimu@example.lg.jp"}.items():
        page.fill(f"[name={name}]", answer)
    page.check("[name=A7][value=head]")
    page.fill("[name=A8]", "令和8年11月24日")
    save(page, "next")
    assert "入力はこれで終わりです" in text(page)
    assert hall.value("A2") == "税務課"
    for closed in (hall.here, f"{hall.here}/sections/B", f"{hall.here}/review", "/inquiries", "/account/"):
        colleague.go(closed)
        assert "ページが見つかりません" in text(page), closed
    page = officer.go(f"{hall.here}/sections/A")
    assert page.input_value("[name=A2]") == "税務課"
    colleague.go(link)
    press(colleague.page, "main form button")
    assert colleague.page.input_value("[name=A2]") == "税務課"


@BOTH
def test_a_withdrawn_link_keeps_what_is_on_the_screen(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    officer, colleague = visitor(hall.person(), scripts=scripts), visitor(scripts=scripts)
    link = link_from(officer.go(f"{hall.here}/colleagues"), officer.address)
    page = colleague.go(link)
    press(page, "main form button")
    officer.go(f"{hall.here}/colleagues")
    press(officer.page, "button:has-text('取り消す')")
    assert "リンクを取り消しました" in text(officer.page)
    page.fill("[name=A2]", "書きかけ")
    save(page)
    assert "書きかけ" in page.content()
    assert hall.value("A2") is None
    page = visitor(scripts=scripts).go(link)
    assert "このリンクは取り消されました" in text(page)
    assert not page.is_visible("main form")


@BOTH
def test_a_link_runs_out(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    past = NewDelegation(hall.code, "A", "総務課", (clock.now() - timedelta(days=1)).date())
    token = delegate(hall.database, hall.inquiry, past, hall.who())
    page = visitor(scripts=scripts).go(f"/shared/{token}")
    assert "このリンクの期限は過ぎました" in text(page)
    assert not page.is_visible("main form")
    page = visitor(hall.person(), scripts=scripts).go(f"{hall.here}/colleagues")
    assert "期限切れ" in text(page)


@BOTH
def test_a_link_that_is_cut_short_says_so(visitor: Open, *, scripts: bool) -> None:
    page = visitor(scripts=scripts).go("/shared/abc")
    assert "このリンクは正しくありません" in text(page)


@BOTH
def test_an_officer_who_opens_a_link_is_told_that_they_are_signed_out(
    hall: Hall, visitor: Open, *, scripts: bool
) -> None:
    officer = visitor(hall.person(), scripts=scripts)
    link = link_from(officer.go(f"{hall.here}/colleagues"), officer.address)
    page = officer.go(link)
    assert "入力を始めると、サインアウトします" in text(page)
    press(page, "main form button")
    assert "税務課 田中" in page.inner_text(".masthead")
