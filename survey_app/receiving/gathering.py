"""Turns the cells of an opened form into answers by place: every text goes through the kind of its question."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exports.form.anchors import Issue, choices_of
from exports.form.locating import Located, locate
from exports.form.locating_tables import LocatedRow, LocatedTable, locate_table, new_row_id
from exports.form.opened import OpenedBook, Spot
from exports.form.typed import Doubt, Typed, apart, is_mark, typed
from questions.answers import BLANK, Entry, Place
from questions.model import Question, Questionnaire
from questions.problems import Code
from questions.setting import Setting
from survey_app.receiving.findings import Finding, Sign, Weight

UNKNOWN = frozenset({Code.UNKNOWN_CHOICE, Code.UNKNOWN_MUNICIPALITY, Code.AMBIGUOUS_MUNICIPALITY})
LONGEST_CONTENT = 200


@dataclass(frozen=True)
class Gotten:
    """What one place of the form says: an entry (blank when nothing is there), and the cell where it stands."""

    entry: Entry
    spot: Spot
    content: str = ""


@dataclass(frozen=True)
class GottenRow:
    """One row of a table that holds something.

    ``id`` "" when it has none, ``other`` as in LocatedRow; ``fresh``: the id that it gets when it is a new row.
    """

    id: str
    other: str
    spot: Spot
    answers: Mapping[str, Gotten]
    fresh: str


@dataclass(frozen=True)
class Gathered:
    """Everything that a form says, and what was found on the way. Answers in doubt are not among those gotten."""

    answers: Mapping[Place, Gotten] = field(default_factory=dict)
    rows: Mapping[str, tuple[GottenRow, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lost_ids: frozenset[str] = frozenset()


def gather(book: OpenedBook, questionnaire: Questionnaire, setting: Setting, issue: Issue | None) -> Gathered:
    """Read all answers of a form."""
    return _Gatherer(book, questionnaire, setting, issue).gathered()


@dataclass
class _Cells:
    """Where the cells of one question are: by key, with the keys that are in doubt or lost."""

    spot: Callable[[str], Spot | None]
    doubtful: Callable[[str], tuple[Spot, ...]]
    place: Place
    moved: bool = False


class _Gatherer:
    def __init__(self, book: OpenedBook, questionnaire: Questionnaire, setting: Setting, issue: Issue | None) -> None:
        self.book, self.questionnaire, self.setting = book, questionnaire, setting
        self.source = "" if issue is None else f"{issue.serial} {issue.made_at}"
        self.answers: dict[Place, Gotten] = {}
        self.rows: dict[str, tuple[GottenRow, ...]] = {}
        self.findings: list[Finding] = []
        self.lost_ids: set[str] = set()

    def gathered(self) -> Gathered:
        self._outside(locate(self.book, self.questionnaire))
        for table in self.questionnaire.tables.values():
            located = locate_table(self.book, table)
            if located is None:
                self._find(Sign.LOST_TABLE, Weight.NOTE, ("", table.name))
            else:
                self._table(located)
        if self.book.omitted:
            self._find(Sign.FAR_CELLS, Weight.NOTE, context={"count": self.book.omitted})
        return Gathered(self.answers, self.rows, tuple(self.findings), frozenset(self.lost_ids))

    # ---- Outside tables

    def _outside(self, located: Located) -> None:
        for question in self.questionnaire.questions.values():
            if question.name in self.questionnaire.table_of or question.prefilled or question.kind.attaches:
                continue
            cells = _Cells(
                located.spots.get,
                lambda key: located.doubtful.get(key, ()),
                ("", question.name),
                moved=question.name in located.moved,
            )
            gotten = self._answer(question, cells)
            if gotten is not None:
                self.answers["", question.name] = gotten
        for key, spot in located.strangers.items():
            self._stranger(key, spot)

    def _stranger(self, key: str, spot: Spot) -> None:
        cell = self.book.cell(spot)
        if cell is not None:
            self._find(Sign.STRANGER, Weight.REFUSED, spot=spot, content=cell.text, context={"key": key})

    # ---- Tables

    def _table(self, located: LocatedTable) -> None:
        table = located.table
        if located.copied:
            self._find(Sign.COPIED_TABLE, Weight.REFUSED, ("", table.name), (located.sheet, 0, 0))
            return
        seen: Counter[str] = Counter()
        rows = []
        for row in located.rows:
            sheet = self.book.by_name[row.sheet]
            held = "\x1f".join(sheet.text(row.row, column) for column in located.columns.values())
            seen[held] += 1
            fresh = new_row_id(f"{self.source} {table.name} {held}", seen[held])
            first = row.spot(min(located.columns.values(), default=0))
            answers = dict(self._row(located, row, row.id or fresh))
            rows.append(GottenRow(row.id, row.other, first, answers, fresh))
        self.rows[table.name] = tuple(rows)
        if located.ids_lost:
            self.lost_ids.add(table.name)
        for row in located.outside:
            cells = self.book.by_name[row.sheet].by_row[row.row]
            content = "、".join(one.text for one in cells.values())
            self._find(Sign.OUTSIDE_ROW, Weight.REFUSED, ("", table.name), row.spot(min(cells)), content)
        for key, spot in located.strangers.items():
            for row in located.rows:
                self._stranger(key, row.spot(spot[2]))

    def _row(self, located: LocatedTable, row: LocatedRow, row_id: str) -> Iterator[tuple[str, Gotten]]:
        for question in (one for one in located.table.questions if not one.kind.attaches):
            cells = _Cells(
                lambda key: row.spot(located.columns[key]) if key in located.columns else None,
                lambda key: tuple(row.spot(column) for column in located.doubtful.get(key, ())),
                (row_id, question.name),
            )
            gotten = self._answer(question, cells)
            if gotten is not None:
                yield question.name, gotten

    # ---- One answer

    def _answer(self, question: Question, cells: _Cells) -> Gotten | None:
        """Return what the form says to a question; None when it is in doubt, or its cell is lost."""
        if choices_of(question):
            return self._marked(question, cells)
        if places := cells.doubtful(question.name):
            return self._doubt(Doubt.TWO_PLACES, cells.place, places[0], self._contents(places))
        spot = cells.spot(question.name)
        if spot is None:
            if not cells.place[0]:
                self._find(Sign.LOST_PLACE, Weight.NOTE, cells.place)
            return None
        said = self._typed(question, spot)
        if said.doubt is not None:
            return self._doubt(said.doubt, cells.place, spot, self._content(spot), said.context)
        note = said.note or (Doubt.MOVED if cells.moved and said.texts else None)
        if note is not None:
            self._find(Sign(note.value), Weight.NOTE, cells.place, spot, self._content(spot))
        return Gotten(self._entry(question, said.texts), spot, self._content(spot))

    def _typed(self, question: Question, spot: Spot) -> Typed:
        cell = self.book.cell(spot)
        if cell is None:
            covering = self.book.by_name[spot[0]].covered(spot[1], spot[2])
            if covering is not None and self.book.cell((spot[0], *covering)) is not None:
                return Typed(doubt=Doubt.COVERED)
        return typed(cell, question)

    def _marked(self, question: Question, cells: _Cells) -> Gotten | None:
        """Read a question of several choices from the marks beside them, or from its own cell."""
        choices = choices_of(question)
        doubtful = [place for choice in choices for place in cells.doubtful(choice.key)]
        if doubtful:
            return self._doubt(Doubt.TWO_PLACES, cells.place, doubtful[0], self._contents(doubtful))
        spots = {choice.code: cells.spot(choice.key) for choice in choices}
        own = cells.spot(question.name)
        marks = {code: is_mark(self.book.cell(spot)) for code, spot in spots.items() if spot is not None}
        unclear = next((spots[code] for code, mark in marks.items() if mark is None), None)
        if unclear is not None:
            return self._doubt(Doubt.NOT_A_MARK, cells.place, unclear, self._content(unclear))
        first = next((spot for spot in spots.values() if spot is not None), own)
        if first is None:
            if not cells.place[0]:
                self._find(Sign.LOST_PLACE, Weight.NOTE, cells.place)
            return None
        chosen = tuple(code for code, mark in marks.items() if mark)
        said = Typed() if own is None else self._typed(question, own)
        if said.doubt is not None and own is not None:
            return self._doubt(said.doubt, cells.place, own, self._content(own))
        if said.texts and own is not None:
            entry = self._entry(question, said.texts)
            if chosen and entry.value != chosen:
                return self._doubt(Doubt.MARKS_AND_TEXT, cells.place, own, self._content(own))
            return Gotten(entry, own, self._content(own))
        labels = "、".join(choice.label.ja for choice in choices if choice.code in chosen)
        if chosen and len(marks) < len(choices):
            self._find(Sign.LOST_CHOICE, Weight.REFUSED, cells.place, first, labels)
            return None
        return Gotten(self._entry(question, chosen), first, labels)

    def _entry(self, question: Question, texts: Sequence[str]) -> Entry:
        """Read texts as the page does: choices are kept by their codes, all else as it was typed."""
        if not texts:
            return BLANK
        kind = question.kind
        parsed = kind.parse(texts, self.setting)
        if kind.many and parsed.problems and parsed.problems[0].code in UNKNOWN:
            pieces = apart(texts)
            again = kind.parse(pieces, self.setting)
            if not again.problems or again.problems[0].code not in UNKNOWN:
                parsed, texts = again, pieces
        if parsed.value is not None and kind.options(self.setting):
            return Entry(kind.texts(parsed.value), parsed.value, parsed.problems)
        return Entry(tuple(texts), parsed.value, parsed.problems)

    # ---- What is found

    def _doubt(
        self, doubt: Doubt, place: Place, spot: Spot, content: str, context: Mapping[str, str] | None = None
    ) -> Gotten | None:
        """Note that an answer is in doubt; there is none then."""
        self._find(Sign(doubt.value), Weight.REFUSED, place, spot, content, context)
        return None

    def _find(
        self,
        sign: Sign,
        weight: Weight,
        place: Place | None = None,
        spot: Spot | None = None,
        content: str = "",
        context: Mapping[str, object] | None = None,
    ) -> None:
        self.findings.append(Finding(sign, weight, place, spot, content[:LONGEST_CONTENT], context or {}))

    def _content(self, spot: Spot) -> str:
        cell = self.book.cell(spot)
        return "" if cell is None else cell.formula if cell.stale else cell.text

    def _contents(self, spots: Sequence[Spot]) -> str:
        return " ／ ".join(dict.fromkeys(self._content(spot) for spot in spots if self._content(spot)))
