"""Deadlines: read as officials write them, and what speaks against one. Times are those of Asia/Tokyo.

Nothing here refuses a deadline: the division knows why it sets one. It is told what it may have overlooked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import jpholiday

from questions.eras import OutsideEra, read_day
from questions.numerals import narrow
from survey_app.clock import TOKYO

END_OF_DAY = time(23, 59, 59)
CLOSES = time(17, 15)
"""When offices close."""
FARTHEST = 100
"""Days over which working days are counted: a deadline further off leaves time enough, or its year is a slip."""
FAR_AHEAD = 180
"""Days after which a deadline looks like a slip."""
FEWEST_DAYS = 10
"""Working days that town halls should have: a reply goes round for approval."""
_PARTS = re.compile(r"(?P<day>.*?)(?:[T\s　]+|(?<=日)\s*)(?P<time>[0-9]{1,2}\s*[:：時].*)")
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})\s*[:：時]\s*(?:(?P<minute>[0-9]{1,2})\s*(?:分|[:：](?P<second>[0-9]{2}))?)?")


def read_deadline(text: str) -> datetime | None:
    """Read 2026-12-18T17:15, 2026-12-18 (its last second), 令和8年12月18日 17時15分; None when it is none.

    An hour with an offset, such as 2026-12-18T17:15+09:00, is read too.
    """
    if re.search(r"T.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$", text.strip()):
        return _with_offset(text.strip())
    narrowed = narrow(text).strip()
    parts = _PARTS.fullmatch(narrowed)
    try:
        day = read_day(parts["day"] if parts else narrowed)
    except OutsideEra:
        return None
    at = _time(parts["time"]) if parts else END_OF_DAY
    return None if day is None or at is None else datetime.combine(day, at, TOKYO)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def _with_offset(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(TOKYO).replace(microsecond=0)
    except ValueError:
        return None


class CautionCode(StrEnum):
    """What may have been overlooked."""

    DAY_OFF = "day_off"  # the deadline falls on one
    FEW_DAYS = "few_days"
    FAR = "far"  # a slip in the year?
    SENT_LATE = "sent_late"
    SENT_ON_DAY_OFF = "sent_on_day_off"
    SAME_WEEK = "same_week"


@dataclass(frozen=True)
class Caution:
    """One thing to think of before sending; ``context`` holds what its sentence needs."""

    code: CautionCode
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """Another inquiry that is open: its title, its deadline, and the codes of its targets."""

    title: str
    deadline: datetime
    targets: frozenset[str]


@lru_cache(maxsize=1_000)
def day_off(day: date) -> str:
    """Return why offices are closed on a day: weekend, year_end (12-29 to 1-3) or the holiday's name; "" if not."""
    if holiday := jpholiday.is_holiday_name(day):
        return str(holiday)
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return "year_end"
    return "weekend" if day.weekday() > 4 else ""


def working_days(sent: datetime, deadline: datetime) -> int:
    """Count the working days that are left to answer: from the day after it arrives to the day of the deadline.

    What is sent after offices close, or on a day off, arrives on the next working day. Beyond ``FARTHEST`` days
    nothing is counted.
    """
    arrives = sent.astimezone(TOKYO)
    day = arrives.date() + timedelta(days=1) if arrives.time() > CLOSES else arrives.date()
    while day_off(day):
        day += timedelta(days=1)
    last = deadline.astimezone(TOKYO).date()
    between = (day + timedelta(days=number) for number in range(1, min((last - day).days, FARTHEST) + 1))
    return sum(not day_off(one) for one in between)


def cautions(
    deadline: datetime, sent: datetime, targets: Iterable[str] = (), others: Iterable[Due] = ()
) -> tuple[Caution, ...]:
    """Return what speaks against a deadline, for an inquiry sent at ``sent`` to ``targets`` while others are open."""
    return tuple(_cautions(deadline.astimezone(TOKYO), sent.astimezone(TOKYO), frozenset(targets), others))


def _cautions(deadline: datetime, sent: datetime, targets: frozenset[str], others: Iterable[Due]) -> Iterator[Caution]:
    if reason := day_off(deadline.date()):
        yield Caution(CautionCode.DAY_OFF, {"day": deadline.date(), "reason": reason})
    left = working_days(sent, deadline)
    if left < FEWEST_DAYS:
        yield Caution(CautionCode.FEW_DAYS, {"days": left, "fewest": FEWEST_DAYS})
    if (ahead := (deadline.date() - sent.date()).days) > FAR_AHEAD:
        yield Caution(CautionCode.FAR, {"days": f"{ahead:,}"})
    if reason := day_off(sent.date()):
        yield Caution(CautionCode.SENT_ON_DAY_OFF, {"day": sent.date(), "reason": reason})
    elif sent.time() > CLOSES:
        yield Caution(CautionCode.SENT_LATE, {"at": f"{sent:%H:%M}"})
    week = deadline.date().isocalendar()[:2]
    for other in others:
        theirs = other.deadline.astimezone(TOKYO)
        shared = len(targets & other.targets)
        if shared and theirs.date().isocalendar()[:2] == week:
            yield Caution(CautionCode.SAME_WEEK, {"title": other.title, "deadline": theirs, "shared": shared})
