"""How many have replied: of all, by bureau, by kind, by population class."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from exports.records import UNKNOWN
from exports.results.variables import (
    BUREAU,
    CLASSES,
    KIND,
    LARGEST,
    NO_POPULATION,
    POPULATION,
    Results,
    population_class,
)
from exports.summaries import share
from questions.setting import Municipality


@dataclass(frozen=True)
class Rate:
    """Some of the targets: how many there are, and how many have handed in what counts."""

    name: str
    targets: int
    handed_in: int

    @property
    def share(self) -> float | None:
        """The response rate from 0 to 1; None without targets."""
        return share(self.handed_in, self.targets)


def overall(results: Results) -> Rate:
    """Return the response rate of all."""
    return Rate("", len(results.cut.targets), len(results.records()))


def rates(results: Results, by: str) -> tuple[Rate, ...]:
    """Return the response rate by BUREAU, KIND or POPULATION; groups without a target are left out."""
    orders = {
        BUREAU: results.book.bureaus,
        KIND: results.book.kinds,
        POPULATION: (*(code for code, _ in CLASSES), LARGEST, NO_POPULATION),
    }
    groups: dict[str, Callable[[Municipality], str]] = {
        BUREAU: lambda town: town.bureau or UNKNOWN,
        KIND: lambda town: town.kind or UNKNOWN,
        POPULATION: population_class,
    }
    group = groups[by]
    asked = Counter(group(results.municipality(one.municipality)) for one in results.cut.targets)
    handed = Counter(group(results.municipality(code)) for code in results.records().heads["_code"])
    return tuple(Rate(name, asked[name], handed[name]) for name in orders[by] if asked[name])
