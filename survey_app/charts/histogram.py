"""Numbers as a row of columns, with the median and the quartiles above: where everything stands. Pure; in units."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.results.bins import Bin

WIDTH, HEIGHT = 520, 210
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 60, 34
"""The margins: above stand the quartiles, below the labels of the bins."""
BOX = 24
"""The y of the middle of the quartiles' box."""
_GAP = 3
_CHARACTER = 8  # units: what most characters of a label are at most wide


@dataclass(frozen=True)
class Bar:
    """One bin: its column, its label below and its count above."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int

    @property
    def middle(self) -> float:
        """The x of its texts."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Histogram:
    """Columns, and where the lower quartile, the median and the upper quartile lie among them (x)."""

    bars: tuple[Bar, ...]
    quartiles: tuple[float, float, float] | None

    @property
    def crowded(self) -> bool:
        """Are the labels too long to stand beside each other? Every other one then stands lower."""
        return any(len(bar.label) * _CHARACTER > bar.width for bar in self.bars)

    @property
    def bottom(self) -> int:
        """The y of the axis."""
        return HEIGHT - BOTTOM


def draw(
    counts: Sequence[tuple[Bin, int]], labels: Sequence[str], quartiles: tuple[float, float, float] | None
) -> Histogram:
    """Place a column for each bin, all equally wide, and the quartiles in proportion within their bins."""
    most = max((count for _, count in counts), default=0) or 1
    wide = (WIDTH - LEFT - RIGHT) / max(len(counts), 1)
    room = HEIGHT - BOTTOM - TOP
    bars = []
    for place, ((_, count), label) in enumerate(zip(counts, labels, strict=True)):
        tall = round(room * count / most, 1)
        x, top = round(LEFT + wide * place + _GAP, 1), HEIGHT - BOTTOM - tall
        bars.append(Bar(x, round(top, 1), round(wide - 2 * _GAP, 1), tall, label, count))
    marks = None
    if quartiles is not None and counts:
        low, middle, high = (round(LEFT + wide * _place(number, counts), 1) for number in quartiles)
        marks = (low, middle, high)
    return Histogram(tuple(bars), marks)


def _place(number: float, counts: Sequence[tuple[Bin, int]]) -> float:
    """Return where a number lies, in bins from the left: within its bin in proportion, a single value in its middle."""
    for place, (one, _) in enumerate(counts):
        low, high = float(one.low), float(one.high)
        if low == high and number == low:
            return place + 0.5
        if low <= number <= high and low < high:
            return place + (number - low) / (high - low)
        if number < low:
            return float(place)
    return float(len(counts))
