"""What the tests share: a real database with 59 municipalities and four inquiries, a clock that stands, clients."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import Page
from sqlite_utils import Database
from town import DEADLINE, OPENED, OTHER, OWN, PASSWORD, Clock, fukushima

from questions.reading import catalogue, read_catalogue
from questions.setting import Roster
from survey_app.factory import create_app
from survey_app.passwords import hash_password
from survey_app.sample import Run, hand_in
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.audit import Who
from survey_app.store.database import connect, initialise
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.rosters import keep_municipalities, roster


@pytest.fixture(scope="session")
def whole_roster() -> Roster:
    """All municipalities as a roster."""
    return Roster(fukushima())


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `make run` makes it, without replies; copied for each test."""
    path = tmp_path_factory.mktemp("prepared") / "shokai.db"
    database = initialise(path)
    keep_municipalities(database, fukushima(), "test")
    secret = hash_password(PASSWORD)
    people = (
        ("mishima", "officer", OWN, "佐藤 花子"),
        ("mishima2", "officer", OWN, "鈴木 一郎"),
        ("kaneyama", "officer", OTHER, "渡部 次郎"),
        ("division", "division", None, "県庁 太郎"),
    )
    for sign_in_name, role, municipality, name in people:
        create_account(database, Account(0, sign_in_name, name, role, municipality, secret), OPENED)
    who = Who(None, "test", OPENED)
    for name in catalogue():
        questionnaire = read_catalogue(name)
        codes = tuple(one.code for one in fukushima())
        new = NewInquiry(name, questionnaire.title.ja, "市町村行政課", "調整のため", questionnaire, DEADLINE, codes)
        open_inquiry(database, new, who)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def path(prepared: Path, tmp_path: Path) -> Path:
    """The path of this test's own database."""
    return Path(shutil.copy(prepared, tmp_path / "shokai.db"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """This test's own database."""
    with connect(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def prepared_replies(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prepared database with twelve sample replies to 様式1 that were handed in, and some that were not."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("replies") / "shokai.db"))
    with connect(path) as database:
        hand_in(database, find_inquiry(database, "support_needs"), Run(12, 1, until=DEADLINE), lambda _done: None)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def sampled(prepared_replies: Path, path: Path) -> Iterator[Database]:
    """This test's own database, with the sample replies in it."""
    shutil.copy(prepared_replies, path)
    with connect(path) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    """The clock of the test."""
    return Clock()


@pytest.fixture
def support_needs(database: Database) -> Inquiry:
    """The inquiry of 様式1."""
    return find_inquiry(database, "support_needs")


@pytest.fixture
def around(database: Database, clock: Clock) -> Callable[..., Surroundings]:
    """Who acts, at the moment of the clock: ``around("mishima")``."""

    def found(sign_in_name: str = "mishima") -> Surroundings:
        account = find_account(database, sign_in_name)
        assert account is not None
        return Surroundings(roster(database), replace(account.who(clock.now)))

    return found


@pytest.fixture
def reply(database: Database, support_needs: Inquiry, around: Callable[..., Surroundings]) -> Callable[..., Reply]:
    """The reply of 三島町 (or another) as it stands now."""
    return lambda code=OWN: find_reply(database, support_needs, code, around())


@pytest.fixture
def app(path: Path, clock: Clock) -> Flask:
    """The application over this test's database; tokens against forged forms are on, as in earnest."""
    made = create_app({"database": path, "now": clock})
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@dataclass
class Browser:
    """A client that sends forms as a browser does: with the token of the page before."""

    client: FlaskClient
    token: str = ""

    def get(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, (address, response.status_code, response.text[:2000])
        self._remember(response.text)
        return response.text

    def post(self, address: str, fields: dict[str, object] | None = None, status: int = 303) -> str:
        response = self.client.post(address, data={"csrf_token": self.token, **(fields or {})})
        assert response.status_code == status, (address, response.status_code, response.text[:2000])
        self._remember(response.text)
        return response.headers.get("Location", "") if status == 303 else response.text

    def _remember(self, page: str) -> None:
        if page.startswith("<!doctype html>"):
            assert Page(page).faults() == []
        mark = 'name="csrf_token" value="'
        if mark in page:
            self.token = page.split(mark, 1)[1].split('"', 1)[0]

    def sign_in(self, sign_in_name: str) -> "Browser":
        self.get("/sign-in")
        self.post("/sign-in", {"sign_in_name": sign_in_name, "password": PASSWORD})
        self.get("/account/")  # a page with the token of the new session
        return self


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """A browser, signed in when a name is given: ``browser("mishima")``."""

    def opened(sign_in_name: str | None = None) -> Browser:
        found = Browser(app.test_client())
        return found.sign_in(sign_in_name) if sign_in_name else found

    return opened
