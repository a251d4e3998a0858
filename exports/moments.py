"""Moments as people read them: in Asia/Tokyo, by the era. Cells that hold dates show the same by their formats."""

from datetime import datetime
from zoneinfo import ZoneInfo

from questions.eras import show_day

HOUSE_TIME = ZoneInfo("Asia/Tokyo")


def show_moment(found: datetime) -> str:
    """Show an aware moment as 令和8年12月18日 17:15."""
    local = found.astimezone(HOUSE_TIME)
    return f"{show_day(local.date())} {local:%H:%M}"
