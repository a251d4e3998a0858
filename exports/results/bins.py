"""Numbers in bins that people can read: 0 on its own, then whole numbers one by one, or equal or widening steps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

MOST_SINGLE = 11
"""So many whole numbers in a row have a bin each."""
_WANTED = 8  # bins
_LOPSIDED = 6  # times the median: where the largest is beyond, equal steps would put nearly all into the first bin
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Bin:
    """The numbers from ``low`` to ``high``: both included where they are whole, else without ``high``."""

    low: Decimal
    high: Decimal
    whole: bool

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return f"{self.low}" if self.low == self.high else f"{self.low}..{self.high}"

    def holds(self, number: Decimal) -> bool:
        """Is a number in it?"""
        if self.whole or self.low == self.high:
            return self.low <= number <= self.high
        return self.low <= number < self.high and not (self.low == 0 == number)


def bins(numbers: Sequence[Decimal], *, whole: bool) -> tuple[Bin, ...]:
    """Return bins, in order, so that each number is in exactly one; none without numbers.

    0 has a bin of its own wherever a number is 0, and ends the bin below it: it is never one with "few".
    """
    zero = (Bin(Decimal(0), Decimal(0), whole),) if any(number == 0 for number in numbers) else ()
    below = sorted(number for number in numbers if number < 0)
    above = sorted(number for number in numbers if number > 0)
    return (*_one_side(below, whole, zero=bool(zero)), *zero, *_one_side(above, whole, zero=bool(zero)))


def _one_side(numbers: list[Decimal], whole: bool, *, zero: bool) -> list[Bin]:
    if not numbers:
        return []
    least, most = numbers[0], numbers[-1]
    if whole and most - least < MOST_SINGLE:
        return [Bin(Decimal(one), Decimal(one), True) for one in range(int(least), int(most) + 1)]
    if least > 0 and most > _LOPSIDED * Decimal(median(numbers)) and most >= 10 * least:
        edges = _widening(least, most)
    else:
        edges = _equal(least, most, whole)
    return _between(edges, whole, zero=zero)


def _equal(least: Decimal, most: Decimal, whole: bool) -> list[Decimal]:
    """Return edges at equal, round steps; the last lies above the most."""
    step = _round_up(float(most - least) / _WANTED or abs(float(most)) or 1)
    if whole:
        step = max(step, Decimal(1))
    first = math.floor(least / step)
    last = math.floor(most / step) + 1
    return [step * place for place in range(first, last + 1)]


def _widening(least: Decimal, most: Decimal) -> list[Decimal]:
    """Return edges at powers of ten, with halves between them where these are few; the last lies above the most."""
    first, last = math.floor(least.log10()), math.floor(most.log10())
    inner = (1,) if last - first >= 5 else (1, 3) if last - first >= 2 else (1, 2, 5)
    edges = [Decimal(one).scaleb(power) for power in range(first, last + 2) for one in inner]
    kept = [edge for place, edge in enumerate(edges) if place + 1 == len(edges) or edges[place + 1] > least]
    return kept[: next(place for place, edge in enumerate(kept) if edge > most) + 1]


def _round_up(step: float) -> Decimal:
    power = math.floor(math.log10(step))
    return next(Decimal(one).scaleb(power) for one in _STEPS if one >= step / 10**power - 1e-9)


def _between(edges: list[Decimal], whole: bool, *, zero: bool) -> list[Bin]:
    found = []
    for low, high in pairwise(edges):
        start, end = low, high
        if whole:
            start = Decimal(math.ceil(low)) + (1 if zero and low == 0 else 0)
            end = Decimal(math.ceil(high)) - 1
            if end < start:
                continue
        found.append(Bin(_plain(start), _plain(end), whole))
    return found


def _plain(number: Decimal) -> Decimal:
    """Return a number without zeros behind its point, never as 1E+3."""
    return Decimal(f"{number.normalize():f}")
