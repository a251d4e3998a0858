"""Notices for the next page: a code, whose sentence stands in the templates."""

from flask import flash, session


def note(code: str, tone: str = "done") -> None:
    """Tell something on the next page that is shown; what waits there already is not told twice."""
    if (tone, code) not in [tuple(waiting) for waiting in session.get("_flashes", ())]:
        flash(code, tone)
