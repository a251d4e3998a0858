"""A round on the sample replies: 税務課 answers for TAX with 人事課 beside it, 人事課 for HR; the rest has nobody."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlite_utils import Database
from town import DEADLINE, PASSWORD

from exports.needs import Key
from survey_app.consulting.books import division_book
from survey_app.consulting.matters import Consultation, consultation
from survey_app.consulting.taking import BY_ITSELF, Chosen, Expected, TakenBook, apply, receive
from survey_app.passwords import hash_password
from survey_app.receiving.opening import Opener
from survey_app.store.accounts import Account, add_account
from survey_app.store.audit import Who
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.responses import Kept, Response, Typed, responses, save_response
from survey_app.store.rounds import NewRound, Round, asked, find_asked, open_round, rounds
from survey_app.store.routing import NewRule, add_rule

LEADER = Who(1, "県庁 太郎", DEADLINE)
ZEIMU = Who(2, "税務課 一郎", DEADLINE)
HANAKO = Who(3, "税務課 花子", DEADLINE)
WHOLE = {"R1": "A", "R2": "現行の研修で対応します。", "R7": "税務課 一郎"}


@dataclass
class Desk:
    """The lead division's desk, and those of the divisions that it asks."""

    database: Database
    inquiry: Inquiry
    tax: int
    people: int
    opener: Opener | None = field(default=None)

    @property
    def round(self) -> Round:
        """The newest round."""
        return rounds(self.database, self.inquiry)[-1]

    @property
    def consultation(self) -> Consultation:
        """The newest round with what surrounds it."""
        return consultation(self.database, self.inquiry, self.round.number)

    def needs_of(self, division: int) -> list[Key]:
        """What a division is asked, in the order of the cut."""
        return [one.key for one in self.consultation.lines_of(division)]

    def control(self, key: Key) -> str:
        """The number of a need."""
        return self.consultation.cut.needs[key].control

    def respond(self, key: Key, division: int, who: Who = ZEIMU, seen: int = 0, **texts: str) -> Kept:
        """Save a response."""
        to = find_asked(self.database, self.round, key, division)
        return save_response(self.database, self.round, to, Typed({**texts}, seen, to.need_digest), who)

    def respond_to_all(self, division: int) -> None:
        """Save a whole response to each need."""
        for key in self.needs_of(division):
            self.respond(key, division, **WHOLE)

    def response(self, key: Key, division: int) -> Response | None:
        """A response as it is stored."""
        return responses(self.database, self.round, division=division).get((key, division))

    def texts(self, division: int) -> dict[Key, dict[str, str]]:
        """What is stored of a division, blank texts left out."""
        found = responses(self.database, self.round, division=division)
        return {key: {name: text for name, text in one.texts.items() if text} for (key, _), one in found.items()}

    def acts(self) -> list[str]:
        """The audit trail."""
        return [row["act"] for row in self.database.execute("SELECT act FROM event ORDER BY id")]

    def book(self, division: int, at: datetime = DEADLINE) -> bytes:
        """The workbook of a division."""
        return division_book(self.database, self.consultation, division, at)

    def receive(self, content: bytes, division: int | None = None, round_: int | None = None) -> TakenBook:
        """Compare a workbook."""
        expected = Expected(round_, division)
        return receive(self.database, self.inquiry, ("返送.xlsx", content), expected, DEADLINE, self.opener)

    def take(self, content: bytes, chosen: Chosen = BY_ITSELF) -> TakenBook:
        """Compare and save."""
        taken = self.receive(content)
        assert taken.refusal is None, taken.refusal
        apply(self.database, taken, chosen, ZEIMU)
        return taken


def desk_of(database: Database, opener: Opener | None = None) -> Desk:
    """Set the divisions, their routes and a cut up."""
    inquiry = find_inquiry(database, "support_needs")
    tax, people = (_division(database, name) for name in ("税務課", "人事課"))
    for code, division, part in (("TAX", tax, "lead"), ("TAX", people, "support"), ("HR", people, "lead")):
        add_rule(database, NewRule(code, "", division, part, date(2026, 4, 1)), LEADER)
    fix_cut(database, inquiry, "第1次集計", "cut", LEADER)
    return Desk(database, inquiry, tax, people, opener)


def open_first(desk: Desk) -> Desk:
    """Open the first round."""
    open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "対応を検討してください。", "one"), LEADER)
    return desk


def sign_up(desk: Desk) -> None:
    """Give somebody of each division an account: ``zeimu`` and ``jinji``."""
    secret = hash_password(PASSWORD)
    for name, division, spoken in (("zeimu", desk.tax, "税務課 一郎"), ("jinji", desk.people, "人事課 次郎")):
        account = Account(None, name, spoken, "consulted", None, secret, consulted=division, telephone="024-521-0000")
        add_account(desk.database, account, LEADER)


def asked_of(desk: Desk, division: int) -> list[Key]:
    """What a division is asked, as it is stored."""
    return [one.key for one in asked(desk.database, desk.round, division=division)]


def _division(database: Database, name: str) -> int:
    row = {"bureau": "総務部", "name": name, "since": "2026-04-01", "telephone": "024-521-1111"}
    return int(str(database.table("division").insert(row).last_pk))
