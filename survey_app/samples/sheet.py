"""A reply being filled in: what is written goes through the kinds, like everything that comes from outside."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

from questions.answers import Answers, Entry, Place
from questions.eras import Month
from questions.model import Questionnaire
from questions.setting import AmbiguousName, Municipality, Setting
from survey_app.samples import handwriting
from survey_app.samples.neighbours import neighbours

T = TypeVar("T")
AS_LABEL = 0.12
"""How often a choice is written as its label instead of its code."""
USUAL_POPULATION = {"市": 60_000, "町": 10_000, "村": 3_500, "区": 200_000}
LEAST_POPULATION = 300
"""Nobody lived in 双葉町 at the census of 2020, and yet it collects taxes."""


class Sheet:
    """One municipality's reply to one questionnaire, filled in at random, the same for the same ``random``."""

    def __init__(self, questionnaire: Questionnaire, setting: Setting, random: Random) -> None:
        self.questionnaire = questionnaire
        self.setting = setting
        self.random = random
        self.own: Municipality = setting.roster[setting.municipality]
        self.neighbours = neighbours(setting.roster, self.own)
        self._entries: dict[Place, Entry] = {}
        self._rows: dict[str, tuple[str, ...]] = {}

    def answers(self) -> Answers:
        """Return what was filled in."""
        return Answers(self._entries, self._rows)

    @property
    def population(self) -> int:
        """The inhabitants, or a usual number where it is not known."""
        known = self.own.population
        return max(USUAL_POPULATION.get(self.own.kind, 10_000) if known is None else known, LEAST_POPULATION)

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self.random.random() < share

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Choose some, in the order in which they were offered."""
        count = min(self.random.randint(least, most), len(choices))
        chosen = set(self.random.sample(range(len(choices)), count))
        return [choice for number, choice in enumerate(choices) if number in chosen]

    def weighted(self, weights: dict[str, int]) -> str:
        """Choose one by weights."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def row(self, table: str) -> str:
        """Add a row to a table and return its id."""
        row = f"r{self.random.getrandbits(64):016x}"
        self._rows[table] = (*self._rows.get(table, ()), row)
        return row

    def write(self, name: str, *texts: str, row: str = "") -> None:
        """Write texts as an answer."""
        parsed = self.questionnaire.questions[name].kind.parse(texts, self.setting)
        self._entries[row, name] = Entry(texts, parsed.value, parsed.problems)

    def choose(self, name: str, *codes: str, row: str = "") -> None:
        """Write one choice or several, by their codes or, as in a workbook, by their labels."""
        labels = {
            option.code: option.label.ja for option in self.questionnaire.questions[name].kind.options(self.setting)
        }
        texts = [labels[code] if self.chance(AS_LABEL) else code for code in codes]
        self.write(name, *texts, row=row)

    def municipalities(self, name: str, chosen: Iterable[Municipality], row: str = "") -> None:
        """Write municipalities, by their codes or by those names that only one bears."""
        self.write(name, *(self._written(one) for one in chosen), row=row)

    def _written(self, one: Municipality) -> str:
        try:
            known = self.setting.roster.find(one.name)
        except AmbiguousName:
            return one.code
        return one.name if known is not None and self.chance(0.3) else one.code

    def number(self, name: str, value: int | Decimal, row: str = "") -> None:
        """Write a number, now and then with its unit."""
        unit = getattr(self.questionnaire.questions[name].kind, "unit", None)
        behind = unit.ja if unit is not None and self.chance(0.08) else ""
        self.write(name, handwriting.number(self.random, value) + behind, row=row)

    def scaled(self, name: str, least: float, most: float, row: str = "") -> int:
        """Write a whole number between two shares of the population, and return it."""
        value = round(self.population * self.random.uniform(least, most))
        self.number(name, value, row)
        return value

    def day(self, name: str, value: date, row: str = "") -> None:
        """Write a day."""
        self.write(name, handwriting.day(self.random, value), row=row)

    def month(self, name: str, value: Month, row: str = "") -> None:
        """Write a month."""
        self.write(name, handwriting.month(self.random, value), row=row)


def later(month: Month, months: int) -> Month:
    """Return the month so many months later."""
    count = month.year * 12 + month.month - 1 + months
    return Month(count // 12, count % 12 + 1)


def next_april(day: date) -> Month:
    """Return the first month of the next fiscal year."""
    return Month(day.year + (day.month > 3), 4)
