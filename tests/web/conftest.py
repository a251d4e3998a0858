"""An officer at the pages of an inquiry."""

from collections.abc import Callable
from typing import Any

import pytest
from officer import Officer
from sqlite_utils import Database
from typing_in import changes

from survey_app.store.replies import Reply, Surroundings, save_answers


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


@pytest.fixture
def desk(browser: Callable[..., Any]) -> Any:
    """The division at its desk, with a draft from the catalogue under /prepare/1."""
    found = browser("division")
    found.get("/prepare/new")
    assert found.post("/prepare/new", {"source": "catalogue:support_needs", "token": "t"}) == "/prepare/1"
    return found
