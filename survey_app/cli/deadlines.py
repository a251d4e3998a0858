"""Shows deadlines at the command line; they are read as the pages read them."""

from datetime import datetime

from questions.eras import show_day
from survey_app.clock import TOKYO
from survey_app.deadlines import read_deadline

__all__ = ["read_deadline", "show_moment"]

WEEKDAYS = "月火水木金土日"


def show_moment(moment: datetime) -> str:
    """Show a moment as 令和8年12月18日（金）17:15."""
    local = moment.astimezone(TOKYO)
    return f"{show_day(local.date())}（{WEEKDAYS[local.weekday()]}）{local:%H:%M}"
