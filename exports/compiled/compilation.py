"""What every sheet of the book is made from: the cut as columns, and where the coded columns stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from exports.addresses import Area, SheetNames
from exports.compiled.coded import CodedSheet, coded_replies, coded_rows
from exports.coordination import Coordination
from exports.cut import Cut
from exports.frame import column
from exports.records import UNKNOWN, Records, collect
from exports.summaries import Statistics, Tally, Turnout, memberships, statistics, tally, turnout
from questions.bureaus import in_order
from questions.model import Question, Table
from questions.setting import Municipality

COVER, STATUS, ROSTER = "表紙", "提出状況", "提出状況一覧"
SUMMARY, NEEDS_CROSS, CROSS, NEEDS = "集計", "要望クロス集計", "クロス集計", "要望一覧"
HOLDERS, CHANGES = "該当団体", "前回からの変更"
MUNICIPALITIES, PROSE, CODEBOOK, PROOF, CODED = "市町村別", "自由記述", "調査票", "検算", "データ"
_FIXED = (
    *(COVER, STATUS, ROSTER, SUMMARY, NEEDS_CROSS, CROSS, HOLDERS, CHANGES, NEEDS),
    *(MUNICIPALITIES, PROSE, CODEBOOK, PROOF),
)
_KINDS = ("都", "道", "府", "県", "市", "区", "町", "村")
_LONGEST_TABLE_NAME = 12


@dataclass(frozen=True)
class Source:
    """The records of the replies or of one table with their coded sheet, and what they come to."""

    coded: CodedSheet
    _tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def records(self) -> Records:
        """The records themselves."""
        return self.coded.records

    @cached_property
    def members(self) -> pd.DataFrame:
        """Which record belongs to which bureau and kind."""
        return memberships({head: self.records.heads[head] for head in ("_bureau", "_kind")})

    def turnout(self, item: Question | Table) -> Turnout:
        """Return how many were asked a question and what became of it."""
        return turnout(self.records.standings[item.name])

    def statistics(self, question: Question) -> Statistics:
        """Return what the numbers of a question come to."""
        return statistics(column(self.records, self.records.fields_of(question)[0]))

    def fills_flags(self, question: Question) -> bool:
        """Does each choice of a question have a column of its own, with 1 where it was chosen?"""
        return bool(self.records.fields_of(question)[0].column.suffix)

    def tally(self, question: Question) -> Tally:
        """Return how often each choice of a question was made, by bureau and kind."""
        if question.name not in self._tallies:
            standings = self.records.standings[question.name]
            self._tallies[question.name] = tally(self.chosen(question), standings, self.members)
        return self._tallies[question.name]

    def chosen(self, question: Question) -> dict[str, list[bool]]:
        """Return for each choice of a question which records hold it."""
        if self.fills_flags(question):
            fields = self.records.fields_of(question)
            return {one.column.suffix: [cell == 1 for cell in self.coded.cells(one.name)] for one in fields}
        values = self.records.values[question.name]
        codes = [option.code for option in question.kind.options(self.records.setting)]
        return {code: [value == code for value in values] for code in codes}


@dataclass(frozen=True)
class NeedsCounted:
    """How many needs there are; ``fields`` and ``forms`` by the label of the choice, in the order of the sheet.

    Only needs with a field and a form of the questionnaire are counted, as in the cross table.
    """

    total: int
    fields: tuple[tuple[str, int], ...]
    forms: tuple[tuple[str, int], ...]


@dataclass
class Places:
    """Cells that other sheets refer to, by what they hold; filled in as the sheets are laid out."""

    _known: dict[tuple[str, ...], Area] = field(default_factory=dict)

    def put(self, area: Area, *what: str) -> None:
        """Note where something stands."""
        self._known[what] = area

    def __getitem__(self, what: tuple[str, ...]) -> Area:
        return self._known[what]


class Compilation:
    """One cut on its way into the book."""

    def __init__(self, cut: Cut, coordination: Coordination | None = None) -> None:
        self.cut = cut
        self.coordination = coordination
        self.questionnaire = cut.questionnaire
        self.places = Places()
        self.texts = 0  # lines of 自由記述, once it is laid out
        self.verdict = ""  # of 検算, once it is laid out
        self.needs_counted = NeedsCounted(0, (), ())  # once 要望クロス集計 is laid out
        self._names = SheetNames()
        for fixed in _FIXED:
            self._names.take(fixed)
        replies, tables = collect(cut)
        items = [item for _, item in self.questionnaire.items()]
        self.replies = Source(coded_replies(self._names.take(CODED), replies, items))
        self.tables = {
            name: Source(coded_rows(self._names.take(f"{CODED}_{name}"), records)) for name, records in tables.items()
        }
        self.list_names = {table.name: self._list_name(table) for table in self.questionnaire.tables.values()}

    def _list_name(self, table: Table) -> str:
        needs = [one.name for one in self.questionnaire.tables.values() if one.need is not None]
        if needs[:1] == [table.name]:
            return NEEDS
        label = table.label.ja
        return self._names.take(label if len(label) <= _LONGEST_TABLE_NAME else f"一覧_{table.name}")

    @property
    def needs(self) -> Table | None:
        """The table whose rows go on to the relevant divisions."""
        return next((table for table in self.questionnaire.tables.values() if table.need is not None), None)

    def source(self, item: Question | Table) -> Source:
        """Return the records in which a question is answered; a table is counted among the replies."""
        table = self.questionnaire.table_of.get(item.name)
        return self.tables[table] if table is not None and isinstance(item, Question) else self.replies

    @cached_property
    def bureaus(self) -> tuple[str, ...]:
        """The bureaus of the targets, in the order that the cut gives, else in that of the house."""
        found = in_order(self.municipality(target.municipality).bureau or UNKNOWN for target in self.cut.targets)
        given = (name for name in self.cut.bureaus if name in found)
        return (*given, *(name for name in found if name not in self.cut.bureaus)) or (UNKNOWN,)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the targets: 市, 町, 村."""
        return _in_order(self.municipality(one.municipality).kind or UNKNOWN for one in self.cut.targets) or (UNKNOWN,)

    def municipality(self, code: str) -> Municipality:
        """Return a municipality; one with its code for a name when the roster no longer knows it."""
        return self.cut.roster[code] if code in self.cut.roster else Municipality(code, code)


def _in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(kinds)
    return (*(kind for kind in _KINDS if kind in found), *(kind for kind in found if kind not in _KINDS))
