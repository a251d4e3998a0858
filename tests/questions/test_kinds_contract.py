"""One contract over all kinds: a kind that is added later is held to it by being there."""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_inquiry import SETTING

from questions.eras import Month
from questions.kinds.base import Kind, OperandForm, Option
from questions.kinds.registry import KINDS
from questions.labels import Label
from questions.problems import Code
from questions.setting import Setting

OPTIONS = tuple(
    Option(code=code, label=Label(ja=ja, en=en))
    for code, ja, en in (
        ("HR", "人事交流の拡大", "Personnel exchange"),
        ("TAX", "税の滞納整理；徴収", "Tax arrears; collection"),
        ("1", "要望あり", "We have requests"),
        ("other", "その他", "Other"),
    )
)
OPERANDS: dict[OperandForm, type] = {"text": str, "number": Decimal, "day": date, "month": Month, "codes": tuple}
CELLS: dict[str, Callable[[Any], bool]] = {
    "text": lambda cell: isinstance(cell, str),
    "code": lambda cell: isinstance(cell, str),
    "whole": lambda cell: type(cell) is int,
    "decimal": lambda cell: type(cell) is Decimal,
    "day": lambda cell: type(cell) is date,
    "month": lambda cell: isinstance(cell, str) and str(Month.from_text(cell)) == cell,
    "flag": lambda cell: cell in (0, 1),
}

thrifty = settings(max_examples=50, deadline=None)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
days = st.dates(date(1868, 10, 23), date(2199, 12, 31))
wholes = st.integers(-(10**15) + 1, 10**15 - 1)
options = st.sampled_from([text for one in OPTIONS for text in (one.code, one.label.ja, one.label.en)])
towns = st.sampled_from(["074446", "074454", "三島町", "金山町", "檜枝岐村"])
files = st.builds(
    "{} {}.pdf".format,
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
)

# What people type, each with an example by which to see which kinds read it.
SOURCES: list[tuple[tuple[str, ...], st.SearchStrategy[tuple[str, ...]]]] = [
    (("髙橋 𠮟",), words.map(lambda text: (text,))),
    (("1,234",), wholes.map(lambda number: (f"{number:,}",))),
    (("-1234.5",), st.decimals(-(10**8), 10**8, places=1).map(lambda number: (f"{number:f}",))),
    (("1.000001",), st.decimals(-(10**8), 10**8, places=6).map(lambda number: (f"{number:f}",))),
    (("2026-04-01",), days.map(lambda day: (day.isoformat(),))),
    (("2026-04",), days.map(lambda day: (f"{day.year}-{day.month}",))),
    (("2026年度",), st.lists(st.integers(1868, 2199).map(str), min_size=1).map(lambda years: ("、".join(years),))),
    (("somu@town.mishima.lg.jp",), st.emails().map(lambda address: (address,))),
    (("要望あり",), st.lists(options, min_size=1).map(tuple)),
    (("三島町",), st.lists(towns, min_size=1).map(tuple)),
    (("はい",), st.sampled_from([("はい",), ("No",), ("1",), ("0",)])),
    (("0123456789abcdef" * 2 + " 協定書.pdf",), st.lists(files, min_size=1, max_size=3).map(tuple)),
]


def made(name: str, **given_options: Any) -> Kind[Any]:
    """A kind by its name, with the options that it knows, and with choices where it needs them."""
    fields = KINDS[name].model_fields
    choices = {"choices": OPTIONS} if "choices" in fields and fields["choices"].is_required() else {}
    return KINDS[name](**choices, **{key: option for key, option in given_options.items() if key in fields})


def read(kind: Kind[Any], texts: tuple[str, ...], setting: Setting = SETTING) -> Any:
    return kind.parse(texts if kind.many else texts[:1], setting).value


@st.composite
def answered(draw: st.DrawFn, name: str) -> tuple[Kind[Any], Any]:
    """A kind with such options as it knows, and a value that it reads from what people type."""
    units = st.sampled_from([None, Label(ja="千円", en="thousand yen")])
    kind = made(name, places=draw(st.integers(0, 6)), unit=draw(units), longest=60)
    sources = [strategy for example, strategy in SOURCES if read(kind, example) is not None]
    assert sources, f"nothing in SOURCES is read by the kind {name}: add what people type there"
    texts = draw(st.one_of(sources).filter(lambda texts: read(kind, texts) is not None))
    return kind, read(kind, texts)


@pytest.mark.parametrize("name", KINDS)
@thrifty
@given(data=st.data())
def test_what_the_control_shows_is_read_as_the_same_answer(name: str, data: st.DataObject) -> None:
    kind, value = data.draw(answered(name))
    parsed = kind.parse(kind.texts(value), SETTING)
    assert parsed.value == value
    assert type(parsed.value) is type(value)
    assert not parsed.problems


@pytest.mark.parametrize("name", KINDS)
@thrifty
@given(data=st.data())
def test_what_is_stored_is_plain_json_and_gives_the_same_answer(name: str, data: st.DataObject) -> None:
    kind, value = data.draw(answered(name))
    stored = kind.dump(value)
    assert json.loads(json.dumps(stored, allow_nan=False)) == stored
    loaded = kind.load(json.loads(json.dumps(stored)))
    assert loaded == value
    assert type(loaded) is type(value)
    assert kind.dump(loaded) == stored


@pytest.mark.parametrize("name", KINDS)
@thrifty
@given(data=st.data())
def test_an_answer_fills_the_columns_that_its_kind_declares(name: str, data: st.DataObject) -> None:
    kind, value = data.draw(answered(name))
    columns, cells = kind.columns(SETTING), kind.cells(value, SETTING)
    assert len(columns) == len(cells)
    assert len({column.suffix for column in columns}) == len(columns)
    for column, cell in zip(columns, cells, strict=True):
        assert CELLS[column.form](cell), (column, cell)


@pytest.mark.parametrize("name", KINDS)
@thrifty
@given(data=st.data())
def test_an_answer_is_shown_to_people_and_seen_by_expressions(name: str, data: st.DataObject) -> None:
    kind, value = data.draw(answered(name))
    for language in ("ja", "en"):
        assert kind.show(value, language, SETTING)
        assert kind.reading_cell(value, language, SETTING) is not None
    assert isinstance(kind.operand(value), OPERANDS[kind.operand_form])
    hash(value)  # answers are compared and counted


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("blank", [(), ("",), ("  ",), ("　\n\t",), ("", "　")])
def test_blank_is_none_and_no_problem(name: str, blank: tuple[str, ...]) -> None:
    parsed = made(name).parse(blank, SETTING)
    assert parsed.value is None
    assert parsed.problems == ()


@pytest.mark.parametrize("name", KINDS)
def test_a_control_character_alone_is_not_taken_for_a_blank(name: str) -> None:
    (problem,) = made(name).parse((" \x0b",), SETTING).problems
    assert problem.code is Code.CONTROL_CHARACTER
    assert problem.context == {"place": 2, "point": "U+000B"}


@pytest.mark.parametrize("name", KINDS)
@thrifty
@given(texts=st.lists(st.text(max_size=30), max_size=3))
def test_whatever_is_typed_is_read_or_told_never_both_never_a_crash(name: str, texts: list[str]) -> None:
    parsed = made(name).parse(texts, SETTING)
    assert parsed.value is None or not parsed.problems
    assert parsed.value not in ("", ())
    if re.sub(r"[\s；;、，,]", "", "".join(texts)):
        assert parsed.value is not None or parsed.problems


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_names_its_control_its_format_and_its_limits(name: str) -> None:
    kind = made(name)
    assert kind.name == name
    assert kind.widget.isidentifier()
    assert kind.cell_format
    assert kind.summary in ("texts", "numbers", "choices")
    assert "name" not in kind.limits()
