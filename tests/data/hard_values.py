"""Cuts with what formats lose: large numbers, leading zeros, what looks like a formula, rare characters, blanks."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from a_cut import CODES, Given, cut, small

from exports.cut import Cut
from questions.eras import Month
from questions.life import State
from questions.model import Questionnaire

LARGE = 2**53 + 1
TEXTS = (
    "=1+1", "007", "𠮟る", "一行目\n二行目", "+81-24", "@SUM(A1)", "-項目", "a,b;\"c\"", "NA", "null", "1e5",
    "２０２６", "　前後　", "㈱①", "TRUE", "０", "é", "x" * 1900, "か゛", "葛󠄀城", "http://example.jp", "'", "\t字下げ",
)  # fmt: skip
WHOLES = (0, 1, -5, 999_999_999_999_999)
DECIMALS = tuple(map(Decimal, ("0.1", "0.10", "-2.5", "0", "999999999999.99")))


def answered(random: Random) -> Given:
    """One reply with something in most places; each question is left blank now and then."""
    one = random.choice
    values: dict[str, Any] = {
        "A1": one(CODES),
        "B1": "1",
        "N1": one(WHOLES),
        "N2": one(DECIMALS),
        "N3": one((date(2026, 4, 1), date(1999, 12, 31), date(1912, 7, 30))),
        "N4": one((Month(2027, 4), Month(2026, 12))),
        "N5": (2024, 2025),
        "N6": 2027,
        "N7": tuple(sorted(random.sample(CODES, 2))),
        "N8": one((("HR",), ("HR", "TAX"))),
        "N9": one(("1", "0")),
        "N10": one(("a", "A", "1", "01", "1e0")),
        "N11": one(TEXTS),
    }
    left_out = {name for name in values if name not in ("A1", "B1", "N1") and random.random() < 0.2}
    rows = [
        {"D1": one(("HR", "TAX")), "D2": one(("a", "01")), "D3": one(TEXTS[:3]), "D4": one(TEXTS), "D5": one(WHOLES)}
        for _ in range(random.randint(0, 3))
    ]
    kept = {name: None if name in left_out else value for name, value in values.items()}
    return Given(kept, {"D": rows}, State.SUBMITTED)


def hard_cut(replies: int = 40, seed: int = 1) -> Cut:
    """Return a cut of the small questionnaire; every ninth reply says 該当なし."""
    random = Random(seed)
    return many(small(), replies, lambda number: _nil() if number % 9 == 4 else answered(random))


def many(questionnaire: Questionnaire, replies: int, made: Any) -> Cut:
    """Return a cut of so many replies, of towns in their order; beyond 59 the towns' codes are counted on."""
    codes = [CODES[number] if number < len(CODES) else f"{100_000 + number:06d}" for number in range(replies)]
    return cut({code: made(number) for number, code in enumerate(codes)}, questionnaire)


def _nil() -> Given:
    return Given({"B1": "0", "B2": "none"})


def large_cut() -> Cut:
    """Return a cut whose whole numbers no double holds."""
    given = [Given({"B1": "1", "N1": number, "N2": Decimal("0.1")}) for number in (LARGE, 0, 7)]
    return cut(dict(zip(CODES, given, strict=False)))
