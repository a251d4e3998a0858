"""Where no contact is registered, the list of those to be called shows whom the town named in a reply."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database
from town import OPENED, OWN
from typing_in import NIL_REPLY, changes

from survey_app.store.audit import Who
from survey_app.store.contacts import Contact, add_contact
from survey_app.store.replies import Reply, save_answers
from survey_app.store.submissions import Order, submit, withdraw

Open = Callable[..., Any]
CHASE = "/board/support_needs/chase"


@pytest.fixture
def named(database: Database, reply: Callable[..., Reply], around: Any) -> None:
    """三島町 has handed in, and taken its reply back."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "one"), around().who)
    withdraw(database, reply(), around().who)
    save_answers(database, reply(), changes(reply(), {"A4": "まだ提出していない人"}), around().who)


def line(page: str) -> str:
    """What the list says of 三島町."""
    return page.split(f'id="t-{OWN}"', 1)[1].split("</li>\n<li class=", 1)[0]


def test_the_contact_of_the_reply_stands_in(named: None, browser: Open) -> None:
    told = line(browser("division").get(CHASE))
    assert NIL_REPLY["A4"] in told
    assert "この照会の回答の担当者" in told
    assert "担当者が登録されていません" not in told
    assert f"/people/{OWN}#contacts" in told
    assert "まだ提出していない人" not in told


def test_the_contact_of_another_inquiry_stands_in(named: None, browser: Open) -> None:
    told = line(browser("division").get("/board/cooperation_cases/chase"))
    assert NIL_REPLY["A4"] in told
    assert "前回の回答の担当者" in told


def test_whoever_is_registered_comes_first(named: None, database: Database, browser: Open) -> None:
    contact = Contact("総務課", "主査", "登録 太郎", "0241-48-5511", "")
    add_contact(database, OWN, contact, Who(None, "県庁 太郎", OPENED))
    told = line(browser("division").get(CHASE))
    assert "登録 太郎" in told
    assert "回答の担当者" not in told


def test_nobody_is_told_when_nobody_was_named(browser: Open) -> None:
    told = line(browser("division").get(CHASE))
    assert "担当者が登録されていません" in told
    assert "連絡先を追加" in told
