"""Town halls on one server: each journey takes a town of its own, so that none sees what another left behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlite_utils import Database
from town import PASSWORD, fukushima
from typing_in import NIL_REPLY, changes

from questions.answers import Place
from questions.setting import Municipality, Roster
from survey_app import clock
from survey_app.passwords import hash_password
from survey_app.sample import contents
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.approvals import ask_approval
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.returns import return_items
from survey_app.store.submissions import Order, accept, submit

FAR = "2126-12-18T17:15:00+09:00"
LONG_AGO = "2026-01-01T00:00:00+09:00"


@dataclass(frozen=True)
class Hall:
    """One town hall and its reply to one inquiry: what the journeys set up beside the browser, and look at after."""

    database: Database
    roster: Roster
    town: Municipality
    secret: str
    name: str = "support_needs"

    @property
    def code(self) -> str:
        """The municipality's code."""
        return self.town.code

    @property
    def here(self) -> str:
        """The address of the inquiry's overview."""
        return f"/inquiries/{self.name}"

    def at(self, name: str) -> "Hall":
        """The same town hall at another inquiry."""
        return Hall(self.database, self.roster, self.town, self.secret, name)

    def of_its_own(self) -> "Hall":
        """The same town hall at an inquiry that asks nobody else, to be ended as a journey likes; it repeats this."""
        here, now = self.inquiry, clock.now()
        name = f"{self.name}_{self.code}"
        new = NewInquiry(
            name, "単独の照会", "県", "", here.questionnaire, now + timedelta(days=30), (self.code,), earlier=here.id
        )
        open_inquiry(self.database, new, Who(None, "test", now))
        return self.at(name)

    def person(self, role: str = "officer", number: int = 1) -> str:
        """The sign-in name of somebody here; the account is made when it is asked for first."""
        sign_in_name = f"{role}{number}-{self.code}"
        name = {"officer": f"担当 {number}", "approver": "総務課長"}[role]
        create_account(self.database, Account(0, sign_in_name, name, role, self.code, self.secret), clock.now())
        return sign_in_name

    def who(self, role: str = "officer", number: int = 1) -> Who:
        """Somebody here as the one who acts."""
        account = find_account(self.database, self.person(role, number))
        assert account is not None
        return account.who(clock.now())

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry."""
        return find_inquiry(self.database, self.name)

    def reply(self) -> Reply:
        """The reply as it stands."""
        return find_reply(self.database, self.inquiry, self.code, Surroundings(self.roster, Who(None, "", clock.now())))

    def value(self, name: str, row: str = "") -> object:
        """What is stored for a question."""
        return self.reply().answers.value(name, row)

    def save(self, number: int = 1, **typed: str) -> None:
        """Type answers outside tables, as an officer does."""
        save_answers(self.database, self.reply(), changes(self.reply(), typed), self.who(number=number))

    def fill(self, *, nil: bool = False) -> None:
        """Complete the reply: with 該当なし where ``nil``, else as an officer who has much to ask for."""
        reply = self.reply()
        if nil:
            return self.save(**NIL_REPLY)
        typed = contents(reply.inquiry.questionnaire, reply.setting, Random(7), nil=False)
        save_answers(self.database, reply, Changes(reply.revision, typed.entries, typed.rows), self.who())
        return None

    def order(self) -> Order:
        """The order to hand in what is saved, with everything confirmed."""
        reply = self.reply()
        confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
        return Order(reply.revision, f"{self.name}-{self.code}-{reply.revision}", confirmed)

    def hand_in(self) -> None:
        """Hand in."""
        submit(self.database, self.reply(), self.order(), self.who())

    def ask_approval(self) -> None:
        """Ask the approver."""
        self.person("approver")
        ask_approval(self.database, self.reply(), self.order(), self.who())

    def accept(self) -> None:
        """Let the division accept it."""
        reply = self.reply()
        accept(self.database, reply, reply.standing.number or 0, self.division())

    def give_back(self, reasons: dict[Place, str]) -> None:
        """Let the division return items."""
        return_items(self.database, self.reply(), reasons, self.division())

    def division(self) -> Who:
        """Somebody of the division."""
        account = find_account(self.database, "division")
        assert account is not None
        return account.who(clock.now())

    def let_sessions_run_out(self) -> None:
        """Let everybody's session here run out, as twelve hours do."""
        long_ago = clock.stored(clock.now() - timedelta(hours=13))
        own = "SELECT id FROM account WHERE municipality = ?"
        with self.database.conn:
            self.database.execute(f"UPDATE session SET started_at = ? WHERE account IN ({own})", [long_ago, self.code])

    def let_the_deadline_pass(self) -> None:
        """Let the deadline pass, of the whole inquiry: for an inquiry of the journey's own."""
        with self.database.conn:
            self.database.execute(
                "UPDATE inquiry SET deadline = ? WHERE name = ?",
                [clock.stored(clock.now() - timedelta(seconds=1)), self.name],
            )


@dataclass
class Halls:
    """All town halls of one server; ``next`` gives one that nobody has used."""

    address: str
    database: Database
    roster: Roster
    secret: str = field(default_factory=lambda: hash_password(PASSWORD))
    left: Iterator[Municipality] = field(default_factory=lambda: iter(fukushima()))

    def next(self) -> Hall:
        """Return a town hall that nobody has used."""
        return Hall(self.database, self.roster, next(self.left), self.secret)


def stretched(database: Database) -> None:
    """Let all deadlines lie far ahead: the server's clock is the real one."""
    with database.conn:
        database.execute("UPDATE inquiry SET deadline = ?, opened_at = ?", [FAR, LONG_AGO])


BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
"""Each journey goes with and without JavaScript."""


def press(page: Any, button: str) -> None:
    """Press a button or follow a link, and wait for the page that comes."""
    with page.expect_navigation():
        page.click(button)


def save(page: Any, go: str = "stay") -> None:
    """Press a button under the form of a section."""
    press(page, f".acts button[value={go}]")


def text(page: Any) -> str:
    """The text of the page."""
    found: str = page.inner_text("main")
    return found
