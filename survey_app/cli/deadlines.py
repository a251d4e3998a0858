"""Reads a deadline as officials write it; times are those of Asia/Tokyo."""

import re
from datetime import datetime, time

from questions.eras import OutsideEra, read_day, show_day
from questions.numerals import narrow
from survey_app.clock import TOKYO

END_OF_DAY = time(23, 59, 59)
WEEKDAYS = "月火水木金土日"
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


def show_moment(moment: datetime) -> str:
    """Show a moment as 令和8年12月18日（金）17:15."""
    local = moment.astimezone(TOKYO)
    return f"{show_day(local.date())}（{WEEKDAYS[local.weekday()]}）{local:%H:%M}"


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
