"""The steps of the story at the browser, and what is set up beside it: who is there, and what they know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from book_hands import handled, put
from halls import Hall, press, text
from sqlite_utils import Database
from the_story import INQUIRY, REPLIES, SEED, SIX, response_of
from town import PASSWORD, fukushima

from exports.needs import Key, Need, needs_of
from questions.answers import Entry
from questions.life import State
from questions.reading import read_catalogue
from questions.setting import Roster
from survey_app import clock
from survey_app.cli.initialising import prepare, start_with_own_divisions
from survey_app.consulting.matters import consultation
from survey_app.passwords import hash_password
from survey_app.rosters.reading import read_own_roster
from survey_app.sample import Run, hand_in
from survey_app.store.accounts import Account, create_account
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.divisions import named
from survey_app.store.handing_responses import hand_in as hand_in_responses
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry, standings
from survey_app.store.replies import Changes, save_answers
from survey_app.store.responses import Typed, save_response
from survey_app.store.rounds import rounds

NEEDS, CONSULT, PUBLISH = (f"/board/{INQUIRY}/{room}" for room in ("needs", "consult", "publish"))
OWN, ANSWERS = f"/consulted/{INQUIRY}", f"/inquiries/{INQUIRY}/answers"
LEADER = "division"


def before_the_story(path: Path) -> None:
    """Make the database: six divisions with their routes, 59 municipalities asked, 52 replies, and accounts."""
    with prepare(path, read_own_roster("fukushima")) as database:
        start_with_own_divisions(database)
        now = clock.now()
        asked, codes = read_catalogue(INQUIRY), tuple(one.code for one in fukushima())
        end = now + timedelta(days=10)
        new = NewInquiry(INQUIRY, asked.title.ja, "市町村行政課", "調整のため", asked, end, codes)
        open_inquiry(database, new, Who(None, "test", now - timedelta(days=30)))
        hand_in(database, find_inquiry(database, INQUIRY), Run(REPLIES, SEED, until=now), lambda _done: None)
        secret = hash_password(PASSWORD)
        create_account(database, Account(0, LEADER, "県庁 太郎", "division", None, secret), now)
        for name in SIX:
            consulted = named(database, name, now.date())[0].id
            account = Account(0, name, "佐藤", "consulted", None, secret, consulted=consulted, telephone="024-521-0001")
            create_account(database, account, now)


@dataclass
class Story:
    """The people of the story at their browsers, and the database behind them."""

    database: Database
    opened: Callable[..., Any]
    scripts: bool
    files: Path
    there: dict[str, Any] = field(default_factory=dict)
    secret: str = field(default_factory=lambda: hash_password(PASSWORD))

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry."""
        return find_inquiry(self.database, INQUIRY)

    @property
    def number(self) -> int:
        """The number of the newest round."""
        return len(rounds(self.database, self.inquiry))

    @property
    def needs(self) -> dict[Key, Need]:
        """What is handed in now."""
        return {one.key: one for one in needs_of(take_cut(self.database, self.inquiry, clock.now()))}

    def person(self, name: str) -> Any:
        """Somebody at a browser of their own."""
        return self.there.get(name) or self.there.setdefault(name, self.opened(name, scripts=self.scripts))

    def officer(self, code: str) -> Any:
        """An officer of a municipality at a browser."""
        return self.person(self.hall(code).person())

    def identity(self, division: str) -> int:
        """The number of a division."""
        found: int | None = named(self.database, division, clock.now().date())[0].id
        assert found is not None
        return found

    def asked(self, division: str) -> list[Need]:
        """What a division is asked in the newest round."""
        found = consultation(self.database, self.inquiry, self.number)
        return [found.cut.needs[one.key] for one in found.lines_of(self.identity(division))]

    def need(self, field: str) -> Need:
        """The first need of a field of a municipality whose reply was handed in and can still be returned."""
        ready = {one.municipality for one in standings(self.database, self.inquiry) if one.state is State.SUBMITTED}
        return next(one for one in self.needs.values() if one.field == field and one.municipality in ready)

    def hall(self, code: str) -> Hall:
        """A town hall."""
        town = next(one for one in fukushima() if one.code == code)
        return Hall(self.database, Roster(fukushima()), town, self.secret, INQUIRY)

    def let_the_date_pass(self) -> None:
        """Let the date of the newest round pass."""
        with self.database.conn:
            self.database.execute("UPDATE round SET due = ?", [clock.stored(clock.now() - timedelta(seconds=1))])

    def change_need(self, need: Need, **texts: str) -> None:
        """Let the division return a need, and the municipality change it and hand it in again."""
        hall = self.hall(need.municipality)
        hall.give_back({(need.row, name): "会場を示してください。" for name in texts})
        reply = hall.reply()
        entries = {(need.row, name): Entry((text,), text) for name, text in texts.items()}
        save_answers(self.database, reply, Changes(reply.revision, entries), hall.who())
        hall.hand_in()


def last_month() -> str:
    """The month that has passed last, as people type it."""
    past = clock.now().replace(day=1) - timedelta(days=1)
    return f"{past.year}年{past.month}月"


def answer_beside(story: Story, division: str) -> None:
    """Let a division answer everything and hand it in, without its pages."""
    found = consultation(story.database, story.inquiry, story.number)
    own, needs = story.identity(division), {one.key: one for one in story.asked(division)}
    who = Who(None, division, clock.now())
    for to in found.lines_of(own):
        typed = Typed(response_of(division, needs[to.key]), 0, to.need_digest)
        save_response(story.database, found.round, to, typed, who)
    hand_in_responses(story.database, found.round, own, who)


def fix_cut(page: Any, name: str) -> None:
    """Fix what is handed in as a cut."""
    page.fill("#name", name)
    press(page, "button:has-text('集計を確定する')")
    assert name in page.inner_text("section[aria-labelledby=cuts]")


def open_round(lead: Any, due: str, request: str) -> Any:
    """Ask the divisions."""
    page = lead.go(f"{CONSULT}/open")
    page.fill("#due", due)
    page.fill("#request", request)
    press(page, "button:has-text('課に照会する')")
    return page


def answer(page: Any, texts: dict[str, str], go: str) -> None:
    """Answer a need in the browser."""
    page.select_option("[name=R1]", texts["R1"])
    for name in ("R2", "R3", "R4", "R5", "R6", "R7"):
        page.fill(f"[name={name}]", texts.get(name, ""))
    press(page, f".acts button[value={go}]")


def download(page: Any, link: str, to: Path) -> Path:
    """Follow a link to a file."""
    with page.expect_download() as loading:
        page.click(link)
    found = to / str(loading.value.suggested_filename)
    loading.value.save_as(found)
    return found


def answer_by_book(page: Any, story: Story, division: str, needs: list[Need]) -> None:
    """Answer needs in the division's workbook, and hand everything in."""
    own = page.url
    press(page, "a:has-text('Excelで回答する')")
    file = download(page, "a:has-text('ブック（Excel）をダウンロード')", story.files)
    file.write_bytes(handled(file.read_bytes(), *(put(one.key, response_of(division, one)) for one in needs)))
    page.set_input_files("#file", file)
    press(page, "button:has-text('送って違いを見る')")
    press(page, "button:has-text('選んだとおりに取り込む')")
    assert "ブックを取り込みました" in text(page)
    page.goto(own)
    press(page, "button:has-text('全ての回答を提出する')")
    assert "全ての要望への回答を提出しました" in text(page)
