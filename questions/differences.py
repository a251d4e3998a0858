"""What changed between two states of a reply: between two submissions, or since somebody last looked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from questions.contents import Contents
from questions.model import Questionnaire, Table

Sort = Literal["answered", "changed", "cleared", "asked", "unasked", "row_added", "row_removed"]


@dataclass(frozen=True)
class Difference:
    """One answer that is not what it was; ``before`` and ``after`` are values, None where there was none.

    "answered": blank before; "cleared": blank now; "asked" and "unasked": asked (with an answer) only now or only
    before; "row_added" and "row_removed" stand at the table, with the row's id.
    """

    question: str
    row: str
    sort: Sort
    before: Any = None
    after: Any = None


def differences(questionnaire: Questionnaire, before: Contents, after: Contents) -> tuple[Difference, ...]:
    """Return what changed, in the order of the questionnaire; rows in their present order, removed ones last."""
    found: list[Difference] = []
    for _, item in questionnaire.items():
        if isinstance(item, Table):
            found += _of_table(item, before, after)
        else:
            found += _of_answer(item.name, "", before, after)
    return tuple(found)


def _of_table(table: Table, before: Contents, after: Contents) -> Iterator[Difference]:
    was, now = before.row_ids(table.name), after.row_ids(table.name)
    for row in now:
        if row not in was:
            yield Difference(table.name, row, "row_added")
        else:
            for column in table.questions:
                yield from _of_answer(column.name, row, before, after)
    for row in was:
        if row not in now:
            yield Difference(table.name, row, "row_removed")


def _of_answer(name: str, row: str, before: Contents, after: Contents) -> Iterator[Difference]:
    was, now = before.value(name, row), after.value(name, row)
    if was == now or (isinstance(was, tuple) and isinstance(now, tuple) and set(was) == set(now)):
        return  # the same choices are the same answer, in whatever order they were offered
    if not before.asked(name, row):
        sort: Sort = "asked"
    elif not after.asked(name, row):
        sort = "unasked"
    elif was is None:
        sort = "answered"
    else:
        sort = "cleared" if now is None else "changed"
    yield Difference(name, row, sort, was, now)
