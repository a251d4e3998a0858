"""The figures of the results pages: as pandas reckons them from the replies, and the four blanks apart."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from a_cut import SMALL, Given, cut, sample_cut
from hypothesis import given
from hypothesis import strategies as st

from exports.cut import Cut
from exports.needs import needs_of
from exports.results.bins import bins
from exports.results.choices import choices
from exports.results.colouring import CHOSEN, NEEDS, NONE, OTHERWISE, STATE, colouring
from exports.results.crossing import cross, holders, places
from exports.results.distributions import distribution
from exports.results.rates import overall, rates
from exports.results.variables import BLANK, BUREAU, KIND, NIL, NOT_ASKED, POPULATION, CannotCross, Results
from questions.life import State
from questions.reading import read_toml
from questions.setting import Roster


@pytest.fixture(scope="module")
def sampled() -> Cut:
    """52 replies to 様式1."""
    return sample_cut("support_needs", 52)


@pytest.fixture(scope="module")
def results(sampled: Cut) -> Results:
    """Their figures."""
    return Results(sampled)


def rows(taken: Cut) -> pd.DataFrame:
    """Every need as pandas has it, with its municipality's bureau and population."""
    table = taken.questionnaire.tables["D"]
    found: list[dict[str, Any]] = []
    for handed in taken.submissions:
        town = taken.roster[handed.municipality]
        for row in handed.contents.row_ids("D"):
            said = {one.name: handed.contents.value(one.name, row) for one in table.questions}
            found.append({**said, "bureau": town.bureau, "population": town.population, "code": town.code})
    return pd.DataFrame(found)


def test_needs_by_field_and_form_are_those_of_pandas(sampled: Cut, results: Results) -> None:
    expected = pd.crosstab(rows(sampled)["D2"], rows(sampled)["D4"])
    found = cross(results, "D2", "D4")
    for field in expected.index:
        for form in expected.columns:
            assert found.count(field, form) == expected.loc[field, form]
        assert found.count(field) == expected.loc[field].sum()
    assert found.count() == len(rows(sampled)) == len(needs_of(sampled))


def test_needs_by_bureau_and_by_population_are_those_of_pandas(sampled: Cut, results: Results) -> None:
    needs = rows(sampled)
    by_bureau = pd.crosstab(needs["D2"], needs["bureau"])
    found = cross(results, "D2", BUREAU)
    assert {
        (f, b): found.count(f, b) for f in by_bureau.index for b in by_bureau.columns
    } == by_bureau.stack().to_dict()
    edges = [-1, 4_999, 9_999, 29_999, 99_999, 10**9]
    names = ["under_5000", "under_10000", "under_30000", "under_100000", "from_100000"]
    classes = pd.cut(needs["population"], edges, labels=names)
    expected = Counter(zip(needs["D2"], classes, strict=True))
    found = cross(results, "D2", POPULATION)
    assert {pair: n for pair, n in found.counts.items() if "" not in pair} == dict(expected)


def test_response_rates_are_those_of_pandas(sampled: Cut, results: Results) -> None:
    handed = {one.municipality for one in sampled.submissions}
    towns = pd.DataFrame(
        [(sampled.roster[one.municipality].bureau, sampled.roster[one.municipality].kind, one.municipality in handed)
         for one in sampled.targets],
        columns=["bureau", "kind", "handed"],
    )  # fmt: skip
    assert (overall(results).handed_in, overall(results).targets) == (52, 59)
    for by, name in ((BUREAU, "bureau"), (KIND, "kind")):
        expected = towns.groupby(name)["handed"].agg(["size", "sum"])
        assert {one.name: (one.targets, one.handed_in) for one in rates(results, by)} == {
            key: (size, total) for key, (size, total) in expected.iterrows()
        }
    assert sum(one.targets for one in rates(results, POPULATION)) == 59


def test_choices_and_blanks_add_up_to_the_replies(sampled: Cut, results: Results) -> None:
    for question in results.countable:
        if question.kind.summary != "choices" or question.name in results.questionnaire.table_of:
            continue
        found = choices(results, question)
        values = pd.Series([one.contents.value(question.name) for one in sampled.submissions], dtype=object).dropna()
        expected = values.explode().value_counts() if question.kind.many else values.value_counts()
        assert {one.code: n for one, n in found.counts if n} == expected.to_dict(), question.name
        turnout = found.turnout
        assert turnout.answered + turnout.blank + turnout.not_asked + turnout.nil == 52
        assert found.share(turnout.asked) in (1.0, None)


def test_quartiles_and_bins_are_those_of_pandas(results: Results) -> None:
    numbers = [one for one in results.countable if one.kind.summary == "numbers"]
    assert len(numbers) > 10
    for question in numbers:
        found = distribution(results, question)
        series = pd.Series([float(one) for one in found.numbers])
        assert found.quartiles == pytest.approx(tuple(series.quantile([0.25, 0.5, 0.75])))
        assert found.mean == pytest.approx(series.mean())
        for one, count in found.bins:
            inside = series.between(float(one.low), float(one.high), inclusive="both" if one.whole else "left")
            if one.low == 0 < one.high:
                inside &= series != 0
            assert count == (series == float(one.low) if one.low == one.high else inside).sum(), (question.name, one)


@given(st.lists(st.integers(-(10**6), 10**8), max_size=60))
def test_every_whole_number_is_in_exactly_one_bin(numbers: list[int]) -> None:
    found = bins([Decimal(one) for one in numbers], whole=True)
    assert all(sum(one.holds(Decimal(number)) for one in found) == 1 for number in numbers)
    assert [one.low for one in found] == sorted(one.low for one in found)


@given(st.lists(st.decimals(-1000, 10**7, places=2, allow_nan=False), max_size=60))
def test_every_amount_is_in_exactly_one_bin(numbers: list[Decimal]) -> None:
    found = bins(numbers, whole=False)
    assert all(sum(one.holds(number) for one in found) == 1 for number in numbers)


def blanks() -> Results:
    """One reply each: the number 0, another number, no answer, not asked, 該当なし; and one that handed in nothing."""
    replies = {
        "072010": Given({"B1": "1", "N1": 0}),
        "072028": Given({"B1": "1", "N1": 7, "N2": Decimal("1.5"), "N8": ("HR", "TAX")}, {"D": [{"D1": "TAX"}]}),
        "072036": Given({"B1": "1"}),
        "072044": Given({"B1": "0"}),
    }
    return Results(cut(replies, others={"072052": State.DRAFT}))


def test_the_four_blanks_and_nought_are_never_one() -> None:
    found = cross(blanks(), "N2", "N1")
    assert found.count(NOT_ASKED, "0") == 1  # its rate is not asked when there is no staff
    assert found.count(NOT_ASKED, BLANK) == 1
    assert found.count(NIL, NIL) == 1
    assert found.count("0..2") == found.count("0..2", "7") == 1  # 1.5, from above 0 to under 2
    assert [one.code for one in found.column.categories] == ["0", "7", BLANK, NIL]
    assert found.count() == 4


def test_a_reply_counts_once_in_a_total_however_many_choices_it_makes() -> None:
    found = cross(blanks(), "N8", KIND)
    assert (found.count("HR", "市"), found.count("TAX", "市"), found.count("", "市")) == (1, 1, 4)
    assert found.several


def test_behind_a_count_stand_those_who_are_counted(sampled: Cut, results: Results) -> None:
    found = cross(results, "D2", BUREAU)
    behind = holders(results, places(found, "ICT", "会津"), "D")
    expected = rows(sampled).query("D2 == 'ICT' and bureau == '会津'")
    assert [one.municipality for one in behind] == list(expected["code"])
    assert [one.subject for one in behind] == list(expected["D5"])
    assert all(one.control.startswith(one.municipality) for one in behind)


def test_a_question_of_a_reply_is_crossed_with_a_column_row_by_row(sampled: Cut, results: Results) -> None:
    found = cross(results, "A7", "D12")
    assert found.row.unit == "D"
    answered = {one.municipality: one.contents.value("A7") for one in sampled.submissions}
    expected = Counter(
        (answered[code], priority) for code, priority in zip(rows(sampled)["code"], rows(sampled)["D12"], strict=True)
    )
    assert {pair: n for pair, n in found.counts.items() if "" not in pair} == dict(expected)


def test_columns_of_two_tables_cannot_be_crossed() -> None:
    second = """
[[sections.questions]]
name = "E"
kind = "table"
label = { ja = "別の表", en = "Another table" }
[[sections.questions.questions]]
name = "E1"
kind = "whole"
label = { ja = "数", en = "Number" }
"""
    found = Results(
        cut({"072010": Given({"B1": "1"}, {"D": [{"D5": 1}], "E": [{"E1": 2}]})}, read_toml(SMALL + second))
    )
    with pytest.raises(CannotCross):
        cross(found, "D5", "E1")
    with pytest.raises(LookupError):
        cross(found, "D5", "nothing")


def test_colours_say_for_every_target_what_it_says(sampled: Cut, results: Results) -> None:
    states = colouring(results, STATE)
    assert {code: found for code, (found, _) in states.of.items()} == {
        one.municipality: one.state.value for one in sampled.targets
    }
    needs = colouring(results, NEEDS)
    counts = Counter(need.municipality for need in needs_of(sampled))
    assert {code: int(n) for code, (_, n) in needs.of.items() if n is not None} == dict(counts)
    chosen = colouring(results, "B4.HR")
    said = {one.municipality: one.contents.value("B4") for one in sampled.submissions}
    for code, (found, _) in chosen.of.items():
        if code not in said:
            assert found == NONE
        elif said[code] is None:
            assert found in (NIL, BLANK, NOT_ASKED)
        else:
            assert found == (CHOSEN if "HR" in said[code] else OTHERWISE)


def test_without_replies_or_targets_there_is_still_a_result() -> None:
    for empty in (cut({}), cut({}, others={"072010": State.NOT_STARTED})):
        found = Results(replace(empty, roster=empty.roster if empty.targets else Roster()))
        assert overall(found).share in (None, 0.0)
        assert cross(found, "D1", "D2").count() == 0
        assert all(choices(found, one).turnout.asked == 0 for one in found.countable if one.kind.summary == "choices")
