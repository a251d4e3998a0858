"""Text that must not change, addresses, choices and names of towns."""

import pytest
from small_inquiry import DATE, DATE_IN_HOKKAIDO, MISHIMA, SETTING, read_as, told_about

from questions.kinds.base import Option
from questions.kinds.choices import One, Several, YesNo
from questions.kinds.municipalities import OneMunicipality, SeveralMunicipalities
from questions.kinds.texts import Email, Line, Prose
from questions.labels import Label
from questions.problems import Code

FIELDS = (
    Option(code="HR", label=Label(ja="人事交流の拡大", en="Personnel exchange")),
    Option(code="TAX", label=Label(ja="税の滞納整理；徴収", en="Tax arrears")),
)


@pytest.mark.parametrize(
    "text",
    [
        "髙橋",
        "𠮟る",
        "葛󠄀城市",
        "か\u3099き",
        "ｶﾞｷﾞ",
        "①㈱℡",
        "㍻",
        "末尾の空白  ",
        "　字下げ",
        "=1+1",
        "'007",
        "\ttab",
        "−５",
        "\u200b",
        "👩‍👩‍👧",
    ],
)
def test_free_text_is_kept_to_the_code_point(text: str) -> None:
    assert read_as(Line(), text) == text
    assert read_as(Prose(), text) == text


def test_a_line_break_is_one_character_whatever_sent_it() -> None:
    assert read_as(Prose(), "一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert read_as(Line(), "一\r\n二") is Code.LINE_BREAK
    assert read_as(Prose(longest=3), "一\r\n二") == "一\n二"


@pytest.mark.parametrize(
    ("text", "place", "point"),
    [
        ("あ\x00い", 2, "U+0000"),
        ("\x1b", 1, "U+001B"),
        ("あい\x7f", 3, "U+007F"),
        ("𠮟\x85る", 2, "U+0085"),
        ("a\ud800", 2, "U+D800"),
        ("\uffff", 1, "U+FFFF"),
        ("\ufffe", 1, "U+FFFE"),
    ],
)
def test_what_no_workbook_can_carry_is_told_with_its_place(text: str, place: int, point: str) -> None:
    for kind in (Line(), Prose(), Email()):
        assert read_as(kind, text) is Code.CONTROL_CHARACTER
        assert told_about(kind, text) == {"place": place, "point": point}


def test_length_is_counted_in_characters() -> None:
    assert read_as(Line(longest=2), "𠮟る") == "𠮟る"
    assert read_as(Line(longest=2), "𠮟るな") is Code.TOO_LONG
    assert told_about(Line(longest=2), "𠮟るな") == {"longest": 2, "length": 3}


def test_a_pattern_holds_for_the_whole_line() -> None:
    message = Label(ja="数字だけ", en="digits only")
    telephone = Line(pattern="[0-9-]+", pattern_message=message)
    assert read_as(telephone, "024-000-0000") == "024-000-0000"
    assert read_as(telephone, "024-000-0000 内線1") is Code.PATTERN
    assert told_about(telephone, "電話") == {"message": message}


@pytest.mark.parametrize("text", ["somu@town.mishima.lg.jp", " a.b+c@example.co.jp ", "x@lgwan.jp"])
def test_addresses(text: str) -> None:
    assert read_as(Email(), text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "somu",
        "somu@",
        "@town.lg.jp",
        "a b@c.jp",
        "a@b",
        "a@b..jp",
        "a@.jp",
        "総務@町.jp",
        "a@b.jp, c@d.jp",
        "a@b.jp\nc@d.jp",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert read_as(Email(), text) is Code.NOT_AN_EMAIL


def test_choices_by_code_or_label() -> None:
    one = One(choices=FIELDS)
    assert [read_as(one, text) for text in ("TAX", " TAX ", "税の滞納整理；徴収", "Tax arrears")] == ["TAX"] * 4
    assert read_as(one, "税の滞納整理") is Code.UNKNOWN_CHOICE
    assert told_about(one, "tax") == {"text": "tax", "choices": tuple(option.label for option in FIELDS)}
    assert read_as(one, "TAX", "HR") is Code.ONE_ONLY
    assert read_as(YesNo(yes=Label(ja="有", en="Yes"), no=Label(ja="無", en="No")), "無") == "0"


def test_several_choices_in_their_order_each_once() -> None:
    several = Several(choices=FIELDS)
    assert read_as(several, "TAX", "HR", "TAX") == ("HR", "TAX")
    assert read_as(several, "税の滞納整理；徴収；HR") is Code.UNKNOWN_CHOICE
    assert read_as(several, "税の滞納整理；徴収") == ("TAX",)
    assert read_as(several, "TAX;人事交流の拡大\n") == ("HR", "TAX")
    assert read_as(Several(choices=FIELDS, least=2), "TAX") is Code.TOO_FEW_CHOICES
    assert read_as(Several(choices=FIELDS, least=2), "TAX", "HR") == ("HR", "TAX")
    assert read_as(Several(choices=FIELDS, most=1), "TAX", "HR") is Code.TOO_MANY_CHOICES
    assert read_as(Several(choices=FIELDS, most=2), "TAX", "HR") == ("HR", "TAX")
    blank = several.parse(("；;",), SETTING)
    assert (blank.value, blank.problems) == (None, ())


def test_towns_by_code_or_by_a_name_that_only_one_bears() -> None:
    assert read_as(OneMunicipality(), "三島町") == read_as(OneMunicipality(), " 074446 ") == MISHIMA
    assert read_as(OneMunicipality(), "伊達市") is Code.AMBIGUOUS_MUNICIPALITY
    assert read_as(OneMunicipality(), DATE_IN_HOKKAIDO) == DATE_IN_HOKKAIDO
    assert read_as(OneMunicipality(), "七日町") is Code.UNKNOWN_MUNICIPALITY
    assert read_as(SeveralMunicipalities(), "三島町；072133") == (DATE, MISHIMA)
    assert read_as(SeveralMunicipalities(), "三島町", "伊達市") is Code.AMBIGUOUS_MUNICIPALITY
    assert read_as(SeveralMunicipalities(), "三島町", "三島") is Code.UNKNOWN_MUNICIPALITY
    assert read_as(SeveralMunicipalities(least=2), "三島町；三島町") is Code.TOO_FEW_CHOICES
