"""Definitions: every fault has its code and its address, and all are told at once."""

import json
import random
from typing import Any

import pytest
from small_inquiry import SECTION, TEXT, TITLES, choices, column, question, small

from questions.kinds.registry import KINDS
from questions.model import Questionnaire
from questions.problems import FaultCode
from questions.reading import FaultyDefinition, catalogue, read_catalogue, read_document, read_stored, read_toml

TABLE = question("D", "table") + column("D1", "whole") + column("D2", "one", "choices = 'fields'")
FIELDS = choices("fields", "HR", "TAX")
CHECK = f"""
[[checks]]
name = "R-1"
at = "B1"
expression = "${{B1}} = 'HR'"
message = {TEXT}
"""
ACROSS = f"""
[[across]]
name = "X-1"
rule = "total"
question = "N"
by = "N"
message = {TEXT}
"""
ASKED = question("B1", "one", "choices = 'fields'") + question("N", "whole")


def faults(*parts: str, before: str = FIELDS, after: str = "") -> list[tuple[FaultCode, str]]:
    """The faults of a small questionnaire: code and address."""
    with pytest.raises(FaultyDefinition) as caught:
        small(*parts, before=before, after=after)
    return [(fault.code, fault.address) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("parts", "after", "code", "address"),
    [
        ([question("B1", "line", "label.en = 'twice'")], "", FaultCode.NOT_TOML, ""),
        (["[[sections.questions]]\nname = 'B1'\nkind = 'line'\n"], "", FaultCode.MISSING, "S > B1.label"),
        (
            ["[[sections.questions]]\nname = 'B1'\nlabel = { ja = 'あ', en = 'a' }\n"],
            "",
            FaultCode.MISSING,
            "S > B1.kind",
        ),
        (
            ["[[sections.questions]]\nkind = 'line'\nlabel = { ja = 'あ', en = 'a' }\n"],
            "",
            FaultCode.MISSING,
            "S > questions[0].name",
        ),
        ([question("B1", "line", "hint = { ja = 'あ' }")], "", FaultCode.MISSING, "S > B1.hint.en"),
        ([question("B1", "one")], "", FaultCode.MISSING, "S > B1.choices"),
        ([question("B1", "line", "longst = 5")], "", FaultCode.UNKNOWN_KEY, "S > B1.longst"),
        ([question("B1", "line", "least = 5")], "", FaultCode.UNKNOWN_KEY, "S > B1.least"),
        ([TABLE, column("D3", "line", "rows = 5")], "", FaultCode.UNKNOWN_KEY, "S > D > D3.rows"),
        ([question("T", "table", "pages = 2") + column("T1", "line")], "", FaultCode.UNKNOWN_KEY, "S > T.pages"),
        ([question("B1", "line", "longest = 0")], "", FaultCode.WRONG_VALUE, "S > B1.longest"),
        ([question("B1", "line", "longest = 'x'")], "", FaultCode.WRONG_VALUE, "S > B1.longest"),
        (
            [question("B1", "line", f"pattern = '('\npattern_message = {TEXT}")],
            "",
            FaultCode.WRONG_VALUE,
            "S > B1.pattern",
        ),
        ([question("B1", "line", "example = 2026-04-01")], "", FaultCode.WRONG_VALUE, "S > B1.example"),
        ([question("B1", "whole", "least = 5\nmost = 4")], "", FaultCode.WRONG_VALUE, "S > B1"),
        ([question("B1", "line", "hint = { ja = '', en = 'a' }")], "", FaultCode.WRONG_VALUE, "S > B1.hint.ja"),
        ([question("B-1", "line")], "", FaultCode.WRONG_VALUE, "S > B-1.name"),
        (["questions = ['B1']"], "", FaultCode.WRONG_VALUE, "S.questions[0]"),
        ([question("T", "table")], "", FaultCode.WRONG_VALUE, "S > T.questions"),
        ([], "", FaultCode.WRONG_VALUE, "S.questions"),
        ([question("B1", "lines")], "", FaultCode.UNKNOWN_KIND, "S > B1.kind"),
        ([TABLE, column("D3", "table")], "", FaultCode.UNKNOWN_KIND, "S > D > D3.kind"),
        ([question("B1", "line", "relevant = '${B1'")], "", FaultCode.BAD_EXPRESSION, "S > B1.relevant"),
        ([question("B1", "line", 'relevant = ". = 1"')], "", FaultCode.BAD_EXPRESSION, "S > B1.relevant"),
        (
            [question("B1", "line", f"constraint = '. >'\nconstraint_message = {TEXT}")],
            "",
            FaultCode.BAD_EXPRESSION,
            "S > B1.constraint",
        ),
        ([TABLE, column("D3", "line", "relevant = '1 1'")], "", FaultCode.BAD_EXPRESSION, "S > D > D3.relevant"),
        ([ASKED], CHECK.replace("'HR'", ""), FaultCode.BAD_EXPRESSION, "checks > R-1.expression"),
        ([question("B1", "line", "relevant = '${B9}'")], "", FaultCode.UNKNOWN_QUESTION, "S > B1.relevant"),
        ([TABLE, column("D3", "line", "relevant = '${D9}'")], "", FaultCode.UNKNOWN_QUESTION, "S > D > D3.relevant"),
        ([question("T", "table", "rank = 'T9'") + column("T1", "whole")], "", FaultCode.UNKNOWN_QUESTION, "S > T.rank"),
        (
            [
                question("T", "table", "need = { field = 'T1', form = 'T1', subject = 'T9', detail = 'T1' }")
                + column("T1", "line")
            ],
            "",
            FaultCode.UNKNOWN_QUESTION,
            "S > T.subject",
        ),
        ([ASKED], CHECK.replace('"B1"', '"B9"'), FaultCode.UNKNOWN_QUESTION, "checks > R-1.at"),
        ([ASKED], CHECK.replace("${B1}", "${B9}"), FaultCode.UNKNOWN_QUESTION, "checks > R-1.expression"),
        ([ASKED], ACROSS.replace('by = "N"', 'by = "M"'), FaultCode.UNKNOWN_QUESTION, "across > X-1.by"),
        ([question("B1", "one", "choices = 'lists'")], "", FaultCode.UNKNOWN_CHOICE_LIST, "S > B1.choices"),
        ([ASKED], CHECK.replace("'HR'", "'HRR'"), FaultCode.UNKNOWN_CODE, "checks > R-1.expression"),
        (
            [ASKED, question("Y", "yesno", "relevant = \"${Y2} = '2'\""), question("Y2", "yesno")],
            "",
            FaultCode.UNKNOWN_CODE,
            "S > Y.relevant",
        ),
        (
            [
                question("B4", "several", "choices = 'fields'"),
                question("X", "line", "relevant = \"selected(${B4}, 'LAW')\""),
            ],
            "",
            FaultCode.UNKNOWN_CODE,
            "S > X.relevant",
        ),
        ([question("B1", "line"), question("B1", "whole")], "", FaultCode.DUPLICATE_NAME, "B1"),
        ([TABLE, question("D2", "line")], "", FaultCode.DUPLICATE_NAME, "D2"),
        ([ASKED], CHECK + CHECK, FaultCode.DUPLICATE_NAME, "R-1"),
        ([question("B1", "line")], SECTION + question("B2", "line"), FaultCode.DUPLICATE_NAME, "S"),
        ([ASKED], f"[constants.N]\nvalue = 1\nlabel = {TEXT}", FaultCode.DUPLICATE_NAME, "N"),
        (
            [question("B1", "line", "relevant = '${B2}'"), question("B2", "line", "relevant = '${B1}'")],
            "",
            FaultCode.CIRCULAR,
            "B2",
        ),
        ([question("B1", "line", "relevant = '${B1}'")], "", FaultCode.CIRCULAR, "B1"),
        ([question("seen", "line")], "", FaultCode.RESERVED_NAME, "seen"),
        ([question("B1", "whole", "constraint = '. > 0'")], "", FaultCode.MESSAGE_MISSING, "S > B1.constraint_message"),
        ([question("B1", "line", "pattern = 'x'")], "", FaultCode.MESSAGE_MISSING, "S > B1.pattern_message"),
        ([question("B1", "line", "pattern = '(?=a)b'")], "", FaultCode.PATTERN_REFUSED, "S > B1.pattern"),
    ],
)
def test_a_fault_has_its_code_and_address(parts: list[str], after: str, code: FaultCode, address: str) -> None:
    assert (code, address) in faults(*parts, after=after)


def test_every_kind_of_fault_is_provoked_above() -> None:
    (mark,) = (mark for mark in test_a_fault_has_its_code_and_address.pytestmark if mark.name == "parametrize")
    assert {code for _, _, code, _ in mark.args[1]} == set(FaultCode)


def test_a_single_fault_is_told_alone() -> None:
    assert faults(question("B1", "line", "longest = 0")) == [(FaultCode.WRONG_VALUE, "S > B1.longest")]
    assert faults(question("B1", "whole", "constraint = '. > 0'")) == [
        (FaultCode.MESSAGE_MISSING, "S > B1.constraint_message")
    ]
    assert faults(question("B1", "one", "choices = 'lists'")) == [(FaultCode.UNKNOWN_CHOICE_LIST, "S > B1.choices")]


def test_many_faults_are_told_at_once() -> None:
    found = faults(
        question("B1", "lines"),
        question("B2", "whole", "least = 'x'", "constraint = '. <'"),
        question("B2", "one", "choices = 'fields'", "colour = 'red'"),
        question("T", "table") + column("T1", "line", "longest = -1", "relevant = '${T9}'"),
        after=CHECK.replace("'HR'", "'x").replace("R-1", "R-2"),
        before="",
    )
    assert set(found) >= {
        (FaultCode.UNKNOWN_KIND, "S > B1.kind"),
        (FaultCode.WRONG_VALUE, "S > B2.least"),
        (FaultCode.BAD_EXPRESSION, "S > B2.constraint"),
        (FaultCode.MESSAGE_MISSING, "S > B2.constraint_message"),
        (FaultCode.UNKNOWN_CHOICE_LIST, "S > B2.choices"),
        (FaultCode.UNKNOWN_KEY, "S > B2.colour"),
        (FaultCode.DUPLICATE_NAME, "B2"),
        (FaultCode.WRONG_VALUE, "S > T > T1.longest"),
        (FaultCode.UNKNOWN_QUESTION, "S > T > T1.relevant"),
        (FaultCode.BAD_EXPRESSION, "checks > R-2.expression"),
    }
    assert len(found) == len(set(found))


def test_a_fault_says_what_was_found_and_where_in_the_expression() -> None:
    with pytest.raises(FaultyDefinition) as caught:
        small(question("B1", "line", "relevant = '${A} == 1'"))
    (fault, *_) = caught.value.faults
    assert fault.context["place"] == 7
    assert fault.context["source"] == "${A} == 1"
    assert "S > B1.relevant: bad_expression" in str(caught.value)


def test_a_faulty_choice_is_told_once_where_the_list_stands() -> None:
    lists = "[choices.fields]\nHR = { ja = 'あ' }\n'a b' = { ja = 'い', en = 'b' }\nTAX = 'x'\n"
    used = question("B1", "one", "choices = 'fields'") + question("B2", "several", "choices = 'fields'")
    assert faults(used, before=lists) == [
        (FaultCode.MISSING, "choices > fields > HR.en"),
        (FaultCode.WRONG_VALUE, "choices > fields > a b"),
        (FaultCode.WRONG_VALUE, "choices > fields > TAX"),
    ]


def test_keys_that_are_filled_in_here_are_not_taken_from_a_definition() -> None:
    assert faults(ASKED, before=f"digest = 'forged'\n{FIELDS}") == [(FaultCode.UNKNOWN_KEY, "digest")]


def test_nothing_is_no_questionnaire() -> None:
    with pytest.raises(FaultyDefinition) as caught:
        read_toml("")
    missing = {fault.address for fault in caught.value.faults if fault.code is FaultCode.MISSING}
    assert missing == {"name", "title", "style"}


JUNK: list[Any] = [None, 5, -1, 1.5, "", "x", "${", [], ["x"], [5], {}, {"name": "B1"}, True]


def mutated(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one of its values replaced by junk, or a junk key added."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    place: Any = copy
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = chance.choice(keys)
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.85:
            place = place[key]
            continue
        place[key] = chance.choice(JUNK)
        if isinstance(place, dict) and chance.random() < 0.2:
            place[chance.choice(["relevant", "need", "rank", "choices", "kind", "questions"])] = chance.choice(JUNK)
        return copy


@pytest.mark.parametrize("name", ["grant_small", "support_needs"])
def test_any_junk_in_a_definition_is_a_fault_never_a_crash(name: str) -> None:
    document = json.loads(read_catalogue(name).document)
    chance = random.Random(20261124)
    faulty: list[FaultyDefinition] = []
    for _ in range(150):
        try:
            read_document(mutated(document, chance))
        except FaultyDefinition as fault:
            faulty.append(fault)
    assert len(faulty) > 100
    assert all(found.address for fault in faulty for found in fault.faults)


@pytest.mark.parametrize("name", catalogue())
def test_the_stored_form_is_read_back_as_the_same_questionnaire(name: str) -> None:
    questionnaire = read_catalogue(name)
    again = read_stored(questionnaire.document)
    assert again == questionnaire
    assert again.digest == questionnaire.digest
    assert len(again.digest) == 64


def written(**changes: str) -> Questionnaire:
    """A questionnaire in another spelling, or with a change."""
    spelling = {
        "note": "",
        "label": "{ ja = 'あ', en = 'a' }",
        "required": "true",
        "order": "HR = {ja='一',en='1'}\nTAX = {ja='二',en='2'}",
    }
    spelling |= changes
    return read_toml(
        f"{TITLES}\n[choices.fields]\n{spelling['order']}\n{SECTION}\n{spelling['note']}\n"
        f"[[sections.questions]]\nname = 'B1'\nkind = 'one'\nchoices = 'fields'\n"
        f"label = {spelling['label']}\nrequired = {spelling['required']}\n"
    )


def test_comments_and_spelling_do_not_change_the_digest() -> None:
    digest = written().digest
    assert written(note="# a comment\n\n").digest == digest
    assert written(label="{ja=\"\\u3042\",en='''a'''}").digest == digest
    assert written(label="{ ja = 'い', en = 'a' }").digest != digest
    assert written(required="false").digest != digest
    assert written(order="TAX = {ja='二',en='2'}\nHR = {ja='一',en='1'}").digest != digest, (
        "the order of choices counts"
    )


def test_every_kind_can_be_asked() -> None:
    lists = choices("fields", "HR")
    asked = small(*(question(f"Q_{name}", name, *_choices(name)) for name in KINDS), before=lists)
    assert [one.kind.name for one in asked.questions.values()] == list(KINDS)


def _choices(name: str) -> list[str]:
    field = KINDS[name].model_fields.get("choices")
    return ["choices = 'fields'"] if field is not None and field.is_required() else []
