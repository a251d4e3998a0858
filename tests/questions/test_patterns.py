"""No pattern keeps anybody waiting; one that cannot be used is refused when it is read, and read where it is stored."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.patterns import LONGEST_PATTERN, Objection, matches, objection
from questions.problems import Code, FaultCode
from questions.reading import FaultyDefinition, catalogue, read_catalogue, read_document, read_stored
from questions.setting import Setting
from survey_app import wording_definitions

USUAL = (
    "^[0-9０-９()（）\\-－ 内線]+$",  # the catalogue's
    r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
    r"([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
    r"[0-9]{3}-[0-9]{4}",
    r"〒?\d{3}-?\d{4}",
    r"0[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}",
    r"\d+(-\d+)*",
    r"[0-9]{1,3}(,[0-9]{3})*",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"(令和|平成)([0-9]{1,2}|元)年[0-9]{1,2}月",
    r"https?://[^\s/]+(/\S*)?",
    r"[ァ-ヶー]+(　[ァ-ヶー]+)*",
    r"(?i)[a-z]{2}[0-9]{6}",
    r".*町.*村.*",
    r".{0,500}",
)
HANGS = (
    r"(a+)+$",
    r"(a*)*",
    r"(.*)*",
    r"(a|a)*b",
    r"(a|aa)+",
    r"([0-9]+)*x",
    r"(\w+\s?)*$",
    r"([a-m]+[g-z]*)+",
    r"(x+x+)+y",
    r"(a?b?c?)*1",
    r"(a{1,9}){1,9}",
)
"""Patterns for which matchers that go back need ever longer."""
REFUSED = {
    r"(.)\1": Objection.UNSUPPORTED,
    r"(?P<q>.)(?P=q)": Objection.UNSUPPORTED,
    r"(?=(a+)+)a": Objection.UNSUPPORTED,
    r"(?=.*\d)(?=.*[a-z]).{8,20}": Objection.UNSUPPORTED,
    r"a\Z": Objection.UNSUPPORTED,
    r"(\w{500}){500}": Objection.LARGE,
    "あ" * (LONGEST_PATTERN + 1): Objection.LONG,
}
LONG_TEXT = 1_000
"""Characters; a line may have 200 unless its question says otherwise."""
HANGING = ("a", "1", "-", "1-", "a@", "a.", "ア", "あ町村", "a ", "x", "0" * 3 + ",")
SLOW = 1.0
"""Seconds that nothing may take; most take a hundredth."""


def quickly(pattern: str, text: str) -> bool:
    """Match, and see to it that it did not take long."""
    began = time.perf_counter()
    told = matches(pattern, text)
    assert time.perf_counter() - began < SLOW, (pattern, text[:20])
    return told


def definition(pattern: str) -> dict[str, object]:
    label = {"ja": "問", "en": "Question"}
    question = {"name": "A1", "kind": "line", "label": label, "pattern": pattern, "pattern_message": label}
    section = {"name": "A", "title": label, "questions": [question]}
    return {"name": "one", "style": label, "title": label, "sections": [section]}


@pytest.mark.parametrize("pattern", USUAL + HANGS)
def test_patterns_are_taken_and_are_quick_on_a_thousand_characters(pattern: str) -> None:
    assert objection(pattern) is None
    assert read_document(definition(pattern)).questions["A1"]
    for piece in HANGING:
        quickly(pattern, (piece * LONG_TEXT)[: LONG_TEXT - 1] + "!")


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_cannot_be_used_is_refused_with_what_to_write_instead(pattern: str) -> None:
    with pytest.raises(FaultyDefinition) as refused:
        read_document(definition(pattern))
    (fault,) = refused.value.faults
    assert (fault.code, fault.address) == (FaultCode.PATTERN_REFUSED, "A > A1.pattern")
    assert fault.context["objection"] is REFUSED[pattern]
    for language in ("ja", "en"):
        said = wording_definitions.fault(fault, language)
        assert pattern[:20] in said
        assert "{objected}" not in said


@pytest.mark.parametrize("pattern", REFUSED)
def test_a_stored_questionnaire_with_such_a_pattern_is_still_read_and_checked_quickly(pattern: str) -> None:
    kind = read_stored(json.dumps(definition(pattern))).questions["A1"].kind
    began = time.perf_counter()
    for piece in HANGING:
        kind.parse(((piece * 200)[:199] + "!",), Setting())
        quickly(pattern, (piece * LONG_TEXT)[: LONG_TEXT - 1] + "!")
    assert time.perf_counter() - began < len(HANGING) * SLOW


def test_what_is_stored_is_still_held_against_its_pattern() -> None:
    kind = read_stored(json.dumps(definition("(a+)+$"))).questions["A1"].kind
    assert kind.parse(("aaaa",), Setting()).problems == ()
    (problem,) = kind.parse(("a" * 100 + "!",), Setting()).problems
    assert problem.code is Code.PATTERN


@pytest.mark.parametrize("pattern", ["(", "[a", "(" * 5000, "a{99999999999}"])
def test_what_is_no_pattern_is_told_as_such(pattern: str) -> None:
    with pytest.raises(FaultyDefinition) as refused:
        read_document(definition(pattern))
    assert FaultCode.WRONG_VALUE in {fault.code for fault in refused.value.faults}


def test_the_largest_patterns_are_quick_on_the_worst_text() -> None:
    for pattern in (
        "((((){999}){999}){999}){999}",
        ".{0,990}",
        "(.?.?){190}x",
        "(?:.*){300}x",
        "(?:" + "|".join("." * 90) + ")*x",
        "(.{1,9}){1,90}x",
    ):
        assert objection(pattern) is None
        quickly(pattern, "あ" * LONG_TEXT)


def test_every_pattern_of_the_catalogue_is_taken() -> None:
    found = [
        question.kind.pattern
        for name in catalogue()
        for question in read_catalogue(name).questions.values()
        if getattr(question.kind, "pattern", None) is not None
    ]
    assert found
    assert all(objection(one) is None for one in found)


PIECES = st.sampled_from(
    [
        "a",
        "b",
        "-",
        ".",
        "[ab]",
        "[^a]",
        r"\d",
        r"\w",
        r"\b",
        "^",
        "$",
        "(?i:A)",
        "あ",
        "",
    ]
)
PATTERNS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{2,}", "*?"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
    ),
    max_leaves=5,
)


@given(PATTERNS, st.text("abAB-1あ", max_size=6))
def test_a_pattern_means_what_it_means_in_python(pattern: str, text: str) -> None:
    assert matches(pattern, text) == (re.fullmatch(pattern, text) is not None)
