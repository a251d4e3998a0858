"""An officer's desk: saves section by section, hands in, withdraws and corrects, as the pages do."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlite_utils import Database

from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.model import Section
from questions.setting import Setting
from survey_app.passwords import NOBODY
from survey_app.samples.moments import before
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.approvals import ask_approval
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.returns import return_items
from survey_app.store.submissions import Order, accept, submit, withdraw

DIVISION = "見本（県市町村行政課）"
LONG_REASON = "内容をもう少し具体的に記入してください（時期、人数、対象の業務など）。"
SHORT_REASON = "電話番号を確認してください。"
ADDED = "\n（追記）詳細は電話で御説明したい。"


class Desk:
    """One municipality's reply to one inquiry, and the officer who makes it."""

    def __init__(self, database: Database, inquiry: Inquiry, setting: Setting, answers: Answers) -> None:
        self.database = database
        self.inquiry = inquiry
        self.setting = setting
        self.answers = answers

    def saving(self, at: datetime, share: float = 1.0) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """Yield the saves of the sections, with their moments before ``at``; only the first ``share`` of them."""
        sections = Examination(self.inquiry.questionnaire, self.answers, self.setting).sections()
        sections = sections[: max(1, round(len(sections) * share))]
        for section, moment in zip(sections, before(at, len(sections), self.inquiry.opened_at), strict=True):
            yield moment, partial(self._save, section, moment)

    def submit(self, at: datetime) -> None:
        """Hand in what was saved, and confirm what asks to be confirmed."""
        reply, who = self._reply(at)
        submit(self.database, reply, self._order(reply), who)

    def withdraw(self, at: datetime) -> None:
        """Take the reply back for correction."""
        withdraw(self.database, *self._reply(at))

    def accept(self, at: datetime) -> None:
        """Let the division accept the reply."""
        reply, _ = self._reply(at)
        accept(self.database, reply, reply.standing.number or 0, Who(None, DIVISION, at))

    def ask_approval(self, at: datetime) -> None:
        """Ask the approver of the town hall, and leave it waiting."""
        self._account(f"sample-{self.setting.municipality}-approver", "総務課長（見本）", "approver", at)
        reply, who = self._reply(at)
        ask_approval(self.database, reply, self._order(reply), who)

    def give_back(self, at: datetime) -> None:
        """Let the division return the last of the answers that are asked for in full sentences, or the telephone."""
        reply, _ = self._reply(at)
        long = [place for place, _ in self._long()]
        reason = LONG_REASON if long else SHORT_REASON
        return_items(self.database, reply, {long[-1] if long else ("", "A5"): reason}, Who(None, DIVISION, at))

    def correct(self, at: datetime, random: Random) -> None:
        """Change something: add a sentence to a long answer, or put another person in charge."""
        reply, who = self._reply(at)
        place, texts = self._correction(random)
        save_answers(self.database, reply, Changes(reply.revision, {place: self._entry(place[1], texts)}), who)

    def _order(self, reply: Reply) -> Order:
        """Return the order to hand in what was saved, with everything confirmed that asks to be."""
        names = (str(one.context.get("check")) for one in reply.examination().to_confirm())
        token = f"sample-{self.inquiry.id}-{self.setting.municipality}-{reply.revision}"
        return Order(reply.revision, token, frozenset(names))

    def _long(self) -> list[tuple[Place, str]]:
        """Return the answers in full sentences, with their places."""
        questions = self.inquiry.questionnaire.questions
        entries = self.answers.entries.items()
        return [(place, entry.texts[0]) for place, entry in entries if questions[place[1]].kind.long and entry.texts]

    def _correction(self, random: Random) -> tuple[Place, tuple[str, ...]]:
        room = [(place, text) for place, text in self._long() if not self._entry(place[1], (text + ADDED,)).problems]
        if not room:
            return ("", "A3"), ("主幹",)
        place, text = random.choice(room)
        return place, (text + ADDED,)

    def _save(self, section: Section, at: datetime) -> None:
        tables = {table.name for table in section.tables()}
        names = {question.name for item in section.items for question in getattr(item, "questions", (item,))}
        entries = {place: entry for place, entry in self.answers.entries.items() if place[1] in names}
        rows = {table: rows for table, rows in self.answers.rows.items() if table in tables}
        reply, who = self._reply(at)
        save_answers(self.database, reply, Changes(reply.revision, entries, rows), who)

    def _reply(self, at: datetime) -> tuple[Reply, Who]:
        who = self._officer(at).who(at)
        around = Surroundings(self.setting.roster, who)
        return find_reply(self.database, self.inquiry, self.setting.municipality, around), who

    def _officer(self, at: datetime) -> Account:
        """Return the officer's account: nobody can sign in with it."""
        name = f"sample-{self.setting.municipality}"
        return self._account(name, f"{self.answers.value('A4') or name}（見本）", "officer", at)

    def _account(self, name: str, person: str, role: str, at: datetime) -> Account:
        known = find_account(self.database, name)
        if known is not None:
            return known
        new = Account(0, name, person, role, self.setting.municipality, NOBODY)
        create_account(self.database, new, at - timedelta(minutes=1))
        made = find_account(self.database, name)
        if made is None:
            raise LookupError(name)
        return made

    def _entry(self, question: str, texts: tuple[str, ...]) -> Entry:
        parsed = self.inquiry.questionnaire.questions[question].kind.parse(texts, self.setting)
        return Entry(texts, parsed.value, parsed.problems)
