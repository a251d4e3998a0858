"""The audit trail: who did what when, and what was there before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from questions.problems import NOTHING
from survey_app import clock


@dataclass(frozen=True)
class Who:
    """Who acts, and when. ``account`` is None for the command line."""

    account: int | None
    name: str
    at: datetime


@dataclass(frozen=True)
class Subject:
    """What an act is about."""

    inquiry: int | None = None
    municipality: str | None = None


def record(
    database: Database,
    who: Who,
    act: str,
    subject: Subject,
    *,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """Write one line; call it inside the transaction of the change."""
    database.table("event").insert(
        {
            "at": clock.stored(who.at),
            "account": who.account,
            "actor": who.name,
            "act": act,
            "inquiry": subject.inquiry,
            "municipality": subject.municipality,
            "before": json.dumps(dict(before), ensure_ascii=False),
            "after": json.dumps(dict(after), ensure_ascii=False),
        }
    )
