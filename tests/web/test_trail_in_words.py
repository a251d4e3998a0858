"""The trail is found by the words that it shows, and says what changed in words, numbers of needs and names."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database
from town import OPENED, OWN

from questions.setting import Roster
from survey_app import wording_trail_values
from survey_app.showing_trail import TrailReader
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.divisions import Division, start_with
from survey_app.store.inquiries import find_inquiry
from survey_app.store.needs import number_needs
from survey_app.store.rosters import roster
from survey_app.store.trail import Event, Search, events

WHO = Who(None, "県庁 太郎", OPENED)


@pytest.fixture
def known(database: Database) -> Roster:
    return roster(database)


def told(database: Database, act: str, after: dict[str, Any], municipality: str | None = OWN) -> Event:
    """Write a line, and return it as it is read."""
    inquiry = find_inquiry(database, "support_needs")
    with writing(database):
        number_needs(database, inquiry, OWN, ["rowone000", "rowtwo000"])
        record(database, WHO, act, Subject(inquiry.id, municipality), after=after)
    found, _ = events(database, Search(act=act))
    return found[0]


def test_numbers_names_and_days_stand_in_place_of_ids(app: Any, database: Database, known: Roster) -> None:
    start_with(database, [Division(0, "総務部", "税務課", date(2026, 4, 1))], WHO)
    with app.test_request_context():
        reader = TrailReader(database, known)
        after = {"round": 2, "row": "rowtwo000", "division": 1, "due": "2026-12-18T17:15:00+09:00"}
        said = {name: now for name, _was, now in reader.changes(told(database, "extend_division", after))}
        division = "税務課"
        assert said["回答期限"] == "令和8年12月18日（金） 17:15"
        assert (said["要望"], said["関係課"], said["関係課への照会（回）"]) == ("074446-02", division, "第2回")


def test_places_and_texts_are_told_by_their_questions(app: Any, database: Database, known: Roster) -> None:
    with app.test_request_context():
        reader = TrailReader(database, known)
        kept = told(database, "save", {"answers": {"/A2": ["総務課"], "rowone000/D2": ["TAX"]}, "revision": 3})
        said = {name: now for name, _was, now in reader.changes(kept)}
        label = find_inquiry(database, "support_needs").questionnaire.label("A2").ja
        assert said[f"A2 {label}"] == "総務課"
        assert any(name.startswith("074446-01 D2 ") for name in said)
        responded = told(database, "respond", {"texts": {"R1": "B"}, "source": "web"})
        assert {one[0]: one[2] for one in reader.changes(responded)} == {"対応区分": "B", "受け方": "画面"}
        handed = told(database, "hand_in_responses", {"needs": [[OWN, "rowone000"]], "whole": True}, None)
        assert [one[2] for one in reader.changes(handed)] == ["074446-01", "はい"]


def test_no_value_of_a_draft_keeps_its_raw_name(app: Any) -> None:
    with app.test_request_context():
        for name in ("deadline_day", "number", "cut", "row", "division", "publication", "letter_body", "title"):
            assert not re.fullmatch(r"[a-z_]+", wording_trail_values.key(name))


def test_the_town_and_the_act_are_found_by_their_words(
    browser: Callable[..., Any], database: Database, known: Roster
) -> None:
    told(database, "accept", {"state": "accepted"})
    told(database, "extend", {"reason": "災害"})
    told(database, "publish", {"number": 1}, None)
    division = browser("division")
    page = division.get("/audit/?inquiry=support_needs&text=三島")
    assert page.count('<td class="trail-short">三島町</td>') >= 2
    assert "期限の延長</th>" in division.get("/audit/?text=延長")
    assert "第1回" in division.get("/audit/?text=公表&act=publish")
    assert "0件見つかりました" in division.get("/audit/?text=どこにもない言葉")
