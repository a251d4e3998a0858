"""What is due when: the inquiries that are open at a moment."""

from datetime import datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.deadlines import Due


def open_dues(database: Database, now: datetime) -> tuple[Due, ...]:
    """Return the inquiries that still take replies, the nearest deadline first."""
    query = (
        "SELECT title, deadline, group_concat(target.municipality) AS codes FROM inquiry"
        " JOIN target ON target.inquiry = inquiry.id"
        " WHERE closed_at IS NULL AND cancelled_at IS NULL AND archived_at IS NULL AND deadline >= ?"
        " GROUP BY inquiry.id ORDER BY deadline"
    )
    rows = database.execute(query, [clock.stored(now)])
    return tuple(Due(row["title"], clock.read(row["deadline"]), frozenset(row["codes"].split(","))) for row in rows)
