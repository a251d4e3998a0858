"""What was changed about a municipality and its people, out of the trail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from survey_app import clock

ACTS = (
    "add_municipality",
    "change_municipality",
    "add_contact",
    "change_contact",
    "end_contact",
    "create_account",
    "change_account",
    "disable_account",
    "enable_account",
    "hand_over",
    "invite",
    "withdraw_invitation",
    "accept_invitation",
    "issue_password",
)
MOST = 50


@dataclass(frozen=True)
class Event:
    """One line of the trail."""

    at: datetime
    actor: str
    act: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def history(database: Database, municipality: str) -> tuple[Event, ...]:
    """Return the last changes of a municipality and its people, the newest first; at most MOST."""
    query = (
        f"SELECT * FROM event WHERE inquiry IS NULL AND municipality = ? AND act IN ({', '.join('?' * len(ACTS))})"
        f" ORDER BY id DESC LIMIT {MOST}"
    )
    return tuple(
        Event(
            clock.read(row["at"]),
            row["actor"],
            row["act"],
            json.loads(row["before"] or "{}"),
            json.loads(row["after"] or "{}"),
        )
        for row in database.execute(query, [municipality, *ACTS])
    )
