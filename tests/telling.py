"""A round that was answered in part, ready to be published."""

from dataclasses import dataclass, replace

from sqlite_utils import Database
from town import DEADLINE

from exports.needs import Key, Need
from survey_app.store.audit import Who
from survey_app.store.cut_needs import cut_needs
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.handing_responses import hand_in
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.publications import NewPublication, Published, publish
from survey_app.store.responses import Typed, save_response
from survey_app.store.rounds import NewRound, Round, asked, find_asked, open_round, rounds
from survey_app.store.routing import NewRule, add_rule
from survey_app.store.telling import Prepared, prepare

LEADER, ZEIMU = Who(None, "県庁 太郎", DEADLINE), Who(None, "税務課 一郎", DEADLINE)
PROMISE = {
    "R1": "B",
    "R2": "滞納整理の研修会を開きます。",
    "R3": "研修費を当初予算に計上します。",
    "R4": "令和9年4月",
    "R7": "税務課 一郎（024-521-0000）",
}


@dataclass
class Desk:
    """税務課 answers for TAX with 人事課 beside it; 人事課 for HR has not handed in; other fields have nobody."""

    database: Database
    inquiry: Inquiry
    tax: int
    people: int

    @property
    def round(self) -> Round:
        return rounds(self.database, self.inquiry)[-1]

    @property
    def needs(self) -> dict[Key, Need]:
        return dict(cut_needs(self.database, self.inquiry, self.round.cut).needs)

    def of(self, field: str) -> list[Need]:
        return [need for need in self.needs.values() if need.field == field]

    def respond(self, key: Key, division: int, **texts: str) -> None:
        to = find_asked(self.database, self.round, key, division)
        save_response(self.database, self.round, to, Typed(texts, 0, to.need_digest), ZEIMU)

    def hand_in(self, division: int, **texts: str) -> None:
        """Respond the same to everything that a division is asked, and hand it in."""
        for one in asked(self.database, self.round, division=division):
            self.respond(one.key, division, **(texts or PROMISE))
        hand_in(self.database, self.round, division, ZEIMU)

    def prepared(self) -> Prepared:
        return prepare(self.database, self.inquiry, self.round, DEADLINE)

    def publish(self, token: str = "one", *as_they_are: Key, who: Who = LEADER) -> Published:
        new = NewPublication(self.prepared().digest, token, frozenset(as_they_are))
        return publish(self.database, self.inquiry, self.round, new, who)

    def open_round(self, token: str) -> None:
        open_round(self.database, self.inquiry, NewRound(1, DEADLINE, "", token), LEADER)

    def acts(self) -> list[str]:
        return [row["act"] for row in self.database.execute("SELECT act FROM event ORDER BY id")]


def desk_of(database: Database, who: Who = LEADER) -> Desk:
    """Lay out the desk over the sample replies: one cut, one round, nothing answered yet."""
    inquiry = find_inquiry(database, "support_needs")
    table = database.table("division")
    tax, people = (
        int(str(table.insert({"bureau": "総務部", "name": name, "since": "2026-04-01"}).last_pk))
        for name in ("税務課", "人事課")
    )
    for field, division, part in (("TAX", tax, "lead"), ("TAX", people, "support"), ("HR", people, "lead")):
        add_rule(database, NewRule(field, "", division, part, DEADLINE.date()), who)
    fix_cut(database, inquiry, "第1次集計", "cut", who)
    desk = Desk(database, inquiry, tax, people)
    open_round(database, inquiry, NewRound(1, DEADLINE, "", "round"), replace(who, at=DEADLINE))
    return desk
