"""What changes between two versions of a questionnaire, what is refused, and what is carried along as retired."""

import json
from typing import Any

import pytest

from questions import editing
from questions.answers import Answers, Entry
from questions.carrying_over import find, revised
from questions.checking import Examination
from questions.contents import Contents, contents_of, dump, load
from questions.easing import rule_of
from questions.model import Questionnaire
from questions.problems import Code, Level
from questions.reading import FaultyDefinition, read_catalogue, read_document
from questions.retiring import as_answered, with_chosen
from questions.revision import compare, needed_by, new_rules
from questions.setting import Setting

BEFORE = read_catalogue("support_needs")


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(BEFORE.document)
    return found


def sorts(after: Questionnaire) -> list[tuple[str, str]]:
    return [(one.sort, one.name) for one in compare(BEFORE, after)]


def test_the_same_definition_changes_nothing() -> None:
    again = revised(BEFORE, document())
    assert again.digest == BEFORE.digest
    assert compare(BEFORE, again) == ()


def test_what_a_definition_leaves_out_is_retired_in_its_place() -> None:
    wanted = document()
    sections = wanted["sections"]
    sections[0]["questions"].pop(2)  # A3
    del wanted["choices"]["taxes"]["nhi"]
    gone = sections.pop(3)  # T: the whole section
    table = find(wanted, "D")
    table["questions"] = [one for one in table["questions"] if one["name"] != "D16"]
    after = revised(BEFORE, wanted)
    assert list(after.ever_asked) == list(BEFORE.ever_asked)
    retired = {name for name in after.ever_asked if name not in after.questions and name not in after.tables}
    assert retired == {"A3", "D16", *(one["name"] for one in gone["questions"])}
    assert all(one.name != "T" for one in after.sections)
    assert {one.sort for one in compare(BEFORE, after)} == {"retired"}


def test_a_choice_left_out_is_retired_and_still_read() -> None:
    wanted = document()
    del wanted["choices"]["taxes"]["nhi"]
    after = revised(BEFORE, wanted)
    holder = next(
        name for name, one in BEFORE.questions.items() if "nhi" in {o.code for o in one.kind.options(Setting())}
    )
    kind = after.questions[holder].kind
    assert ("option_retired", holder) in sorts(after)
    assert "nhi" not in {one.code for one in kind.options(Setting())}
    assert kind.parse(("nhi",), Setting()).value == ("nhi",)
    assert kind.show(("nhi",), "ja", Setting()) == "国民健康保険税"


def test_words_questions_choices_rules_and_order_are_told() -> None:
    wanted = editing.reworded(
        document(), "A5", editing.Wording({"ja": "電話", "en": "Telephone"}, None, None, required=True)
    )
    wanted = editing.with_option(wanted, "B4", "x1", {"ja": "広域", "en": "Wide"})
    name = editing.next_name(wanted, "B4", ())
    wanted = editing.with_question(wanted, "B4", {"name": name, "kind": "line", "label": {"ja": "新", "en": "New"}}, {})
    wanted = editing.moved(wanted, "A3", 1)
    check = {"name": "sum", "at": "H2", "expression": "${H2} <= ${H1}", "message": {"ja": "多い", "en": "Too many"}}
    found = sorts(revised(BEFORE, editing.with_check(wanted, check)))
    assert name == "B5"
    for one in (("label", "A5"), ("added", "B5"), ("option_added", "B4"), ("order", "A"), ("check_added", "sum")):
        assert one in found
    assert not any(one.refused for one in compare(BEFORE, revised(BEFORE, wanted)))


@pytest.mark.parametrize(
    ("name", "key", "value", "refused"),
    [
        ("A3", "kind", "whole", "kind"),
        ("T1", "unit", {"ja": "円", "en": "yen"}, "meaning"),
        ("A2", "longest", 5, "narrowed"),
        ("A2", "longest", 900, None),
        ("A3", "pattern", "[a-z]+", "narrowed"),
    ],
)
def test_what_would_make_answers_unreadable_is_refused(name: str, key: str, value: Any, refused: str | None) -> None:
    wanted = document()
    find(wanted, name)[key] = value
    if key == "kind":
        find(wanted, name).pop("longest", None)
    if key == "pattern":
        find(wanted, name)["pattern_message"] = {"ja": "形", "en": "form"}
    found = [one.sort for one in compare(BEFORE, revised(BEFORE, wanted)) if one.refused]
    assert found == ([refused] if refused else [])


def test_a_question_stays_in_its_section_and_table() -> None:
    wanted = document()
    moved = wanted["sections"][0]["questions"].pop(1)
    wanted["sections"][1]["questions"].append(moved)
    assert ("elsewhere", moved["name"]) in sorts(revised(BEFORE, wanted))


def test_another_questionnaire_is_refused() -> None:
    other = json.loads(read_catalogue("grant_small").document)
    assert "name" in {one.sort for one in compare(BEFORE, revised(BEFORE, other)) if one.refused}


def test_what_others_depend_on_is_not_retired() -> None:
    assert needed_by(BEFORE, "B2") == ("B3",)
    assert "nil" in needed_by(BEFORE, "B1")
    assert needed_by(BEFORE, "D1") == ("D",)
    assert ("needed", "B2") in sorts(revised(BEFORE, editing.retired(document(), "B2")))
    both = editing.retired(editing.retired(document(), "B2"), "B3")
    assert not any(one.refused for one in compare(BEFORE, revised(BEFORE, both)))
    with pytest.raises(FaultyDefinition):
        read_document(editing.retired(document(), "D1"))  # the rank of the table


def test_names_and_codes_are_never_given_again() -> None:
    wanted = editing.retired(document(), "A9")
    assert editing.next_name(wanted, "A5", ()) == "A10"
    assert editing.next_name(wanted, "A5", ("A10",)) == "A11"
    wanted = editing.option_retired(editing.with_option(wanted, "B4", "x1", {"ja": "広", "en": "w"}), "B4", "x1")
    assert editing.next_code({one["code"] for one in [{"code": code} for code in wanted["choices"]["fields"]]}) == "x2"


def test_a_retired_question_is_not_asked_and_its_answer_stays() -> None:
    after = revised(BEFORE, editing.retired(document(), "A9"))
    contents = Contents({("", "A9"): "８総行第１号", ("", "A2"): "総務課"}, {})
    assert load(dump(contents, BEFORE), after) == contents
    shown = as_answered(after, [contents])
    assert shown.questions["A9"].label.ja.endswith("（廃止）")
    assert list(shown.questions) == list(BEFORE.questions)
    assert "A9" not in as_answered(after, [Contents({("", "A9"): None}, {})]).questions
    answers = Answers({("", "A9"): Entry(("８総行第１号",), "８総行第１号")})
    assert ("", "A9") not in contents_of(Examination(after, answers, Setting())).values


def test_a_retired_choice_is_offered_where_it_was_chosen() -> None:
    after = revised(BEFORE, editing.option_retired(document(), "B4", "TAX"))
    chosen = Answers({("", "B4"): Entry(("TAX", "ICT"), ("TAX", "ICT"))})
    offered = [one.label.ja for one in with_chosen(after, chosen).questions["B4"].kind.options(Setting())]
    assert "税の滞納整理（廃止）" in offered
    assert len(with_chosen(after, Answers()).questions["B4"].kind.options(Setting())) == len(offered) - 1


def test_new_rules_only_warn_where_they_are_eased() -> None:
    wanted = editing.with_question(
        document(), "A5", {"name": "A10", "kind": "line", "label": {"ja": "緊急", "en": "Urgent"}, "required": True}, {}
    )
    after = revised(BEFORE, wanted)
    rules = new_rules(compare(BEFORE, after))
    assert rules == {"required:A10"}

    def levels(setting: Setting) -> dict[str, Level]:
        found = Examination(after, Answers(), setting).problems()
        return {one.question: one.level for one in found if one.code is Code.REQUIRED}

    assert levels(Setting())["A10"] is Level.ERROR
    eased = levels(Setting(eased=rules))
    assert eased["A10"] is Level.NOTE
    assert eased["A2"] is Level.ERROR
    assert {rule_of(one) for one in Examination(after, Answers(), Setting()).problems()} >= rules
