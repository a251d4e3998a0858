"""The short name of an inquiry: it stands in addresses and file names, and is never given twice."""

import re
from collections.abc import Collection

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
LONGEST = 64


def proposed_name(questionnaire: str, taken: Collection[str]) -> str:
    """Return a free name made from that of the questionnaire: support_needs, support_needs_2, …"""
    if questionnaire not in taken:
        return questionnaire
    stem = questionnaire[: LONGEST - 5]
    return next(f"{stem}_{number}" for number in range(2, len(taken) + 3) if f"{stem}_{number}" not in taken)
