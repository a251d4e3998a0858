"""The column contract: one row a record, each column of the type of its answers, four blanks."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from a_cut import Given, cut, sample_cut, small

from exports.blanks import Standing
from exports.cut import Cut
from exports.frame import DTYPES, frame, standings
from exports.records import HEADS, ROW_HEADS, Records, collect, ordinals
from questions.eras import Month
from questions.life import State
from questions.reading import catalogue

EVERYTHING = {
    "A2": "somu@town.example.lg.jp",
    "B1": "1",
    "N1": 3,
    "N2": Decimal("12.34"),
    "N3": date(2026, 12, 1),
    "N4": Month(2027, 4),
    "N5": (2024, 2025),
    "N6": 2026,
    "N7": ("072010", "074446"),
    "N8": ("TAX",),
    "N9": "0",
    "N10": "01",
    "N11": "意見",
}


def _all(made: Cut) -> tuple[Records, ...]:
    replies, tables = collect(made)
    return replies, *tables.values()


def test_a_reply_is_a_row_and_an_answer_a_cell() -> None:
    replies, tables = collect(
        cut({"072010": Given(EVERYTHING, {"D": [{"D1": "HR", "D5": 2}, {"D1": "TAX", "D3": "件"}]})})
    )
    row = frame(replies).iloc[0]
    told = {name: row[name] for name in frame(replies).columns if not name.startswith("_")}
    assert told == {
        **{"A1": "072010", "A2": "somu@town.example.lg.jp", "B1": "1", "B2": pd.NA, "B3": pd.NA},
        **{"N1": 3, "N2": 12.34, "N3": pd.Timestamp(2026, 12, 1), "N4": "2027-04", "N5": "2024;2025", "N6": 2026},
        **{"N7": "072010;074446", "N8.HR": False, "N8.TAX": True, "N9": "0", "N10": "01", "N11": "意見"},
    }
    needs = frame(tables["D"])
    assert needs["_control"].tolist() == ["072010-01", "072010-02"]
    assert needs["_code"].tolist() == ["072010"] * 2
    assert needs["D5"].tolist() == [2, pd.NA]


def test_a_column_has_its_type_whatever_the_records_hold() -> None:
    forms = {head.name: head.form for head in (*HEADS, *ROW_HEADS)}
    for replies in ({}, {"072010": Given({"B1": "0"})}, {"072010": Given(EVERYTHING)}):
        for records in _all(cut(replies)):
            found = frame(records)
            forms |= {one.name: one.column.form for one in records.fields}
            assert {name: str(kind) for name, kind in found.dtypes.items()} == {
                name: str(pd.Series([], dtype=DTYPES[forms[name]]).dtype) for name in found.columns
            }


def test_four_blanks_are_four() -> None:
    replies, _ = collect(
        cut(
            {
                "072010": Given({"B1": "1", "N1": 0}),
                "072028": Given({"B1": "1"}),
                "072036": Given({"B1": "0", "B2": "none"}),
            }
        )
    )
    where = standings(replies)
    assert frame(replies)["N1"].tolist() == [0, pd.NA, pd.NA]
    assert [Standing(one) for one in where["N1"]] == [Standing.ANSWERED, Standing.BLANK, Standing.NIL]
    assert [Standing(one) for one in where["N2"]] == [Standing.NOT_ASKED, Standing.NOT_ASKED, Standing.NIL]


def test_what_belongs_to_a_nil_reply_is_not_asked_of_others_and_never_called_nil() -> None:
    replies, _ = collect(cut({"072010": Given({"B1": "1"}), "072036": Given({"B1": "0", "B2": "none"})}))
    found = {name: [Standing(one) for one in column] for name, column in standings(replies).items()}
    assert found["B2"] == [Standing.NOT_ASKED, Standing.ANSWERED]
    assert found["B3"] == [Standing.NOT_ASKED, Standing.NOT_ASKED]
    assert found["D"] == [Standing.BLANK, Standing.NIL]  # asked, but no row


def test_a_reply_that_is_being_corrected_counts_with_its_last_submission() -> None:
    given = {
        code: Given({"B1": "1"}, state=state) for code, state in (("072010", State.RETURNED), ("072028", State.DRAFT))
    }
    replies, _ = collect(cut(given, others={"072036": State.DRAFT}))
    assert replies.heads["_state"] == ["returned", "draft"]


def test_no_question_can_take_the_place_of_a_head() -> None:
    for name in catalogue():
        for records in _all(sample_cut(name, 3)):
            columns = [*records.heads, *(one.name for one in records.fields)]
            assert len(columns) == len(set(columns)) == len(frame(records).columns)


@pytest.mark.parametrize(
    ("ids", "numbers"),
    [
        (("r1", "r2"), [1, 2]),
        (("r2", "r10"), [2, 10]),
        (("3", "1"), [3, 1]),
        (("r1", "1"), [1, 2]),
        (("6f9e", "a0b1"), [1, 2]),
        ((), []),
    ],
)
def test_control_numbers_stay_when_other_rows_go(ids: tuple[str, ...], numbers: list[int]) -> None:
    assert ordinals(ids) == numbers


def test_every_kind_has_a_column() -> None:
    asked = {one.question.name for records in _all(cut({"072010": Given(EVERYTHING)})) for one in records.fields}
    assert asked == set(small().questions)
