"""What can be counted and crossed: questions with choices, numbers in bins, and what is known of a municipality.

The blanks are categories of their own: not answered, not asked (－), 該当なし; and 0 is a number with its own bin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from exports.blanks import Standing
from exports.compiled.compilation import Compilation
from exports.cut import Cut
from exports.records import UNKNOWN, Records
from exports.results.bins import Bin, bins
from questions.kinds.base import Option
from questions.labels import Label
from questions.model import Question
from questions.setting import Municipality

BUREAU, KIND, POPULATION = "_bureau", "_kind", "_population"
ATTRIBUTES = (BUREAU, KIND, POPULATION)
BLANK, NOT_ASKED, NIL = "_blank", "_not_asked", "_nil"
OF_STANDING = {Standing.BLANK: BLANK, Standing.NOT_ASKED: NOT_ASKED, Standing.NIL: NIL}
"""The categories of those that do not hold an answer; never merged."""
NO_POPULATION = "_unknown"
CLASSES = (("under_5000", 5_000), ("under_10000", 10_000), ("under_30000", 30_000), ("under_100000", 100_000))
LARGEST = "from_100000"
"""Population classes: 5千人未満, 5千–1万, 1万–3万, 3万–10万, 10万人以上; each holds its lower bound."""


class CannotCross(ValueError):
    """Two questions stand in rows of two different tables: no row holds both."""


@dataclass(frozen=True)
class Category:
    """One value that a variable can have. ``label`` None: a word of the house, by its code; ``bin`` for numbers."""

    code: str
    label: Label | None = None
    bin: Bin | None = None

    @property
    def is_blank(self) -> bool:
        """Does it hold those without an answer?"""
        return self.code in (BLANK, NOT_ASKED, NIL)


@dataclass(frozen=True)
class Variable:
    """One variable over some records.

    ``of`` holds for each record the codes of its categories: one, or several where several choices can be made.
    ``unit`` is the table whose rows are the records, "" where they are replies.
    """

    name: str
    label: Label | None
    unit: str
    categories: tuple[Category, ...]
    of: Sequence[tuple[str, ...]]
    several: bool = False

    def category(self, code: str) -> Category:
        """Return one of the categories. Raises LookupError."""
        found = next((one for one in self.categories if one.code == code), None)
        if found is None:
            raise LookupError(code)
        return found


class Results:
    """One cut as figures."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.book = Compilation(cut)
        self.questionnaire = cut.questionnaire

    @cached_property
    def _replies_by_code(self) -> Mapping[str, int]:
        return {code: place for place, code in enumerate(self.book.replies.records.heads["_code"])}

    def municipality(self, code: str) -> Municipality:
        """Return a municipality."""
        return self.book.municipality(code)

    def records(self, unit: str = "") -> Records:
        """Return the replies, or the rows of a table."""
        return (self.book.tables[unit] if unit else self.book.replies).records

    @cached_property
    def countable(self) -> tuple[Question, ...]:
        """The questions that can be crossed: with choices or numbers, in the order of the questionnaire."""
        return tuple(one for one in self.questionnaire.questions.values() if one.kind.summary in ("choices", "numbers"))

    def unit_of(self, *names: str) -> str:
        """Return over which records variables are counted together: rows where one is a column. Raises CannotCross."""
        tables = {self.questionnaire.table_of[name] for name in names if name in self.questionnaire.table_of}
        if len(tables) > 1:
            raise CannotCross(*sorted(tables))
        return next(iter(tables), "")

    def variable(self, name: str, unit: str = "") -> Variable:
        """Return a variable over the records of a unit. Raises LookupError when there is none of this name."""
        if name in ATTRIBUTES:
            return self._attribute(name, unit)
        question = next((one for one in self.countable if one.name == name), None)
        if question is None:
            raise LookupError(name)
        own = self.questionnaire.table_of.get(name, "")
        found = self._question(question, self.records(own))
        if own == unit:
            return found
        places = [self._replies_by_code[code] for code in self.records(unit).heads["_code"]]
        of = [found.of[place] for place in places]
        return Variable(name, found.label, unit, found.categories, of, found.several)

    def _attribute(self, name: str, unit: str) -> Variable:
        towns = [self.municipality(code) for code in self.records(unit).heads["_code"]]
        if name == POPULATION:
            codes: tuple[str, ...] = (*(code for code, _ in CLASSES), LARGEST)
            of = [population_class(town) for town in towns]
            codes = (*codes, NO_POPULATION) if NO_POPULATION in of else codes
        else:
            codes = self.book.bureaus if name == BUREAU else self.book.kinds
            of = [(town.bureau if name == BUREAU else town.kind) or UNKNOWN for town in towns]
        return Variable(name, None, unit, tuple(map(Category, codes)), [(code,) for code in of])

    def _question(self, question: Question, records: Records) -> Variable:
        values, standings = records.values[question.name], records.standings[question.name]
        several = question.kind.many
        if question.kind.summary == "numbers":
            categories = self._bins(question, records)
            answered = {value: _bin_of(Decimal(value), categories) for value in set(values) if value is not None}
        else:
            options = (*question.kind.options(records.setting), *_still_used(question, values))
            categories = tuple(Category(one.code, one.label) for one in options)
            answered = {value: (value if several else (value,)) for value in set(values) if value is not None}
        of = [
            tuple(answered[value]) if standing is Standing.ANSWERED else (OF_STANDING[standing],)
            for value, standing in zip(values, standings, strict=True)
        ]
        there = {code for codes in of for code in codes}
        blanks = tuple(Category(code) for code in (BLANK, NOT_ASKED, NIL) if code in there)
        unit = self.questionnaire.table_of.get(question.name, "")
        return Variable(question.name, question.label, unit, (*categories, *blanks), of, several)

    def numbers(self, question: Question) -> list[Decimal]:
        """Return the numbers that were answered, in the order of the records."""
        records = self.records(self.questionnaire.table_of.get(question.name, ""))
        return [Decimal(value) for value in records.values[question.name] if value is not None]

    def _bins(self, question: Question, records: Records) -> tuple[Category, ...]:
        whole = question.kind.columns(records.setting)[0].form == "whole"
        found = bins(self.numbers(question), whole=whole)
        return tuple(Category(one.code, bin=one) for one in found)


def population_class(town: Municipality) -> str:
    """Return the population class of a municipality."""
    if town.population is None:
        return NO_POPULATION
    return next((code for code, below in CLASSES if town.population < below), LARGEST)


def _bin_of(number: Decimal, categories: Iterable[Category]) -> tuple[str, ...]:
    return tuple(one.code for one in categories if one.bin is not None and one.bin.holds(number))[:1]


def _still_used(question: Question, values: Iterable[Any]) -> list[Option]:
    """Return the retired choices that an answer still holds."""
    held = {code for value in values if value is not None for code in (value if question.kind.many else (value,))}
    return [one for one in question.kind.retired_options() if one.code in held]
