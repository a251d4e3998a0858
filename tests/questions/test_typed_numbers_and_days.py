"""What officials type for numbers, days, months and years."""

from datetime import date
from decimal import Decimal

import pytest
from small_inquiry import read_as, told_about

from questions.eras import Month, show_day, show_month
from questions.kinds.dates import Day, YearMonth
from questions.kinds.numbers import Amount, Whole
from questions.kinds.years import FiscalYears
from questions.labels import Label
from questions.problems import Code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("１，２３４", 1234),
        (" 1,234,567 ", 1234567),
        ("　５　", 5),
        ("▲5", -5),
        ("△5", -5),
        ("−5", -5),
        ("－５", -5),
        ("-5", -5),
        ("+5", 5),
        ("▲1,234", -1234),
        ("0", 0),
        ("▲0", 0),
        ("007", 7),
        ("5.0", 5),
        ("999999999999999", 999999999999999),
        ("999,999,999,999,999.000", 999999999999999),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    value = read_as(Whole(), text)
    assert value == number
    assert type(value) is int


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,2345",
        ",123",
        "1_000",
        "NaN",
        "nan",
        "Infinity",
        "1e5",
        "１ｅ５",
        "٣٤",
        "一二",
        "0x10",
        "5-",
        "--5",
        "1.",
        ".5",
        "1.2.3",
        "1 000",
        "-",
        "五人",
        "①",
        "²",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert read_as(Whole(), text) is Code.NOT_A_NUMBER
    assert read_as(Amount(), text) is Code.NOT_A_NUMBER


def test_numbers_that_do_not_fit() -> None:
    assert read_as(Whole(), "5.5") is Code.NOT_WHOLE
    assert read_as(Whole(), "1000000000000000") is Code.TOO_MANY_DIGITS
    assert read_as(Amount(places=6), "1234567890.123456") is Code.TOO_MANY_DIGITS
    assert read_as(Amount(places=1), "95.12") is Code.TOO_MANY_PLACES
    assert told_about(Amount(places=1), "95.12") == {"places": 1}
    people = Whole(least=1, most=20, unit=Label(ja="人", en="persons"))
    assert [read_as(people, text) for text in ("0", "1", "20", "21")] == [Code.TOO_SMALL, 1, 20, Code.TOO_LARGE]
    assert told_about(people, "21") == {"least": 1, "most": 20, "unit": Label(ja="人", en="persons")}


def test_an_amount_keeps_the_places_that_it_has() -> None:
    assert str(read_as(Amount(places=1), "９５．１")) == "95.1"
    assert str(read_as(Amount(places=1), "95")) == "95.0"
    assert read_as(Amount(places=2), "▲1,234.56") == Decimal("-1234.56")


@pytest.mark.parametrize("text", ["5人", "５人", "5 人", "5persons", "5 persons", "5"])
def test_a_unit_behind_a_number(text: str) -> None:
    assert read_as(Whole(unit=Label(ja="人", en="persons")), text) == 5


def test_another_unit_is_not_dropped() -> None:
    assert read_as(Whole(unit=Label(ja="千円", en="thousand yen")), "5円") is Code.NOT_A_NUMBER
    assert read_as(Whole(), "5人") is Code.NOT_A_NUMBER
    assert read_as(Amount(unit=Label(ja="％", en="%")), "95.1%") == Decimal("95.1")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("２０２６年４月１日", date(2026, 4, 1)),
        ("2026年4月1日", date(2026, 4, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("r8.4.1", date(2026, 4, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("R8/4/1", date(2026, 4, 1)),
        ("R08-04-01", date(2026, 4, 1)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和 ８年 ４月 １日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S64.1.7", date(1989, 1, 7)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("R10.2.29", date(2028, 2, 29)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read_as(Day(), text) == day


@pytest.mark.parametrize(
    "text",
    ["平成31年5月1日", "令和元年4月30日", "昭和64年1月8日", "平成元年1月7日", "昭和70年1月1日", "大正15年12月25日"],
)
def test_a_day_that_its_era_did_not_have(text: str) -> None:
    assert read_as(Day(), text) is Code.OUTSIDE_ERA


@pytest.mark.parametrize(
    "text",
    [
        "8.4.1",
        "R8.13.1",
        "R8.2.29",
        "2026-02-30",
        "令和0年1月1日",
        "4月1日",
        "2026-04",
        "元年5月1日",
        "1600-01-01",
        "X8.4.1",
        "2026-04-01T00:00",
        "46000",
        "R8.4.1 9:00",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read_as(Day(), text) is Code.NOT_A_DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027-04", Month(2027, 4)),
        ("2027/4", Month(2027, 4)),
        ("202704", Month(2027, 4)),
        ("2027年4月", Month(2027, 4)),
        ("R9.4", Month(2027, 4)),
        ("令和９年４月", Month(2027, 4)),
        ("平成31年4月", Month(2019, 4)),
        ("令和元年5月", Month(2019, 5)),
        ("昭和64年1月", Month(1989, 1)),
        ("平成元年1月", Month(1989, 1)),
    ],
)
def test_months(text: str, month: Month) -> None:
    assert read_as(YearMonth(), text) == month


def test_what_is_no_month() -> None:
    assert [read_as(YearMonth(), text) for text in ("9.4", "R9.13", "R9.0", "2027", "4月", "2027-04-01")] == [
        Code.NOT_A_MONTH
    ] * 6
    assert [read_as(YearMonth(), text) for text in ("平成31年5月", "令和元年4月", "昭和64年2月")] == [
        Code.OUTSIDE_ERA
    ] * 3


def test_days_and_months_are_shown_in_their_era() -> None:
    assert show_day(date(2019, 4, 30)) == "平成31年4月30日"
    assert show_day(date(2019, 5, 1)) == "令和元年5月1日"
    assert show_month(Month(2019, 4)) == "平成31年4月"
    assert show_month(Month(1989, 1)) == "平成元年1月"
    assert show_month(Month(2027, 12)) == "令和9年12月"


def test_fiscal_years() -> None:
    assert read_as(FiscalYears(), "2024、2025") == (2024, 2025)
    assert read_as(FiscalYears(), "令和7年度，R6, 2025；平成31") == (2019, 2024, 2025)
    assert read_as(FiscalYears(), "２０２４　２０２５") == (2024, 2025)
    assert read_as(FiscalYears(), "、令和元年度、") == (2019,)
    assert read_as(FiscalYears(), "2024-2025") is Code.NOT_A_YEAR
    assert read_as(FiscalYears(), "、") is Code.NOT_A_YEAR
    assert told_about(FiscalYears(), "2024、来年") == {"text": "来年"}
    assert read_as(FiscalYears(least=2009, most=2100), "2008") is Code.TOO_SMALL
    assert read_as(FiscalYears(least=2009, most=2100), "2101") is Code.TOO_LARGE
