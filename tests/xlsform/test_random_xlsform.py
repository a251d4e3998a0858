"""Any questionnaire that is written as an XLSForm is read back the same."""

from io import BytesIO
from typing import Any

from books import book, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from exports.xlsform.writing import write_xlsform
from questions.labels import Language
from questions.reading import read_document
from survey_app import wording_xlsform

LANGUAGES: tuple[Language, ...] = ("ja", "en")
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n=+-@_x000D")
TEXT = st.text(CHARACTERS, min_size=1, max_size=20).filter(str.strip)
LABEL = st.fixed_dictionaries({"ja": TEXT, "en": TEXT})
FEW = st.integers(1, 9)
LEAST = st.decimals(-9, 0, places=3).map(float)
OPTIONS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "line": st.fixed_dictionaries({}, optional={"longest": FEW, "pattern": st.just("[0-9]+")}),
    "prose": st.fixed_dictionaries({}, optional={"longest": FEW}),
    "email": st.just({}),
    "whole": st.fixed_dictionaries({}, optional={"least": st.integers(-(10**17), 0), "most": FEW, "unit": LABEL}),
    "amount": st.fixed_dictionaries({}, optional={"places": st.integers(0, 6), "least": LEAST}),
    "day": st.just({}),
    "month": st.just({}),
    "year": st.fixed_dictionaries({}, optional={"least": st.just(2000)}),
    "years": st.fixed_dictionaries({}, optional={"most": st.just(2100)}),
    "yesno": st.one_of(st.just({}), st.fixed_dictionaries({"yes": LABEL, "no": LABEL})),
    "one": st.fixed_dictionaries({"choices": st.sampled_from(["few", "more"])}),
    "several": st.fixed_dictionaries({"choices": st.sampled_from(["few", "more"])}, optional={"most": FEW}),
    "municipality": st.fixed_dictionaries({}, optional={"prefill": st.just("own")}),
    "municipalities": st.just({}),
    "files": st.fixed_dictionaries({}, optional={"most": st.integers(1, 5), "types": st.just(["pdf"])}),
}  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, names: list[str]) -> list[dict[str, Any]]:
    """A few questions; each may depend on those before it."""
    made: list[dict[str, Any]] = []
    for name in names:
        kind = draw(st.sampled_from(sorted(OPTIONS)))
        one = {"name": name, "kind": kind, "label": draw(LABEL), **draw(OPTIONS[kind])}
        one |= draw(st.fixed_dictionaries({}, optional={"hint": LABEL, "required": st.booleans(), "example": TEXT}))
        if "pattern" in one:
            one["pattern_message"] = draw(LABEL)
        if made and draw(st.booleans()):
            one["relevant"] = f"${{{made[-1]['name']}}} > 1 or not(${{{made[0]['name']}}} = 1)"
        if draw(st.booleans()):
            one |= {"constraint": ". != 'なし' and . != ${LIMIT}", "constraint_message": draw(LABEL)}
        made.append(one)
    return made


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A small questionnaire with a table, constants, rules and names that differ by little."""
    choices = {
        name: {code: draw(LABEL) for code in codes} for name, codes in (("few", "ab"), ("more", ["1", "0", "x.y"]))
    }
    first, second = draw(questions(["A", "a1", "guide_1"])), draw(questions(["yesno", "B_2"]))
    table = {"name": "T", "kind": "table", "label": draw(LABEL), "questions": draw(questions(["T1", "t2"]))}
    table |= draw(
        st.fixed_dictionaries({}, optional={"least": st.just(1), "most": st.integers(2, 50), "required": st.booleans()})
    )
    document: dict[str, Any] = {
        "name": "random_1",
        "title": draw(LABEL),
        "style": draw(LABEL),
        "guide": draw(st.lists(LABEL, max_size=2)),
        "constants": {"LIMIT": {"value": draw(st.integers(-(10**18), 10**18)), "label": draw(LABEL)}},
        "choices": choices,
        "sections": [
            {"name": "S", "title": draw(LABEL), "questions": first},
            {"name": "T", "title": draw(LABEL), "questions": [table, *second], "relevant": "string-length(${A}) > 1"},
        ],
    }
    if draw(st.booleans()):
        rule = {"name": "R 1", "at": "T", "expression": "count(${T}) <= 3", "message": draw(LABEL)}
        rule |= draw(
            st.fixed_dictionaries({}, optional={"level": st.just("confirm"), "waivable": st.just(True), "source": TEXT})
        )
        across = {"name": "X", "rule": "total", "question": "a1", "by": "A", "most": 10, "message": draw(LABEL)}
        document |= {"checks": [rule], "across": [across]}
    return document


@given(document=documents())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_written_and_read_back_it_is_the_same(document: dict[str, Any]) -> None:
    asked = read_document(document)
    file = BytesIO()
    write_xlsform(asked, file)
    found = read(file.getvalue())
    assert found.errors == ()
    assert found.questionnaire is not None
    apart = {"document": "", "digest": ""}
    assert found.questionnaire.model_copy(update=apart) == asked.model_copy(update=apart)


@given(document=documents())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_pyxform_takes_any(document: dict[str, Any]) -> None:
    file = BytesIO()
    write_xlsform(read_document(document), file)
    assert convert(file.getvalue(), validate=False, file_type=".xlsx").xform


WORDS = st.sampled_from((
    "text", "integer", "note", "calculate", "begin_group", "end_group", "begin_repeat", "end_repeat", "select_one few",
    "select_one few or_other", "select_multiple", "range", "start", "date", "decimal", "rank", "acknowledge", "file",
    "a", "b", "A1", "１", "担当", "next", "${a}", "${a} = '1'", ". > 1", "regex(., '(')", "not(", "5", "-1.5", "yes",
    "==", "start=1 end=", "[1", "field=a form=b", "email", "yesno", "own", "1E5", "0.1234567890123456789",
))  # fmt: skip
COLUMNS = (
    "type name label label::English (en) hint relevant constraint constraint_message required appearance calculation "
    "parameters repeat_count shokai::kind shokai::least shokai::most shokai::unit shokai::rank shokai::need"
)


@given(
    rows=st.lists(st.lists(st.one_of(st.none(), WORDS, TEXT), min_size=1, max_size=19), max_size=12),
    choices=st.lists(st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=3), max_size=4),
    more=st.lists(st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=4), max_size=3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_stands_in_the_cells_it_is_read_or_told(
    rows: list[list[Any]], choices: list[list[Any]], more: list[list[Any]]
) -> None:
    heads = COLUMNS.replace(" (en)", "_(en)").split()
    own = [["name", "at", "expression", "message"], *more]
    listed = [["list_name", "name", "label"], ["few", "x", "甲"], *choices]
    found = read(book([[head.replace("_(", " (") for head in heads], *rows], listed, shokai_checks=own))
    assert (found.questionnaire is None) == bool(found.errors)
    for one in found.findings:
        for language in LANGUAGES:
            assert wording_xlsform.finding(one, language)
