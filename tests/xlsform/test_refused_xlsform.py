"""What is wrong with an XLSForm: everything at once, each thing at its cell, with what to write instead."""

from datetime import date

import pytest
from books import book, errors, packed, read, told

from exports.xlsform.findings import NOTES, Finding, Sign
from questions.labels import Language
from survey_app import wording_xlsform

CHOICES = "list_name | name | label\numu | 1 | 有\numu | 0 | 無"

FAULTY = """
type               | name   | label      | relevant            | constraint              | required
text               | Ｂ１   | 甲         |                     |                         |
text               | 担当   | 乙         |                     |                         |
text               |        | 丙         |                     |                         |
text               | next   | 丁         |                     |                         |
text               | a      | 戊         |                     |                         |
text               | a      | 己         |                     |                         |
frob               | b      | 庚         |                     |                         |
geopoint           | c      | 辛         |                     |                         |
time               | d      | 壬         |                     |                         |
select_one         | e      | 癸         |                     |                         |
select_one nothing | f      | 子         |                     |                         |
select_one umu     | g      | 丑         |                     |                         |
text               | h      |            |                     |                         |
text               | i      | 寅         | ${g} == '1'         |                         |
text               | j      | 卯         | ${g} = ''           |                         |
text               | k      | 辰         | ${nobody} = '1'     |                         |
text               | l      | 巳         | ${g} = '9'          |                         | ${g} = '1'
integer            | m      | 午         |                     | int(.) > 3              |
text               | n      | 未         |                     | regex(., '[a-')         |
calculate          | o      | 申         |                     |                         |
                   | p      | 酉         |                     |                         |
"""
FOUND = {
    "survey!B2": Sign.BAD_NAME,
    "survey!B3": Sign.BAD_NAME,
    "survey!B4": Sign.MISSING_NAME,
    "survey!B5": Sign.RESERVED_NAME,
    "survey!B7": Sign.DUPLICATE_NAME,
    "survey!A8": Sign.UNKNOWN_TYPE,
    "survey!A9": Sign.UNSUPPORTED_TYPE,
    "survey!A10": Sign.UNSUPPORTED_TYPE,
    "survey!A11": Sign.MISSING_LIST,
    "survey!A12": Sign.NO_SUCH_LIST,
    "survey!C14": Sign.MISSING_LABEL,
    "survey!D15": Sign.BAD_EXPRESSION,
    "survey!D16": Sign.COMPARED_WITH_BLANK,
    "survey!D17": Sign.UNKNOWN_QUESTION,
    "survey!D18": Sign.UNKNOWN_CODE,
    "survey!F18": Sign.NOT_A_FLAG,
    "survey!E19": Sign.BAD_EXPRESSION,
    "survey!E20": Sign.BAD_PATTERN,
    "survey!A21": Sign.CALCULATION,
    "survey!A22": Sign.MISSING_TYPE,
}


def test_every_fault_is_told_at_once_at_its_cell() -> None:
    found = read(book(FAULTY, CHOICES))
    assert found.questionnaire is None
    assert errors(found) == set(FOUND.items())
    said = told(found)
    assert said[("survey!B2", Sign.BAD_NAME)] == {"instead": "B1"}
    assert said[("survey!B3", Sign.BAD_NAME)] == {"instead": "Q3"}
    assert said[("survey!B7", Sign.DUPLICATE_NAME)] == {"first": "B6", "instead": "a_2"}
    assert said[("survey!D15", Sign.BAD_EXPRESSION)]["instead"] == "${g} = '1'"
    assert said[("survey!D16", Sign.COMPARED_WITH_BLANK)] == {"instead": "not(${g} != '')"}
    assert said[("survey!E19", Sign.BAD_EXPRESSION)]["instead"] == ". > 3"
    assert [one.content for one in found.findings if one.cell == "B2" and one.sheet == "survey"] == ["Ｂ１"]


def test_findings_stand_in_the_order_of_the_cells() -> None:
    cells = [(one.sheet, int("".join(filter(str.isdigit, one.cell)))) for one in read(book(FAULTY, CHOICES)).findings]
    survey = [row for sheet, row in cells if sheet == "survey"]
    assert survey == sorted(survey)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_finding_has_a_sentence_without_gaps(language: Language) -> None:
    for one in read(book(FAULTY, CHOICES)).findings:
        sentence = wording_xlsform.finding(one, language)
        assert sentence
        assert "%(" not in sentence
        assert "None" not in sentence
        assert wording_xlsform.place(one, language) == f"{one.sheet}!{one.cell}"


def test_every_sign_has_a_sentence() -> None:
    assert set(wording_xlsform.SIGNS) == set(Sign)
    assert wording_xlsform.finding(Finding("", "", "", Sign.NO_SURVEY, {"sheets": ("a", "b")}), "ja").count("a、b") == 1
    assert Sign.NESTED_GROUP in NOTES
    assert Sign.DEFINITION not in NOTES


def test_groups_and_repeats_that_do_not_fit() -> None:
    rows = """
    type         | name | label
    begin_group  | A    | 甲
    begin_repeat | R    | 表
    text         | a    | 一
    end_group    |      |
    end_repeat   |      |
    begin_repeat | S    | 表
    begin_repeat | T    | 中の表
    text         | b    | 二
    end_repeat   |      |
    end_repeat   |      |
    begin_repeat | U    | 空の表
    end_repeat   |      |
    begin_group  | B    | 空の節
    end_group    |      |
    begin_group  | C    | 閉じない
    text         | c    | 三
    begin loop   | L    | 繰返し
    """
    found = read(book(rows))
    assert errors(found) == {
        ("survey!A5", Sign.CROSSED),
        ("survey!A6", Sign.NOT_OPENED),
        ("survey!A8", Sign.NESTED_REPEAT),
        ("survey!A12", Sign.EMPTY_TABLE),
        ("survey!A16", Sign.NOT_CLOSED),
        ("survey!A18", Sign.UNSUPPORTED_TYPE),
    }
    assert ("survey!A14", Sign.EMPTY_GROUP) in told(found)


def test_faults_in_the_choices() -> None:
    choices = """
    list_name | name   | label
    umu       | 1      | 有
    umu       | 1      | 無
    umu       | は い  | 別
    umu       | x      |
    umu       |        | 名前なし
              | y      | 一覧なし
    """
    found = read(
        book("type | name | label | relevant\nselect_one umu | a | 甲 |\ntext | b | 乙 | ${a} = 'は い'", choices)
    )
    assert errors(found) == {
        ("choices!B3", Sign.DUPLICATE_CODE),
        ("choices!B4", Sign.BAD_CODE),
        ("choices!C5", Sign.MISSING_LABEL),
        ("choices!B6", Sign.MISSING_NAME),
        ("choices!A7", Sign.MISSING_LIST),
    }


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("${a} ＝ ’１’", "${a} = '1'"),
        ("${a} >= 1 && ${a} <= 3", "${a} >= 1 and ${a} <= 3"),
        ("${a} ≧ 1 OR ${a} ≠ 2", "${a} >= 1 or ${a} != 2"),
        ("${a} > now()", "${a} > today()"),
        ("${a} > date('2026-04-01')", "${a} > '2026-04-01'"),
        ("number(${a}) / 2 > 1", "${a} div 2 > 1"),
        ("${a} > true", "${a} > true()"),
        ("${担当} = 'x'", "${Q3} = 'x'"),
        ("concat(${a}, 'x') = 'y'", ""),
    ],
)
def test_what_to_write_instead_of_an_expression_that_cannot_be_read(written: str, instead: str) -> None:
    rows = [["type", "name", "label", "relevant"], ["integer", "a", "甲"], ["text", "担当", "乙"]]
    found = read(book([*rows, ["text", "b", "丙", written]]))
    assert told(found)[("survey!D4", Sign.BAD_EXPRESSION)]["instead"] == instead


def test_rules_between_questions_are_told_at_their_cells() -> None:
    rows = """
    type | name | label | relevant | constraint | constraint_message | shokai::least | shokai::most | shokai::longest
    integer | a | 甲 | ${b} = 1 |  |  |  |  | 20
    integer | b | 乙 | ${a} = 1 | ${c} > 1 | 文 | 9 | 1 |
    text | c | 丙 | . = 'x' |  |  |  |  | 長い
    """
    assert errors(read(book(rows))) == {
        ("survey!D2", Sign.DEFINITION),
        ("survey!I2", Sign.WRONG_VALUE),
        ("survey!D3", Sign.DEFINITION),
        ("survey!G3", Sign.DEFINITION),
        ("survey!D4", Sign.DEFINITION),
        ("survey!I4", Sign.NOT_A_NUMBER),
    }


def test_a_kind_that_does_not_fit_its_type() -> None:
    rows = """
    type           | name | label | shokai::kind
    integer        | a    | 甲    | email
    text           | b    | 乙    | nothing
    select_one umu | c    | 丙    | yesno
    """
    found = read(book(rows, CHOICES + "\numu | 2 | 他"))
    assert errors(found) == {
        ("survey!D2", Sign.WRONG_VALUE),
        ("survey!D3", Sign.WRONG_VALUE),
        ("survey!A4", Sign.WRONG_VALUE),
    }


def test_workbooks_that_are_no_xlsform() -> None:
    assert errors(read(packed({"回答": [["設問", "回答"]]}))) == {("!", Sign.NO_SURVEY)}
    assert errors(read(packed({"survey": [["設問", "回答"], ["a", "b"]]}))) == {("survey!", Sign.NO_HEADER)}
    assert errors(read(book("type | name | label"))) == {("survey!", Sign.EMPTY_SURVEY)}
    assert errors(read(book([["type"], ["text"]]))) >= {("survey!", Sign.MISSING_COLUMN)}
    assert errors(read(book("type | name | label | name\ntext | a | 甲 | b"))) == {("survey!D1", Sign.DOUBLE_COLUMN)}


def test_cells_that_a_workbook_has_changed() -> None:
    rows = [["type", "name", "label"], ["text", "a", "=1+1"], ["text", "b", "#REF!"], ["text", "c", date(2026, 4, 1)]]
    assert errors(read(book(rows))) == {
        ("survey!C2", Sign.BROKEN_CELL),
        ("survey!C2", Sign.MISSING_LABEL),
        ("survey!C3", Sign.BROKEN_CELL),
        ("survey!C4", Sign.DATE_IN_CELL),
    }


def test_too_many_rows_do_not_hold_anybody_up() -> None:
    rows = [["type", "name", "label"], *(["text", f"q{number}", "甲"] for number in range(2_100))]
    assert errors(read(book(rows))) == {("survey!", Sign.TOO_MANY_ROWS)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_pattern_that_cannot_be_used_is_refused_at_its_cell(language: Language) -> None:
    rows = [
        ["type", "name", "label", "constraint", "shokai::pattern"],
        ["text", "a", "甲", "regex(., '(?=a)[a-z]+')", None],
        ["text", "b", "乙", None, r"(.)\1"],
        ["text", "c", "丙", r"regex(., '(\d+(-\d+)*)+')", None],
    ]
    found = read(book(rows))
    assert ("survey!D2", Sign.DEFINITION) in errors(found)
    assert ("survey!E3", Sign.DEFINITION) in errors(found)
    assert not [one for one in found.errors if one.cell.endswith("4")]
    sentences = [wording_xlsform.finding(one, language) for one in found.errors]
    assert any("(?=a)[a-z]+" in one and "[0-9]{3}" in one for one in sentences)
    assert found.questionnaire is None


LONG = 2_000
UNSEEN = {"\u202e": "U+202E", "\u2067": "U+2067", "\x7f": "U+007F", "\x85": "U+0085"}


@pytest.mark.parametrize("mark", UNSEEN)
def test_marks_that_nobody_sees_are_told_at_every_cell(mark: str) -> None:
    rows = [
        ["type", "name", "label", "hint", "label::English (en)", "constraint_message"],
        ["select_one umu", f"a{mark}", f"甲{mark}乙", f"{mark}補足", f"A{mark}", f"文{mark}"],
        ["text", "b", "一行目\n二行目\t三", None, "B", None],
    ]
    choices = [["list_name", "name", "label"], ["umu", f"x{mark}", "有"], ["umu", "y", f"無{mark}"]]
    settings = [["form_title", "form_id"], [f"題{mark}", "bosai"]]
    found = read(book(rows, choices, settings))
    told_of = {place for place, sign in errors(found) if sign is Sign.CONTROL_CHARACTER}
    assert told_of == {*(f"survey!{column}2" for column in "BCDEF"), "choices!B2", "choices!C3", "settings!A2"}
    (label,) = (one for one in found.findings if (one.cell, one.sheet) == ("C2", "survey"))
    assert label.context == {"place": 2, "point": UNSEEN[mark]}
    said = "2文字目に使えない文字（" + UNSEEN[mark] + "）があります。その文字を消してください。"
    assert wording_xlsform.finding(label, "ja") == said, "as the pages say it"
    assert found.questionnaire is None


def test_texts_of_any_length_are_told_at_their_cells() -> None:
    rows = [
        ["type", "name", "label", "hint", "relevant"],
        ["select_one umu", "a", "甲" * (LONG + 1), "補" * 32_000, None],
        ["text", "b", "乙" * LONG, None, " or ".join(["${a} = '1'"] * 1_500)],
    ]
    choices = [["list_name", "name", "label"], ["umu", "1", "有" * 32_000], ["umu", "0", "無"]]
    settings = [["form_title", "form_id"], ["題" * 5_000, "bosai"]]
    found = read(book(rows, choices, settings))
    long = {place: context for (place, sign), context in told(found).items() if sign is Sign.TOO_LONG}
    assert set(long) == {"survey!C2", "survey!D2", "survey!E3", "choices!C2", "settings!A2"}
    assert long["survey!C2"] == {"longest": LONG, "length": LONG + 1}
    assert found.questionnaire is None
