"""What is settled about the needs of a cut at a moment: who answers, what was answered, what is one matter."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlite_utils import Database

from exports.answers.replies import whole
from exports.answers.told import Answer, Told
from exports.coordination import Coordinated, Coordination
from exports.cut import Cut
from exports.needs import Key, by_key, needs_of, needs_table
from exports.words import office
from survey_app import clock
from survey_app.store.database import reading
from survey_app.store.divisions import listed
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import NOT_A_NEED, merges, remarked
from survey_app.store.rounds import Asked, asked, rounds
from survey_app.store.routing import LEAD, Route, routes
from survey_app.store.telling import Lack, Line, prepare

_ACTS = (
    *("merge_needs", "dissolve_merge", "remark_need", "move_need", "add_routing_rule", "end_routing_rule"),
    *("open_round", "add_asked", "withdraw_asked", "hand_in_responses", "reopen_responses", "return_response"),
)
"""The acts that change what is settled."""
WAITING, NOT_ASKED = "回答待ち", "照会前"
_BEFORE = "関係課照会の前"


def coordination(database: Database, inquiry: Inquiry, cut: Cut, now: datetime) -> Coordination | None:
    """Return what is settled about the needs of a cut; None when it asks for none. Only what was handed in counts."""
    if needs_table(cut.questionnaire) is None:
        return None
    with reading(database):
        known = rounds(database, inquiry)
        lines = prepare(database, inquiry, known[-1], now).lines if known else ()
        desk = _Desk(database, inquiry, cut, {line.told.key: line for line in lines}, now.date())
        since = _settled_since(database, inquiry) or cut.taken_at
    basis = f"第{known[-1].number}回関係課照会まで" if known else _BEFORE
    return Coordination(basis, since, {key: desk.settled(key) for key in desk.needs})


def _settled_since(database: Database, inquiry: Inquiry) -> datetime | None:
    """Return the moment of the last change, so that what did not change gives the same book."""
    marks = ", ".join("?" for _ in _ACTS)
    query = f"SELECT max(at) FROM event WHERE act IN ({marks}) AND (inquiry = ? OR inquiry IS NULL)"
    return clock.read_optional(database.execute(query, [*_ACTS, inquiry.id]).fetchone()[0])


class _Desk:
    """What is known of all needs, read once."""

    def __init__(self, database: Database, inquiry: Inquiry, cut: Cut, lines: Mapping[Key, Line], on: date) -> None:
        self.cut, self.needs, self.lines = cut, by_key(needs_of(cut)), lines
        self.routes = routes(database, inquiry, self.needs.values(), on)
        self.names = {one.id: office(one.full_name) for one in listed(database)}
        self.aside = remarked(database, inquiry, NOT_A_NEED)
        self.merged = dict(enumerate(merges(database, inquiry), 1))
        self.newest = rounds(database, inquiry)[-1:]
        self.asked: dict[Key, list[Asked]] = {}
        for round_ in reversed(rounds(database, inquiry)):
            there: dict[Key, list[Asked]] = {}
            for one in asked(database, round_):
                if one.key not in self.asked:
                    there.setdefault(one.key, []).append(one)
            self.asked |= there

    def settled(self, key: Key) -> Coordinated:
        """Return what is settled about one need."""
        line = self.lines.get(key)
        together = "\n".join(self._together(key))
        if key in self.aside:
            return Coordinated(together=together, aside=True)
        route = self._route(key, line)
        supports = tuple(self.names.get(one, "") for one in route.supports)
        lead = "" if route.lead is None else self.names.get(route.lead, "")
        if line is None or Lack.UNOWNED in line.lacks:
            return Coordinated(lead, supports, NOT_ASKED, together=together)
        return Coordinated(lead, supports, self._disposition(line), "\n".join(_texts(line.told)), together)

    def _route(self, key: Key, line: Line | None) -> Route:
        """Return who was asked last; who is to be asked where nobody was."""
        lines = [] if line is None else self.asked.get(line.told.asked_as, [])
        lead = next((one.division for one in lines if one.part == LEAD), None)
        if lead is None:
            return self.routes[key]
        return Route(lead, tuple(one.division for one in lines if one.part != LEAD))

    def _disposition(self, line: Line) -> str:
        lead = line.told.lead
        if lead is None:
            return WAITING
        said = [lead.disposition if lead.label is None else f"{lead.disposition} {lead.label.ja}"]
        if Lack.EARLIER in line.lacks or lead.round < self.newest[0].number:
            said.append(f"（第{lead.round}回の回答）")
        if Lack.CHANGED in line.lacks:
            said.append("（回答の後に要望が変更）")
        return "\n".join(said)

    def _together(self, key: Key) -> Iterator[str]:
        for number, one in self.merged.items():
            if key in one.needs:
                yield f"まとめ{number}" + (f"　{one.subject}" if one.subject else "")
                yield from (
                    f"{self.cut.roster.name(other[0])}（{self.needs[other].control}）"
                    for other in one.needs
                    if other != key and other in self.needs
                )


def _texts(told: Told) -> Iterator[str]:
    if told.lead is not None:
        yield whole(told.lead)
    yield from map(_support, told.supports)


def _support(answer: Answer) -> str:
    label = "" if answer.label is None else f"【{answer.label.ja}】"
    return f"〔{office(answer.name)}〕{label}{whole(answer)}"
