"""A number that no database holds, or that is none, names nothing: the page for what is not there, never a fault."""

from collections.abc import Callable
from typing import Any

import pytest
from round_desk import Desk, desk_of, open_first, sign_up
from sqlite_utils import Database
from telling import desk_of as telling_desk
from town import DEADLINE, Clock

from survey_app.counting import read_number

Open = Callable[..., Any]
BOARD = "/board/support_needs"
HUGE = "9" * 5_000
NUMBERS = (HUGE, "9" * 4_299, "9" * 30, "9" * 19, "²", "١", "１", "-1", "1_0", "1e3")
LOOKED_AT = (
    ("division", f"{BOARD}/publish?round=%s"),
    ("division", f"{BOARD}/publish/towns/072010?round=%s"),
    ("division", f"{BOARD}/publish/%s"),
    ("division", f"{BOARD}/publish/opinions?page=%s"),
    ("division", f"{BOARD}/consult/open?cut=%s"),
    ("division", f"{BOARD}/consult/1?division=%s"),
    ("division", f"{BOARD}/consult/%s"),
    ("division", f"{BOARD}/needs?cut=%s"),
    ("division", f"{BOARD}/needs?page=%s"),
    ("division", f"{BOARD}/data/file?format=csv&cut=%s"),
    ("division", f"{BOARD}/results?cut=%s"),
    ("division", f"{BOARD}/072010?number=%s"),
    ("division", "/divisions/%s"),
    ("division", "/audit/?page=%s"),
    ("division", "/people/accounts?consulted=%s"),
    ("division", "/people/accounts/%s"),
    ("division", "/prepare/%s"),
    ("mishima", "/inquiries/support_needs/answers?number=%s"),
    ("mishima", "/inquiries/support_needs/receipts/%s"),
    ("mishima", "/inquiries/support_needs/receipts/1/changes?since=%s"),
    ("mishima", "/inquiries/support_needs/sections/Z?spare.D=%s"),
    ("zeimu", "/consulted/support_needs/%s"),
)


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = open_first(desk_of(sampled))
    sign_up(found)
    return found


@pytest.mark.parametrize(("who", "address"), LOOKED_AT)
def test_a_number_that_is_none_is_no_fault(desk: Desk, browser: Open, who: str, address: str) -> None:
    client = browser(who).client
    for number in NUMBERS:
        found = client.get(address % number)
        assert found.status_code in (200, 303, 404), (number[:5], found.status_code)
    if "=" not in address:
        assert client.get(address % HUGE).status_code == 404


@pytest.mark.parametrize("number", NUMBERS)
def test_nor_is_one_in_a_form(desk: Desk, browser: Open, number: str) -> None:
    lead, zeimu = browser("division"), browser("zeimu")
    control = desk.control(desk.needs_of(desk.tax)[0])
    here = f"{BOARD}/consult/1/needs/{control}"
    for act in ("add", "withdraw", "return"):
        found = lead.client.post(
            f"{here}/{act}", data={"csrf_token": lead.token, "division": number, "part": "lead", "remark": "理由"}
        )
        assert found.status_code in (404, 422), (act, found.status_code)
    sent = {"csrf_token": lead.token, "number": number, "cut": number, "due": "R9.1.8 17:15", "seen": "x", "token": "t"}
    for address in (f"{BOARD}/consult/open", f"{BOARD}/publish", f"{BOARD}/needs/similar/merge"):
        assert lead.client.post(address, data={**sent, "round": "1"}).status_code in (404, 405, 409, 422), address
    own = f"/consulted/support_needs/1/needs/{control}"
    sent = {"csrf_token": zeimu.token, "seen": number, "R2": "文"}
    assert zeimu.client.post(own, data=sent).status_code in (303, 404, 409)


def test_after_telling_too(sampled: Database, clock: Clock, browser: Open) -> None:
    clock.now = DEADLINE
    telling_desk(sampled)
    for number in NUMBERS:
        found = browser("division").client.get(f"{BOARD}/publish?round={number}")
        assert found.status_code == 404


def test_only_ordinary_digits_are_a_number() -> None:
    assert [read_number(text) for text in ("0", "007", "12")] == [0, 7, 12]
    assert [read_number(text) for text in ("", *NUMBERS)] == [None] * (len(NUMBERS) + 1)
