"""What was typed into a page that has gone meanwhile is shown to be copied, and nothing else is told."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from round_desk import HANAKO, Desk, desk_of, open_first, sign_up
from sqlite_utils import Database
from telling import desk_of as telling_desk
from town import DEADLINE, Clock

from survey_app.store.handing_responses import hand_in

Open = Callable[..., Any]
TYPED = '長い文を書きました <髙> & "﨑"'
BOARD = "/board/support_needs"


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = open_first(desk_of(sampled))
    sign_up(found)
    found.database.execute("UPDATE round SET due = '2027-01-08T17:15:00+09:00'")
    return found


def shown(page: str) -> dict[str, str]:
    """What a page shows to be copied, by its name."""
    assert "保存していません" in page
    pairs = re.findall(r'<dt>(.*?)</dt><dd class="typed">(.*?)</dd>', page, re.DOTALL)
    return {name: unescape(text) for name, text in pairs}


def test_a_response_to_a_need_that_was_withdrawn_meanwhile(desk: Desk, browser: Open) -> None:
    control = desk.control(desk.needs_of(desk.tax)[0])
    zeimu, lead = browser("zeimu"), browser("division")
    here = f"/consulted/support_needs/1/needs/{control}"
    sent = {"seen": "0", "digest": "d" * 64, "R1": "A", "R2": TYPED, "go": "stay"}
    zeimu.get(here)
    lead.get(f"{BOARD}/consult/1/needs/{control}")
    lead.post(f"{BOARD}/consult/1/needs/{control}/withdraw", {"division": desk.tax})
    page = zeimu.post(here, sent, 404)
    told = shown(page)
    assert TYPED in told.values()
    assert "R2" not in told, "the field is called as on its page"
    assert "d" * 64 not in page
    assert 'href="/consulted/support_needs/1"' in page, "a way on"


def test_a_remark_on_a_response_of_a_division_that_is_asked_no_longer(desk: Desk, browser: Open) -> None:
    desk.respond_to_all(desk.tax)
    hand_in(desk.database, desk.round, desk.tax, HANAKO)
    lead, control = browser("division"), desk.control(desk.needs_of(desk.tax)[0])
    here = f"{BOARD}/consult/1/needs/{control}"
    lead.get(here)
    lead.post(f"{here}/withdraw", {"division": desk.tax})
    page = lead.post(f"{here}/return", {"division": desk.tax, "remark": TYPED}, 404)
    assert shown(page)["差し戻す理由"] == TYPED
    assert f'href="{BOARD}/consult/1"' in page


def test_a_note_and_an_opinion_on_what_is_not_there(sampled: Database, clock: Clock, browser: Open) -> None:
    clock.now = DEADLINE
    telling_desk(sampled)
    lead, officer = browser("division"), browser("mishima")
    page = lead.post(
        f"{BOARD}/publish/follow-ups/074446/nowhere", {"status": "done", "text": TYPED, "token": "t9"}, 404
    )
    assert shown(page)["入力した文章"] == TYPED
    assert "t9" not in page
    page = officer.post("/inquiries/support_needs/answers/nowhere/opinion", {"text": TYPED}, 404)
    assert shown(page)["入力した文章"] == TYPED


def test_a_reason_for_moving_a_need_that_is_not_there(browser: Open) -> None:
    fields = {"lead": "6", "supports": "5", "reason": TYPED, "seen": "0"}
    page = browser("division").post(f"{BOARD}/needs/074446/nowhere/move", fields, 404)
    assert shown(page) == {"理由": TYPED}, "what was chosen is not told as a number"


def test_a_section_that_is_asked_no_longer(browser: Open) -> None:
    page = browser("mishima").post("/inquiries/support_needs/sections/ZZ", {"seen": "0", "Z1": TYPED}, 404)
    assert shown(page) == {"Z1": TYPED}
    assert 'href="/inquiries/support_needs"' in page


def test_what_belongs_to_somebody_else_looks_like_what_does_not_exist(desk: Desk, browser: Open) -> None:
    zeimu = browser("zeimu")
    others = next(key for key in desk.needs_of(desk.people) if key not in desk.needs_of(desk.tax))
    addresses = (desk.control(others), "000000-99")
    pages = [zeimu.post(f"/consulted/support_needs/1/needs/{one}", {"R2": TYPED}, 404) for one in addresses]
    assert TYPED in shown(pages[0]).values()
    mains = [page.split("<main", 1)[1].split("</main>", 1)[0] for page in pages]
    assert mains[0] == mains[1]


def test_what_a_role_may_not_do_shows_what_was_typed_too(browser: Open) -> None:
    page = browser("mishima").post(f"{BOARD}/consult/1/needs/x/return", {"division": "1", "remark": TYPED}, 404)
    assert shown(page)["差し戻す理由"] == TYPED
    assert f'href="{BOARD}' not in page


def test_passwords_and_tokens_are_never_shown(browser: Open) -> None:
    sent = {
        "password": "ひみつ1",
        "password_new": "ひみつ2",
        "new_password": "ひみつ3",
        "token": "ひみつ4",
        "Z1": TYPED,
    }
    page = browser("mishima").post("/inquiries/support_needs/sections/ZZ", sent, 404)
    assert shown(page) == {"Z1": TYPED}
    assert "ひみつ" not in page


def test_a_button_alone_leaves_nothing_to_copy(browser: Open) -> None:
    page = browser("division").post(f"{BOARD}/publish/follow-ups/074446/nowhere", {"token": "t"}, 404)
    assert "何も変えていません" in page
    assert "写し取" not in page


def test_a_form_of_another_site_is_not_shown(browser: Open) -> None:
    here = browser("mishima")
    sent = {"csrf_token": here.token, "Z1": TYPED}
    address = "/inquiries/support_needs/sections/ZZ"
    found = here.client.post(address, data=sent, headers={"Origin": "https://elsewhere.example"})
    assert found.status_code == 403
    assert TYPED not in unescape(found.text)
