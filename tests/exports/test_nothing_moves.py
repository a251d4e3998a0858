"""No export moves a value to another column or row, and none drops a row silently."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from a_cut import CODES, Given, cut, small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import column

from exports.blanks import Standing
from exports.compiled import write_compiled
from exports.frame import frame
from exports.records import collect
from questions.eras import Month
from questions.kinds.base import Kind
from questions.life import State
from questions.setting import Setting

TEXTS = st.text(st.sampled_from("=+-@'\"<>&_x0Dあ髙𠮟\n 7－"), min_size=1, max_size=20).filter(str.strip)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "A2": st.just("a@b.lg.jp"),
    "B1": st.sampled_from("10"),
    "B2": st.sampled_from(["none", "other"]),
    "B3": TEXTS.map(lambda text: text.replace("\n", "")).filter(str.strip),
    "N1": st.integers(0, 10**15 - 1),
    "N2": st.decimals(-100, 100, places=2),
    "N3": st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    "N4": st.builds(Month, st.integers(1990, 2100), st.integers(1, 12)),
    "N5": st.just((2024, 2026)),
    "N6": st.integers(2009, 2100),
    "N7": st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(sorted).map(tuple),
    "N8": st.sampled_from([("HR",), ("TAX",), ("HR", "TAX")]),
    "N9": st.sampled_from("10"),
    "N10": st.sampled_from(["a", "A", "1", "01", "1e0"]),
    "N11": TEXTS,
    "D1": st.sampled_from(["HR", "TAX"]),
    "D2": st.sampled_from(["a", "A", "1", "01", "1e0"]),
    "D3": TEXTS.map(lambda text: text.replace("\n", "")).filter(str.strip),
    "D4": TEXTS,
    "D5": st.integers(0, 99),
}
SHOWN = {Standing.BLANK: None, Standing.NOT_ASKED: "－", Standing.NIL: "該当なし"}


def _some(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: VALUES[name] for name in names})


OUTER = [name for name in VALUES if not name.startswith("D")]
REPLIES = st.dictionaries(
    st.sampled_from(CODES),
    st.builds(
        Given,
        _some(OUTER),
        st.fixed_dictionaries({"D": st.lists(_some([name for name in VALUES if name.startswith("D")]), max_size=3)}),
        st.sampled_from([State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.DRAFT]),
    ),
    max_size=4,
)


def _expected(kind: Kind[Any], value: Any, place: int) -> Any:
    """What the workbook gives back for a value in a column of tidy data."""
    cell = kind.cells(value, Setting())[place]
    return float(cell) if isinstance(cell, Decimal) else cell


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPLIES)
def test_each_value_stands_in_its_row_under_its_name(replies: dict[str, Given]) -> None:
    made = cut(replies)
    file = BytesIO()
    write_compiled(made, file)
    book = openpyxl.load_workbook(file)
    everything = (("データ", collect(made)[0], [(one.municipality, "") for one in made.submissions]),)
    rows = [(one.municipality, row) for one in made.submissions for row in one.contents.row_ids("D")]
    everything += (("データ_D", collect(made)[1]["D"], rows),)
    said = {one.municipality: one.contents for one in made.submissions}
    questions = small().questions
    for name, records, places in everything:
        sheet = book[name]
        assert column(sheet, "_code")[: len(places)] == [code for code, _ in places]
        told = frame(records)
        for one in records.fields:
            cells = column(sheet, one.name)
            question = one.question.name
            for number, (code, row) in enumerate(places):
                value = said[code].value(question, row)
                if value is None:
                    assert cells[number] == SHOWN[records.standings[question][number]]
                    assert told[one.name].isna()[number]
                    continue
                found = cells[number].date() if isinstance(value, date) else cells[number]
                assert found == _expected(questions[question].kind, value, one.place), (one.name, code, row)
    listed = [row[0] for row in book["要望一覧"].iter_rows(min_row=4, values_only=True) if row[0]]
    assert len(listed) == len(rows)
