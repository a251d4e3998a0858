"""Notices for the next page: a code, whose sentence stands in the templates."""

from typing import Any

from flask import flash, session


def note(code: str, tone: str = "done", **context: object) -> None:
    """Tell something on the next page that is shown; what waits there already is not told twice.

    ``context``: what the sentence names, few and short: it travels in the cookie of the session.
    """
    told: Any = {"code": code, **context} if context else code
    if (tone, told) not in [tuple(waiting) for waiting in session.get("_flashes", ())]:
        flash(told, tone)
