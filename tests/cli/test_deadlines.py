"""Deadlines as officials write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.eras import show_day
from survey_app.cli.deadlines import read_deadline, show_moment
from survey_app.clock import TOKYO


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-18T17:15", "2026-12-18T17:15:00"),
        ("2026-12-18T17:15:30", "2026-12-18T17:15:30"),
        ("2026-12-18 17:15", "2026-12-18T17:15:00"),
        ("2026-12-18", "2026-12-18T23:59:59"),
        ("2026/12/18", "2026-12-18T23:59:59"),
        ("R8.12.18", "2026-12-18T23:59:59"),
        ("R8.12.18 17:15", "2026-12-18T17:15:00"),
        ("令和8年12月18日", "2026-12-18T23:59:59"),
        ("令和８年１２月１８日　１７時１５分", "2026-12-18T17:15:00"),
        ("令和8年12月18日17時15分", "2026-12-18T17:15:00"),
        ("令和8年12月18日17時", "2026-12-18T17:00:00"),
        ("R8.12.18 午後5時15分", "2026-12-18T17:15:00"),
        ("令和８年１２月１８日午後５時１５分", "2026-12-18T17:15:00"),
        ("R8.12.18 午前9時", "2026-12-18T09:00:00"),
        ("R8.12.18 17時半", "2026-12-18T17:30:00"),
        ("R8.12.18 正午", "2026-12-18T12:00:00"),
        ("R8.12.18 PM5:15", "2026-12-18T17:15:00"),
        ("R8.12.18 5:15 pm", "2026-12-18T17:15:00"),
        ("R8.12.18 午後17時15分まで", "2026-12-18T17:15:00"),
        ("2026-12-18T17:15+09:00", "2026-12-18T17:15:00"),
        ("2026-12-18T08:15Z", "2026-12-18T17:15:00"),
    ],
)
def test_read(text: str, expected: str) -> None:
    assert read_deadline(text) == datetime.fromisoformat(expected).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    "text", ["", "17:15", "2026-12", "R8.12.18 午後12時", "2026-12-18T", "2026-12-18T24:00", "2026-13-01", "来週", "R8"]
)
def test_what_is_no_deadline(text: str) -> None:
    assert read_deadline(text) is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2190, 12, 31)))
def test_what_is_shown_is_read_back(moment: datetime) -> None:
    local = moment.replace(microsecond=0, tzinfo=TOKYO)
    assert read_deadline(local.strftime("%Y-%m-%dT%H:%M:%S")) == local
    written = f"{show_day(local.date())}{local:%H時%M分}"
    assert read_deadline(written) == local.replace(second=0)
    assert show_moment(local).startswith(show_day(local.date()))
