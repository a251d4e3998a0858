"""Expressions said to people, in the Japanese of official papers and in English."""

import pytest

from questions.expressions.parser import parse
from questions.expressions.sentence import must_hold, sentence, when_asked
from questions.labels import Language
from questions.model import Question, Questionnaire, Section, Table
from questions.reading import catalogue, read_catalogue

NEEDS = read_catalogue("support_needs")
SMALL = read_catalogue("grant_small")


@pytest.mark.parametrize(
    ("name", "japanese", "english"),
    [
        ("B2", "B1が「該当なし」のとき回答", "Answer when B1 is “Nil reply (no requests)”"),
        ("B3", "B2が「その他」のとき回答", "Answer when B2 is “Other”"),
        ("B4", "B1が「要望あり」のとき回答", "Answer when B1 is “We have requests”"),
        (
            "H4",
            "H3が「拡大」「新規」「現状維持」のいずれかのとき回答",
            "Answer when H3 is one of “Expand”, “Start anew”, “Keep as it is”",
        ),
        (
            "T9",
            "T8が「希望する（新規）」「希望する（継続）」のいずれかのとき回答",
            "Answer when T8 is one of “Wanted (new)”, “Wanted (continued)”",
        ),
        (
            "L5",
            "L3で「訴訟・不服申立て」を選択したとき回答",
            "Answer when “Lawsuits and administrative appeals” is chosen in L3",
        ),
        (
            "D14",
            "D13が「近隣町村と共同」のとき回答",
            "Answer when D13 is “Jointly with neighbouring towns and villages”",
        ),
        ("H1", "", ""),
    ],
)
def test_when_a_question_of_form_1_is_asked(name: str, japanese: str, english: str) -> None:
    assert when_asked(NEEDS.questions[name], NEEDS, "ja") == japanese
    assert when_asked(NEEDS.questions[name], NEEDS, "en") == english


def test_when_a_section_or_table_of_form_1_is_asked() -> None:
    assert when_asked(NEEDS.section("T"), NEEDS, "ja") == "B4で「税の滞納整理」を選択したとき回答"
    assert when_asked(NEEDS.section("T"), NEEDS, "en") == "Answer when “Collection of tax arrears” is chosen in B4"
    assert when_asked(NEEDS.tables["L4"], NEEDS, "ja") == "L3で「条例・規則案の審査」を選択したとき回答"
    assert when_asked(NEEDS.section("A"), NEEDS, "ja") == ""


@pytest.mark.parametrize(
    ("name", "japanese", "english"),
    [
        ("A8", "今日以前であること", "Must be today or earlier"),
        ("T2", "T1以下であること", "Must be T1 or less"),
        ("T11", "T1＋T3（未回答のときは0）以下であること", "Must be T1 + T3 (0 when unanswered) or less"),
        ("T13", "T12以降であること", "Must be T12 or later"),
        ("D2", "B4で選択したもののいずれかであること", "Must be one of those chosen in B4"),
        ("D14", "A1を含まないこと", "Must not include A1"),
    ],
)
def test_what_the_constraints_of_form_1_ask_for(name: str, japanese: str, english: str) -> None:
    constraint = NEEDS.questions[name].constraint
    assert constraint is not None
    assert must_hold(constraint, NEEDS, "ja", name) == japanese
    assert must_hold(constraint, NEEDS, "en", name) == english


@pytest.mark.parametrize(
    ("name", "japanese", "english"),
    [
        (
            "G2-01",
            "G3のうち人口10,000人未満の町村の数が1以上であること",
            "The number of towns and villages in G3 with fewer than 10,000 inhabitants must be 1 or more",
        ),
        ("G2-02", "G4の選択数が2以上であること", "The number of choices in G4 must be 2 or more"),
        ("G2-03", "G9aの異なる回答の数が2以上であること", "The number of different answers in G9a must be 2 or more"),
        (
            "G2-04",
            "G6の選択数＋（G6がG5を含むときは0、それ以外のときは1）が3以下であること",
            "The number of choices in G6 + (0 when G6 includes G5, otherwise 1) must be 3 or less",
        ),
        (
            "G2-05",
            "G15が「交付金の定額（円）」（1,300,000）と等しく、かつ、G15が1,300,000円以下であること",
            "It must hold that G15 is equal to “Flat amount of the grant (yen)” (1,300,000)"
            " and G15 is 1,300,000 yen or less",
        ),
        ("G2-06", "G15がG14以下であること", "G15 must be G14 or less"),
    ],
)
def test_what_the_rules_of_form_3_2_ask_for(name: str, japanese: str, english: str) -> None:
    (check,) = (check for check in SMALL.checks if check.name == name)
    assert must_hold(check.expression, SMALL, "ja", check.at) == japanese
    assert must_hold(check.expression, SMALL, "en", check.at) == english


@pytest.mark.parametrize(
    ("source", "japanese", "english"),
    [
        (
            "${B1} = '1' and selected(${B4}, 'TAX')",
            "B1が「要望あり」であり、かつ、B4で「税の滞納整理」を選択",
            "B1 is “We have requests” and “Collection of tax arrears” is chosen in B4",
        ),
        (
            "${H3} = 'new' and (${H1} > 3 or ${T8} = 'new')",
            "H3が「新規」であり、かつ、（H1が3人を超える、又はT8が「希望する（新規）」）",
            "H3 is “Start anew” and (H1 is more than 3 persons or T8 is “Wanted (new)”)",
        ),
        (
            "${H3} = 'new' and ${H1} > 3 or ${T8} = 'new'",
            "（H3が「新規」であり、かつ、H1が3人を超える）、又はT8が「希望する（新規）」",
            "(H3 is “Start anew” and H1 is more than 3 persons) or T8 is “Wanted (new)”",
        ),
        (
            "${H3} = 'new' and (${T8} = 'new' or ${T8} = 'cont')",
            "H3が「新規」であり、かつ、T8が「希望する（新規）」「希望する（継続）」のいずれか",
            "H3 is “Start anew” and T8 is one of “Wanted (new)”, “Wanted (continued)”",
        ),
        (
            "selected(${B4}, 'HR') or selected(${B4}, 'OTH') or ${B1} = '0'",
            "B4で「人事交流の拡大」「その他」のいずれかを選択、又はB1が「該当なし」",
            "one of “Expansion of personnel exchange”, “Other” is chosen in B4 or B1 is “Nil reply (no requests)”",
        ),
        (
            "not(${B1} = '1' and ${H1} >= 3)",
            "（B1が「要望あり」であり、かつ、H1が3人以上）に該当しない",
            "it is not the case that (B1 is “We have requests” and H1 is 3 persons or more)",
        ),
        (
            "not(selected(${B4}, 'TAX'))",
            "B4で「税の滞納整理」を選択していない",
            "“Collection of tax arrears” is not chosen in B4",
        ),
        ("not(${B1} = '1')", "B1が「要望あり」でない", "B1 is not “We have requests”"),
        ("${B1} != '1'", "B1が「要望あり」以外", "B1 is something other than “We have requests”"),
        ("not(not(${B1} = '1'))", "B1が「要望あり」", "B1 is “We have requests”"),
        ("'1' = ${B1}", "B1が「要望あり」", "B1 is “We have requests”"),
        ("${B1} = 1", "B1が「要望あり」", "B1 is “We have requests”"),
        ("${H9} = '0'", "H9が「不可」", "H9 is “Not possible”"),
        ("${B1}", "B1に回答がある", "B1 is answered"),
        ("${B4} != ''", "B4に回答がある", "B4 is answered"),
        ("${B4} = 'TAX'", "B4が「税の滞納整理」のみ", "B4 is only “Collection of tax arrears”"),
        ("${H1} >= 2", "H1が2人以上", "H1 is 2 persons or more"),
        ("3 > ${H1}", "H1が3人未満", "H1 is less than 3 persons"),
        ("${H1} = '3'", "H1が3人", "H1 is 3 persons"),
        ("${T1} <= 12345.5", "T1が12,345.5千円以下", "T1 is 12,345.5 thousand yen or less"),
        ("${T4} < 95.5", "T4が95.5％未満", "T4 is less than 95.5%"),
        ("${T1} = ${T3}", "T1がT3と等しい", "T1 is equal to T3"),
        ("${T1} != ${T3}", "T1がT3と等しくない", "T1 is not equal to T3"),
        ("${T12} = ${T13}", "T12がT13と同じ", "T12 is the same as T13"),
        ("${T12} > ${T13}", "T12がT13より後", "T12 is later than T13"),
        ("${T12} >= '2027-04'", "T12が令和9年4月以降", "T12 is 2027-04 or later"),
        ("${A8} < '2026-04-01'", "A8が令和8年4月1日より前", "A8 is earlier than 2026-04-01"),
        ("${A3} = '主査'", "A3が「主査」", "A3 is “主査”"),
        (
            "(${H1} + ${H2}) * 2 - (${H1} - 1) <= -3",
            "（H1＋H2）×2－（H1－1）が-3以下",
            "(H1 + H2) × 2 − (H1 − 1) is -3 or less",
        ),
        ("${H1} - ${H2} - 1 > 0", "H1－H2－1が0を超える", "H1 − H2 − 1 is more than 0"),
        ("${T1} mod 1000 = 0", "T1を1000で割った余りが0", "the remainder of T1 ÷ 1000 is 0"),
        ("string-length(${Z1}) > 10", "Z1の文字数が10を超える", "the number of characters in Z1 is more than 10"),
        ("count(${D}) >= 2", "Dの行数が2以上", "the number of rows in D is 2 or more"),
        (
            "selected(${B4}, 'TAX') = false()",
            "B4で「税の滞納整理」を選択していない",
            "“Collection of tax arrears” is not chosen in B4",
        ),
        (
            "if(${B1} = '1', ${H1} > 0, ${H2} > 0)",
            "（B1が「要望あり」のときはH1が0人を超える、それ以外のときはH2が0人を超える）",
            "(H1 is more than 0 persons when B1 is “We have requests”, otherwise H2 is more than 0 persons)",
        ),
    ],
)
def test_a_condition_in_both_languages(source: str, japanese: str, english: str) -> None:
    assert sentence(parse(source), NEEDS, "ja") == japanese
    assert sentence(parse(source), NEEDS, "en") == english


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_expression_of_the_catalogue_is_said(name: str, language: Language) -> None:
    questionnaire = read_catalogue(name)
    said = [when_asked(item, questionnaire, language) for item in _asked_at_times(questionnaire)]
    for question in questionnaire.questions.values():
        if question.constraint is not None:
            said.append(must_hold(question.constraint, questionnaire, language, question.name))
    said += [must_hold(check.expression, questionnaire, language, check.at) for check in questionnaire.checks]
    assert len(said) > 3
    for text in said:
        assert text
        assert not {"$", "{", "'", "_"} & set(text), text
        assert text.isascii() is False or language == "en"
        assert text.endswith(("のとき回答", "したとき回答", "こと")) or language == "en"


def _asked_at_times(questionnaire: Questionnaire) -> list[Section | Table | Question]:
    items = [*questionnaire.sections, *questionnaire.tables.values(), *questionnaire.questions.values()]
    return [item for item in items if item.relevant is not None]
