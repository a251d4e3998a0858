"""A form that was opened before somebody else changed what it shows: it overwrites nothing."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


class Overtaken(ValueError):
    """What a form was made from has changed since."""


def mark(told: Mapping[str, Any]) -> str:
    """Return a mark of what a form shows, by which a later change is noticed."""
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def not_overtaken(seen: str | None, told: Mapping[str, Any]) -> None:
    """Raise Overtaken when a form saw something else; None: nobody looked. Call it inside the transaction."""
    if seen is not None and seen != mark(told):
        raise Overtaken
