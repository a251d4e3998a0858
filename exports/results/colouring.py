"""What each municipality says to one thing: the colours of a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exports.blanks import Standing
from exports.needs import needs_table
from exports.results.bins import bins
from exports.results.variables import OF_STANDING, Category, Results
from questions.life import State

STATE, NEEDS = "state", "needs"
NONE, CHOSEN, OTHERWISE = "_none", "_chosen", "_otherwise"
"""Nothing was handed in; the choice was made; the question was answered without it."""
_STATES = (
    *(State.ACCEPTED, State.SUBMITTED, State.RETURNED),
    *(State.AWAITING_APPROVAL, State.DRAFT, State.NOT_STARTED),
)


@dataclass(frozen=True)
class Colouring:
    """A colour for each target. ``of`` by municipality: the code of a category, and the number where it is one.

    ``ordered``: the categories before the blanks go from few to many.
    """

    name: str
    categories: tuple[Category, ...]
    of: Mapping[str, tuple[str, Decimal | None]]
    ordered: bool = False

    def count(self, code: str) -> int:
        """Return how many municipalities are in a category."""
        return sum(found == code for found, _ in self.of.values())


def colouring(results: Results, what: str) -> Colouring:
    """Colour by STATE, NEEDS, a question (``B1``) or a choice (``B4.HR``). Raises LookupError."""
    if what == STATE:
        of = {one.municipality: (one.state.value, None) for one in results.cut.targets}
        return Colouring(STATE, tuple(Category(state.value) for state in _STATES), of)
    if what == NEEDS:
        return _needs(results)
    name, _, code = what.partition(".")
    if name not in colours(results):
        raise LookupError(what)
    variable = results.variable(name)
    values = results.records().values[name]
    if variable.several:
        variable.category(code)
        return _of(results, what, variable.of, values, _choice(variable.categories), code)
    ordered = results.questionnaire.questions[name].kind.summary == "numbers"
    return _of(results, what, variable.of, values if ordered else [None] * len(values), variable.categories)


def colours(results: Results) -> tuple[str, ...]:
    """Return the questions by which a map can be coloured: those that a reply answers once."""
    return tuple(one.name for one in results.countable if one.name not in results.questionnaire.table_of)


def _choice(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    return (Category(CHOSEN), Category(OTHERWISE), *(one for one in categories if one.is_blank))


def _of(
    results: Results,
    name: str,
    codes: Sequence[tuple[str, ...]],
    numbers: Sequence[Any],
    categories: tuple[Category, ...],
    choice: str = "",
) -> Colouring:
    blanks = {one.code for one in categories if one.is_blank}
    of: dict[str, tuple[str, Decimal | None]] = {one.municipality: (NONE, None) for one in results.cut.targets}
    for place, code in enumerate(results.records().heads["_code"]):
        mine = codes[place]
        first = mine[0] if mine else OTHERWISE
        if choice and first not in blanks:
            of[code] = (CHOSEN if choice in mine else OTHERWISE, None)
        else:
            number = numbers[place]
            of[code] = (first, None if choice or number is None else Decimal(number))
    ordered = any(one.bin is not None for one in categories)
    return Colouring(name, (*categories, Category(NONE)), of, ordered)


def _needs(results: Results) -> Colouring:
    table = needs_table(results.questionnaire)
    if table is None:
        raise LookupError(NEEDS)
    records = results.records()
    standings, counts = records.standings[table.name], records.values[table.name]
    answered = [Decimal(n or 0) for n, one in zip(counts, standings, strict=True) if one <= Standing.BLANK]
    categories = tuple(Category(one.code, bin=one) for one in bins(answered, whole=True))
    of: dict[str, tuple[str, Decimal | None]] = {one.municipality: (NONE, None) for one in results.cut.targets}
    for code, standing, count in zip(records.heads["_code"], standings, counts, strict=True):
        if standing <= Standing.BLANK:
            number = Decimal(count or 0)
            of[code] = (next(one.code for one in categories if one.bin and one.bin.holds(number)), number)
        else:
            of[code] = (OF_STANDING[standing], None)
    there = {code for code, _ in of.values()}
    blanks = tuple(Category(code) for code in OF_STANDING.values() if code in there)
    return Colouring(NEEDS, (*categories, *blanks, Category(NONE)), of, ordered=True)
