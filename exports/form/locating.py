"""Finds the places of a form's answers in a workbook that went through many hands: never by guessing.

The cell beside the key in the hidden column is the place; where that is lost, the cell with the defined name; where
that is lost too, the cell beside the number that people see. Two places that say different things are a doubt.
"""

import re
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
    keys_of,
)
from exports.form.opened import OpenedBook, OpenedSheet, Spot
from questions.model import Question, Questionnaire

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_.-]+)?")
LEAST_SHIFTED = 2
"""So many names that moved by the same way say that cells were pushed down beside their numbers."""


@dataclass(frozen=True)
class Located:
    """Where the answers outside tables are.

    ``spots`` by key; ``doubtful``: all places that could be meant; ``moved``: found beside their number in a cell that
    bears another's name; ``strangers``: keys that the questionnaire does not have, with their cells.
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
        self.choices = {choice.key: choice for one in outside for choice in choices_of(one)}
        self.order = [key for one in outside for key in keys_of(one)]
        self.known = frozenset(self.order)
        self.inside = {*questionnaire.table_of, *questionnaire.tables}

    def located(self) -> Located:
        spots: dict[str, Spot] = {}
        doubtful: dict[str, tuple[Spot, ...]] = {}
        moved: set[str] = set()
        for key in self.order:
            sure, found = self._places(key)
            if sure and found:
                spots[key] = found[0]
                if not self.sorted and self.bearers.get(found[0], key) != key:
                    moved.add(key)
            elif found:
                doubtful[key] = found
        return Located(spots, doubtful, frozenset(moved), self._strangers())

    def _places(self, key: str) -> tuple[bool, tuple[Spot, ...]]:
        """Return whether the place of a key is sure, and the places that could be meant."""
        anchored, numbered, named = self.anchored.get(key, ()), self.numbered.get(key, ()), self.named.get(key)
        if not anchored:
            if named is not None and (not numbered or named in numbered):
                return True, (named,)
            return self._alike((*numbered, *(() if named is None else (named,))))
        if any(self._contradicted(key, spot) for spot in anchored):
            both = tuple(dict.fromkeys((*anchored, *numbered)))
            return not any(map(self._text, both)), both
        if named is None or named in anchored or self._tells_nothing(named, key):
            return self._alike(anchored)
        both = tuple(dict.fromkeys((*anchored, named)))
        return len({self._text(spot) for spot in both}) == 1, both

    def _contradicted(self, key: str, spot: Spot) -> bool:
        """Does what people see in the row speak of another question, because only a part of the columns was sorted?"""
        sheet = self.book.by_name[spot[0]]
        numbers = _number_column(sheet)
        if numbers is None:
            return False
        number, choice = sheet.text(spot[1], numbers).strip(), self.choices.get(key)
        if choice is None:
            return number != key
        labels = {self.choices[one].label.ja for one in self.choices if one.startswith(f"{choice.question}.")}
        seen = {one.text for one in sheet.by_row.get(spot[1], {}).values()}
        return bool(number) or (choice.label.ja not in seen and not labels.isdisjoint(seen))

    def _tells_nothing(self, named: Spot, key: str) -> bool:
        """Does a name point away from its number because rows were sorted, or one cell was dragged to another answer?

        Where several were pushed the same way, what stands beside a number is no longer what was typed for it.
        """
        if self.sorted:
            return True
        return key not in self.pushed and (named in self.taken or not self._text(named))

    def _alike(self, places: Iterable[Spot]) -> tuple[bool, tuple[Spot, ...]]:
        """Leave one of several places that say the same; a blank one says nothing."""
        distinct = tuple(dict.fromkeys(places))
        filled = tuple(spot for spot in distinct if self._text(spot))
        if len({self._text(spot) for spot in filled}) > 1:
            return False, distinct
        return True, (filled or distinct)[:1]

    def _text(self, spot: Spot) -> str:
        found = self.book.cell(spot)
        return "" if found is None else found.text

    # ---- By keys in the hidden column

    @cached_property
    def anchored(self) -> Mapping[str, tuple[Spot, ...]]:
        """The cells beside keys."""
        found: dict[str, tuple[Spot, ...]] = {}
        for sheet in answer_sheets(self.book):
            column = self._answer_column(sheet)
            if column is not None:
                for row, key in self._keys(sheet):
                    found[key] = (*found.get(key, ()), (sheet.name, row, column))
        return found

    def _keys(self, sheet: OpenedSheet) -> Iterator[tuple[int, str]]:
        """Yield the keys in a sheet's column of keys."""
        column = _column_of(sheet, KEY_MARK)
        if column is None:
            held = sorted(place[1] for place, one in sheet.cells.items() if one.text in self.known)
            column = Counter(held).most_common(1)[0][0] if held else None
        if column is not None:
            texts = ((row, sheet.text(row, column)) for row in sheet.by_row)
            yield from ((row, text) for row, text in texts if _is_key(text))

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

    @cached_property
    def bearers(self) -> Mapping[Spot, str]:
        """The key whose name each cell bears."""
        return {spot: key for key, spot in self.named.items()}

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
        """Find keys of an earlier version of the form."""
        found = {key: spots[0] for key, spots in self.anchored.items() if key not in self.known}
        expected = {answer_name(key).casefold() for key in self.known}
        for name, area in self.book.names.items():
            if name.startswith(ANSWER_NAME) and name not in expected:
                found.setdefault(name.removeprefix(ANSWER_NAME), area[:3])
        apart: dict[str, Spot] = {}
        for key, spot in found.items():
            if key.partition(".")[0] not in self.inside and spot not in apart.values():
                apart[key] = spot
        return apart


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
    return _KEY.fullmatch(text) is not None
