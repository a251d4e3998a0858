"""Numbers far from those of comparable municipalities: by kind, by inhabitants, by bureau; never from too few."""

from decimal import Decimal

from a_cut import TOWNS, Given, cut

from exports.cut import Cut
from exports.medians import FACTOR, FEWEST, GroupKind, Outlier, inhabitants, outliers
from questions.reading import read_toml

ASKED = read_toml("""
name = "numbers"
style = { ja = "様式", en = "Form" }
title = { ja = "数", en = "Numbers" }
[[sections]]
name = "A"
title = { ja = "数", en = "Numbers" }
[[sections.questions]]
name = "A1"
kind = "whole"
label = { ja = "額", en = "Amount" }
unit = { ja = "千円", en = "thousand yen" }
[[sections.questions]]
name = "D"
kind = "table"
label = { ja = "内訳", en = "Items" }
most = 5
[[sections.questions.questions]]
name = "D1"
kind = "amount"
label = { ja = "内訳の額", en = "Amount of the item" }
""")
VILLAGES = [one.code for one in TOWNS if one.kind == "村"]
TOWN_CODES = [one.code for one in TOWNS if one.kind == "町"]
CITIES = [one.code for one in TOWNS if one.kind == "市"]


def amounts(said: dict[str, int | None]) -> Cut:
    """A cut in which municipalities say these amounts."""
    return cut({code: Given({"A1": amount}) for code, amount in said.items()}, ASKED)


def one(found: dict[str, tuple[Outlier, ...]], code: str) -> Outlier:
    """The one number of a municipality that stands out."""
    (outlier,) = found[code]
    return outlier


def test_twelve_times_the_median_of_the_towns() -> None:
    own, *others = TOWN_CODES
    said = dict(zip(others, (3000, 3100, 3200, 3300, 3400), strict=False))
    found = outliers(amounts({own: 38_400, **said}))
    assert list(found) == [own]
    told = one(found, own)
    assert (told.group, told.name, told.median, told.count) == (GroupKind.KIND, "町", Decimal(3200), 5)
    assert (told.high, told.times, told.question, told.row) == (True, Decimal(12), "A1", "")
    assert told.unit is not None
    assert told.unit.ja == "千円"


def test_a_slip_of_the_unit_downwards() -> None:
    own, *others = TOWN_CODES
    found = outliers(amounts({own: 3, **dict.fromkeys(others[:6], 3000)}))
    told = one(found, own)
    assert (told.high, told.times) == (False, Decimal(1000))


def test_from_the_factor_on_and_not_before() -> None:
    own, *others = TOWN_CODES
    same = dict.fromkeys(others[:8], 100)
    assert outliers(amounts({own: 100 * FACTOR - 1, **same})) == {}
    assert list(outliers(amounts({own: 100 * FACTOR, **same}))) == [own]


def test_too_few_to_compare_with_tell_nothing() -> None:
    own, *others = TOWN_CODES
    by_bureau = {TOWNS[code].bureau for code in others}
    few = [next(code for code in others if TOWNS[code].bureau == bureau) for bureau in sorted(by_bureau)]
    few = few[: FEWEST - 1]
    assert outliers(amounts({own: 1_000_000, **dict.fromkeys(few, 1)})) == {}


def test_naught_and_blank_are_neither_compared_nor_counted() -> None:
    own, naught, *others = TOWN_CODES
    said: dict[str, int | None] = {own: 100_000, naught: 0, **dict.fromkeys(others[:4], 10)}
    assert outliers(amounts(said)) == {}
    assert outliers(amounts({**said, others[4]: None})) == {}
    found = outliers(amounts({**said, others[4]: 10}))
    assert list(found) == [own]
    assert found[own][0].count == 5


def test_where_the_kind_has_too_few_the_class_of_inhabitants_tells() -> None:
    own = VILLAGES[0]
    bounds = inhabitants(TOWNS[own].population)
    alike = [code for code in TOWN_CODES if inhabitants(TOWNS[code].population) == bounds][:6]
    assert len(alike) >= FEWEST
    told = one(outliers(amounts({own: 5000, **dict.fromkeys(alike, 50)})), own)
    assert (told.group, told.bounds, told.times) == (GroupKind.INHABITANTS, bounds, Decimal(100))


def test_a_city_is_not_held_against_villages() -> None:
    said = {**dict.fromkeys(VILLAGES[:8], 10), **dict.fromkeys(CITIES[:8], 10_000)}
    assert outliers(amounts(said)) == {}


def test_rows_of_a_table_are_held_against_the_rows_of_the_others() -> None:
    own, *others = TOWN_CODES
    rows = {code: Given({}, {"D": [{"D1": Decimal(20)}, {"D1": Decimal(30)}]}) for code in others[:5]}
    mine = Given({}, {"D": [{"D1": Decimal(25)}, {"D1": Decimal(25000)}]})
    told = one(outliers(cut({own: mine, **rows}, ASKED)), own)
    assert (told.row, told.count, told.median) == ("r2", 5, Decimal(25))


def test_classes_of_inhabitants() -> None:
    assert inhabitants(None) is None
    assert inhabitants(0) == (None, 5_000)
    assert inhabitants(4_999) == (None, 5_000)
    assert inhabitants(5_000) == (5_000, 10_000)
    assert inhabitants(300_000) == (100_000, None)
