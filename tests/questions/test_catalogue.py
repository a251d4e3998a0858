"""The four questionnaires that come with the program: they read, and each of their rules is broken and kept."""

from typing import Any

import pytest
from small_inquiry import DATE, FUKUSHIMA, SETTING, Typed, examined, told

from questions.kinds.choices import Chosen
from questions.model import Questionnaire
from questions.problems import Code, Level
from questions.reading import catalogue, read_catalogue
from questions.setting import Setting

OFFICE: Typed = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "０２４１－４８－５５１１（内線１２）",
    "A6": "somu@town.mishima.lg.jp",
    "A7": "総務課長等（専決）",
    "A8": "R8.11.20",
}
NEED: Typed = {
    "D1": "1",
    "D2": "TAX",
    "D4": "BRIEF",
    "D5": "件名",
    "D6": "内容",
    "D7": "背景",
    "D9": "once",
    "D12": "H",
    "D13": "S",
    "D17": "open",
}
CASE: Typed = {
    "K1": "観光",
    "K2": ("tour",),
    "K3": "三島町；金山町",
    "K4": "council",
    "K5": "run",
    "K7": "概要",
    "K10": "理由",
    "K11": ("none",),
    "K13": ("none",),
    "K15": "金山町",
}
TAX: Typed = {
    "T1": "1,000",
    "T2": "400",
    "T4": "15.5",
    "T5": "1.5",
    "T8": "new",
    "T9": ("ind",),
    "T10": "3",
    "T11": "900",
    "T12": "R9.4",
    "T13": "R10.3",
}
GRANT: Typed = {
    **OFFICE,
    "B1": "1",
    "G1": "奥会津連携研究会",
    "G2": "三島町",
    "G3": "三島町；金山町",
    "G4": ("gen", "ict"),
    "G5": "2027",
    "G7": "目的",
    "G8": "効果",
}
REPLIES: dict[str, Any] = {
    "support_needs": {**OFFICE, "B1": "1", "B4": ("TAX",), **TAX, "D": [NEED]},
    "cooperation_cases": {**OFFICE, "B1": "1", "K": [CASE]},
    "grant_cooperation": {**GRANT, "G9": [{"G9a": "survey", "G9b": "調査委託", "G9c": "200,000円"}], "G10": "200,000"},
    "grant_small": {
        **GRANT,
        "G9": [{"G9a": "三島町", "G9b": "1", "G9c": "full"}, {"G9a": "金山町", "G9b": "1", "G9c": "part"}],
        "G10": "三島町役場",
        "G11": "R9.4",
        "G12": "R12.3",
        "G13": "理由",
        "G14": "1,300,000",
        "G15": "1,300,000",
    },
}
DECLARED = {
    "support_needs": [],
    "cooperation_cases": [],
    "grant_cooperation": ["G3 check G1-07"],
    "grant_small": ["G1 check G2-07"],
}
FORMS = {name: read_catalogue(name) for name in catalogue()}


def problems(name: str, change: Typed, setting: Setting = SETTING) -> list[str]:
    """The problems of a complete reply with a change, but for what every reply is asked to confirm."""
    found = told(examined(FORMS[name], {**REPLIES[name], **change}, setting).problems())
    assert [one for one in found if one in DECLARED[name]] == DECLARED[name] or change.get("B1") == "0"
    return [one for one in found if one not in DECLARED[name]]


def test_the_four_questionnaires_of_the_catalogue() -> None:
    sizes = {name: len(form.questions) + len(form.tables) for name, form in FORMS.items()}
    assert sizes == {"cooperation_cases": 27, "grant_cooperation": 23, "grant_small": 28, "support_needs": 74}
    assert [section.name for section in FORMS["support_needs"].sections] == list("ABHTLINDZ")
    with pytest.raises(LookupError):
        read_catalogue("../support_needs")


@pytest.mark.parametrize("name", catalogue())
def test_names_and_labels_can_be_told_apart(name: str) -> None:
    form = FORMS[name]
    assert form.name == name
    names = [*form.questions, *form.tables]
    assert len({one.casefold() for one in names}) == len(names), "names of cells know no case"
    for question in form.questions.values():
        if isinstance(question.kind, Chosen):
            options = question.kind.options(Setting())
            for labels in (
                [one.label.ja for one in options],
                [one.label.en for one in options],
                [one.code.casefold() for one in options],
            ):
                assert len(set(labels)) == len(labels), question.name


@pytest.mark.parametrize("name", catalogue())
def test_a_complete_reply_has_no_problems(name: str) -> None:
    assert problems(name, {}) == []
    assert examined(FORMS[name], REPLIES[name]).blocking() == ()


@pytest.mark.parametrize("name", catalogue())
def test_nothing_to_ask_for_is_a_whole_reply(name: str) -> None:
    nil = examined(FORMS[name], {**OFFICE, "B1": "該当なし"})
    assert nil.nil
    assert nil.problems() == ()
    assert not examined(FORMS[name], REPLIES[name]).nil


@pytest.mark.parametrize("name", catalogue())
def test_an_empty_reply_is_told_what_is_required(name: str) -> None:
    found = examined(FORMS[name], {}).problems()
    assert {problem.code for problem in found} == {Code.REQUIRED}
    assert {problem.question for problem in found} == {"A2", "A3", "A4", "A5", "A6", "A7", "A8", "B1"}


HR_AND_LAW = [f"{name} required" for name in ("H1", "H2", "H3", "L1", "L2", "L3")]


def expense(amount: str) -> list[dict[str, str]]:
    """A breakdown of expenses of one row."""
    return [{"G9a": "pr", "G9b": "啓発", "G9c": amount}]


def sends(*towns: str) -> list[dict[str, str]]:
    """Staff sent by towns."""
    return [{"G9a": town, "G9b": "1", "G9c": "full"} for town in towns]


SEVEN = "福島市；072133；檜枝岐村；三島町；金山町；双葉町；012335"
BROKEN = [
    ("support_needs", {"A5": "電話は代表へ"}, ["A5 pattern"]),
    ("support_needs", {"A8": "R8.11.25"}, ["A8 constraint"]),
    ("support_needs", {"T2": "1,001"}, ["T2 constraint"]),
    ("support_needs", {"T11": "1,001"}, ["T11 constraint"]),
    ("support_needs", {"T11": "1,001", "T3": "1"}, []),
    ("support_needs", {"T13": "R9.3"}, ["T13 constraint"]),
    ("support_needs", {"T13": "R9.4"}, []),
    ("support_needs", {"T8": "think", "T13": "R9.3", "T11": "x"}, []),
    ("support_needs", {"B4": ("HR", "LAW")}, [*HR_AND_LAW, "D-1 > D2 constraint"]),
    ("support_needs", {"D": [{**NEED, "D13": "J"}]}, ["D-1 > D14 required"]),
    ("support_needs", {"D": [{**NEED, "D13": "J", "D14": "三島町；金山町"}]}, ["D-1 > D14 constraint"]),
    ("support_needs", {"D": [{**NEED, "D13": "J", "D14": "金山町"}]}, []),
    ("support_needs", {"D": [{**NEED, "D4": "SECOND"}]}, ["D-1 > D10 required", "D-1 > D11 required"]),
    ("support_needs", {"D": [{**NEED, "D4": "JOINT"}]}, ["D-1 > D10 required"]),
    ("support_needs", {"D": [NEED, NEED]}, ["D rank"]),
    ("support_needs", {"B1": "0", "B2": "other"}, ["B3 required"]),
    ("cooperation_cases", {"K": [{**CASE, "K3": "三島町"}]}, ["K-1 > K3 too_few_choices"]),
    ("cooperation_cases", {"K": [{**CASE, "K3": "金山町；檜枝岐村"}]}, ["K-1 > K3 constraint"]),
    ("cooperation_cases", {"K": [{**CASE, "K15": "福島市"}]}, ["K-1 > K15 constraint"]),
    ("grant_cooperation", {"G3": "三島町", "G10": "100000"}, ["G3 check G1-01"]),
    ("grant_cooperation", {"G2": "福島市"}, ["G2 constraint"]),
    ("grant_cooperation", {"G4": ("gen",)}, ["G4 check G1-02"]),
    ("grant_cooperation", {"G9": expense("200001"), "G10": "200001"}, ["G10 check G1-03"]),
    ("grant_cooperation", {"G6": "2025、2026"}, ["G6 check G1-04"]),
    ("grant_cooperation", {"G6": "2026、2027"}, []),
    ("grant_cooperation", {"G6": "2026"}, []),
    ("grant_cooperation", {"G3": SEVEN, "G9": expense("700000"), "G10": "600001"}, ["G10 check G1-05"]),
    ("grant_cooperation", {"G3": SEVEN, "G9": expense("700000"), "G10": "600000"}, []),
    ("grant_cooperation", {"G9": expense("99999") * 2}, ["G10 check G1-06"]),
    ("grant_small", {"G4": ("gen",)}, ["G4 check G2-02"]),
    ("grant_small", {"G9": sends("三島町") * 2}, ["G9 check G2-03"]),
    ("grant_small", {"G6": "2024、2025、2026"}, ["G6 check G2-04"]),
    ("grant_small", {"G6": "2025、2026、2027"}, []),
    ("grant_small", {"G15": "1,200,000"}, ["G15 check G2-05"]),
    ("grant_small", {"G14": "1,299,999"}, ["G15 check G2-06"]),
    ("grant_small", {"G12": "R9.3"}, ["G12 constraint"]),
    ("grant_small", {"G9": sends("三島町", "福島市")}, ["G9-2 > G9a constraint"]),
]  # fmt: skip
CITIES: Typed = {
    "G2": "福島市",
    "G3": f"福島市；{DATE}",
    "G9": sends(FUKUSHIMA, DATE),
}


@pytest.mark.parametrize(("name", "change", "expected"), BROKEN)
def test_a_rule_is_broken_and_kept(name: str, change: Typed, expected: list[str]) -> None:
    assert problems(name, change) == expected


def test_towns_without_a_small_one_may_be_let_in_by_the_division() -> None:
    assert problems("grant_small", CITIES) == ["G3 check G2-01"]
    lifted = Setting(SETTING.roster, SETTING.municipality, SETTING.today, frozenset({"G2-01"}))
    assert problems("grant_small", CITIES, lifted) == []


def test_a_town_that_nobody_lives_in_is_small() -> None:
    with_futaba: Typed = {**CITIES, "G3": f"福島市；{DATE}；双葉町"}
    assert problems("grant_small", with_futaba) == []


def test_what_is_only_confirmed_does_not_block() -> None:
    for name, change, expected in BROKEN:
        form: Questionnaire = FORMS[name]
        levels = {f"{check.at} check {check.name}": check.level for check in form.checks}
        blocking = told(examined(form, {**REPLIES[name], **change}).blocking())
        assert blocking == [one for one in expected if levels.get(one, Level.ERROR) is Level.ERROR]
    confirmed = [check.name for form in FORMS.values() for check in form.checks if check.level is Level.CONFIRM]
    assert confirmed == ["G1-05", "G1-07", "G2-05", "G2-07"]


def test_every_rule_and_constraint_is_broken_above() -> None:
    rules = {f" check {check.name}" for form in FORMS.values() for check in form.checks}
    constrained = {
        f"{one.name} constraint" for form in FORMS.values() for one in form.questions.values() if one.constraint
    }
    declared = [one for name in DECLARED for one in DECLARED[name]]
    broken = " ".join([*(one for _, _, expected in BROKEN for one in expected), *declared, "G3 check G2-01"])
    assert [rule for rule in rules | constrained if rule not in broken] == []
