"""A division at its own pages: one need after the other, kept as typed; another division's need is no page."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from book_hands import handled, put
from round_desk import HANAKO, LEADER, WHOLE, Desk, desk_of, open_first, sign_up
from sqlite_utils import Database
from town import DEADLINE, Clock

from survey_app.store import merging
from survey_app.store.handing_responses import hand_in

Open = Callable[..., Any]
OWN = "/consulted/support_needs/1"


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = open_first(desk_of(sampled))
    sign_up(found)
    found.database.execute("UPDATE round SET due = '2027-01-08T17:15:00+09:00'")
    return found


def address(desk: Desk, number: int, division: int | None = None) -> str:
    return f"{OWN}/needs/{desk.control(desk.needs_of(division or desk.tax)[number])}"


def test_only_its_own_needs_are_pages(desk: Desk, browser: Open) -> None:
    zeimu, jinji = browser("zeimu"), browser("jinji")
    page = zeimu.get(OWN)
    own = set(desk.needs_of(desk.tax))
    for key, need in desk.consultation.cut.needs.items():
        assert (need.control in page) is (key in own)
        if key not in own:
            zeimu.get(f"{OWN}/needs/{need.control}", 404)
            zeimu.post(f"{OWN}/needs/{need.control}", {"R2": "x"}, 404)
    jinji.get(address(desk, 0))
    zeimu.get("/consulted/support_needs/2", 404)
    zeimu.get("/consulted/cooperation_cases/1", 404)


def test_the_words_of_the_municipality_stand_beside_the_form(desk: Desk, browser: Open) -> None:
    key = desk.needs_of(desk.tax)[0]
    words = desk.consultation.words(desk.consultation.cut.needs[key], "ja")
    page = browser("zeimu").get(address(desk, 0))
    assert words.town in page
    assert words.detail.split("\n")[0] in page
    assert "B 対応予定" in page
    assert "対応区分がBのとき必須" in page
    assert 'value="税務課 一郎（024-521-0000）"' in page


def test_saved_as_typed_complete_or_not(desk: Desk, browser: Open) -> None:
    zeimu, here = browser("zeimu"), address(desk, 0)
    zeimu.get(here)
    typed = {"R1": "B", "R2": "　研修会\r\n=1+1", "R4": "いつか", "R7": "", "seen": 0, "go": "next"}
    assert "show=typed" in zeimu.post(here, typed)
    page = zeimu.get(f"{here}?show=typed")
    assert "年月として読み取れません" in page
    assert "いつか" in page
    assert desk.texts(desk.tax)[desk.needs_of(desk.tax)[0]] == {"R1": "B", "R2": "　研修会\n=1+1", "R4": "いつか"}
    page = zeimu.get(f"{here}?show=all")
    assert "予算・制度・体制など" in page  # the measure is missing
    zeimu.post(here, {"R3": "予算", "R4": "R9.4", "R7": "山田", "seen": 1, "go": "check"})
    page = zeimu.get(here)
    assert "令和9年4月" in page
    assert 'id="problems"' not in page


def test_on_to_the_next_need_and_nothing_saved_where_nothing_was_typed(desk: Desk, browser: Open) -> None:
    zeimu = browser("zeimu")
    zeimu.get(address(desk, 0))
    onward = zeimu.post(address(desk, 0), {"R7": "税務課 一郎（024-521-0000）", "seen": 0, "go": "next"})
    assert onward == address(desk, 1)
    assert desk.texts(desk.tax) == {}
    onward = zeimu.post(address(desk, 1), {**WHOLE, "seen": 0, "go": "next"})
    assert onward == address(desk, 2)


def test_two_people_of_one_division(desk: Desk, browser: Open) -> None:
    zeimu, here, key = browser("zeimu"), address(desk, 0), desk.needs_of(desk.tax)[0]
    zeimu.get(here)
    desk.respond(key, desk.tax, HANAKO, R2="花子の案", R1="A")
    page = zeimu.post(here, {"R1": "A", "R2": "一郎の案", "R7": "一郎", "seen": 0, "go": "next"}, 409)
    assert "花子の案" in page
    assert "一郎の案</textarea>" in page
    assert desk.texts(desk.tax)[key] == {"R1": "A", "R2": "花子の案", "R7": "一郎"}
    zeimu.post(here, {"R2": "一郎の案", "seen": 2, "theirs.R2": "1", "go": "stay"})
    assert desk.texts(desk.tax)[key]["R2"] == "花子の案"
    zeimu.post(here, {"R2": "一郎の案", "seen": 2, "go": "stay"})
    assert desk.texts(desk.tax)[key]["R2"] == "一郎の案"


def test_handed_in_when_nothing_is_missing_or_explicitly_in_part(desk: Desk, browser: Open) -> None:
    zeimu = browser("zeimu")
    first, *rest = desk.needs_of(desk.tax)
    for key in rest:
        desk.respond(key, desk.tax, **WHOLE)
    zeimu.get(OWN)
    page = zeimu.post(f"{OWN}/hand-in", {}, 422)
    assert "提出していません" in page
    assert desk.control(first) in page
    zeimu.post(f"{OWN}/hand-in", {"part": "1"})
    page = zeimu.get(address(desk, 1))
    assert 'name="R2"' not in page
    assert "提出済みです" in page
    assert "提出済みになったため" in zeimu.post(address(desk, 1), {"R2": "x", "seen": 1}, 409)
    desk.respond(first, desk.tax, **WHOLE)
    zeimu.post(f"{OWN}/hand-in")
    zeimu.post(f"{OWN}/hand-in")
    assert desk.acts().count("hand_in_responses") == 2
    assert "全ての要望への回答を提出しました" in zeimu.get(OWN)


def test_colleagues_see_each_other_at_the_same_need_only(desk: Desk, browser: Open) -> None:
    key = desk.needs_of(desk.tax)[0]
    hr = next(one for one in desk.needs_of(desk.people) if one not in desk.needs_of(desk.tax))
    desk.respond(key, desk.people, **{**WHOLE, "R2": "人事課の意見"})
    desk.respond(hr, desk.people, **{**WHOLE, "R2": "人事課だけの件"})
    zeimu = browser("zeimu")
    page = zeimu.get(address(desk, 0))
    assert "人事課の意見" in page
    assert "提出前のため" in page
    assert "人事課だけの件" not in page + zeimu.get(OWN)


def test_co_requesters_are_shown(desk: Desk, browser: Open) -> None:
    need = desk.consultation.unasked[0]
    first = desk.needs_of(desk.tax)[0]
    merging.merge(desk.database, desk.inquiry, [first, need.key], "まとめ", LEADER)
    page = browser("zeimu").get(address(desk, 0))
    assert "同じ趣旨の要望（1件）" in page
    assert need.control in page


def test_its_own_workbook_goes_out_and_comes_back(desk: Desk, browser: Open) -> None:
    zeimu, key = browser("zeimu"), desk.needs_of(desk.tax)[0]
    response = zeimu.client.get(f"{OWN}/book.xlsx")
    assert "filename*=UTF-8''%E9%96%A2" in response.headers["Content-Disposition"]
    content = handled(response.data, put(key, {**WHOLE, "R1": "B", "R3": "予算"}))
    zeimu.get(f"{OWN}/upload")
    location = zeimu.post(f"{OWN}/upload", {"file": (io.BytesIO(content), "回答.xlsx")})
    page = zeimu.get(location)
    assert "予定時期が必要です" in page
    assert desk.texts(desk.tax) == {}
    assert zeimu.client.get(f"{location}/marked.xlsx").status_code == 200
    browser("jinji").get(location, 404)
    fields = _chosen(page, "book")
    zeimu.post(location, fields)
    assert desk.texts(desk.tax)[key] == {**WHOLE, "R1": "B", "R3": "予算"}


def test_where_both_changed_one_is_chosen(desk: Desk, browser: Open) -> None:
    zeimu, key = browser("zeimu"), desk.needs_of(desk.tax)[0]
    content = handled(desk.book(desk.tax), put(key, WHOLE))
    desk.respond(key, desk.tax, HANAKO, R2="画面の回答")
    zeimu.get(f"{OWN}/upload")
    location = zeimu.post(f"{OWN}/upload", {"file": (io.BytesIO(content), "回答.xlsx")})
    page = zeimu.get(location)
    fields = _chosen(page, "book")
    desk.respond(key, desk.tax, HANAKO, 1, R2="さらに直した回答")
    zeimu.post(location, fields)
    assert desk.texts(desk.tax)[key]["R2"] == "さらに直した回答", "what was not shown is not overwritten"
    page = zeimu.get(location)
    zeimu.post(location, _chosen(page, "book"))
    assert desk.texts(desk.tax)[key] == WHOLE


def test_another_divisions_workbook_is_refused(desk: Desk, browser: Open) -> None:
    zeimu = browser("zeimu")
    zeimu.get(f"{OWN}/upload")
    for content, said in (
        (desk.book(desk.people), "総務部 人事課のブックです"),
        (b"not a workbook at all", "Excelブック"),
        (b"", "空です"),
    ):
        page = zeimu.post(f"{OWN}/upload", {"file": (io.BytesIO(content), "x.xlsx")}, 422)
        assert said in page
    assert "送るブック" in zeimu.post(f"{OWN}/upload", {}, 422)
    assert desk.texts(desk.tax) == {}


def test_what_is_handed_in_shows_as_a_page_to_read(desk: Desk, browser: Open) -> None:
    desk.respond_to_all(desk.tax)
    hand_in(desk.database, desk.round, desk.tax, HANAKO)
    zeimu = browser("zeimu")
    assert WHOLE["R2"] in zeimu.get(address(desk, 0))
    assert "提出済" in zeimu.get("/consulted/")


def _chosen(page: str, which: str) -> dict[str, str]:
    """The fields of the page that compares, all chosen one way."""
    seen = dict(re.findall(r'name="(seen:[^"]+)" value="([^"]*)"', page))
    return {**seen, **{name.removeprefix("seen:"): which for name in seen}}
