"""Signing in and out; what was typed before a session ran out is carried along."""

import re
from collections.abc import Callable

import pytest
from town import PASSWORD

from survey_app.store.sessions import FAILURES_ALLOWED

Open = Callable[..., object]


def test_everybody_comes_to_the_own_first_page(browser: Open) -> None:
    assert browser("mishima").post("/sign-out").endswith("/sign-in")
    person = browser()
    person.get("/sign-in")
    to = person.post("/sign-in", {"sign_in_name": "division", "password": PASSWORD})
    assert to == "/board/"


def test_a_wrong_password_is_refused_and_told(browser: Open) -> None:
    person = browser()
    person.get("/sign-in")
    page = person.post("/sign-in", {"sign_in_name": "mishima", "password": "wrong"}, 401)
    assert "利用者名又はパスワードが違います" in page


def test_too_many_failures_make_one_wait(browser: Open, clock) -> None:
    person = browser()
    person.get("/sign-in")
    for _ in range(FAILURES_ALLOWED):
        person.post("/sign-in", {"sign_in_name": "mishima", "password": "wrong"}, 401)
    page = person.post("/sign-in", {"sign_in_name": "mishima", "password": PASSWORD}, 401)
    assert "15分ほど待って" in page
    clock.move(minutes=15)
    person.post("/sign-in", {"sign_in_name": "mishima", "password": PASSWORD})


def test_a_signed_out_session_is_worthless(browser: Open) -> None:
    person = browser("mishima")
    cookie = person.client.get_cookie("shokai").value
    person.post("/sign-out")
    person.client.set_cookie("shokai", cookie)
    assert person.client.get("/inquiries").status_code == 303


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example"])
def test_signing_in_leads_nowhere_else(browser: Open, target: str) -> None:
    person = browser()
    person.get("/sign-in")
    to = person.post("/sign-in", {"sign_in_name": "mishima", "password": PASSWORD, "next": target})
    assert to == "/inquiries"


def test_what_was_typed_survives_an_expired_session(browser: Open, clock, reply) -> None:
    person = browser("mishima")
    person.get("/inquiries/support_needs/sections/A")
    clock.move(hours=13)
    typed = {"seen": "0", "A2": '総務課 <行政係> & "髙"'}
    page = person.post("/inquiries/support_needs/sections/A", typed, 401)
    assert "サインインの有効期限が切れました" in page
    carried = dict(re.findall(r'name="(carried:[^"]+)" value="([^"]*)"', page))
    assert "carried:A2" in carried
    unescaped = {
        name: value.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&")
        for name, value in carried.items()
    }
    address = "/inquiries/support_needs/sections/A"
    again = person.post(
        "/sign-in", {"sign_in_name": "mishima", "password": PASSWORD, "next": address, **unescaped}, 200
    )
    assert "まだ保存されていません" in again
    assert f'action="{address}"' in again
    person.post(address, {name.removeprefix("carried:"): value for name, value in unescaped.items()})
    assert reply().answers.value("A2") == typed["A2"]


def test_a_stale_token_loses_nothing(browser: Open, reply) -> None:
    person = browser("mishima")
    person.token = "stale"
    page = person.post("/inquiries/support_needs/sections/A", {"seen": "0", "A2": "総務課"}, 400)
    assert 'name="A2" value="総務課"' in page
    assert reply().answers.value("A2") is None
    person.post("/inquiries/support_needs/sections/A", {"seen": "0", "A2": "総務課"})
    assert reply().answers.value("A2") == "総務課"


def test_a_form_of_another_site_is_refused(browser: Open, reply) -> None:
    person = browser("mishima")
    person.get("/inquiries/support_needs/sections/A")
    response = person.client.post(
        "/inquiries/support_needs/sections/A",
        data={"csrf_token": "x", "A2": "よそ"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert response.status_code == 403
    assert reply().answers.value("A2") is None


def test_english_stays_chosen(browser: Open) -> None:
    person = browser()
    person.get("/sign-in")
    assert person.post("/language/en", {"next": "/sign-in"}) == "/sign-in"
    assert '<html lang="en">' in person.get("/sign-in")


def test_a_new_password_signs_out_elsewhere(browser: Open) -> None:
    here, there = browser("mishima"), browser("mishima")
    here.get("/account/")
    wrong = {"password_present": "x", "password_new": "short", "password_again": "other"}
    page = here.post("/account/password", wrong, 422)
    assert page.count("message-error") == 3
    new = "あたらしいひみつの言葉"
    here.post("/account/password", {"password_present": PASSWORD, "password_new": new, "password_again": new})
    here.get("/account/")
    assert there.client.get("/inquiries").status_code == 303
    person = browser()
    person.get("/sign-in")
    person.post("/sign-in", {"sign_in_name": "mishima", "password": new})
