"""What an XLSForm says, as a questionnaire: kinds, sections, tables, conditions, languages."""

from books import book, errors, read, told

from exports.xlsform.findings import Sign
from questions.model import Question, Questionnaire, Table

YES_NO = """
list_name | name | label::Japanese (ja) | label::English (en)
umu       | 1    | 有                   | Yes
umu       | 0    | 無                   | No
"""


def sound(content: bytes) -> Questionnaire:
    """Read a workbook that has no errors."""
    found = read(content)
    assert found.errors == ()
    assert found.questionnaire is not None
    return found.questionnaire


def question(asked: Questionnaire, name: str) -> Question:
    """Return a question."""
    return asked.questions[name]


def test_a_form_in_two_languages() -> None:
    asked = sound(
        book(
            """
            type|name|label::Japanese (ja)|label::English (en)|hint::Japanese (ja)|hint::English (en)|required
            begin_group | A | 担当者 | Person in charge |  |  |
            text | A1 | 氏名 | Name | 姓と名 | Both names | yes
            end_group |  |  |  |  |  |
            begin_group | B | 備蓄 | Stocks |  |  |
            select_one umu | B1 | 備蓄の有無 | Are there stocks? |  |  | TRUE
            end_group |  |  |  |  |  |
            """,
            YES_NO,
        )
    )
    assert (asked.name, asked.title.ja) == ("bosai", "防災備蓄調査")
    assert [(one.name, one.title.en) for one in asked.sections] == [("A", "Person in charge"), ("B", "Stocks")]
    name = question(asked, "A1")
    assert (name.label.ja, name.label.en, name.hint and name.hint.en) == ("氏名", "Name", "Both names")
    assert name.required
    assert [one.label.en for one in question(asked, "B1").kind.choices] == ["Yes", "No"]


def test_every_type_becomes_its_kind() -> None:
    asked = sound(
        book(
            """
            type                | name | label | appearance  | parameters             | shokai::kind
            text                | a    | 甲    |             |                        |
            text                | b    | 乙    | multiline   |                        |
            integer             | c    | 丙    |             |                        |
            decimal             | d    | 丁    |             |                        |
            date                | e    | 戊    |             |                        |
            date                | f    | 己    | month-year  |                        |
            date                | g    | 庚    | year        |                        |
            select one umu      | h    | 辛    | minimal     |                        |
            select_multiple umu | i    | 壬    |             |                        |
            range               | j    | 癸    |             | start=1 end=5 step=1   |
            acknowledge         | k    | 確認  |             |                        |
            text                | l    | 宛先  |             |                        | email
            text                | m    | 団体  |             |                        | municipality
            text                | n    | 構成  |             |                        | municipalities
            text                | o    | 年度  |             |                        | years
            select_one umu      | p    | 可否  |             |                        | yesno
            file                | q    | 別紙  |             |                        |
            image               | r    | 写真  |             |                        |
            """,
            YES_NO,
        )
    )
    kinds = {name: one.kind.name for name, one in asked.questions.items()}
    assert kinds == {
        **{"a": "line", "b": "prose", "c": "whole", "d": "amount", "e": "day", "f": "month", "g": "year"},
        **{"h": "one", "i": "several", "j": "whole", "k": "one", "l": "email", "m": "municipality"},
        **{"n": "municipalities", "o": "years", "p": "yesno", "q": "files", "r": "files"},
    }
    assert (question(asked, "j").kind.least, question(asked, "j").kind.most) == (1, 5)
    assert question(asked, "d").kind.places == 6
    assert question(asked, "r").kind.types == ("jpg", "png")
    assert question(asked, "p").kind.yes.ja == "有"


def test_a_repeat_is_a_table_and_groups_in_it_are_levelled() -> None:
    found = read(
        book(
            """
            type         | name   | label    | relevant        | repeat_count | shokai::most
            begin_group  | D      | 要望     |                 |              |
            begin_repeat | items  | 要望事項 |                 |              | 5
            text         | d1     | 件名     |                 |              |
            begin_group  | inner  | 詳細     | ${d1} != ''     |              |
            text         | d2     | 内容     | ${d1} = 'x'     |              |
            end_group    |        |          |                 |              |
            end_repeat   |        |          |                 |              |
            begin repeat | three  | 三つ     |                 | 3            |
            integer      | d3     | 数       |                 |              |
            end repeat   |        |          |                 |              |
            end_group    |        |          |                 |              |
            """
        )
    )
    assert found.questionnaire is not None
    table, three = found.questionnaire.sections[0].items
    assert isinstance(table, Table)
    assert isinstance(three, Table)
    assert (table.name, table.most, [one.name for one in table.questions]) == ("items", 5, ["d1", "d2"])
    inner = table.question("d2")
    assert inner.relevant is not None
    assert inner.relevant.source == "(${d1} != '') and (${d1} = 'x')"
    assert inner.hint is not None
    assert inner.hint.ja == "詳細"
    assert (three.least, three.most) == (3, 3)
    assert told(found)[("survey!A5", Sign.NESTED_GROUP)] == {"name": "inner"}
    assert ("survey!A3", Sign.OPEN_REPEAT) not in told(found)


def test_questions_outside_groups_get_sections_and_notes_find_a_place() -> None:
    found = read(
        book(
            """
            type         | name | label
            note         | n1   | 期限までに回答してください。
            text         | a    | 甲
            integer      | b    | 乙
            begin_group  | G    | 節
            note         | n2   | 単位は千円です。
            integer      | c    | 丙
            note         | n3   | 終わりです。
            end_group    |      |
            text         | d    | 丁
            begin_repeat | R    | 表
            text         | e    | 戊
            end_repeat   |      |
            """
        )
    )
    asked = found.questionnaire
    assert asked is not None
    assert [label.ja for label in asked.guide] == ["期限までに回答してください。", "終わりです。"]
    assert [(one.name, [item.name for item in one.items]) for one in asked.sections] == [
        ("section_1", ["a", "b"]),
        ("G", ["c"]),
        ("section_2", ["d"]),
        ("R", ["R"]),
    ]
    hint = question(asked, "c").hint
    assert hint is not None
    assert hint.ja == "単位は千円です。"
    assert {place for place, sign in told(found) if sign is Sign.OWN_SECTION} == {
        "survey!A3",
        "survey!A10",
        "survey!A11",
    }
    assert told(found)[("survey!C6", Sign.NOTE_MOVED)] == {"to": "c"}


def test_or_other_adds_a_choice_and_a_question() -> None:
    found = read(
        book(
            """
            type                         | name | label | required
            select_one umu or_other      | a    | 甲    | yes
            select_multiple umu or_other | b    | 乙    |
            """,
            YES_NO,
        )
    )
    asked = found.questionnaire
    assert asked is not None
    assert list(asked.questions) == ["a", "a_other", "b", "b_other"]
    assert [one.code for one in question(asked, "a").kind.choices] == ["1", "0", "other"]
    first, second = question(asked, "a_other"), question(asked, "b_other")
    assert first.relevant is not None
    assert second.relevant is not None
    assert (first.relevant.source, first.required) == ("${a} = 'other'", True)
    assert second.relevant.source == "selected(${b}, 'other')"
    assert told(found)[("survey!A2", Sign.OTHER_ADDED)] == {"code": "other", "name": "a_other"}


def test_conditions_constraints_and_patterns() -> None:
    asked = sound(
        book(
            """
            type    | name | label | relevant          | constraint                 | constraint_message
            integer | a    | 甲    |                   | . >= 0 and . <= 100        | 0から100まで
            integer | b    | 乙    | ${a} > 3          | . <= ${a}                  | 甲以下に
            text    | tel  | 電話  |                   | regex(., '^[0-9-]+$')      | 数字で
            date    | day  | 日    | ${b} != ''        | . <= today()               | 今日以前に
            """
        )
    )
    assert [one.relevant and one.relevant.source for one in asked.questions.values()] == [
        None,
        "${a} > 3",
        None,
        "${b} != ''",
    ]
    pattern = question(asked, "tel").kind
    assert (pattern.pattern, pattern.pattern_message.ja) == ("^[0-9-]+$", "数字で")
    assert question(asked, "tel").constraint is None


def test_one_language_stands_for_both_and_is_told_once() -> None:
    found = read(book("type | name | label\ntext | a | 氏名\ntext | b | 住所"))
    asked = found.questionnaire
    assert asked is not None
    assert (question(asked, "a").label.ja, question(asked, "a").label.en) == ("氏名", "氏名")
    assert [place for place, sign in told(found) if sign is Sign.ONE_LANGUAGE] == ["survey!C1"]


def test_english_only_and_a_blank_translation() -> None:
    settings = [["form_title", "form_id", "default_language"], ["Stocks", "stocks", "English (en)"]]
    found = read(book("type | name | label\ntext | a | Name", settings=settings))
    assert found.questionnaire is not None
    assert told(found)[("survey!C1", Sign.ONE_LANGUAGE)] == {"language": "ja"}
    found = read(book("type | name | label::日本語 | label::English\ntext | a | 氏名 | Name\ntext | b | 住所 |"))
    assert found.questionnaire is not None
    assert question(found.questionnaire, "b").label.en == "住所"
    assert told(found)[("survey!D3", Sign.UNTRANSLATED)] == {"language": "en"}


def test_constants_are_calculations_that_are_whole_numbers() -> None:
    asked = sound(
        book(
            """
            type      | name  | label | calculation | constraint      | constraint_message
            calculate | LIMIT | 上限  | 1300000     |                 |
            integer   | a     | 額    |             | . <= ${LIMIT}   | 上限を超えています
            """
        )
    )
    assert asked.constants["LIMIT"].value == 1300000


def test_our_own_columns_say_what_xlsform_cannot() -> None:
    unit = ("shokai::unit::Japanese (ja)", "shokai::unit::English (en)")
    heads = ["shokai::longest", "shokai::least", "shokai::most", *unit, "shokai::example", "shokai::contact"]
    asked = sound(
        book(
            [
                ["type", "name", "label", *heads],
                ["text", "a", "甲", 50, None, None, None, None, "総務課", "yes"],
                ["integer", "b", "乙", None, 1, 99, "人", "persons"],
            ]
        )
    )
    text, number = question(asked, "a"), question(asked, "b").kind
    assert (text.kind.longest, text.example, text.contact) == (50, "総務課", True)
    assert (number.least, number.most, number.unit.en) == (1, 99, "persons")


def test_headings_are_found_however_they_are_written() -> None:
    asked = sound(
        book(
            [
                ["防災備蓄調査（案）"],
                ["Type", "ＮＡＭＥ", "Label : 日本語 (ja)", "label:English", "bind::relevant", "Bind:required"],
                ["integer", "a", "甲", "A", None, "true()"],
                ["integer", "b", "乙", "B", "${a} > 1", "false"],
            ]
        )
    )
    assert question(asked, "a").required
    assert question(asked, "b").relevant is not None
    assert errors(read(book([["type", "name", "label"], ["text", "a", "甲"]]))) == set()
