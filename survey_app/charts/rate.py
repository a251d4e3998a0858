"""The response rate over time against the deadline: where everything stands in the drawing. Pure; sizes in units."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from questions.life import Term

LEFT, RIGHT, TOP, BOTTOM = 46, 18, 34, 44
"""The margins in which the labels of the axes stand."""
RATES = (0, 25, 50, 75, 100)
STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
"""Days between two labels below."""
YEARLY = timedelta(days=300)
"""A longer time is labelled by months with their year."""


@dataclass(frozen=True)
class Size:
    """The drawing in units of its own; ``labels`` is how many labels fit below."""

    width: int
    height: int
    labels: int


WIDE, NARROW = Size(960, 300, 11), Size(360, 260, 5)


@dataclass(frozen=True)
class Progress:
    """What is drawn: when each reply came for the first time, of how many targets, from when until now."""

    replies: Sequence[datetime]
    targets: int
    opened_at: datetime
    term: Term
    until: datetime


@dataclass(frozen=True)
class Day:
    """One day: how many replies came, how many there are by its end, and their share of the targets in per cent."""

    day: date
    new: int
    total: int
    rate: float


@dataclass(frozen=True)
class Mark:
    """A place on an axis with its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """The response rate as it is drawn.

    ``line`` and ``area`` are points "x,y x,y"; ``end`` is where the line ends, ``deadline`` the x of the deadline
    and ``deadline_day`` its day as "12/18"; ``today`` the x of this moment.
    """

    size: Size
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    line: str
    area: str
    end: tuple[float, float]
    deadline: float
    deadline_day: str
    today: float
    rate: float

    @property
    def bottom(self) -> int:
        """The y of the axis below."""
        return self.size.height - BOTTOM

    @property
    def right(self) -> int:
        """The x of the end of the axes."""
        return self.size.width - RIGHT

    @property
    def deadline_near_right(self) -> bool:
        """Is there no room for a label right of the deadline?"""
        return self.deadline > self.size.width * 0.6

    @property
    def end_near_right(self) -> bool:
        """Is there no room for a label right of the end of the line?"""
        return self.end[0] > self.size.width * 0.85


def days(progress: Progress) -> tuple[Day, ...]:
    """Return every day from the opening until now, with its replies."""
    first, last = progress.opened_at.date(), max(progress.until.date(), progress.opened_at.date())
    moments = [moment.date() for moment in progress.replies]
    found, before = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        total = bisect_right(moments, day)
        found.append(Day(day, total - before, total, 100 * total / progress.targets if progress.targets else 0.0))
        before = total
    return tuple(found)


def told(progress: Progress) -> tuple[Day, ...]:
    """Return the days that a table tells: the first, the last, and each on which a reply came."""
    every = days(progress)
    return tuple(day for number, day in enumerate(every) if day.new or number in (0, len(every) - 1))


def draw(progress: Progress, size: Size) -> Drawing:
    """Place the line, the axes and the deadline."""
    every = days(progress)
    first = every[0].day
    span = max((max(every[-1].day, progress.term.end.date()) - first).days, 1)
    bottom, inner = size.height - BOTTOM, size.width - LEFT - RIGHT

    def x(day: date) -> float:
        return round(LEFT + inner * (day - first).days / span, 1)

    def y(rate: float) -> float:
        return round(bottom - (bottom - TOP) * rate / 100, 1)

    points = [(x(day.day), y(day.rate)) for day in _bends(every)]
    line = " ".join(f"{across},{up}" for across, up in points)
    return Drawing(
        size=size,
        across=tuple(Mark(x(day), label) for day, label in _labels(first, span, size.labels)),
        up=tuple(Mark(y(rate), str(rate)) for rate in RATES),
        line=line,
        area=f"{points[0][0]},{bottom} {line} {points[-1][0]},{bottom}",
        end=points[-1],
        deadline=x(progress.term.end.date()),
        deadline_day=f"{progress.term.end.month}/{progress.term.end.day}",
        today=x(every[-1].day),
        rate=every[-1].rate,
    )


def _bends(every: Sequence[Day]) -> list[Day]:
    """Leave out the days between which the line goes straight on."""
    last = len(every) - 1
    return [
        day
        for number, day in enumerate(every)
        if number in (0, last) or not every[number - 1].total == day.total == every[number + 1].total
    ]


def _labels(first: date, span: int, most: int) -> list[tuple[date, str]]:
    """Return the days that are labelled below, at most so many; one that would touch the first or last is left out."""
    step = next((one for one in STEPS if span / one <= most - 1), -(-span // (most - 1)))
    shown = [first + timedelta(days=number) for number in range(0, span + 1, step)]
    if timedelta(days=span) > YEARLY:
        return [(day, f"{day.year}/{day.month}") for day in shown]
    return [(day, f"{day.month}/{day.day}") for day in shown]
