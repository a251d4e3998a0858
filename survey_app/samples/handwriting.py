"""How officers type: full-width digits, thousands commas, eras; the same value in many ways."""

from datetime import date
from decimal import Decimal
from random import Random

from questions.eras import Month, era_year, show_day, show_month

WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


def number(random: Random, value: int | Decimal) -> str:
    """Type a number."""
    plain, grouped = f"{value}", f"{value:,}"
    return _picked(random, (plain, 55), (grouped, 25), (wide(plain), 12), (wide(grouped), 8))


def year(random: Random, value: int) -> str:
    """Type a western year."""
    return _picked(random, (str(value), 80), (wide(str(value)), 20))


def fiscal_year(random: Random, value: int) -> str:
    """Type a fiscal year."""
    era = f"{era_year(date(value, 4, 1))}度"
    return _picked(random, (str(value), 40), (era, 40), (wide(era), 20))


def day(random: Random, value: date) -> str:
    """Type a day."""
    short = f"R{value.year - 2018}.{value.month}.{value.day}"
    slashes = f"{value.year}/{value.month}/{value.day}"
    japanese = show_day(value)
    return _picked(random, (value.isoformat(), 25), (short, 25), (japanese, 25), (wide(japanese), 15), (slashes, 10))


def month(random: Random, value: Month) -> str:
    """Type a month."""
    short = f"R{value.year - 2018}.{value.month}"
    japanese = show_month(value)
    return _picked(
        random, (str(value), 25), (short, 25), (japanese, 25), (wide(japanese), 15), (f"{value.year}/{value.month}", 10)
    )


def wide(text: str) -> str:
    """Write digits and signs in full width."""
    return text.translate(WIDE)


def _picked(random: Random, *ways: tuple[str, int]) -> str:
    return random.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
