"""The board's filters and chart, today's list, calls, extensions, texts and mails on the pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from officer import hidden_value
from sqlite_utils import Database
from town import DEADLINE, OPENED, OTHER, OWN, Clock
from typing_in import NIL_REPLY, changes

from survey_app.factory import create_app
from survey_app.mailing.server import mail_server
from survey_app.store.audit import Who
from survey_app.store.chasing import NewCall, calls, log_call
from survey_app.store.contacts import Contact, add_contact
from survey_app.store.inquiries import Inquiry, standing
from survey_app.store.mails import mails_of
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit

Open = Callable[..., Any]
BOARD, CHASE = "/board/support_needs", "/board/support_needs/chase"
MAIL = mail_server({"SHOKAI_MAIL_SERVER": "127.0.0.1:1", "SHOKAI_MAIL_FROM": "県 <shokai@pref.example.lg.jp>"})
WHO = Who(None, "県庁 太郎", OPENED)


@pytest.fixture
def handed_in(database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]) -> None:
    """三島町 has handed in a nil reply."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "token"), around().who)


@pytest.fixture
def late(database: Database, clock: Clock) -> None:
    """The deadline has passed; sessions that begin now are open."""
    clock.move(days=27)


@pytest.fixture
def reachable(database: Database) -> None:
    """Two town halls can be called and written to."""
    for code, name in ((OWN, "佐藤"), (OTHER, "渡部")):
        contact = Contact("総務課", "主査", name, "0241-48-5511", f"{code}@town.example.lg.jp")
        add_contact(database, code, contact, WHO)


@pytest.fixture
def app(path: Any, clock: Clock) -> Flask:
    """The application with a mail server and a public address."""
    made = create_app(
        {"database": path, "now": clock, "mail": MAIL, "public_address": "https://shokai.pref.example.lg.jp"}
    )
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


def names(page: str) -> list[str]:
    """The municipalities in the board's list, in order."""
    return re.findall(r'<th scope="row"><a href="/board/support_needs/\d{6}">(.*?)</a>', page)


def test_the_list_of_inquiries_tells_days_and_puts_open_ones_first(database: Database, browser: Open) -> None:
    database.execute("UPDATE inquiry SET closed_at = ? WHERE name = 'support_needs'", [OPENED.isoformat()])
    database.execute("UPDATE inquiry SET deadline = '2026-12-01T17:15:00+09:00' WHERE name = 'grant_small'")
    page = browser("division").get("/board/")
    assert [page.index(one) for one in ("/board/grant_small", "/board/cooperation_cases", "/board/support_needs")] == (
        sorted(page.index(one) for one in ("/board/grant_small", "/board/cooperation_cases", "/board/support_needs"))
    )
    assert "あと7日" in page
    assert "締切済" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("text=みしま", ["三島町"]),
        ("text=ミシマ", ["三島町"]),
        ("text=074446", ["三島町"]),
        ("text=０７４４４６", ["三島町"]),
        ("text=大沼郡&bureau=会津", ["三島町", "金山町", "昭和村", "会津美里町"]),
        ("state=submitted", ["三島町"]),
        ("state=nil", ["三島町"]),
        ("state=overdue&text=三島", []),
        ("group=A", ["金山町"]),
        ("group=A&bureau=県北", []),
    ],
)
def test_the_board_shows_what_is_asked_for(
    database: Database, browser: Open, handed_in: None, query: str, shown: list[str]
) -> None:
    database.execute("UPDATE municipality SET groups = 'A;B' WHERE code = ?", [OTHER])
    assert names(browser("division").get(f"{BOARD}?{query}")) == shown


def test_the_last_change_sorts_but_those_overdue_stay_first(
    database: Database, browser: Open, handed_in: None, clock: Clock
) -> None:
    assert names(browser("division").get(f"{BOARD}?sort=changed"))[0] == "三島町"
    clock.move(days=27)
    listed = names(browser("division").get(f"{BOARD}?sort=changed"))
    assert (listed[0], listed[-1]) == ("福島市", "三島町")


def test_the_chart_stands_beside_its_table(browser: Open, handed_in: None, late: None) -> None:
    page = browser("division").get(BOARD)
    assert page.count('role="img"') == 2
    assert page.count('class="chart-deadline"') == 2
    assert "1.7%" in page
    assert "回答率の推移を表で見る" in page
    division = browser("division")
    division.post("/language/en", {"next": BOARD})
    assert "12/18" in division.get(BOARD)


def test_board_and_chase_agree(browser: Open, handed_in: None, late: None) -> None:
    division = browser("division")
    assert "督促が必要な団体が58団体あります" in division.get(BOARD)
    page = division.get(CHASE)
    assert "督促が必要な団体は58団体です" in page
    assert page.count('class="chase" id="t-') == 58
    assert f't-{OWN}"' not in page


def test_today_shows_whom_to_call_and_what_was_said(
    database: Database, support_needs: Inquiry, browser: Open, reachable: None, late: None
) -> None:
    call = NewCall(OWN, "phone", "佐藤主査", "議会対応で遅れる", None, "token")
    log_call(database, support_needs, call, WHO)
    page = browser("division").get(CHASE)
    part = page.split(f'id="t-{OWN}"')[1].split("</li>\n<li", 1)[0]
    for text in ("0241-48-5511", "佐藤主査", "議会対応で遅れる", "県庁 太郎", "3日超過"):
        assert text in part, text


def test_a_call_is_logged_in_place_once(database: Database, support_needs: Inquiry, browser: Open, late: None) -> None:
    division = browser("division")
    token = hidden_value(division.get(CHASE), "token")
    said = {"way": "phone", "spoken_with": "佐藤", "note": "来週提出", "promised": "R8.12.25", "token": token}
    assert division.post(f"{CHASE}/{OWN}/log", said).endswith(f"/chase?logged={OWN}#t-{OWN}")
    division.post(f"{CHASE}/{OWN}/log", said)
    assert len(calls(database, support_needs, OWN)) == 1
    page = division.get(f"{CHASE}?logged={OWN}")
    assert "記録しました。" in page
    assert "令和8年12月25日（金）に提出の約束" in page


def test_a_faulty_call_keeps_what_was_typed(database: Database, support_needs: Inquiry, browser: Open) -> None:
    division = browser("division")
    division.get(CHASE)
    said = {"way": "phone", "note": "消えない内容", "promised": "R8.1.1"}
    page = division.post(f"{CHASE}/{OWN}/log", said, 422)
    assert 'value="消えない内容"' in page
    assert f'href="#promised-{OWN}"' in page
    assert "今日以降の日付" in page
    page = division.post(f"{CHASE}/{OWN}/log", {"way": "pigeon", "page": OWN}, 422)
    assert "連絡の方法を選んでください" in page
    assert calls(database, support_needs, OWN) == ()


def test_what_is_said_of_one_who_replied_meanwhile_is_kept(browser: Open, handed_in: None) -> None:
    division = browser("division")
    division.get(CHASE)
    page = division.post(f"{CHASE}/{OWN}/log", {"way": "phone", "note": "消えない内容", "promised": "x"}, 422)
    assert 'value="消えない内容"' in page


def test_an_extension_for_several_reaches_the_officers_page(
    database: Database, support_needs: Inquiry, browser: Open, late: None
) -> None:
    officer = browser("mishima")
    assert "期限を過ぎました" in officer.get("/inquiries/support_needs")
    division = browser("division")
    division.get(CHASE)
    fields = {"codes": [OWN, OTHER], "until": "R8.12.25 17:15", "reason": "災害対応のため"}
    division.post(f"{CHASE}/extend", fields)
    assert "期限を延長しました" in division.get(f"{CHASE}/{OWN}")
    assert standing(database, support_needs, OTHER).term.extension is not None
    page = officer.get("/inquiries/support_needs")
    assert "令和8年12月25日（金）" in page
    assert "延長後の期限" in page
    officer.get("/inquiries/support_needs/sections/A")
    division.get(f"{CHASE}/{OWN}")
    division.post(f"{CHASE}/{OWN}/withdraw-extension")
    page = division.get(f"{CHASE}/{OWN}")
    assert "もとの期限に戻しました" in page
    assert "災害対応のため" in page  # the history stays
    assert standing(database, support_needs, OWN).term.end == DEADLINE


def test_a_faulty_extension_changes_nothing_and_keeps_what_was_typed(
    database: Database, support_needs: Inquiry, browser: Open
) -> None:
    division = browser("division")
    division.get(CHASE)
    page = division.post(f"{CHASE}/extend", {"until": "R8.12.1", "reason": "", "codes": [OWN]}, 422)
    for text in ('href="#until"', 'href="#reason"', 'value="R8.12.1"', f'value="{OWN}" checked'):
        assert text in page, text
    page = division.post(f"{CHASE}/extend", {"until": "R8.12.25", "reason": "災害"}, 422)
    assert "延長する団体を選んでください" in page
    assert standing(database, support_needs, OWN).term.extension is None


def test_the_texts_are_filled_in_and_differ_after_the_deadline(
    database: Database, browser: Open, reachable: None, clock: Clock
) -> None:
    division = browser("division")
    page = division.get(f"{CHASE}/texts?municipality={OWN}")
    assert "回答期限が近づいてまいりました" in page
    assert "三島町　総務課　佐藤　様" in page
    assert "https://shokai.pref.example.lg.jp/inquiries/support_needs" in page
    assert f"{OWN}@town.example.lg.jp;\n{OTHER}@town.example.lg.jp" in page
    clock.move(days=27)
    page = browser("division").get(f"{CHASE}/texts?municipality={OWN}")
    assert "ご回答を確認できておりません" in page
    assert "令和8年12月18日（金） 17:15" in page
    assert f"mailto:{OWN}@town.example.lg.jp?subject=" in page


def test_mails_are_queued_once_to_those_who_were_shown(
    database: Database, support_needs: Inquiry, browser: Open, reachable: None, late: None
) -> None:
    division = browser("division")
    page = division.get(f"{CHASE}/mail")
    shown = f"{OWN} {OWN}@town.example.lg.jp"
    assert f'value="{shown}" checked' in page
    sent = {"kind": "after", "token": hidden_value(page, "token"), "to": [shown, "074446 stranger@example.jp"]}
    division.post(f"{CHASE}/mail", sent)
    division.post(f"{CHASE}/mail", sent)
    (queued,) = mails_of(database, support_needs)
    assert (queued.recipient, queued.queued_by, queued.waits) == (f"{OWN}@town.example.lg.jp", "県庁 太郎", True)
    assert "三島町" in queued.body
    page = division.get(f"{CHASE}/mail")
    assert "送信待ち" in page
    assert f'value="{shown}">' in page  # nobody is ticked for the same mail again
    assert "送る相手が選ばれていません" in division.post(f"{CHASE}/mail", {"kind": "after"}, 422)


def test_who_replied_before_the_button_was_pressed_gets_nothing(
    database: Database, support_needs: Inquiry, browser: Open, reachable: None, handed_in: None
) -> None:
    division = browser("division")
    page = division.get(f"{CHASE}/mail?kind=before")
    shown = f"{OWN} {OWN}@town.example.lg.jp"
    assert shown not in page
    division.post(f"{CHASE}/mail", {"kind": "before", "to": [shown]}, 422)
    assert mails_of(database, support_needs) == ()


def test_links_for_colleagues_have_the_public_address(browser: Open) -> None:
    officer = browser("mishima")
    officer.get("/inquiries/support_needs/colleagues")
    page = officer.post("/inquiries/support_needs/colleagues", {"section": "A", "recipient": "税務課 田中"}, 200)
    assert 'value="https://shokai.pref.example.lg.jp/' in page


def test_a_closed_inquiry_chases_nobody(database: Database, browser: Open) -> None:
    database.execute("UPDATE inquiry SET closed_at = ?", [OPENED.isoformat()])
    page = browser("division").get(CHASE)
    assert "督促するものはありません" in page
    assert 'id="t-' not in page


@pytest.mark.parametrize("address", ["", f"/{OWN}", "/texts", "/mail"])
def test_town_halls_and_strangers_find_nothing(browser: Open, address: str) -> None:
    browser("mishima").get(f"{CHASE}{address}", 404)
    browser("division").get(f"/board/unknown/chase{address}", 404)


def test_who_is_no_target_is_no_page(browser: Open) -> None:
    division = browser("division")
    division.get(f"{CHASE}/999999", 404)
    division.post(f"{CHASE}/999999/log", {"way": "phone", "note": "x"}, 404)
