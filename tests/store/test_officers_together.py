"""Officers, approver and division of one town at once, in any order: nothing accepted disappears."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from town import DEADLINE, OPENED, OWN, Clock
from typing_in import NIL_REPLY, changes

from questions.life import STEPS, NotAllowed, State
from survey_app.store.accounts import find_account
from survey_app.store.approvals import approve, ask_approval, digest_of, send_back
from survey_app.store.database import connect
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply, save_answers
from survey_app.store.returns import open_items, return_items
from survey_app.store.rosters import roster
from survey_app.store.submissions import (
    ChangedMeanwhile,
    Incomplete,
    Order,
    accept,
    submissions_of,
    submit,
    withdraw,
)

NAMES = ("mishima", "mishima2", "kaneyama")  # the third stands in for a colleague; who acts is all that counts here
QUESTIONS = ("A2", "A3", "A4", "B2")
REACHABLE = {(state, step.to) for step in STEPS for state in step.of}
prepared_database: Path


@pytest.fixture(autouse=True)
def _prepared(prepared: Path) -> None:
    global prepared_database  # noqa: PLW0603 (hypothesis makes the machine, no fixture reaches it)
    prepared_database = prepared


class Town(RuleBasedStateMachine):
    """What each officer has on the screen, and what the database has accepted."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(prepared_database, Path(self.folder.name) / "town.db"))
        self.database = connect(path)
        self.clock = Clock(OPENED)
        self.inquiry = find_inquiry(self.database, "support_needs")
        self.roster = roster(self.database)
        self.screens: dict[str, Reply] = {}
        self.accepted: dict[str, str] = {}
        self.ever: set[tuple[str, str]] = set()
        self.digests: list[str] = []
        self.tokens = 0
        self.state = State.NOT_STARTED
        for name in NAMES:
            self.screens[name] = self.now(name)
        self.edit_first()

    def edit_first(self) -> None:
        """Begin with a complete nil reply, so that handing in is within reach."""
        self.keep("mishima", dict(NIL_REPLY))

    def who(self, name: str) -> Any:
        account = find_account(self.database, name)
        assert account is not None
        return account.who(self.clock.now)

    def now(self, name: str) -> Reply:
        return find_reply(self.database, self.inquiry, OWN, Surroundings(self.roster, self.who(name)))

    def keep(self, name: str, typed: dict[str, str]) -> None:
        """Send a page as it is on an officer's screen, with what was typed."""
        screen = self.screens[name]
        before = dict(self.accepted)
        saved = save_answers(self.database, screen, changes(screen, typed), self.who(name))
        refused = {conflict.place[1] for conflict in saved.conflicts}
        for question, text in typed.items():
            seen = "".join(screen.answers.entry(question).texts)
            if question in refused:
                assert before[question] != seen, "a conflict without another's change"
            elif text != seen:
                self.accepted[question] = text
                self.ever.add((question, text))
        self.screens[name] = self.now(name)

    @rule(name=st.sampled_from(NAMES))
    def look(self, name: str) -> None:
        self.screens[name] = self.now(name)

    @rule(
        name=st.sampled_from(NAMES),
        typed=st.dictionaries(
            st.sampled_from(QUESTIONS), st.sampled_from(["総務課", "企画課", "髙𠮟", "wip"]), min_size=1
        ),
    )
    def edit(self, name: str, typed: dict[str, str]) -> None:
        try:
            self.keep(name, typed)
        except NotAllowed:
            assert self.now(name).state in (State.SUBMITTED, State.ACCEPTED, State.RETURNED) or self.late()

    def late(self) -> bool:
        return self.clock.now > DEADLINE

    def order(self, name: str) -> Order:
        self.tokens += 1
        return Order(self.screens[name].revision, f"token {self.tokens}")

    @rule(name=st.sampled_from(NAMES))
    def hand_in(self, name: str) -> None:
        self.attempt(lambda: submit(self.database, self.screens[name], self.order(name), self.who(name)))

    @rule(name=st.sampled_from(NAMES))
    def ask(self, name: str) -> None:
        self.attempt(lambda: ask_approval(self.database, self.screens[name], self.order(name), self.who(name)))

    @rule(name=st.sampled_from(NAMES))
    def settle(self, name: str) -> None:
        screen = self.screens[name]
        self.attempt(lambda: approve(self.database, screen, self.order(name), digest_of(screen), self.who(name)))

    @rule(name=st.sampled_from(NAMES))
    def give_back(self, name: str) -> None:
        self.attempt(lambda: send_back(self.database, self.screens[name], "見直し", self.who(name)))

    @rule(name=st.sampled_from(NAMES))
    def take_back(self, name: str) -> None:
        self.attempt(lambda: withdraw(self.database, self.screens[name], self.who(name)))

    @rule(question=st.sampled_from(QUESTIONS))
    def send_for_correction(self, question: str) -> None:
        reasons = {("", question): "理由"}
        self.attempt(lambda: return_items(self.database, self.now("division"), reasons, self.who("division")))

    @rule()
    def check(self) -> None:
        here = self.now("division")
        number = here.standing.number or 0
        self.attempt(lambda: accept(self.database, here, number, self.who("division")))

    @rule(days=st.sampled_from([1, 30]))
    def wait(self, days: int) -> None:
        self.clock.move(days=days)

    def attempt(self, act: Any) -> None:
        """Do what may be refused; a refusal changes nothing."""
        before = self.now("mishima")
        try:
            act()
        except (NotAllowed, ChangedMeanwhile, Incomplete):
            assert self.now("mishima").revision == before.revision

    @invariant()
    def nothing_accepted_disappears(self) -> None:
        if not hasattr(self, "database"):
            return
        answers = self.now("mishima").answers
        assert {name: "".join(answers.entry(name).texts) for name in self.accepted} == self.accepted
        kept = set()
        for row in self.database.execute("SELECT after FROM event WHERE act = 'save'"):
            kept |= {(key[1:], "".join(texts)) for key, texts in json.loads(row["after"])["answers"].items()}
        assert self.ever <= kept

    @invariant()
    def submissions_only_grow(self) -> None:
        if not hasattr(self, "database"):
            return
        digests = [handed.digest for handed in reversed(submissions_of(self.database, self.inquiry, OWN))]
        assert digests[: len(self.digests)] == self.digests
        self.digests = digests

    @invariant()
    def states_follow_the_table(self) -> None:
        if not hasattr(self, "database"):
            return
        reply = self.now("mishima")
        if reply.state is not self.state:
            ends = {end for start, end in REACHABLE if start is self.state}
            assert reply.state in ends or (None in ends and reply.state in (State.DRAFT, State.RETURNED))
            self.state = reply.state
        assert bool(open_items(self.database, reply)) == reply.items_open
        waiting = self.database.execute("SELECT count(*) FROM approval WHERE outcome IS NULL").fetchone()[0]
        assert waiting == int(reply.state is State.AWAITING_APPROVAL)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()


TestTown = Town.TestCase
TestTown.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
