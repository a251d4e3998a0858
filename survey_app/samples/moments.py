"""When municipalities reply: on working days, in office hours, more of them towards the end."""

from datetime import date, datetime, time, timedelta
from random import Random

from survey_app.clock import TOKYO

OPENS, CLOSES = time(8, 40), time(17, 10)
MINUTE = timedelta(minutes=1)


def office_moments(opened: datetime, end: datetime, count: int, random: Random) -> list[datetime]:
    """Return so many moments between the two, in no order; they depend on the day of opening, not on its minute."""
    days = _working_days(opened.astimezone(TOKYO).date() + timedelta(days=1), end)
    if not days:
        seconds = max(1, int((end - opened).total_seconds()) - 1)
        return [opened + timedelta(seconds=random.randint(1, seconds)) for _ in range(count)]
    weights = [1 + 2 * number / len(days) for number in range(len(days))]
    return [_in_office(day, random) for day in random.choices(days, weights, k=count)]


def soon_after(at: datetime, end: datetime, random: Random) -> datetime:
    """Return a moment on one of the next working days; before the end, if need be on the same day."""
    days = _working_days(at.date() + timedelta(days=1), min(end, at + timedelta(days=5)))
    if days:
        return _in_office(random.choice(days[:2]), random)
    left = max(1, int((end - at).total_seconds()) - 1)
    return at + timedelta(seconds=min(left, random.randint(600, 3_600)))


def before(at: datetime, saves: int, earliest: datetime) -> list[datetime]:
    """Return when the sections were saved, of which the last was submitted at ``at``: some minutes between them."""
    return [max(earliest, at - MINUTE * 4 * (saves - number)) for number in range(saves)]


def working_day_before(day: date, days: int) -> date:
    """Return the day so many days before; the Friday before it when it is a weekend."""
    found = day - timedelta(days=days)
    return found - timedelta(days=max(0, found.weekday() - 4)) if days else found


def _in_office(day: date, random: Random) -> datetime:
    minutes = (CLOSES.hour - OPENS.hour) * 60 + CLOSES.minute - OPENS.minute
    passed = timedelta(minutes=random.randint(0, minutes), seconds=random.randint(0, 59))
    return datetime.combine(day, OPENS, TOKYO) + passed


def _working_days(first: date, end: datetime) -> list[date]:
    """Return the working days whose office hours end before the end."""
    days = (first + timedelta(days=number) for number in range(max(0, (end.date() - first).days + 1)))
    return [day for day in days if day.weekday() < 5 and datetime.combine(day, CLOSES, TOKYO) + MINUTE <= end]
