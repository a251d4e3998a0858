"""The one clock: the server's, in Asia/Tokyo, to the second."""

from datetime import datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """Return the present moment in Asia/Tokyo, to the second."""
    return datetime.now(TOKYO).replace(microsecond=0)


def stored(moment: datetime) -> str:
    """Return the text under which a moment is stored; such texts sort as the moments do."""
    return moment.astimezone(TOKYO).isoformat(timespec="seconds")


def read(text: str) -> datetime:
    """Read a stored moment."""
    return datetime.fromisoformat(text).astimezone(TOKYO)


def read_optional(text: str | None) -> datetime | None:
    """Read a stored moment that may be absent."""
    return None if text is None else read(text)
