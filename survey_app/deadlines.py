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
_HALF = r"(?:午前|午後|[AaPp]\.?[Mm]\.?)"
_PARTS = re.compile(rf"(?P<day>.*?)(?:[T\s　]+|(?<=日)\s*)(?P<time>正午.*|(?:{_HALF}\s*)?[0-9]{{1,2}}\s*[:：時].*)")
_TIME = re.compile(
    rf"(?P<half>{_HALF})?\s*(?P<hour>[0-9]{{1,2}})\s*[:：時]\s*"
    r"(?:(?P<middle>半)|(?P<minute>[0-9]{1,2})\s*(?:分|[:：](?P<second>[0-9]{2}))?)?"
    rf"(?:\s+(?P<after>{_HALF}))?(?:\s*まで)?"
)
_NOON = re.compile(r"正午(?:\s*まで)?")


def read_deadline(text: str, closes: time = END_OF_DAY) -> datetime | None:
    """Read 2026-12-18T17:15, 令和8年12月18日 17時15分, R8.12.18 午後5時15分; None when it is none.

    A day alone, such as 2026-12-18, ends when it ``closes``: with its last second, unless told otherwise. An hour with
    an offset, such as 2026-12-18T17:15+09:00, is read too.
    """
    if re.search(r"T.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$", text.strip()):
        return _with_offset(text.strip())
    narrowed = narrow(text).strip()
    parts = _PARTS.fullmatch(narrowed)
    try:
        day = read_day(parts["day"] if parts else narrowed)
    except OutsideEra:
        return None
    at = _time(parts["time"]) if parts else closes
    return None if day is None or at is None else datetime.combine(day, at, TOKYO)


def _time(text: str) -> time | None:
    if _NOON.fullmatch(text.strip()):
        return time(12)
    found = _TIME.fullmatch(text.strip())
    hour = None if found is None else _hour(int(found["hour"]), found["half"], found["after"])
    if found is None or hour is None:
        return None
    try:
        return time(hour, 30 if found["middle"] else int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def _hour(hour: int, before: str | None, after: str | None) -> int | None:
    """Return the hour of the day: 午後5時 is 17. None for 12 with 午前 or 午後, which people mean either way."""
    half = before or after
    if half is None:
        return hour
    if hour == 12 or (before and after):
        return None
    late = half == "午後" or half[0] in "Pp"
    if not late:
        return hour if hour < 12 else None
    return hour + 12 if hour < 12 else hour  # 午後17時 can only mean one hour


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
