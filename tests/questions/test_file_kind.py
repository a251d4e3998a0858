"""The kind whose answer is files: references to what is kept elsewhere, never the files themselves."""

import pytest
from small_inquiry import SETTING

from questions.kinds.base import Attached
from questions.kinds.files import FORMATS, LONGEST_NAME, MOST_MEGABYTES, Files, name_is_sound
from questions.problems import Code, FaultCode
from questions.reading import FaultyDefinition, read_toml

ONE, TWO, THREE, FOUR = (
    f"{digit * 32} {name}" for digit, name in zip("12ab", ("協定書.pdf", "規約.docx", "図.png", "表.xlsx"), strict=True)
)


def definition(options: str) -> str:
    """A questionnaire with one question of files."""
    return f"""
name = "small"
title = {{ ja = "題", en = "Title" }}
style = {{ ja = "様式", en = "Form" }}
[[sections]]
name = "S"
title = {{ ja = "節", en = "Section" }}
[[sections.questions]]
name = "F"
kind = "files"
label = {{ ja = "別紙", en = "Files" }}
{options}
"""


def test_a_text_for_each_file_is_read_as_a_reference() -> None:
    parsed = Files().parse((ONE, TWO), SETTING)
    assert parsed.value == (Attached("1" * 32, "協定書.pdf"), Attached("2" * 32, "規約.docx"))
    assert not parsed.problems


def test_people_read_the_names() -> None:
    kind = Files()
    value = kind.parse((ONE, TWO), SETTING).value
    assert value is not None
    assert kind.show(value, "ja", SETTING) == "協定書.pdf、規約.docx"
    assert kind.show(value, "en", SETTING) == "協定書.pdf, 規約.docx"
    assert kind.cells(value, SETTING) == ("協定書.pdf、規約.docx",)
    assert kind.operand(value) == ("1" * 32, "2" * 32)


def test_the_same_file_twice_is_one() -> None:
    assert Files().parse((ONE, ONE), SETTING).value == (Attached("1" * 32, "協定書.pdf"),)


@pytest.mark.parametrize(
    "text",
    [
        "協定書.pdf",
        "1" * 32,
        "1" * 32 + " ",
        "1" * 31 + " a.pdf",
        "G" * 32 + " a.pdf",
        "1" * 32 + " a/b.pdf",
        "1" * 32 + " a\\b.pdf",
        "1" * 32 + " a\nb.pdf",
        "1" * 32 + " a\x07.pdf",
        "1" * 32 + " fdp.\u202eexe.pdf",
        "1" * 32 + " " + "長" * LONGEST_NAME + ".pdf",
    ],
)
def test_what_is_no_reference_is_told(text: str) -> None:
    (problem,) = Files().parse((text,), SETTING).problems
    assert problem.code is Code.NOT_A_FILE
    assert Files().attached((text, ONE)) == (Attached("1" * 32, "協定書.pdf"),)


def test_more_files_than_are_asked_for_are_told_and_still_named() -> None:
    parsed = Files().parse((ONE, TWO, THREE, FOUR), SETTING)
    assert parsed.value is None
    assert [(one.code, dict(one.context)) for one in parsed.problems] == [
        (Code.TOO_MANY_FILES, {"most": 3, "found": 4})
    ]
    assert len(Files().attached((ONE, TWO, THREE, FOUR))) == 4


def test_no_type_that_can_hold_a_macro_is_offered() -> None:
    endings = {ending for one in FORMATS.values() for ending in one.endings}
    assert endings == {"pdf", "docx", "xlsx", "jpg", "jpeg", "png"}


def test_a_definition_says_how_many_of_which_types_and_sizes() -> None:
    kind = read_toml(definition('most = 2\nmegabytes = 5\ntypes = ["pdf", "jpg"]')).questions["F"].kind
    assert dict(kind.limits()) == {"files": 2, "megabytes": 5, "types": ("PDF", "JPEG")}
    assert kind.attaches
    assert not kind.portable


@pytest.mark.parametrize(
    "options", ['types = ["docm"]', 'types = ["exe"]', "types = []", "most = 0", "megabytes = 21", "most = 7"]
)
def test_a_definition_cannot_ask_for_anything_unsafe(options: str) -> None:
    with pytest.raises(FaultyDefinition) as raised:
        read_toml(definition(options))
    assert {fault.code for fault in raised.value.faults} == {FaultCode.WRONG_VALUE}


def test_what_a_page_may_send_is_bounded() -> None:
    kind = Files()
    assert kind.most * kind.megabytes <= MOST_MEGABYTES


@pytest.mark.parametrize(
    ("name", "sound"), [("協定書 (案).pdf", True), ("", False), ("  ", False), ("a\tb.pdf", False)]
)
def test_names_under_which_files_can_be_kept(name: str, sound: bool) -> None:
    assert name_is_sound(name) is sound
