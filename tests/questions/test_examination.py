"""Replies held against small questionnaires: what is asked, and what is wrong."""

from dataclasses import replace

import pytest
from small_inquiry import (
    MISHIMA,
    SECTION,
    SETTING,
    TEXT,
    TOWNS,
    Typed,
    choices,
    column,
    examined,
    question,
    small,
    told,
    typed,
)

from questions.checking import Examination
from questions.problems import Code, Level
from questions.setting import Setting

MESSAGE = f"constraint_message = {TEXT}"
CHAIN = small(
    question("B1", "yesno"),
    question("B2", "one", "choices = 'fields'", "relevant = \"${B1} = '1'\""),
    question("B3", "line", "required = true", "relevant = \"${B2} = 'TAX'\""),
    question("B4", "line", "relevant = '${B3}'"),
    before=choices("fields", "HR", "TAX"),
    after=SECTION.replace('"S"', '"LATER"').replace("[[sections]]\n", "[[sections]]\nrelevant = '${B3}'\n")
    + question("Z1", "line", "required = true"),
)


def asked(reply: Examination) -> list[str]:
    return [name for name in reply.questionnaire.questions if reply.asked(name)]


def test_a_chain_of_questions_opens_step_by_step() -> None:
    assert asked(examined(CHAIN, {})) == ["B1"]
    assert asked(examined(CHAIN, {"B1": "1"})) == ["B1", "B2"]
    assert asked(examined(CHAIN, {"B1": "1", "B2": "HR"})) == ["B1", "B2"]
    assert asked(examined(CHAIN, {"B1": "1", "B2": "TAX"})) == ["B1", "B2", "B3"]
    opened = examined(CHAIN, {"B1": "1", "B2": "TAX", "B3": "滞納"})
    assert asked(opened) == ["B1", "B2", "B3", "B4", "Z1"]
    assert [section.name for section in opened.sections()] == ["S", "LATER"]


def test_what_is_not_asked_counts_as_unanswered_whatever_was_typed_there() -> None:
    reply = examined(CHAIN, {"B1": "0", "B2": "TAX", "B3": "滞納", "B4": "四", "Z1": "最後"})
    assert asked(reply) == ["B1"]
    assert reply.value("B2") is None
    assert reply.answers.value("B2") == "TAX", "nothing typed is lost"
    assert told(reply.problems()) == []
    assert [section.name for section in reply.sections()] == ["S"]
    assert [(question.name, row) for question, row in reply.places(CHAIN.section("LATER"))] == []


def test_only_what_is_asked_is_required() -> None:
    assert told(examined(CHAIN, {"B1": "1", "B2": "TAX"}).problems()) == ["B3 required"]
    assert told(examined(CHAIN, {"B1": "1", "B2": "HR"}).problems()) == []


def test_a_text_that_could_not_be_read_is_told_once_and_counts_as_unanswered() -> None:
    asks = small(
        question("N", "whole", "required = true", "least = 1", "most = 9", f"constraint = '. != 5'\n{MESSAGE}"),
        question("X", "line", "required = true", "relevant = '${N} > 0'"),
    )
    assert told(examined(asks, {"N": "ten"}).problems()) == ["N not_a_number"]
    assert told(examined(asks, {"N": "10"}).problems()) == ["N too_large"]
    assert told(examined(asks, {"N": "5"}).problems()) == ["N constraint", "X required"]


def test_a_constraint_waits_for_what_it_needs() -> None:
    asks = small(
        question("T1", "whole"),
        question("T3", "whole"),
        question("T11", "whole", f'constraint = ". <= ${{T1}} + coalesce(${{T3}}, 0)"\n{MESSAGE}'),
    )
    assert told(examined(asks, {"T11": "9"}).problems()) == []
    assert told(examined(asks, {"T11": "9", "T3": "1"}).problems()) == []
    assert told(examined(asks, {"T11": "9", "T1": "8"}).problems()) == ["T11 constraint"]
    assert told(examined(asks, {"T11": "9", "T1": "8", "T3": "1"}).problems()) == []
    (problem,) = examined(asks, {"T11": "9", "T1": "8"}).problems()
    assert problem.context["message"].ja == "あ"


TABLE = small(
    question("B4", "several", "choices = 'fields'"),
    question("N", "whole"),
    question("D", "table", "required = true", "least = 2", "most = 3", "rank = 'D1'", "relevant = '${N} > 0'")
    + column("D1", "whole", "required = true")
    + column("D2", "one", "choices = 'fields'", f'constraint = "selected(${{B4}}, .)"\n{MESSAGE}')
    + column("D3", "line", "required = true", "relevant = \"${D2} = 'TAX'\""),
    question("TOTAL", "whole", f'constraint = ". = sum(${{D1}}) and count(${{D}}) < 9"\n{MESSAGE}'),
    before=choices("fields", "HR", "TAX"),
)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([], ["D too_few_rows"]),
        ([{"D1": "1"}], ["D too_few_rows"]),
        ([{"D1": "1"}, {"D1": "2"}], []),
        ([{"D1": "2"}, {"D1": "1"}, {"D1": "3"}], []),
        ([{"D1": str(number)} for number in range(1, 5)], ["D too_many_rows"]),
        ([{"D1": "1"}, {"D1": "1"}], ["D rank"]),
        ([{"D1": "1"}, {"D1": "3"}], ["D rank"]),
        ([{"D1": "0"}, {"D1": "1"}], ["D rank"]),
        ([{"D1": "1"}, {}], ["D-2 > D1 required"]),
        ([{"D1": "1"}, {"D1": "x"}], ["D-2 > D1 not_a_number"]),
        ([{"D1": "1", "D2": "TAX"}, {"D1": "2", "D2": "HR"}], ["D-1 > D3 required", "D-2 > D2 constraint"]),
        ([{"D1": "1", "D2": "TAX", "D3": "三"}, {"D1": "2"}], []),
    ],
)
def test_rows_of_a_table(rows: list[dict[str, str]], problems: list[str]) -> None:
    assert told(examined(TABLE, {"N": "1", "B4": ("TAX",), "D": rows}).problems()) == problems


def test_a_table_that_is_not_asked_has_no_problems_and_no_rows_for_others() -> None:
    reply: Typed = {"N": "0", "D": [{"D1": "5"}], "TOTAL": "0"}
    assert told(examined(TABLE, reply).problems()) == []
    assert told(examined(TABLE, {**reply, "TOTAL": "5"}).problems()) == ["TOTAL constraint"]
    counted = small(
        question("N", "whole"),
        question("D", "table", "relevant = '${N} > 0'") + column("D1", "line"),
        question("Z", "line", "relevant = 'count(${D}) = 2'"),
    )
    assert "Z" in asked(examined(counted, {"N": "1", "D": [{}, {}]}))
    assert "Z" not in asked(examined(counted, {"N": "0", "D": [{}, {}]}))


def test_an_optional_table_may_be_empty_but_not_half_filled() -> None:
    asks = small(question("T", "table", "least = 2") + column("T1", "line"))
    assert told(examined(asks, {"T": []}).problems()) == []
    assert told(examined(asks, {"T": [{}]}).problems()) == ["T too_few_rows"]
    assert told(examined(asks, {"T": [{}, {}]}).problems()) == []


def test_entries_of_a_removed_row_are_not_seen() -> None:
    asks = small(question("T", "table") + column("T1", "whole", "required = true"))
    answers = typed(asks, {"T": [{"T1": "x"}, {"T1": "2"}]}).with_rows("T", ["T-2"])
    assert told(Examination(asks, answers, SETTING).problems()) == []
    assert not Examination(asks, answers, SETTING).asked("T1", "T-1")


def test_problems_come_in_the_order_of_the_questionnaire() -> None:
    reply = examined(TABLE, {"N": "1", "TOTAL": "x", "B4": "?", "D": [{"D2": "HR"}, {"D1": "x", "D2": "?"}] * 2})
    assert told(reply.problems()) == [
        "B4 unknown_choice",
        "D too_many_rows",
        "D-1 > D1 required",
        "D-2 > D1 not_a_number",
        "D-2 > D2 unknown_choice",
        "D-3 > D1 required",
        "D-4 > D1 not_a_number",
        "D-4 > D2 unknown_choice",
        "TOTAL not_a_number",
    ]


def test_the_town_that_replies_is_filled_in_whatever_a_forged_form_says() -> None:
    asks = small(question("A1", "municipality", "required = true", "prefill = 'own'"), question("B1", "line"))
    reply = examined(asks, {"A1": "金山町"})
    assert reply.value("A1") == MISHIMA
    assert told(reply.problems()) == []
    assert told(examined(asks, {}, Setting(TOWNS)).problems()) == ["A1 required"]


CHECKS = """
[[checks]]
name = "{name}"
at = "{at}"
expression = "{expression}"
message = { ja = "直してください", en = "Correct it" }
level = "{level}"
waivable = {waivable}
"""


def check(name: str, at: str, expression: str, level: str = "error", waivable: str = "false") -> str:
    filled = {"name": name, "at": at, "expression": expression, "level": level, "waivable": waivable}
    text = CHECKS
    for key, value in filled.items():
        text = text.replace("{" + key + "}", value)
    return text


CHECKED = small(
    question("N", "whole"),
    question("M", "whole"),
    question("T", "table") + column("T1", "whole"),
    after=check("R-1", "N", "${N} < 10", waivable="true")
    + check("R-2", "N", "${N} < 5", "confirm")
    + check("R-3", "N", "${N} < 3", "note")
    + check("R-4", "M", "${M} = ${N}")
    + check("R-5", "T", "count-distinct(${T1}) >= 2")
    + check("R-6", "T1", "${T1} < 100"),
)


def test_errors_block_confirmations_and_notes_do_not() -> None:
    reply = examined(CHECKED, {"N": "20"})
    assert told(reply.problems()) == ["N check R-1", "N check R-2", "N check R-3"]
    assert told(reply.blocking()) == ["N check R-1"]
    assert told(reply.to_confirm()) == ["N check R-2"]
    assert [problem.level for problem in reply.problems()] == [Level.ERROR, Level.CONFIRM, Level.NOTE]
    assert reply.problems()[0].context["message"].ja == "直してください"
    assert told(examined(CHECKED, {"N": "4"}).blocking()) == []


def test_a_rule_waits_for_the_answers_that_it_needs() -> None:
    assert told(examined(CHECKED, {"M": "1"}).problems()) == []
    assert told(examined(CHECKED, {"M": "1", "N": "2"}).problems()) == ["M check R-4"]
    assert told(examined(CHECKED, {}).problems()) == []


def test_nothing_chosen_breaks_a_rule_that_asks_for_a_choice_but_not_a_constraint() -> None:
    asks = small(
        question("B4", "several", "choices = 'fields'"),
        question("N", "whole"),
        question("D2", "one", "choices = 'fields'", f'constraint = "selected(${{B4}}, .)"\n{MESSAGE}'),
        before=choices("fields", "HR", "TAX"),
        after=check("R-1", "N", "selected(${B4}, 'TAX')"),
    )
    assert told(examined(asks, {"N": "1", "D2": "HR"}).problems()) == ["N check R-1"]
    assert told(examined(asks, {"N": "1", "D2": "HR", "B4": ("TAX",)}).problems()) == ["D2 constraint"]
    assert told(examined(asks, {"N": "1", "D2": "TAX", "B4": ("TAX",)}).problems()) == []


def test_rules_at_a_table_and_in_its_rows() -> None:
    assert told(examined(CHECKED, {"T": []}).problems()) == []
    assert told(examined(CHECKED, {"T": [{"T1": "1"}, {"T1": "1"}]}).problems()) == ["T check R-5"]
    assert told(examined(CHECKED, {"T": [{"T1": "1"}, {"T1": "200"}]}).problems()) == ["T-2 > T1 check R-6"]


def test_the_division_may_lift_a_rule_that_says_so() -> None:
    waived = replace(SETTING, waived=frozenset({"R-1", "R-4"}))
    assert told(examined(CHECKED, {"N": "20"}, waived).blocking()) == []
    assert told(examined(CHECKED, {"N": "20", "M": "1"}, waived).blocking()) == ["M check R-4"]


def test_nil_is_an_answer_of_its_own() -> None:
    asks = small(question("B1", "yesno"), before="nil = { question = 'B1', choice = '0' }")
    assert [examined(asks, reply).nil for reply in ({"B1": "0"}, {"B1": "1"}, {}, {"B1": "?"})] == [
        True,
        False,
        False,
        False,
    ]


def test_a_problem_names_its_place() -> None:
    (problem,) = examined(CHECKED, {"T": [{"T1": "1"}, {"T1": "2"}, {"T1": "x"}]}).problems()
    assert problem.place == ("T-3", "T1")
    assert problem.code is Code.NOT_A_NUMBER
