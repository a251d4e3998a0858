"""A text that no cell can hold is not kept; one that was kept earlier stops no page with a fault of ours."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from round_desk import Desk, desk_of, open_first, sign_up
from sqlite_utils import Database
from town import DEADLINE, Clock
from typing_in import changes

from survey_app.store.replies import save_answers

Open = Callable[..., Any]
LONG = "あ" * 33_000
HERE = "/board/support_needs/consult/1"


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = open_first(desk_of(sampled))
    sign_up(found)
    found.database.execute("UPDATE round SET due = '2027-01-08T17:15:00+09:00'")
    return found


def test_it_stays_on_the_screen_and_is_not_kept(desk: Desk, browser: Open) -> None:
    zeimu, key = browser("zeimu"), desk.needs_of(desk.tax)[0]
    here = f"/consulted/support_needs/1/needs/{desk.control(key)}"
    zeimu.get(here)
    page = zeimu.post(here, {"R1": "A", "R2": LONG, "go": "stay"}, 422)
    assert LONG in page
    assert "まだ保存していません" in page
    (there,) = re.findall(r'<a href="#([^"]+)">対応内容</a>', page)
    assert f'id="{there}"' in page
    assert "一時保存する" in page
    assert desk.response(key, desk.tax) is None
    zeimu.post(here, {"R1": "A", "R2": LONG[:32_765], "go": "stay"}, 303)
    assert zeimu.client.get("/consulted/support_needs/1/book.xlsx").status_code == 200


def test_one_that_was_kept_earlier_is_named(desk: Desk, browser: Open) -> None:
    key = desk.needs_of(desk.tax)[0]
    desk.respond(key, desk.tax, R2=LONG)
    zeimu, jinji, division = browser("zeimu"), browser("jinji"), browser("division")
    for person, address in (
        (zeimu, "/consulted/support_needs/1/book.xlsx"),
        (division, f"{HERE}/divisions/{desk.tax}/book.xlsx"),
        (division, f"{HERE}/books.zip"),
    ):
        page = person.get(address, 409)
        assert "税務課" in page
        assert desk.control(key) in page
        assert "「対応内容」" in page
    assert jinji.client.get("/consulted/support_needs/1/book.xlsx").status_code == 200


def test_a_draft_of_the_town_hall_names_its_question(
    browser: Open, database: Database, reply: Any, around: Any
) -> None:
    name = next(one for one, asked in reply().inquiry.questionnaire.questions.items() if asked.kind.long)
    save_answers(database, reply(), changes(reply(), {name: LONG}), around().who)
    page = browser("mishima").get("/inquiries/support_needs/form.xlsx", 409)
    assert "三島町" in page
    assert f"{name}「" in page
