"""Finds the places of a form's answers in a workbook that went through many hands: never by guessing.

The cell beside the key in the hidden column is the place; where that is lost, the cell with the defined name; where that
is lost too, the cell beside the number that people see. Two places that say different things are a doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from exports.form.anchors import (
    ANSWER_HEADING,
    ANSWER_MARK,
    ANSWER_NAME,
    HIDDEN_SHEETS,
    KEY_MARK,
    NUMBER_HEADING,
    REPORT_SHEET,
    answer_name,
    choices_of,
)
from exports.form.opened import OpenedBook, OpenedSheet, Spot
from questions.model import Question, Questionnaire

LEAST_SHIFTED = 2
"""So many names that moved by the same way say that cells were pushed down beside their numbers."""


@dataclass(frozen=True)
class Located:
    """Where the answers outside tables are.

    ``spots`` by key; ``doubtful``: all places that could be meant; ``moved``: found beside its number, away from where
    its name points; ``strangers``: keys that the questionnaire does not have, with their cells.
    """

    spots: Mapping[str, Spot] = field(default_factory=dict)
    doubtful: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    strangers: Mapping[str, Spot] = field(default_factory=dict)


def locate(book: OpenedBook, questionnaire: Questionnaire) -> Located:
    """Find the answers outside tables."""
    return _Finder(book, questionnaire).located()


def answer_sheets(book: OpenedBook) -> Iterator[OpenedSheet]:
    """Yield the sheets in which answers can be."""
    yield from (sheet for sheet in book.sheets if sheet.name not in (*HIDDEN_SHEETS, REPORT_SHEET))


class _Finder:
    def __init__(self, book: OpenedBook, questionnaire: Questionnaire) -> None:
        self.book = book
        outside = [one for one in questionnaire.questions.values() if one.name not in questionnaire.table_of]
        self.questions: dict[str, Question] = {one.name: one for one in outside}
        self.order = [key for one in outside for key in (one.name, *(choice.key for choice in choices_of(one)))]
        self.known = frozenset(self.order)
        self.columns = {name for name in questionnaire.table_of}
        self.tables = frozenset(questionnaire.tables)

    def located(self) -> Located:
        spots: dict[str, Spot] = {}
        doubtful: dict[str, tuple[Spot, ...]] = {}
        moved: set[str] = set()
        for key in self.order:
            found = self._places(key)
            if len(found) == 1:
                spots[key] = found[0]
                named = self.named.get(key)
                if key in self.anchored and named not in (None, found[0]):
                    moved.add(key)
            elif found:
                doubtful[key] = found
        return Located(spots, doubtful, frozenset(moved), self._strangers())

    def _places(self, key: str) -> tuple[Spot, ...]:
        """Return the place of a key, or all places that could be meant."""
        anchored, numbered, named = self.anchored.get(key, ()), self.numbered.get(key, ()), self.named.get(key)
        if not anchored:
            return self._without_anchor(numbered, named)
        places = self._alike(anchored)
        if len(places) > 1:
            return places
        if numbered and anchored[0] not in numbered:
            return self._alike((*anchored, *numbered))
        if named is None or named in anchored or self._is_other_answer(named, key):
            return places
        return self._alike((*places, named))

    def _without_anchor(self, numbered: tuple[Spot, ...], named: Spot | None) -> tuple[Spot, ...]:
        if named is not None and (not numbered or named in numbered):
            return (named,)
        return self._alike((*numbered, *(() if named is None else (named,))))

    def _is_other_answer(self, named: Spot, key: str) -> bool:
        """Does a name point at the place of another answer, because rows were sorted or one cell was dragged there?

        Where several were pushed the same way, what stands beside a number is no longer what was typed for it.
        """
        blank = self.book.cell(named) is None
        return (blank or named in self.taken) and (self.sorted or key not in self.pushed)

    def _alike(self, places: Iterable[Spot]) -> tuple[Spot, ...]:
        """Leave one of several places that say the same; a blank one says nothing."""
        distinct = tuple(dict.fromkeys(places))
        filled = [spot for spot in distinct if self.book.cell(spot) is not None]
        texts = {self.book.cell(spot).text for spot in filled}  # type: ignore[union-attr]
        if len(texts) > 1:
            return distinct
        return (filled or distinct)[:1]

    # ---- By keys in the hidden column

    @cached_property
    def anchored(self) -> Mapping[str, tuple[Spot, ...]]:
        """The cells beside keys."""
        found: dict[str, tuple[Spot, ...]] = {}
        for sheet in answer_sheets(self.book):
            column = self._answer_column(sheet)
            for row, key in self._keys(sheet) if column is not None else ():
                found[key] = (*found.get(key, ()), (sheet.name, row, column or 0))
        return found

    def _keys(self, sheet: OpenedSheet) -> Iterator[tuple[int, str]]:
        """Yield the keys in a sheet's column of keys."""
        column = _column_of(sheet, KEY_MARK)
        if column is None:
            held = [place[1] for place, one in sheet.cells.items() if one.text in self.known and "." in one.text]
            column = Counter(held).most_common(1)[0][0] if held else None
        for row, cells in sheet.by_row.items():
            if column in cells and _is_key(cells[column].text):
                yield row, cells[column].text

    def _answer_column(self, sheet: OpenedSheet) -> int | None:
        """The column of the answers: by its mark, its heading, or where most names are."""
        marked = _column_of(sheet, ANSWER_MARK)
        if marked is not None:
            return marked
        for cells in sheet.by_row.values():
            by_text = {one.text: column for column, one in cells.items()}
            if NUMBER_HEADING in by_text and ANSWER_HEADING in by_text:
                return by_text[ANSWER_HEADING]
        named = [spot[2] for spot in self.named.values() if spot[0] == sheet.name]
        return Counter(named).most_common(1)[0][0] if named else None

    @cached_property
    def taken(self) -> frozenset[Spot]:
        """All cells beside keys."""
        return frozenset(spot for spots in self.anchored.values() for spot in spots)

    @cached_property
    def sorted(self) -> bool:
        """Do the keys stand in another order than they were issued in?"""
        placed = [self.anchored[key][0] for key in self.order if key in self.anchored]
        by_sheet: dict[str, list[int]] = {}
        for name, row, _ in placed:
            by_sheet.setdefault(name, []).append(row)
        return any(rows != sorted(rows) for rows in by_sheet.values())

    @cached_property
    def pushed(self) -> frozenset[str]:
        """The keys whose names moved by the same way as others'."""
        ways: dict[tuple[int, int], list[str]] = {}
        for key, spot in self.named.items():
            place = self.anchored.get(key, ((),))[0]
            if place and place[0] == spot[0] and place != spot:
                ways.setdefault((spot[1] - place[1], spot[2] - place[2]), []).append(key)
        return frozenset(key for keys in ways.values() if len(keys) >= LEAST_SHIFTED for key in keys)

    # ---- By defined names

    @cached_property
    def named(self) -> Mapping[str, Spot]:
        """The cells of the defined names."""
        found = {key: self.book.spot_of(answer_name(key)) for key in self.order}
        return {key: spot for key, spot in found.items() if spot is not None}

    # ---- By what people see

    @cached_property
    def numbered(self) -> Mapping[str, tuple[Spot, ...]]:
        """The cells beside the numbers that people see; of choices, those beside their labels under a number."""
        found: dict[str, tuple[Spot, ...]] = {}
        for sheet in answer_sheets(self.book):
            column, numbers = self._answer_column(sheet), _number_column(sheet)
            if column is None or numbers is None:
                continue
            labels: dict[str, str] = {}
            for row, cells in sheet.by_row.items():
                number = cells[numbers].text.strip() if numbers in cells else ""
                if number:
                    question = self.questions.get(number)
                    labels = {one.label.ja: one.key for one in choices_of(question)} if question else {}
                    keys = [number] if question else []
                else:
                    keys = [labels[one.text] for one in cells.values() if one.text in labels]
                for key in keys:
                    found[key] = (*found.get(key, ()), (sheet.name, row, column))
        return found

    def _strangers(self) -> dict[str, Spot]:
        """Keys of an earlier version of the form."""
        found = {key: spots[0] for key, spots in self.anchored.items() if key not in self.known}
        for name, area in self.book.names.items():
            if name.startswith(ANSWER_NAME):
                key = name.removeprefix(ANSWER_NAME)
                if key not in {answer_name(one).removeprefix(ANSWER_NAME).casefold() for one in self.known}:
                    found.setdefault(key, area[:3])
        inside = self.columns | self.tables
        return {key: spot for key, spot in found.items() if key.partition(".")[0] not in inside}


def _column_of(sheet: OpenedSheet, mark: str) -> int | None:
    return next((place[1] for place, one in sheet.cells.items() if one.text == mark), None)


def _number_column(sheet: OpenedSheet) -> int | None:
    """The column of the numbers that people see."""
    for cells in sheet.by_row.values():
        by_text = {one.text: column for column, one in cells.items()}
        if NUMBER_HEADING in by_text and ANSWER_HEADING in by_text:
            return by_text[NUMBER_HEADING]
    return None


def _is_key(text: str) -> bool:
    return text.replace(".", "").replace("_", "").replace("-", "").isalnum() and text.isascii() and not text.isdigit()
