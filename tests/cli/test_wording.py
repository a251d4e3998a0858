"""Every fault of a definition and of a roster has a sentence in both languages."""

import re

import pytest

from questions.problems import Context, Fault, FaultCode
from questions.reading import FaultyDefinition, read_toml
from survey_app import wording_rosters
from survey_app.rosters.reading import RosterCode, RosterFault
from survey_app.wording_definitions import FAULTS, address, fault

JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")
DEFINITION = """
name = "Form 1"
title = {{ ja = "題", en = "Title" }}
style = {{ ja = "様式", en = "" }}
{top}
[choices.colours]
red = {{ ja = "赤", en = "Red" }}
[[sections]]
name = "A"
title = {{ ja = "節", en = "Section" }}
[[sections.questions]]
name = "Q1"
kind = "one"
choices = "colours"
label = {{ ja = "色", en = "Colour" }}
[[sections.questions]]
name = "Q2"
label = {{ ja = "問", en = "Question" }}
{question}
"""


def told(question: str = 'kind = "line"', top: str = "") -> dict[str, tuple[str, str]]:
    """Read a definition with faults; return what is said of them by address, in both languages."""
    with pytest.raises(FaultyDefinition) as faulty:
        read_toml(DEFINITION.format(question=question, top=top))
    return {one.address: (fault(one, "ja"), fault(one, "en")) for one in faulty.value.faults}


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_has_both_sentences(code: FaultCode) -> None:
    """Also when a fault comes without its context."""
    assert code in FAULTS
    for one in (Fault(code, "A > Q2.kind"), Fault(code, "", Context(found="x", detail="?"))):
        japanese, english = fault(one, "ja"), fault(one, "en")
        assert JAPANESE.search(japanese)
        assert japanese.endswith(("。", "（なし）")), japanese
        assert not JAPANESE.search(english)
        assert english.endswith((".", "(none)")), english
        assert address(one, "ja")


@pytest.mark.parametrize(
    ("question", "place", "japanese", "english"),
    [
        ('kind = "lines"', "A > Q2.kind", "「lines」という設問の型はありません", "no kind “lines”"),
        (
            'kind = "line"\nlongest = "five"',
            "A > Q2.longest",
            "値「five」は使えません。整数",
            "It must be a whole number",
        ),
        ('kind = "line"\nlongest = 0', "A > Q2.longest", "0 より大きい", "more than 0"),
        ('kind = "whole"\nleast = 9\nmost = 1', "A > Q2", "least は most 以下に", "must not be above"),
        ('kind = "line"\ncolour = 1', "A > Q2.colour", "「colour」という項目", "“colour” cannot be used"),
        ('kind = "line"\nrelevant = "${Q1} ="', "A > Q2.relevant", "8文字目（式の終わり）", "Character 8 (its end)"),
        ('kind = "line"\nrelevant = "${Q1} = \'blue\'"', "A > Q2.relevant", "「blue」という符号", "no choice “blue”"),
        ('kind = "line"\nrelevant = "${Q7} = 1"', "A > Q2.relevant", "「Q7」という設問", "no question “Q7”"),
        ('kind = "line"\nrelevant = "${Q2} = 1"', "Q2", "「Q2」自身に戻って", "on “Q2” itself"),
        ('kind = "one"\nchoices = "sizes"', "A > Q2.choices", "colours", "[choices.sizes]"),
        ('kind = "line"\nconstraint = ". > 1"', "A > Q2.constraint_message", "ja と en の両方", "in ja and en"),
        ('kind = "line"\nrequired = "yes please"', "A > Q2.required", "true か false", "true or false"),
        ('kind = "line"\nhint = "text"', "A > Q2.hint", '{ ja = "…", en = "…" }', '{ ja = "…", en = "…" }'),
    ],
)
def test_what_is_wrong_and_how_to_mend_it(question: str, place: str, japanese: str, english: str) -> None:
    said = told(question)
    assert japanese in said[place][0]
    assert english in said[place][1]
    assert "英小文字で始まり" in said["name"][0]
    assert said["style.en"] == ("空です。文字を入れてください。", "It is empty. Write something there.")


def test_where_toml_stops() -> None:
    assert told("kind = = 1")[""][0].startswith("TOMLとして読み取れません（19行目の8文字目）")
    assert told(top="x = [")[""][1].startswith("This cannot be read as TOML (line ")


@pytest.mark.parametrize("code", RosterCode)
def test_every_fault_of_a_roster_has_both_sentences(code: RosterCode) -> None:
    context = dict.fromkeys(("column", "found", "known", "first", "meant", "expected", "most"), "x")
    one = RosterFault(code, 3, context)
    assert wording_rosters.fault(one, "ja").startswith("3行目：")
    assert wording_rosters.fault(one, "en").startswith("Line 3: ")
    assert not JAPANESE.search(wording_rosters.fault(one, "en"))
