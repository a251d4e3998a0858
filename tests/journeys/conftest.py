"""The real server and a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from halls import Hall, Halls, stretched
from live import Server
from persons import Person, people
from playwright.sync_api import Browser, sync_playwright

from questions.setting import Roster
from survey_app.store.database import connect

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """The address of the real server over this test's database."""
    with Server(path) as server:
        yield server.address


@pytest.fixture(scope="module")
def halls(prepared: Path, whole_roster: Roster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Halls]:
    """The town halls of one server that the journeys of a file share."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("halls") / "shokai.db"))
    with connect(path) as database:
        stretched(database)
        with Server(path) as server:
            yield Halls(server.address, database, whole_roster)


@pytest.fixture
def hall(halls: Halls) -> Hall:
    """A town hall of this test's own, on the shared server."""
    return halls.next()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless. Without it the tests are skipped, in CI they fail."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, address: str) -> Iterator[Callable[..., Person]]:
    """Open a browser at this test's own server."""
    with people(chromium, address) as opened:
        yield opened


@pytest.fixture
def visitor(chromium: Browser, halls: Halls) -> Iterator[Callable[..., Person]]:
    """Open a browser at the server that the journeys of a file share."""
    with people(chromium, halls.address) as opened:
        yield opened
