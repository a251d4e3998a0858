"""Days, months and years as officials write them: 2026-04-01, 2026年4月1日, R8.4.1, 令和8年4月1日."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from questions.numerals import narrow

EARLIEST_YEAR, LATEST_YEAR = 1868, 2199


class OutsideEra(ValueError):
    """A date that its era does not hold, such as 昭和70年."""


class Era(NamedTuple):
    """An era with its first day."""

    name: str
    letter: str
    first: date


# Newest first. Source: 元号法 and the imperial orders before it.
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 10, 23)),
)
_YEAR = r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM])?\s*(?P<year>元|[0-9]{1,4})"
_THEN_MONTH = r"(?:\s*年\s*|\s*[-/.]\s*)(?P<month>[0-9]{1,2})"
_DAY = re.compile(_YEAR + _THEN_MONTH + r"(?:\s*月\s*|\s*[-/.]\s*)(?P<day>[0-9]{1,2})\s*日?")
_MONTH = re.compile(_YEAR + _THEN_MONTH + r"\s*月?")
_FISCAL_YEAR = re.compile(_YEAR + r"\s*(?:年度|年)?")


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; shown and stored as ``2027-04``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the stored form ``2027-04``."""
        year, month = text.split("-")
        return cls(int(year), int(month))

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)


def era_of(day: date) -> Era | None:
    """Return the era that holds ``day``; None before Meiji."""
    return next((era for era in ERAS if day >= era.first), None)


def era_year(day: date) -> str:
    """Return the year of ``day`` in its era, such as 令和8年 or 令和元年."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    number = day.year - era.first.year + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def show_day(day: date) -> str:
    """Show a day as 令和8年4月1日."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def show_month(month: Month) -> str:
    """Show a month as 令和9年4月; the era is that of its last days."""
    last = date(month.year + month.month // 12, month.month % 12 + 1, 1).toordinal() - 1
    return f"{era_year(date.fromordinal(last))}{month.month}月"


def read_day(text: str) -> date | None:
    """Read a day; None when it is none. Raises OutsideEra when the era did not hold it."""
    narrowed = _narrow(text)
    if re.fullmatch(r"[0-9]{8}", narrowed):
        narrowed = f"{narrowed[:4]}-{narrowed[4:6]}-{narrowed[6:]}"
    found = _DAY.fullmatch(narrowed)
    if found is None:
        return None
    era, year = _western(found)
    if year is None:
        return None
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if era is not None and era_of(day) is not era:
        raise OutsideEra(text)
    return day


def read_month(text: str) -> Month | None:
    """Read a month; None when it is none. Raises OutsideEra when the era held no day of it."""
    narrowed = _narrow(text)
    if re.fullmatch(r"[0-9]{6}", narrowed):
        narrowed = f"{narrowed[:4]}-{narrowed[4:]}"
    found = _MONTH.fullmatch(narrowed)
    if found is None:
        return None
    era, year = _western(found)
    if year is None or not 1 <= int(found["month"]) <= 12:
        return None
    month = Month(year, int(found["month"]))
    last = date(year + month.month // 12, month.month % 12 + 1, 1).toordinal() - 1
    if era is not None and era not in (era_of(month.first), era_of(date.fromordinal(last))):
        raise OutsideEra(text)
    return month


def read_fiscal_year(text: str) -> int | None:
    """Read a fiscal year (2026, 令和8年度, R8) as the western year in which it begins; None when it is none."""
    found = _FISCAL_YEAR.fullmatch(_narrow(text))
    return None if found is None else _western(found)[1]


def _narrow(text: str) -> str:
    letters = str.maketrans("ＲＨＳＴＭ／ー", "RHSTM/-")
    return narrow(text).translate(letters).strip().upper()


def _western(found: re.Match[str]) -> tuple[Era | None, int | None]:
    """Return the era that was written, if any, and the western year; a year out of bounds is None."""
    number = 1 if found["year"] == "元" else int(found["year"])
    if found["era"] is None:
        inside = found["year"] != "元" and EARLIEST_YEAR <= number <= LATEST_YEAR
        return None, number if inside else None
    era = next(era for era in ERAS if found["era"] in (era.name, era.letter))
    year = era.first.year + number - 1
    return era, year if number >= 1 and year <= LATEST_YEAR else None
