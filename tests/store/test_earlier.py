"""Which reply is last time's, and what of it can be taken over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from last_year import (
    LAST_YEAR,
    NIL,
    answer,
    changed,
    hand_in,
    inquire,
    nil_last_year,
    officer_of,
    reply_to,
    whole_last_year,
)
from sqlite_utils import Database
from town import OTHER, OWN

from questions.reading import read_catalogue
from survey_app.last_time import LastTime, blank_contact
from survey_app.receiving.forms import earlier_of
from survey_app.store.earlier import find_contact, find_earlier
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.replies import Reply
from survey_app.store.submissions import withdraw

Load = Callable[..., Reply]


@pytest.fixture
def last(database: Database, support_needs: Inquiry, reply: Load) -> Callable[[], LastTime]:
    """Last time's answers, read for the inquiry of now."""

    def found() -> LastTime:
        earlier = find_earlier(database, support_needs, OWN)
        assert earlier is not None
        return LastTime(earlier, support_needs.questionnaire, reply().setting, "ja")

    return found


def choices(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The choices of a list of a document."""
    found: dict[str, Any] = document["choices"][name]
    return found


def question(document: dict[str, Any], name: str) -> dict[str, Any]:
    """A question of a document, outside tables."""
    return next(one for section in document["sections"] for one in section["questions"] if one["name"] == name)


# ---- Which inquiry


def test_there_is_no_last_time_without_a_submission(database: Database, support_needs: Inquiry) -> None:
    inquiry = inquire(database)
    answer(database, inquiry, NIL)
    assert find_earlier(database, support_needs, OWN) is None
    hand_in(database, inquiry)
    found = find_earlier(database, support_needs, OWN)
    assert found is not None
    assert (found.inquiry, found.number, found.contents.value("A4")) == ("support_needs_2025", 1, "佐藤 花子")


def test_the_newest_inquiry_in_which_it_replied_is_last_time(database: Database, support_needs: Inquiry) -> None:
    nil_last_year(database)
    older = inquire(database, at=LAST_YEAR.replace(year=2023))
    answer(database, older, {**NIL, "A8": "R5.11.20", "A4": "目黒 誠"})
    hand_in(database, older)
    inquire(database, at=LAST_YEAR.replace(year=2024))  # never answered
    found = find_earlier(database, support_needs, OWN)
    assert found is not None
    assert found.inquiry == "support_needs_2025"


def test_a_later_inquiry_is_not_last_time(database: Database, support_needs: Inquiry) -> None:
    later = inquire(database, at=support_needs.opened_at + timedelta(days=1))
    answer(database, later, {**NIL, "A8": "R8.11.20"})
    hand_in(database, later)
    assert find_earlier(database, support_needs, OWN) is None


def test_another_questionnaire_is_not_last_time(database: Database, support_needs: Inquiry) -> None:
    whole_last_year(database, "cooperation_cases")
    assert find_earlier(database, support_needs, OWN) is None


def test_what_the_division_names_is_last_time(database: Database) -> None:
    nil_last_year(database)
    older = inquire(database, at=LAST_YEAR.replace(year=2023))
    answer(database, older, {**NIL, "A8": "R5.11.20", "A4": "目黒 誠"})
    hand_in(database, older)
    now = inquire(database, at=LAST_YEAR.replace(year=2026), earlier=older.id)
    found = find_earlier(database, now, OWN)
    assert found is not None
    assert found.inquiry == "support_needs_2023"
    named = inquire(database, at=LAST_YEAR.replace(year=2027), earlier=now.id)  # this one was not answered
    assert find_earlier(database, named, OWN) is None


def test_it_is_the_towns_own(database: Database, support_needs: Inquiry) -> None:
    nil_last_year(database)
    assert find_earlier(database, support_needs, OTHER) is None
    assert find_contact(database, support_needs, OTHER) is None


def test_the_last_submission_counts_and_no_draft(database: Database, support_needs: Inquiry) -> None:
    inquiry = nil_last_year(database)
    withdraw(database, reply_to(database, inquiry), officer_of(inquiry))
    answer(database, inquiry, {"A4": "目黒 誠"})
    assert told(database, support_needs) == (1, "佐藤 花子")
    hand_in(database, inquiry)
    assert told(database, support_needs) == (2, "目黒 誠")


def told(database: Database, inquiry: Inquiry) -> tuple[int, str]:
    """The number of last time's submission, and the name in it."""
    found = find_earlier(database, inquiry, OWN)
    assert found is not None
    return found.number, found.contents.value("A4")


# ---- Which answers


def test_an_answer_is_read_with_the_questionnaire_of_that_time(
    database: Database, last: Callable[[], LastTime]
) -> None:
    def before(document: dict[str, Any]) -> None:
        choices(document, "approvers")["mayor"] = {"ja": "村長代理", "en": "Deputy"}
        question(document, "A2")["longest"] = 40

    asked = changed("support_needs", before)
    inquiry = inquire(database, asked=asked)
    answer(database, inquiry, {**NIL, "A7": "mayor"})
    hand_in(database, inquiry)
    answers = last()
    gone = answers.answer("A7")
    assert gone is not None
    assert (gone.text, gone.texts, gone.gone) == ("村長代理", (), ("村長代理",))
    kept = answers.answer("A2")
    assert kept is not None
    assert (kept.text, kept.texts, kept.gone) == ("総務課 行政係", ("総務課 行政係",), ())


def test_of_several_choices_those_still_offered_are_taken(database: Database, last: Callable[[], LastTime]) -> None:
    def before(document: dict[str, Any]) -> None:
        choices(document, "fields")["SEA"] = {"ja": "海の利用", "en": "Use of the sea"}

    whole_last_year(database, asked=changed("support_needs", before), more_fields=("SEA",))
    fields = last().earlier.contents.value("B4")
    assert "SEA" in fields
    found = last().answer("B4")
    assert found is not None
    assert (found.texts, found.gone) == (tuple(one for one in fields if one != "SEA"), ("海の利用",))
    assert "海の利用" in found.text


def test_a_question_of_another_kind_is_another_question(database: Database, last: Callable[[], LastTime]) -> None:
    def before(document: dict[str, Any]) -> None:
        question(document, "A3")["kind"] = "prose"

    inquiry = inquire(database, asked=changed("support_needs", before))
    answer(database, inquiry, NIL)
    hand_in(database, inquiry)
    assert last().answer("A3") is None
    assert last().answer("A4") is not None


def test_what_was_not_answered_is_nothing(database: Database, last: Callable[[], LastTime]) -> None:
    nil_last_year(database)
    assert last().answer("A9") is None  # blank
    assert last().answer("B4") is None  # not asked
    assert last().answer("A1") is None  # filled in by the system


def test_rows_hold_what_a_copy_needs(database: Database) -> None:
    whole_last_year(database)
    now = find_inquiry(database, "support_needs")
    earlier = find_earlier(database, now, OWN)
    assert earlier is not None
    table = now.questionnaire.tables["D"]
    setting = reply_to(database, now).setting
    rows = LastTime(earlier, now.questionnaire, setting, "ja").rows(table)
    assert [row.id for row in rows] == list(earlier.contents.row_ids("D"))
    first = rows[0]
    assert first.heading == earlier.contents.value("D5", first.id)
    assert "D1" not in first.entries  # the rank follows the rows of now
    assert first.entries["D5"].value == first.heading
    assert all(entry.problems == () for entry in first.entries.values())
    assert first.response == ""


# ---- The contact


def test_the_contact_comes_from_whatever_inquiry_told_it_last(database: Database, support_needs: Inquiry) -> None:
    nil_last_year(database)
    whole_last_year(database, "cooperation_cases", A4="目黒 誠")
    found = find_contact(database, support_needs, OWN)
    assert found is not None
    assert (found.inquiry, found.contents.value("A4")) == ("cooperation_cases_2025", "目黒 誠")


def test_a_contact_is_no_longer_filled_in_once_one_was_saved(
    database: Database, reply: Load, support_needs: Inquiry
) -> None:
    contact = [place[1] for place in blank_contact(support_needs.questionnaire, reply().answers)]
    assert contact == ["A2", "A3", "A4", "A5", "A6"]
    answer(database, support_needs, {"A7": "head"})
    assert blank_contact(support_needs.questionnaire, reply().answers) != ()
    answer(database, support_needs, {"A3": "主査"})
    assert blank_contact(support_needs.questionnaire, reply().answers) == ()


@pytest.mark.parametrize("name", ["support_needs", "cooperation_cases", "grant_cooperation", "grant_small"])
def test_every_questionnaire_marks_its_contact(name: str) -> None:
    marked = [one.name for one in read_catalogue(name).questions.values() if one.contact]
    assert marked == ["A2", "A3", "A4", "A5", "A6"]


# ---- The Excel form


def test_the_form_is_given_last_times_answers(database: Database, reply: Load) -> None:
    assert earlier_of(database, reply()).texts == {}
    whole_last_year(database, A4="目黒 誠")
    found = earlier_of(database, reply())
    assert found.texts["A4"] == "目黒 誠"
    assert found.texts["B1"] == "要望あり"
    assert found.rows["D"][0]["D5"]
    assert earlier_of(database, reply(OTHER)).texts == {}


def test_what_the_prefecture_responded_then_stands_with_it(last: Callable[[], LastTime], database: Database) -> None:
    whole_last_year(database)
    found = last()
    row = found.earlier.contents.row_ids("D")[0]
    told = {(row, "D"): "来年度から派遣します。", ("", "Z2"): "改めます。"}
    heard = replace(found, earlier=replace(found.earlier, responses=told))
    assert heard.rows(heard.questionnaire.tables["D"])[0].response == "来年度から派遣します。"
    answer = heard.answer("Z2")
    assert answer is not None
    assert answer.response == "改めます。"
