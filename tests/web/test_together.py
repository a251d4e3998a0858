"""Several people at one reply: approval, returned items, colleagues by link, questions to the division."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlite_utils import Database
from town import OPENED, OWN, PASSWORD
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.passwords import hash_password
from survey_app.store.accounts import Account, create_account
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.returns import return_items
from survey_app.store.submissions import Order, submissions_of, submit

Load = Callable[..., Reply]
Around = Callable[..., Surroundings]
HERE = "/inquiries/support_needs"


@pytest.fixture
def approver(database: Database) -> None:
    """三島町 has an approver."""
    create_account(database, Account(0, "kacho", "総務課長", "approver", OWN, hash_password(PASSWORD)), OPENED)


@pytest.fixture
def filled_in(database: Database, reply: Load, around: Around) -> None:
    """A complete nil reply, not handed in."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)


@pytest.fixture
def handed_in(database: Database, reply: Load, around: Around, filled_in: None) -> None:
    """三島町 has handed in."""
    submit(database, reply(), Order(reply().revision, "token"), around().who)


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def ask(officer: object) -> None:
    """Ask for approval from the page of review."""
    page = officer.get(f"{HERE}/review")
    assert "この内容で決裁を依頼する" in page
    officer.post(f"{HERE}/approval/ask", {"seen": field(page, "seen")})


def test_approved_in_the_town_hall_and_handed_in(browser, approver, filled_in, reply) -> None:
    officer, head = browser("mishima"), browser("kacho")
    ask(officer)
    assert reply().state is State.AWAITING_APPROVAL
    assert "決裁を待っています" in officer.get(HERE)
    assert "内容を見て決裁する" in head.get(HERE)
    page = head.get(f"{HERE}/approval")
    sent = {name: field(page, name) for name in ("seen", "digest", "token")}
    to = head.post(f"{HERE}/approval/approve", sent)
    assert to.endswith("/receipts/1")
    assert "総務課長" in head.get(to)
    assert head.post(f"{HERE}/approval/approve", sent).endswith("/receipts/1")


def test_a_change_takes_the_request_back_and_says_so(browser, approver, filled_in, reply) -> None:
    officer, head = browser("mishima"), browser("kacho")
    ask(officer)
    looked_at = head.get(f"{HERE}/approval")
    page = officer.get(f"{HERE}/sections/A")
    officer.post(f"{HERE}/sections/A", {"seen": field(page, "seen"), "A2": "企画課", "go": "stay"})
    assert "決裁の依頼を取り消しました" in officer.get(f"{HERE}/sections/A")
    sent = {name: field(looked_at, name) for name in ("seen", "digest", "token")}
    head.post(f"{HERE}/approval/approve", sent, 409)
    assert reply().state is State.DRAFT
    assert "依頼は取り消されました" in officer.get(HERE)


def test_sent_back_with_a_comment_and_shown_what_changed(browser, approver, filled_in) -> None:
    officer, head = browser("mishima"), browser("kacho")
    ask(officer)
    head.get(f"{HERE}/approval")
    head.post(f"{HERE}/approval/send-back", {"comment": ""}, 422)
    head.post(f"{HERE}/approval/send-back", {"comment": "課名を直してください"})
    assert "課名を直してください" in officer.get(HERE)
    page = officer.get(f"{HERE}/sections/A")
    officer.post(f"{HERE}/sections/A", {"seen": field(page, "seen"), "A2": "企画財政課", "go": "stay"})
    ask(officer)
    page = head.get(f"{HERE}/approval")
    assert "前回から変わったところ" in page
    assert re.search(r"総務課 行政係</td><td[^>]*>企画財政課", page)


def test_nobody_goes_round_the_approver(browser, approver, filled_in, reply) -> None:
    officer = browser("mishima")
    page = officer.get(f"{HERE}/review")
    refused = officer.post(f"{HERE}/submit", {"seen": field(page, "seen"), "token": "t"}, 409)
    assert "決裁を経て提出します" in refused
    officer.get(f"{HERE}/approval", 404)
    assert reply().state is State.DRAFT


def test_returned_items_open_alone_and_the_difference_is_shown(
    database: Database, browser, handed_in, reply, around
) -> None:
    return_items(database, reply(), {("", "A2"): "課名が旧称です"}, around("division").who)
    officer = browser("mishima")
    assert "課名が旧称です" in officer.get(HERE)
    page = officer.get(f"{HERE}/sections/A")
    assert "差戻しの理由" in page
    assert ' name="A2"' in page
    assert ' name="A3"' not in page
    officer.post(f"{HERE}/sections/A", {"seen": field(page, "seen"), "A2": "企画課", "A3": "係長"}, 409)
    officer.post(f"{HERE}/sections/A", {"seen": field(page, "seen"), "A2": "企画課", "go": "stay"})
    page = officer.get(f"{HERE}/review")
    assert "差戻しの理由：課名が旧称です" in page
    officer.post(f"{HERE}/submit", {"seen": field(page, "seen"), "token": field(page, "token")})
    assert len(submissions_of(database, reply().inquiry, OWN)) == 2
    page = officer.get(f"{HERE}/receipts/2/changes")
    assert re.search(r"総務課 行政係</td><td[^>]*>企画課", page)
    officer.get(f"{HERE}/receipts/1/changes", 404)


def link_of(officer: object) -> str:
    """Make a link to section T for a colleague."""
    officer.get(f"{HERE}/colleagues")
    page = officer.post(f"{HERE}/colleagues", {"section": "A", "recipient": "税務課 田中", "until": "R8.11.30"}, 200)
    found = re.search(r'readonly value="http://[^/"]+(/shared/[^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_colleague_fills_in_one_section_by_a_link(browser, database: Database, reply) -> None:
    link = link_of(browser("mishima"))
    colleague = browser()
    page = colleague.get(link)
    assert "税務課 田中" in page
    to = colleague.post(link)
    page = colleague.get(to)
    assert "B1" not in page
    sent = {"seen": field(page, "seen"), "by": field(page, "by"), "A2": "税務課", "go": "next"}
    colleague.post(f"{HERE}/sections/A", sent)
    assert "入力はこれで終わりです" not in colleague.get(f"{HERE}/sections/A?show=all")  # more must be answered
    rest = {"A3": "主査", "A4": "田中", "A5": "0241-00-0000", "A6": "a@example.lg.jp", "A7": "head", "A8": "R8.11.24"}
    page = colleague.get(f"{HERE}/sections/A")
    sent |= {"seen": field(page, "seen"), **rest}
    colleague.post(f"{HERE}/sections/A", sent)
    assert "入力はこれで終わりです" in colleague.get(f"{HERE}/sections/A")
    assert reply().answers.value("A2") == "税務課"
    said = database.execute("SELECT actor, account FROM event WHERE act = 'save'").fetchone()
    assert tuple(said) == ("税務課 田中", None)


@pytest.mark.parametrize(
    "address",
    ["/sections/B", "/review", "", "/receipts/1", "/colleagues", "/questions", "/tables/D/rows/new"],
)
def test_a_link_opens_nothing_else(browser, address: str) -> None:
    link = link_of(browser("mishima"))
    colleague = browser()
    colleague.get(link)
    colleague.post(link)
    colleague.get(HERE + address, 404)
    colleague.get("/inquiries/cooperation_cases/sections/A", 404)
    colleague.get("/board/", 404)
    colleague.get("/account/", 404)


def test_a_withdrawn_link_says_so_and_what_was_typed_stays_on_the_screen(browser, reply) -> None:
    officer = browser("mishima")
    link = link_of(officer)
    colleague = browser()
    colleague.get(link)
    page = colleague.get(colleague.post(link))
    officer.get(f"{HERE}/colleagues")
    officer.post(f"{HERE}/colleagues/1/withdraw")
    typed = {"seen": field(page, "seen"), "by": field(page, "by"), "A2": "書きかけ"}
    assert "書きかけ" in colleague.post(f"{HERE}/sections/A", typed, 401)
    assert "取り消されました" in colleague.get(link, 410)
    assert reply().answers.value("A2") is None
    browser().get("/shared/guessed", 404)


def test_a_link_runs_out(browser, clock) -> None:
    link = link_of(browser("mishima"))
    clock.now = OPENED + timedelta(days=7)
    assert "期限は過ぎました" in browser().get(link, 410)


@pytest.mark.parametrize(
    "wrong", [{"section": "?"}, {"recipient": ""}, {"until": "R7.1.1"}, {"until": "R9.1.1"}, {"until": "soon"}]
)
def test_a_link_needs_section_recipient_and_day(browser, wrong: dict[str, str]) -> None:
    officer = browser("mishima")
    officer.get(f"{HERE}/colleagues")
    page = officer.post(f"{HERE}/colleagues", {"section": "A", "recipient": "税務課", "until": "", **wrong}, 422)
    assert "リンクを作っていません" in page


def test_text_never_goes_under_another_name(browser, reply) -> None:
    """Two tabs: somebody else signs in meanwhile; the first tab's form is not stored."""
    tab = browser("mishima")
    page = tab.get(f"{HERE}/sections/A")
    tab.post("/sign-out")
    tab.sign_in("kaneyama")
    sent = {"seen": field(page, "seen"), "by": field(page, "by"), "A2": "三島町の文"}
    refused = tab.post(f"{HERE}/sections/A", sent, 409)
    assert "別の利用者の画面です" in refused
    assert "三島町の文" in refused
    assert reply("074454").answers.value("A2") is None


def test_a_question_reaches_the_division_and_its_answer_comes_back(browser) -> None:
    officer, division = browser("mishima"), browser("division")
    page = officer.get(f"{HERE}/questions")
    sent = {"text": "基準日は\r\nいつですか。", "question": "T1", "token": field(page, "token")}
    officer.post(f"{HERE}/questions", sent)
    officer.post(f"{HERE}/questions", sent)
    page = division.get("/board/support_needs/074446/questions")
    assert page.count("いつですか。") == 1
    division.post("/board/support_needs/074446/questions", {"text": "3月31日です。", "question": "T1", "closes": "1"})
    assert "3月31日です。" in officer.get(f"{HERE}/questions")
    assert "いつですか。" not in browser("kaneyama").get(f"{HERE}/questions")
    officer.post(f"{HERE}/questions", {"text": " ", "question": ""}, 422)


def test_received_is_recorded_before_anything_is_answered(browser) -> None:
    officer = browser("mishima")
    officer.get(HERE)
    officer.post(f"{HERE}/received", {"person": "総務課 佐藤"})
    assert "受け取りを県に知らせました（担当：総務課 佐藤" in officer.get(HERE)


def test_who_else_is_here_is_shown(browser) -> None:
    browser("mishima2").get(f"{HERE}/sections/A")
    assert "鈴木 一郎" in browser("mishima").get(HERE)
    assert "鈴木 一郎" not in browser("kaneyama").get(HERE)
