"""COUNTIFS where its criteria mean what they say; otherwise a formula that compares to the letter."""

import pytest

from exports.addresses import Area
from exports.compiled.counting import Condition, count, needs_exact


@pytest.mark.parametrize(
    ("codes", "exact"),
    [
        (("HR", "TAX", "lt3m", "other_route"), False),
        (("0", "1", "12"), False),
        (("県北", "会津", "（未設定）"), False),
        ((), False),
        (("a", "A"), True),
        (("1", "01"), True),
        (("1y", "2y"), True),
        (("1-2",), True),
        (("4.1",), True),
        (("1e0",), True),
        (("true", "x"), True),
        (("jan1",), True),
        (("令和8年4月",), True),
        (("a*",), True),
        (("<5",), True),
    ],
)
def test_codes_that_countifs_would_mix_up(codes: tuple[str, ...], exact: bool) -> None:
    assert needs_exact(codes) is exact


def test_the_two_ways_to_count() -> None:
    here, there = Condition(Area("データ", 2, 0, 9, 0), "$C7"), Condition(Area("データ", 2, 4, 9, 4), '"－"')
    assert count(here, there) == "COUNTIFS('データ'!$A$3:$A$10,$C7,'データ'!$E$3:$E$10,\"－\")"
    assert count(here, exact=True) == "SUMPRODUCT(EXACT('データ'!$A$3:$A$10,$C7)*1)"
