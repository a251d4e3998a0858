"""Approval: asked for, looked at with what changed since, sent back, approved; any edit cancels it and says so."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import BOTH, Hall, press, save, text

from questions.life import State

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
APPROVE = "button:has-text('決裁し、県へ提出する')"


def ask(officer: Any, hall: Hall) -> None:
    """Ask for approval at the page of review."""
    page = officer.go(f"{hall.here}/review")
    for check in page.locator("[name=confirm]").all():
        check.check()
    press(page, "button:has-text('この内容で決裁を依頼する')")
    assert "決裁を待っています" in text(page)
    assert hall.reply().state is State.AWAITING_APPROVAL


@BOTH
def test_sent_back_changed_and_approved(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill()
    officer, head = (visitor(hall.person(role), scripts=scripts) for role in ("officer", "approver"))
    ask(officer, hall)
    page = head.go(hall.here)
    press(page, "a:has-text('内容を見て決裁する')")
    assert "前回から変わったところ" not in text(page)
    press(page, "button:has-text('差し戻す')")
    assert "担当者に伝えることを書いてください" in text(page)
    page.fill("[name=comment]", "課名を直してください")
    press(page, "button:has-text('差し戻す')")

    assert "決裁者から差し戻されました（総務課長）：課名を直してください" in text(officer.go(hall.here))
    page = officer.go(f"{hall.here}/sections/A")
    before = page.input_value("[name=A2]")
    page.fill("[name=A2]", "企画財政課")
    save(page)
    ask(officer, hall)

    page = head.go(f"{hall.here}/approval")
    changes = page.locator("section[aria-labelledby=changes] tbody tr")
    assert changes.count() == 1
    assert [before in changes.inner_text(), "企画財政課" in changes.inner_text()] == [True, True]
    press(page, APPROVE)
    page.wait_for_url("**/receipts/1")
    assert "総務課長" in page.inner_text(".receipt")
    assert hall.reply().state is State.SUBMITTED


@BOTH
def test_an_edit_cancels_the_request_and_what_was_not_looked_at_is_not_sent(
    hall: Hall, visitor: Open, *, scripts: bool
) -> None:
    hall.fill(nil=True)
    officer, head = (visitor(hall.person(role), scripts=scripts) for role in ("officer", "approver"))
    ask(officer, hall)
    looked_at = head.go(f"{hall.here}/approval")
    page = officer.go(f"{hall.here}/sections/A")
    page.fill("[name=A2]", "企画課")
    save(page)
    assert "決裁の依頼を取り消しました" in text(page)
    press(looked_at, APPROVE)
    assert "決裁していません" in text(looked_at)
    assert hall.reply().state is State.DRAFT
    assert "依頼は取り消されました" in text(officer.go(hall.here))
    assert "いま決裁を待っている回答はありません" in text(head.go(f"{hall.here}/approval"))


@BOTH
def test_what_was_asked_for_anew_is_looked_at_before_it_is_sent(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill(nil=True)
    hall.ask_approval()
    page = visitor(hall.person("approver"), scripts=scripts).go(f"{hall.here}/approval")
    hall.save(A2="企画課")
    hall.ask_approval()
    press(page, APPROVE)
    assert "改めて依頼された内容を下に表示しています" in text(page)
    assert "企画課" in text(page)
    assert hall.reply().state is State.AWAITING_APPROVAL
    press(page, APPROVE)
    page.wait_for_url("**/receipts/1")


@BOTH
def test_an_officer_does_not_go_round_the_approver(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    hall.fill(nil=True)
    hall.person("approver")
    officer = visitor(hall.person(), scripts=scripts)
    assert "この内容で提出する" not in text(officer.go(f"{hall.here}/review"))
    assert "ページが見つかりません" in text(officer.go(f"{hall.here}/approval"))


def test_approved_twice_in_two_tabs_there_is_one_receipt(hall: Hall, visitor: Open) -> None:
    hall.fill(nil=True)
    hall.ask_approval()
    head = visitor(hall.person("approver"))
    first = head.go(f"{hall.here}/approval")
    head.page = head.context.new_page()
    second = head.go(f"{hall.here}/approval")
    press(first, APPROVE)
    first.wait_for_url("**/receipts/1")
    press(second, APPROVE)
    assert hall.reply().standing.number == 1
