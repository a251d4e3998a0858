"""Tells which row of a reply a row of the form is: by its id, unless the ids stand beside other contents now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questions.answers import Answers, Entry
from questions.model import Table
from survey_app.receiving.gathering import GottenRow


@dataclass(frozen=True)
class Matched:
    """A row of the form with the id under which it is compared; None when that cannot be told."""

    row: GottenRow
    id: str | None


def match_rows(table: Table, rows: Sequence[GottenRow], answers: Answers, *, ids_lost: bool) -> tuple[Matched, ...]:
    """Find the ids of a table's rows."""
    return _Matcher(table, rows, answers, ids_lost=ids_lost).matched()


def same(one: Entry, other: Entry) -> bool:
    """Do two entries say the same?"""
    return one.texts == other.texts or (one.value is not None and one.value == other.value)


class _Matcher:
    def __init__(self, table: Table, rows: Sequence[GottenRow], answers: Answers, *, ids_lost: bool) -> None:
        self.table, self.rows, self.answers, self.ids_lost = table, rows, answers, ids_lost
        self.present = answers.row_ids(table.name)
        self.given: dict[int, str] = {}

    def matched(self) -> tuple[Matched, ...]:
        self._those_that_are_alike()
        swapped = any(self.rows[number].id not in ("", row_id) for number, row_id in self.given.items())
        found = []
        for number, row in enumerate(self.rows):
            row_id = self.given.get(number) or self._by_id(row, swapped=swapped)
            found.append(Matched(row, row_id))
        return tuple(found)

    def _those_that_are_alike(self) -> None:
        """Give ids to rows that hold exactly what a row of the reply holds: first to those that have the id anyway."""
        for own in (True, False):
            for number, row in enumerate(self.rows):
                if number in self.given:
                    continue
                wanted = [row_id for row_id in self.present if row_id not in self.given.values()]
                wanted = [row_id for row_id in wanted if (row_id in (row.id, row.fresh)) is own]
                alike = [row_id for row_id in wanted if self._is_alike(row, row_id)]
                if len(alike) == 1 or (alike and own):
                    self.given[number] = alike[0]

    def _by_id(self, row: GottenRow, *, swapped: bool) -> str | None:
        """Return the id of a row that was changed, or is new."""
        taken = set(self.given.values())
        free = set(self.present) - taken
        if row.id:
            doubtful = row.id in self.present and (swapped or row.other in self.present)
            doubtful = doubtful or (bool(row.other) and row.other in free)
            if doubtful and len(free) > 1:
                return None
            return row.id if row.id not in taken else row.fresh
        return None if self.ids_lost and free else row.fresh

    def _is_alike(self, row: GottenRow, row_id: str) -> bool:
        blank: Mapping[str, Entry] = {}
        mine = {name: gotten.entry for name, gotten in row.answers.items()} or blank
        asked = (one.name for one in self.table.questions if not one.kind.attaches)
        pairs = ((mine.get(name, Entry()), self.answers.entry(name, row_id)) for name in asked)
        return bool(mine) and all(same(*pair) for pair in pairs)
