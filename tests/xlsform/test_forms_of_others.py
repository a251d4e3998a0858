"""Forms as KoboToolbox and ODK make them: taken in, with a word about everything that is read otherwise."""

from books import book, errors, packed, read, told

from exports.xlsform.findings import Sign

KOBO = [
    ["type", "name", "label", "required", "relevant", "appearance", "$kuid", "default", "calculation", "hint"],
    ["start", "start", None, None, None, None, "k1"],
    ["end", "end", None, None, None, None, "k2"],
    ["begin_group", "group_ab1", "基本情報", None, None, "field-list", "k3"],
    ["text", "_1_name", "1. 団体名", "true", None, None, "k4"],
    ["text", "mail", "2. 連絡先", "false", None, None, "k5", "なし"],
    ["select_one ab3", "supports", "3. 支援の要否", "true", None, None, "k6"],
    ["text", "why", "4. 理由", "false", "${supports} = 'yes'", "multiline", "k7"],
    ["acknowledge", "ok", "5. 内容の確認", "true", None, None, "k8"],
    ["geopoint", "place", "6. 場所", "false", None, None, "k9"],
    ["end_group", None, None, None, None, None, "/k3"],
]
KOBO_CHOICES = [["list_name", "name", "label"], ["ab3", "yes", "要する"], ["ab3", "no", "要しない"]]


def test_a_form_of_kobo() -> None:
    found = read(packed({"survey": KOBO, "choices": KOBO_CHOICES, "settings": [["style"], ["theme-grid"]]}))
    assert errors(found) == {("survey!B5", Sign.BAD_NAME), ("survey!A10", Sign.UNSUPPORTED_TYPE)}
    said = told(found)
    assert said[("survey!B5", Sign.BAD_NAME)] == {"instead": "Q1_name"}
    assert ("survey!H6", Sign.CELL_IGNORED) in said
    assert ("survey!A2", Sign.TYPE_IGNORED) in said
    assert ("survey!G1", Sign.COLUMN_IGNORED) not in said, "what Kobo keeps for itself is nobody's concern"


def test_a_form_of_kobo_once_it_is_mended() -> None:
    survey = [list(row) for row in KOBO]
    survey[4][1] = "Q1_name"
    survey[9][0] = "text"
    found = read(packed({"survey": survey, "choices": KOBO_CHOICES}))
    asked = found.questionnaire
    assert asked is not None
    assert asked.name == "questionnaire"
    assert [one.kind.name for one in asked.questions.values()] == ["line", "line", "one", "prose", "one", "line"]
    assert asked.title.ja == "調査票"
    assert {sign for _, sign in told(found)} >= {Sign.TITLE_ADDED, Sign.NAME_MADE}


ODK = """
type|name|label::English (en)|label::Français (fr)|constraint|relevant|choice_filter|repeat_count|media::image
begin group | household | Household | Ménage |  |  |  |  |
text | head | Name of the head | Nom du chef |  |  |  |  |
integer | members | Members | Membres | . > 0 and . < 30 |  |  |  |
end group |  |  |  |  |  |  |  |
begin repeat | child | Child | Enfant |  | ${members} > 1 |  | ${members} |
text | child_name | Name | Nom |  |  |  |  |
select_one county | born | Born in | Né à |  |  | state=${members} |  |
date | birthday | Birthday | Anniversaire | . <= ${today} |  |  |  | cake.png
end repeat |  |  |  |  |  |  |  |
today | today |  |  |  |  |  |  |
"""
ODK_CHOICES = """
list_name | name  | label::English (en) | state
county    | king  | King                | wa
county    | cook  | Cook                | il
"""


def test_a_form_of_odk() -> None:
    found = read(book(ODK, ODK_CHOICES, [["form_title", "form_id", "version"], ["Households", "Households-2026", 3]]))
    said = told(found)
    assert errors(found) == {("survey!E9", Sign.UNKNOWN_QUESTION)}
    assert said[("survey!E9", Sign.UNKNOWN_QUESTION)]["found"] == "today"
    assert said[("survey!H6", Sign.CELL_IGNORED)] == {"column": "repeat_count"}
    assert said[("survey!G8", Sign.CELL_IGNORED)] == {"column": "choice_filter"}
    assert ("survey!I1", Sign.COLUMN_IGNORED) in said
    assert ("survey!D1", Sign.OTHER_LANGUAGE) in said
    assert ("choices!D1", Sign.COLUMN_IGNORED) in said
    assert said[("settings!B2", Sign.NAME_MADE)] == {"name": "households_2026"}
    assert ("survey!E4", Sign.MESSAGE_ADDED) in said
    mended = read(book(ODK.replace("${today}", "today()"), ODK_CHOICES))
    assert mended.questionnaire is not None
    assert list(mended.questionnaire.tables) == ["child"]


def test_a_form_in_another_language_only_is_read() -> None:
    found = read(book("type | name | label::Français (fr)\ntext | a | Nom"))
    assert found.questionnaire is not None
    assert found.questionnaire.questions["a"].label.ja == "Nom"


def test_disabled_rows_and_remarks_beside_the_form_are_left_alone() -> None:
    found = read(book("type | name | label | disabled | 備考\ntext | a | 甲 | | 要確認\ntext | b | 乙 | yes |"))
    assert found.questionnaire is not None
    assert list(found.questionnaire.questions) == ["a"]
    assert {sign for _, sign in told(found)} == {Sign.OWN_SECTION, Sign.ONE_LANGUAGE}
