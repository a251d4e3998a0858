"""What a relevant division has to say with each disposition (DESIGN §7)."""

import pytest

from questions.problems import Code
from questions.reading import FaultyDefinition, read_toml
from questions.responses import DISPOSITION, read_response, responding
from questions.setting import Setting

WHOLE = {"R2": "説明会を開く。", "R7": "税務課 山田"}
EVERYTHING = {**WHOLE, "R3": "当初予算", "R4": "令和９年４月", "R5": "体制が整わない", "R6": "総務省"}


def missing(texts: dict[str, str]) -> set[str]:
    """The questions that are left to answer."""
    problems = read_response(texts, Setting()).problems()
    assert {one.code for one in problems} <= {Code.REQUIRED, Code.REQUIRED_HERE}
    return {one.question for one in problems}


def test_the_dispositions_are_those_of_the_design() -> None:
    options = responding().questions[DISPOSITION].kind.options(Setting())
    assert [one.code for one in options] == list("ABCDEFGS")


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("A", ""), ("B", "R3 R4"), ("C", "R3"), ("D", ""), ("E", "R5"), ("F", "R5"), ("G", "R6"), ("S", "")],
)
def test_each_disposition_needs_what_it_promises(code: str, wanted: str) -> None:
    assert missing({"R1": code, **WHOLE}) == set(wanted.split())
    assert missing({"R1": code, **EVERYTHING}) == set()


def test_without_a_disposition_nothing_else_is_demanded() -> None:
    assert missing({}) == {"R1", "R2", "R7"}


def test_a_required_when_needs_a_message() -> None:
    text = """
    name = "x"
    title = { ja = "あ", en = "a" }
    style = { ja = "あ", en = "a" }
    [[sections]]
    name = "S"
    title = { ja = "あ", en = "a" }
    [[sections.questions]]
    name = "Q1"
    kind = "line"
    label = { ja = "あ", en = "a" }
    [[sections.questions]]
    name = "Q2"
    kind = "line"
    label = { ja = "あ", en = "a" }
    required_when = "${Q9} = '1'"
    """
    with pytest.raises(FaultyDefinition) as fault:
        read_toml(text)
    assert {(one.address, one.code.value) for one in fault.value.faults} == {
        ("S > Q2.required_message", "message_missing"),
        ("S > Q2.required_when", "unknown_question"),
    }
