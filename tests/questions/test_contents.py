"""What a reply says when it is handed in, its stored form and its digest."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_inquiry import MISHIMA, Typed, choices, column, examined, question, small

from questions.contents import Contents, contents_of, digest, dump, load
from questions.problems import Code

ASKED = small(
    question("A1", "municipality", "prefill = 'own'"),
    question("B1", "yesno"),
    question("B4", "several", "choices = 'fields'", "relevant = \"${B1} = '1'\""),
    question("N", "whole"),
    question("R", "amount", "places = 1"),
    question("DAY", "day"),
    question("M", "month"),
    question("Z", "prose"),
    question("Y", "years"),
    question("G", "municipalities"),
    question("D", "table", "relevant = \"${B1} = '1'\"")
    + column("D1", "whole")
    + column("D2", "line", "relevant = '${D1} > 1'"),
    question("E", "table") + column("E1", "line"),
    before=choices("fields", "HR", "TAX"),
)
REPLY: Typed = {
    "B1": "1",
    "B4": ("TAX", "HR"),
    "N": "１，２３４",
    "R": "95.5",
    "DAY": "R8.4.1",
    "M": "R9.4",
    "Z": " 髙橋\n𠮟か\u3099 ",
    "Y": "2025、R6",
    "G": "三島町；金山町",
    "D": [{"D1": "1", "D2": "見えない"}, {"D1": "2", "D2": "二"}, {}],
    "E": [],
}


def contents(texts: Typed) -> Contents:
    return contents_of(examined(ASKED, texts))


def test_what_was_asked_is_there_and_what_was_not_is_absent() -> None:
    handed_in = contents(REPLY)
    assert handed_in.value("A1") == MISHIMA
    assert handed_in.value("N") == 1234
    assert handed_in.value("B4") == ("HR", "TAX")
    assert handed_in.row_ids("D") == ("D-1", "D-2", "D-3")
    assert handed_in.row_ids("E") == ()
    assert not handed_in.asked("D2", "D-1"), "typed, but not asked in this row"
    assert handed_in.value("D2", "D-2") == "二"
    assert handed_in.asked("D1", "D-3")
    assert handed_in.value("D1", "D-3") is None


def test_not_answered_not_asked_and_nought_are_three_things() -> None:
    handed_in = contents({"B1": "0", "B4": ("TAX",), "N": "0", "D": [{"D1": "1"}]})
    assert handed_in.asked("N")
    assert handed_in.value("N") == 0
    assert handed_in.asked("R")
    assert handed_in.value("R") is None
    assert not handed_in.asked("B4")
    assert not handed_in.asked("D1", "D-1")
    assert "D" not in handed_in.rows
    stored = json.loads(dump(handed_in, ASKED))
    assert stored["answers"]["N"] == 0
    assert stored["answers"]["R"] is None
    assert "B4" not in stored["answers"]
    assert stored["tables"] == {"E": []}


def test_a_text_that_could_not_be_read_is_not_handed_in() -> None:
    reply = examined(ASKED, {"B1": "0", "N": "たくさん"})
    assert [problem.code for problem in reply.problems()] == [Code.NOT_A_NUMBER]
    assert contents_of(reply).value("N") is None


def test_the_stored_form_is_read_back_as_the_same_contents() -> None:
    handed_in = contents(REPLY)
    stored = dump(handed_in, ASKED)
    assert load(stored, ASKED) == handed_in
    assert dump(load(stored, ASKED), ASKED) == stored
    assert " 髙橋\\n𠮟か\u3099 " in stored


def test_the_same_contents_are_the_same_text_in_whatever_order_they_were_typed() -> None:
    backwards: Typed = dict(reversed(list({**REPLY, "B4": ("HR", "TAX"), "N": "1234", "Y": "R6;2025"}.items())))
    assert dump(contents(backwards), ASKED) == dump(contents(REPLY), ASKED)
    handed_in = contents(REPLY)
    turned = Contents(dict(reversed(handed_in.values.items())), dict(reversed(handed_in.rows.items())))
    assert dump(turned, ASKED) == dump(handed_in, ASKED)


def test_rows_keep_their_order_and_their_own_answers() -> None:
    handed_in = contents(REPLY)
    turned = Contents(handed_in.values, {**handed_in.rows, "D": ("D-3", "D-2", "D-1")})
    assert load(dump(turned, ASKED), ASKED).row_ids("D") == ("D-3", "D-2", "D-1")
    assert digest(dump(turned, ASKED)) != digest(dump(handed_in, ASKED))


def test_two_tables_may_count_their_rows_alike() -> None:
    both = Contents({("1", "D1"): 1, ("1", "E1"): "一"}, {"D": ("1",), "E": ("1",)})
    tables = json.loads(dump(both, ASKED))["tables"]
    assert tables["D"] == [{"row": "1", "answers": {"D1": 1}}]
    assert tables["E"] == [{"row": "1", "answers": {"E1": "一"}}]
    assert load(dump(both, ASKED), ASKED) == both


CHANGES: list[dict[str, Any]] = [
    {"B1": "0"},
    {"B4": ("HR",)},
    {"B4": ""},
    {"N": "1235"},
    {"N": ""},
    {"N": "0"},
    {"R": "95.4"},
    {"DAY": "R8.4.2"},
    {"M": "R9.5"},
    {"Z": " 髙橋\n𠮟が "},
    {"Z": "髙橋\n𠮟か\u3099 "},
    {"Y": "2025"},
    {"G": "三島町"},
    {"D": [{"D1": "1"}, {"D1": "2", "D2": "二"}]},
    {"D": [{"D1": "1"}, {"D1": "2", "D2": "に"}, {}]},
    {"D": [{"D1": "2"}, {"D1": "2", "D2": "二"}, {}]},
    {"E": [{}]},
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_changes_the_digest(change: dict[str, Any]) -> None:
    before, after = dump(contents(REPLY), ASKED), dump(contents({**REPLY, **change}), ASKED)
    assert digest(before) != digest(after)
    assert len(digest(after)) == 64


@settings(deadline=None)
@given(first=st.text(max_size=20), second=st.text(max_size=20))
def test_two_texts_have_one_digest_only_when_they_are_one(first: str, second: str) -> None:
    texts = [contents({"B1": "0", "Z": text}) for text in (first, second)]
    stored = [dump(one, ASKED) for one in texts]
    assert (digest(stored[0]) == digest(stored[1])) is (texts[0].value("Z") == texts[1].value("Z"))


def test_a_question_that_the_questionnaire_does_not_have_stops_the_reading() -> None:
    with pytest.raises(KeyError):
        load('{"answers": {"GONE": 1}, "tables": {}}', ASKED)
