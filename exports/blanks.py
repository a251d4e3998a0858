"""The four blanks, which are never merged: not answered, not asked, 該当なし, and the number 0.

In a workbook a question that was not answered is an empty cell, one that was not asked holds 「－」, and one that was
not asked because the whole reply says 該当なし holds 「該当なし」. An answer of 0 is the number 0.
"""

from collections.abc import Iterator
from enum import IntEnum

from questions.expressions.nodes import Comparison, Expression, Reference, Text
from questions.model import Questionnaire


class Mark(str):
    """What a cell shows in place of an answer; never something that was typed."""

    __slots__ = ()


NOT_ASKED_MARK = Mark("－")
NIL_MARK = Mark("該当なし")


class Standing(IntEnum):
    """Where one question stands in one reply, or in one row of a table."""

    ANSWERED = 0
    BLANK = 1  # asked, not answered
    NOT_ASKED = 2
    NIL = 3  # not asked, because the reply says 該当なし

    @property
    def code(self) -> str:
        """The word in which data sheets hold it."""
        return self.name.lower()


MARKS: dict[Standing, Mark | None] = {
    Standing.BLANK: None,
    Standing.NOT_ASKED: NOT_ASKED_MARK,
    Standing.NIL: NIL_MARK,
}
"""What a cell without an answer shows."""


def asked_of_nil_replies(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the questions that belong to a nil reply, such as its reason.

    Where such a question is not asked of a nil reply, that is for a reason of its own: 「－」, not 該当なし.
    """
    if questionnaire.nil is None:
        return frozenset()
    found: set[str] = set()
    for name in (*questionnaire.questions, *questionnaire.tables):
        conditions = tuple(conditions_of(questionnaire, name))
        if any(_demands_nil(one, questionnaire) or found.intersection(one.references()) for one in conditions):
            found.add(name)
    return frozenset(found)


def conditions_of(questionnaire: Questionnaire, name: str) -> Iterator[Expression]:
    """Yield what must hold for a question or table to be asked: of its section, its table and itself."""
    holders = [questionnaire.section_of[name].relevant]
    if name in questionnaire.table_of:
        holders.append(questionnaire.tables[questionnaire.table_of[name]].relevant)
    item = questionnaire.questions.get(name) or questionnaire.tables[name]
    holders.append(item.relevant)
    yield from (one for one in holders if one is not None)


def _demands_nil(condition: Expression, questionnaire: Questionnaire) -> bool:
    nil = questionnaire.nil
    if nil is None:
        return False
    wanted = Comparison("=", Reference(nil.question), Text(nil.choice))
    return wanted in condition.nodes()
