"""What the tests of preparing share: what is filled in, and what a page says of itself."""

import re
from typing import Any

ABOUT = {
    "title": "県の支援に係る照会",
    "name": "needs_r8",
    "issuer": "福島県 総務部 市町村行政課",
    "purpose": "支援の要望を把握するためです。",
    "legal_ground": "地方自治法第245条の4第1項",
    "use_of_results": "関係課に提供します。",
    "contact_section": "市町村行政課",
    "contact_person": "県庁 太郎",
    "contact_telephone": "024-521-7000",
    "contact_mail": "gyosei@pref.example.lg.jp",
}
TERM = {"deadline_day": "R8.12.18", "deadline_time": "17:15", "retain_years": "5"}


def marks(page: str) -> dict[str, str]:
    """The marks of the texts that a page was opened with."""
    return dict(re.findall(r'name="(was\.[a-z_]+)" value="([0-9a-f]*)"', page))


def seen(page: str) -> str:
    """The revision that a page shows."""
    return re.findall(r'name="seen" value="([^"]*)"', page)[0]


def fill(desk: Any, draft: int = 1) -> None:
    """Fill in all that is needed."""
    desk.post(f"/prepare/{draft}/steps/about", {**ABOUT, "go": "next"})
    desk.post(f"/prepare/{draft}/targets", {"go": "add:group:町"})
    desk.post(f"/prepare/{draft}/steps/term", {**TERM, "go": "next"})


def send(desk: Any, draft: int = 1, status: int = 303) -> str:
    """Confirm and send."""
    page = desk.get(f"/prepare/{draft}/open")
    answer: str = desk.post(f"/prepare/{draft}/open", {"seen": seen(page)}, status)
    return answer
