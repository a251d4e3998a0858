"""The division checks replies: what stands out is told at its place; those without anything are accepted at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from officer import hidden_value
from sqlite_utils import Database
from town import OPENED, fukushima

from questions.answers import Entry, Place
from questions.life import State
from questions.model import Questionnaire
from questions.reading import read_toml
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry, standings
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.submissions import Order, submit, withdraw

Open = Callable[..., Any]
ASKED = """
name = "arrears"
title = { ja = "滞納の照会", en = "Arrears" }
style = { ja = "様式", en = "Form" }
[[sections]]
name = "A"
title = { ja = "滞納", en = "Arrears" }
[[sections.questions]]
name = "A1"
kind = "whole"
label = { ja = "滞納額", en = "Arrears" }
unit = { ja = "千円", en = "thousand yen" }
required = true
[[sections.questions]]
name = "A2"
kind = "line"
label = { ja = "担当課", en = "Section" }
[[sections.questions]]
name = "D"
kind = "table"
label = { ja = "要望", en = "Requests" }
most = 3
[[sections.questions.questions]]
name = "D1"
kind = "line"
label = { ja = "件名", en = "Subject" }
[[checks]]
name = "LARGE"
at = "A1"
expression = "${A1} <= 9000"
message = { ja = "滞納額が大きいようです。", en = "The arrears look large." }
level = "confirm"
"""
TOWNS = [one.code for one in fukushima() if one.kind == "町"][:8]
FIRST, SECOND, THIRD = TOWNS[:3]
BOARD = "/board/arrears"


def questionnaire() -> Questionnaire:
    return read_toml(ASKED)


@pytest.fixture
def arrears(database: Database) -> Inquiry:
    """An inquiry to eight towns."""
    new = NewInquiry("arrears", "滞納の照会", "課", "", questionnaire(), OPENED + timedelta(days=9), tuple(TOWNS))
    open_inquiry(database, new, Who(None, "test", OPENED))
    return find_inquiry(database, "arrears")


@pytest.fixture
def hall(database: Database, arrears: Inquiry, around: Callable[..., Surroundings]) -> Callable[..., None]:
    """Hand in for a town: ``hall(code, "3200", A2="税務課")``; anew, when it has handed in already."""

    def hand_in(
        code: str, amount: str, *, inquiry: Inquiry = arrears, requests: tuple[str, ...] = (), **more: str
    ) -> None:
        def now() -> Reply:
            return find_reply(database, inquiry, code, around())

        if now().state is State.SUBMITTED:
            withdraw(database, now(), around().who)
        entries: dict[Place, Entry] = {}
        rows = {"D": tuple(f"r{number:016x}" for number in range(len(requests)))} if requests else {}
        for (row, name), text in {
            ("", "A1"): amount,
            **{("", name): text for name, text in more.items()},
            **{(row, "D1"): text for row, text in zip(rows.get("D", ()), requests, strict=True)},
        }.items():
            kind = inquiry.questionnaire.questions[name].kind
            entries[row, name] = Entry((text,), kind.parse((text,), now().setting).value)
        save_answers(database, now(), Changes(now().revision, entries, rows), around().who)
        order = Order(now().revision, f"{inquiry.name}{code}{now().revision}", frozenset({"LARGE"}))
        submit(database, now(), order, around().who)

    return hand_in


@pytest.fixture
def desk(browser: Open, arrears: Inquiry) -> Any:
    """The division at its desk."""
    return browser("division")


def state(database: Database, inquiry: Inquiry, code: str) -> State:
    """Where a town stands."""
    return next(one.state for one in standings(database, inquiry) if one.municipality == code)


def test_a_number_far_from_the_others_is_told_on_top_and_at_its_place(desk: Any, hall: Any) -> None:
    for code in TOWNS[1:]:
        hall(code, "320")
    hall(FIRST, "3840")
    page = desk.get(f"{BOARD}/{FIRST}")
    assert "確かめるところ（1件）" in page
    assert page.count("町の中央値（320千円、7団体）の12倍です。") == 2
    assert 'href="#a--A1"' in page
    assert 'id="a--A1"' in page
    assert "ほかと大きく異なる数は、ありません" in desk.get(f"{BOARD}/{SECOND}")


def test_what_the_officer_confirmed_is_told(desk: Any, hall: Any) -> None:
    hall(FIRST, "9500")
    page = desk.get(f"{BOARD}/{FIRST}")
    assert page.count("滞納額が大きいようです。") == 2
    assert "市町村が確認した項目" in page


def test_differences_from_the_submission_before(desk: Any, hall: Any) -> None:
    hall(FIRST, "300", A2="税務課", requests=("研修",))
    hall(FIRST, "350", A2="税務課", requests=("研修", "派遣"))
    page = desk.get(f"{BOARD}/{FIRST}")
    assert "前の提出（第1回）からの変更 2件" in page
    assert "前の提出：300" in page
    assert "行を追加" in page
    first = desk.get(f"{BOARD}/{FIRST}?number=1")
    assert "前の提出" not in first
    assert 'name="number"' not in first  # what is not the newest is not accepted


def test_differences_from_last_time(database: Database, desk: Any, hall: Any) -> None:
    then = OPENED - timedelta(days=365)
    new = NewInquiry("arrears_2025", "昨年の照会", "課", "", questionnaire(), OPENED + timedelta(days=1), (FIRST,))
    open_inquiry(database, new, Who(None, "test", then))
    hall(FIRST, "250", inquiry=find_inquiry(database, "arrears_2025"), A2="税務課", requests=("研修",))
    hall(FIRST, "300", A2="税務課", requests=("派遣",))
    page = desk.get(f"{BOARD}/{FIRST}")
    assert "前回の照会（昨年の照会" in page
    assert "からの変更 3件" in page
    assert "前回の照会：250 千円" in page


def test_one_after_the_other_in_the_official_order(database: Database, arrears: Inquiry, desk: Any, hall: Any) -> None:
    for code in (THIRD, FIRST, SECOND):
        hall(code, "300")
    page = desk.get(f"{BOARD}/{FIRST}")
    assert f'href="{BOARD}/{SECOND}"' in page
    assert desk.post(f"{BOARD}/{FIRST}/accept", {"number": "1", "go": "next"}) == f"{BOARD}/{SECOND}"
    assert "次の未確認の回答を表示しています" in desk.get(f"{BOARD}/{SECOND}")
    assert desk.post(f"{BOARD}/{THIRD}/accept", {"number": "1", "go": "next"}) == f"{BOARD}/{SECOND}"
    assert desk.post(f"{BOARD}/{SECOND}/accept", {"number": "1", "go": "next"}) == f"{BOARD}/{SECOND}"
    page = desk.get(f"{BOARD}/{SECOND}")
    assert "確認待ちの回答はもうありません" in page
    assert "次の未確認へ" not in page
    assert state(database, arrears, SECOND) is State.ACCEPTED


def test_those_without_anything_to_look_at_are_accepted_at_once(
    database: Database, arrears: Inquiry, desk: Any, hall: Any
) -> None:
    for code in TOWNS[1:]:
        hall(code, "320")
    hall(FIRST, "9900")
    page = desk.get(f"{BOARD}/check")
    assert "確認待ちの回答（8件）" in page
    assert f'value="{FIRST}:1"' not in page  # it is to be looked at first
    assert f'value="{SECOND}:1"' in page
    assert " checked" in desk.get(f"{BOARD}/check?tick=all")
    desk.post(f"{BOARD}/check", {"accept": [f"{SECOND}:1", f"{THIRD}:1"]})
    page = desk.get(f"{BOARD}/check")
    assert "受付済みにしました" in page
    assert "確認待ちの回答（6件）" in page
    assert state(database, arrears, THIRD) is State.ACCEPTED


def test_what_was_handed_in_anew_meanwhile_is_told_and_not_accepted(
    database: Database, arrears: Inquiry, desk: Any, hall: Any
) -> None:
    hall(FIRST, "300")
    hall(SECOND, "300")
    desk.get(f"{BOARD}/check")
    hall(SECOND, "310")
    page = desk.post(f"{BOARD}/check", {"accept": [f"{FIRST}:1", f"{SECOND}:1"]}, 409)
    name = next(one.name for one in fukushima() if one.code == SECOND)
    assert "1件を受付済みにしました" in page
    assert name in page.split('role="alert"')[1].split("</form>")[0][:900]
    assert (state(database, arrears, FIRST), state(database, arrears, SECOND)) == (State.ACCEPTED, State.SUBMITTED)


def test_sent_twice_each_is_accepted_once(database: Database, desk: Any, hall: Any) -> None:
    hall(FIRST, "300")
    desk.get(f"{BOARD}/check")
    for _ in range(2):
        desk.post(f"{BOARD}/check", {"accept": f"{FIRST}:1"})
    assert database.execute("SELECT count(*) FROM event WHERE act = 'accept'").fetchone()[0] == 1


@pytest.mark.parametrize("sent", [[], ["x:y"], ["999999:1"]])
def test_nonsense_accepts_nothing(database: Database, desk: Any, hall: Any, sent: list[str]) -> None:
    hall(FIRST, "300")
    desk.get(f"{BOARD}/check")
    desk.post(f"{BOARD}/check", {"accept": sent}, 422 if not sent else 404)
    assert database.execute("SELECT count(*) FROM event WHERE act = 'accept'").fetchone()[0] == 0


def test_the_board_leads_to_those_that_wait(desk: Any, hall: Any) -> None:
    assert f"{BOARD}/check" not in desk.get(BOARD)
    assert "確認を待っている回答はありません" in desk.get(f"{BOARD}/check")
    hall(FIRST, "300")
    assert "確認待ちの回答 1件" in desk.get(BOARD)


def test_a_reply_that_is_to_come_offers_to_be_entered(desk: Any) -> None:
    page = desk.get(f"{BOARD}/{FIRST}")
    assert f"{BOARD}/{FIRST}/enter" in page
    assert hidden_value(desk.get(f"{BOARD}/{FIRST}/enter/sections/A"), "seen") == "0"
