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


_INSERT = (
    "INSERT INTO event (at, account, actor, act, inquiry, municipality, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


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
    line = (clock.stored(who.at), who.account, who.name, act, subject.inquiry, subject.municipality)
    told = (json.dumps(dict(before), ensure_ascii=False), json.dumps(dict(after), ensure_ascii=False))
    database.execute(_INSERT, (*line, *told))
