"""An officer at the pages of an inquiry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from page_check import Page, hidden_value
from sqlite_utils import Database
from typing_in import changes

from survey_app.store.replies import Reply, Surroundings, save_answers

INQUIRY = "/inquiries/support_needs"
CONTACT = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "0241-48-5511",
    "A6": "somu@town.mishima.lg.jp",
    "A7": "head",
    "A8": "R8.11.20",
}


@dataclass
class Officer:
    """Somebody who opens pages and sends their forms, each with the revision that the page had."""

    browser: Any

    def see(self, address: str, status: int = 200) -> str:
        """Open a page; every page is checked."""
        text: str = self.browser.get(self.full(address), status)
        assert Page(text).faults() == [], address
        return text

    def send(self, address: str, fields: dict[str, object], status: int = 303) -> str:
        """Open the page of a form and send it; return where it leads, or the page that says why not."""
        text = self.browser.get(self.full(address))
        seen = {"seen": hidden_value(text, "seen")} if 'name="seen"' in text else {}
        outcome: str = self.browser.post(self.full(address), {**seen, **fields}, status)
        if status != 303:
            assert Page(outcome).faults() == [], address
        return outcome

    def post(self, address: str, fields: dict[str, object], status: int = 303) -> str:
        """Send a form as it is."""
        outcome: str = self.browser.post(self.full(address), fields, status)
        return outcome

    @staticmethod
    def full(address: str) -> str:
        """Addresses within the inquiry of 様式1 are written short."""
        return address if address.startswith("/") else f"{INQUIRY}/{address}".rstrip("/")


@pytest.fixture
def officer(browser: Callable[..., Any]) -> Callable[..., Officer]:
    """An officer: ``officer()`` of 三島町, ``officer("mishima2")`` a colleague."""
    return lambda sign_in_name="mishima": Officer(browser(sign_in_name))


@pytest.fixture
def typed(
    database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> Callable[[dict[str, str]], None]:
    """Put answers outside tables into the reply of 三島町."""

    def put(answers: dict[str, str]) -> None:
        save_answers(database, reply(), changes(reply(), answers), around().who)

    return put
