"""Forms of one town hall, made and received with a real database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlite_utils import Database
from town import OPENED, OWN

from survey_app.receiving.forms import form_book
from survey_app.receiving.opening import Opener
from survey_app.receiving.received import AS_IT_IS, Choices, Received
from survey_app.receiving.taking import apply, receive
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, Saved, Surroundings, find_reply


@pytest.fixture(scope="session")
def opener() -> Iterator[Opener]:
    """One process that opens all files of the tests."""
    with Opener() as held:
        yield held


@dataclass
class Desk:
    """The desk of one town hall, for one inquiry."""

    database: Database
    opener: Opener
    around: Callable[..., Surroundings]
    inquiry: str = "support_needs"
    municipality: str = OWN

    def reply(self) -> Reply:
        """The reply as it stands."""
        found = find_inquiry(self.database, self.inquiry)
        return find_reply(self.database, found, self.municipality, self.around())

    def form(self) -> bytes:
        """Its form."""
        return form_book(self.reply(), OPENED)

    def receive(self, content: bytes, *, sure: bool = False) -> Received:
        """Compare a form with the reply."""
        return receive(self.database, self.reply(), content, opener=self.opener, sure=sure)

    def apply(self, received: Received, choices: Choices = AS_IT_IS) -> Saved:
        """Save what is taken in."""
        return apply(self.database, received, choices, self.around().who)

    def take(self, content: bytes) -> Received:
        """Receive and save."""
        received = self.receive(content)
        assert received.refusal is None, received.refusal
        self.apply(received)
        return received


@pytest.fixture
def desk(database: Database, opener: Opener, around: Callable[..., Surroundings]) -> Callable[..., Desk]:
    """A desk: ``desk("cooperation_cases")``."""

    def made(inquiry: str = "support_needs", municipality: str = OWN) -> Desk:
        return Desk(database, opener, around, inquiry, municipality)

    return made
