"""Invitations, and initial passwords that must be changed: nobody is locked out, nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database
from town import OPENED, OWN, PASSWORD, Clock

from survey_app.passwords import NOBODY, hash_made_password
from survey_app.store.accounts import Account, add_account, find_account
from survey_app.store.appointments import issue_passwords
from survey_app.store.audit import Who
from survey_app.store.invitations import invite, withdraw_invitation
from survey_app.store.sessions import FAILURES_ALLOWED

Open = Callable[..., Any]
WHO = Who(None, "試験", OPENED)
NEW = "あたらしいひみつの言葉"
BOTH = {"password_new": NEW, "password_again": NEW}
INITIAL = "abcd-efgh-jkmn"


@pytest.fixture
def invited(database: Database) -> tuple[int, str]:
    """An account whose person has a link: its id and the token."""
    number = add_account(database, Account(None, "hajime", "初 はじめ", "officer", OWN, NOBODY), WHO)
    return number, invite(database, number, WHO)


@pytest.fixture
def initial(database: Database) -> None:
    """The officer of 三島町 was given a new initial password."""
    account = find_account(database, "mishima")
    assert account is not None
    issue_passwords(database, {account.id or 0: hash_made_password(INITIAL)}, WHO)


def signed_in(person: Any, password: str = INITIAL, **more: str) -> str:
    person.get("/sign-in")
    where: str = person.post("/sign-in", {"sign_in_name": "mishima", "password": password, **more})
    return where


def test_an_invited_person_sets_a_password_and_is_in(browser: Open, invited: tuple[int, str]) -> None:
    person, address = browser(), f"/invitations/{invited[1]}"
    page = person.get(address)
    assert "初 はじめ" in page
    assert "hajime" in page
    wrong = person.post(address, {"password_new": "short", "password_again": "other"}, 422)
    assert wrong.count("message-error") == 2
    assert person.post(address, BOTH) == "/inquiries"
    assert "パスワードを決めました" in person.get("/inquiries")
    other = browser()
    other.get("/sign-in")
    other.post("/sign-in", {"sign_in_name": "hajime", "password": NEW})


def test_links_that_do_not_work_all_look_the_same(
    browser: Open, database: Database, clock: Clock, invited: tuple[int, str]
) -> None:
    person = browser()
    unknown = person.get("/invitations/never-made", 404)
    withdraw_invitation(database, invited[0], WHO)
    old = invite(database, invited[0], WHO)
    withdrawn = person.get(f"/invitations/{invited[1]}", 404)
    clock.move(days=8)
    expired = person.get(f"/invitations/{old}", 404)
    fresh = invite(database, invited[0], Who(None, "試験", clock.now))
    other = browser()
    other.get(f"/invitations/{fresh}")
    other.post(f"/invitations/{fresh}", BOTH)
    used = person.get(f"/invitations/{fresh}", 404)
    person.post(f"/invitations/{fresh}", BOTH, 404)
    plain = {re.sub(r'value="[^"]*"', "", page) for page in (unknown, withdrawn, expired, used)}
    assert len(plain) == 1
    assert "県の照会担当へ連絡" in unknown


def test_who_guesses_links_has_to_wait(browser: Open, clock: Clock, invited: tuple[int, str]) -> None:
    person = browser()
    for number in range(FAILURES_ALLOWED):
        person.get(f"/invitations/guess-{number}", 404)
    assert "15分ほど" in person.get(f"/invitations/{invited[1]}", 429)
    clock.move(minutes=15)
    person.get(f"/invitations/{invited[1]}")


def test_a_used_link_makes_nobody_wait(browser: Open, invited: tuple[int, str]) -> None:
    person, address = browser(), f"/invitations/{invited[1]}"
    person.get(address)
    person.post(address, BOTH)
    for _ in range(FAILURES_ALLOWED + 2):
        person.get(address, 404)


def test_an_initial_password_is_changed_before_anything_else(browser: Open, initial: None) -> None:
    person = browser()
    signed_in(person)
    assert person.client.get("/inquiries").headers["Location"] == "/account/?next=/inquiries"
    page = person.get("/account/?next=/inquiries/support_needs")
    assert "パスワードを決めてください" in page
    assert "password_present" not in page
    same = {"password_new": INITIAL, "password_again": INITIAL, "next": "/inquiries/support_needs"}
    assert "別のもの" in person.post("/account/password", same, 422)
    to = person.post("/account/password", {**BOTH, "next": "/inquiries/support_needs"})
    assert to == "/inquiries/support_needs"
    person.get(to)


def test_signing_out_works_with_an_initial_password(browser: Open, initial: None) -> None:
    person = browser()
    signed_in(person)
    person.get("/account/")
    assert person.post("/sign-out").endswith("/sign-in")


def test_what_was_typed_outlives_the_change(
    browser: Open, database: Database, initial: None, reply: Callable[..., Any]
) -> None:
    person, address = browser(), "/inquiries/support_needs/sections/A"
    signed_in(person)
    page = person.post(address, {"seen": "0", "A2": "総務課 <係>"}, 409)
    assert 'name="carried:A2" value="総務課 &lt;係&gt;"' in page
    assert reply().answers.value("A2") is None
    carried = {"carried:seen": "0", "carried:A2": "総務課 <係>", "next": address}
    again = person.post("/account/password", {**BOTH, **carried}, 200)
    assert "まだ保存されていません" in again
    assert f'action="{address}"' in again
    person.post(address, {"seen": "0", "A2": "総務課 <係>"})
    assert reply().answers.value("A2") == "総務課 <係>"


def test_a_stale_page_never_shows_a_password(browser: Open) -> None:
    person = browser("mishima")
    person.token = "stale"
    page = person.post("/account/password", {"password_present": PASSWORD, **BOTH}, 400)
    assert NEW not in page
    assert PASSWORD not in page


def test_the_app_keeps_only_hashes(app: Flask, database: Database, invited: tuple[int, str]) -> None:
    assert not app.config["DEBUG"]
    assert invited[1] not in "\n".join(database.conn.iterdump())
