"""Holds the answers of a reply against its questionnaire: what is asked, and what is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from questions.answers import Answers, Place
from questions.easing import eased
from questions.expressions.evaluate import Scope, holds
from questions.expressions.nodes import CHOOSING, COUNTING, Expression
from questions.kinds.base import Operand
from questions.model import Item, Question, Questionnaire, Section, Table
from questions.problems import Code, Level, Problem
from questions.setting import Setting


class Examination:
    """One reply's answers read against its questionnaire.

    A question is *asked* when its section, its table and itself are relevant. What is not asked counts as
    unanswered for every expression, whatever was typed there before.
    """

    def __init__(self, questionnaire: Questionnaire, answers: Answers, setting: Setting) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.setting = setting
        self._asked: dict[Place, bool] = {}
        self._sections_asked: dict[str, bool] = {}

    def section_asked(self, section: Section) -> bool:
        """Is the section asked?"""
        if section.name not in self._sections_asked:
            asked = section.relevant is None or self._holds(section.relevant, "")
            self._sections_asked[section.name] = asked
        return self._sections_asked[section.name]

    def asked(self, name: str, row: str = "") -> bool:
        """Is a question or table asked?"""
        place = (row, name)
        if place not in self._asked:
            self._asked[place] = self._is_asked(name, row)
        return self._asked[place]

    def _is_asked(self, name: str, row: str) -> bool:
        table = self.questionnaire.table_of.get(name)
        item: Item = self.questionnaire.tables.get(name) or self.questionnaire.questions[name]
        if table is not None:
            outer = self.asked(table) and (not row or row in self.answers.row_ids(table))
        else:
            outer = self.section_asked(self.questionnaire.section_of[name])
        if isinstance(item, Question) and item.outside and self.setting.inside:
            return False
        return outer and (item.relevant is None or self._holds(item.relevant, row))

    def _holds(self, expression: Expression, row: str) -> bool:
        return holds(expression, _Place(self, "", row))

    def value(self, name: str, row: str = "") -> Any:
        """Return the value of an answer; None when it is blank, wrong or not asked."""
        if not self.asked(name, row):
            return None
        if self.questionnaire.questions[name].prefilled:
            return self.setting.municipality or None
        return self.answers.value(name, row)

    def sections(self) -> tuple[Section, ...]:
        """Return the sections that are asked."""
        return tuple(section for section in self.questionnaire.sections if self.section_asked(section))

    def places(self, section: Section) -> Iterator[tuple[Question, str]]:
        """Yield every asked question of a section with its row, in order."""
        for item in section.items:
            if not self.section_asked(section) or not self.asked(item.name):
                continue
            if isinstance(item, Question):
                yield item, ""
                continue
            for row in self.answers.row_ids(item.name):
                yield from ((column, row) for column in item.questions if self.asked(column.name, row))

    @property
    def nil(self) -> bool:
        """Does the reply say 該当なし?"""
        nil = self.questionnaire.nil
        return nil is not None and self.value(nil.question) == nil.choice

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong, in the order of the questionnaire."""
        return tuple(problem for section in self.sections() for problem in self.problems_of(section))

    def problems_of(self, section: Section) -> tuple[Problem, ...]:
        """Return everything that is wrong in one section, in order."""
        found = [problem for question, row in self.places(section) for problem in self._of_question(question, row)]
        for table in section.tables():
            if self.asked(table.name):
                found += self._of_rows(table)
        order = {name: number for number, name in enumerate(_names(section))}
        if self.setting.eased:
            found = list(eased(found, self.setting.eased))
        return tuple(sorted(found, key=lambda problem: self._order(problem, order)))

    def blocking(self) -> tuple[Problem, ...]:
        """Return what keeps the reply from being handed in."""
        return tuple(problem for problem in self.problems() if problem.level is Level.ERROR)

    def to_confirm(self) -> tuple[Problem, ...]:
        """Return what the officer is asked to confirm."""
        return tuple(problem for problem in self.problems() if problem.level is Level.CONFIRM)

    def _order(self, problem: Problem, order: dict[str, int]) -> tuple[int, int, int]:
        table = self.questionnaire.table_of.get(problem.question, "")
        rows = self.answers.row_ids(table)
        row = rows.index(problem.row) if problem.row in rows else -1
        return order.get(table or problem.question, 0), row, order.get(problem.question, 0)

    def _of_question(self, question: Question, row: str) -> Iterator[Problem]:
        entry = self.answers.entry(question.name, row)
        if question.prefilled:
            entry = type(entry)(value=self.setting.municipality or None)
        yield from (problem.at(question.name, row) for problem in entry.problems)
        if entry.value is None:
            if not entry.problems:
                yield from self._missing(question, row)
            return
        if question.constraint is not None:
            place = _Place(self, question.name, row)
            if not self._satisfied(question.constraint, place, COUNTING):
                yield Problem(Code.CONSTRAINT, question.name, row, context={"message": question.constraint_message})
        yield from self._of_checks(question.name, row)

    def _missing(self, question: Question, row: str) -> Iterator[Problem]:
        when = question.required_when
        if question.required:
            yield Problem(Code.REQUIRED, question.name, row)
        elif when is not None and holds(when, _Place(self, question.name, row)):
            yield Problem(Code.REQUIRED_HERE, question.name, row, context={"message": question.required_message})

    def _of_checks(self, name: str, row: str = "") -> Iterator[Problem]:
        for check in self.questionnaire.checks:
            lifted = check.waivable and check.name in self.setting.waived
            if check.at != name or lifted:
                continue
            if not self._satisfied(check.expression, _Place(self, name, row), COUNTING | CHOOSING):
                context = {"message": check.message, "check": check.name}
                yield Problem(Code.CHECK, name, row, check.level, context)

    def _satisfied(self, expression: Expression, scope: "_Place", meant: frozenset[str]) -> bool:
        """Does a rule hold? While an answer that it needs is missing, there is nothing to hold it against."""
        needed = (scope.operand(one) for one in expression.needed(meant) if one not in self.questionnaire.tables)
        return any(operand is None for operand in needed) or holds(expression, scope)

    def _of_rows(self, table: Table) -> Iterator[Problem]:
        rows = self.answers.row_ids(table.name)
        if rows:
            yield from self._of_checks(table.name)
        least = table.least or int(table.required)
        if (table.required or rows) and len(rows) < least:
            yield Problem(Code.TOO_FEW_ROWS, table.name, context={"least": least, "found": len(rows)})
        if len(rows) > table.most:
            yield Problem(Code.TOO_MANY_ROWS, table.name, context={"most": table.most, "found": len(rows)})
        if table.rank is not None:
            ranks = [self.value(table.rank, row) for row in rows]
            if None not in ranks and sorted(ranks) != list(range(1, len(rows) + 1)):
                yield Problem(Code.RANK, table.name, context={"found": tuple(ranks), "most": len(rows)})


def _names(section: Section) -> Iterator[str]:
    for item in section.items:
        yield item.name
        if isinstance(item, Table):
            yield from (column.name for column in item.questions)


@dataclass(frozen=True)
class _Place(Scope):
    """What an expression sees from one place: its own row first, then the answers outside tables."""

    examination: Examination
    question: str
    row: str

    def operand(self, name: str) -> Operand:
        questionnaire = self.examination.questionnaire
        if name in questionnaire.constants:
            return Decimal(questionnaire.constants[name].value)
        if name not in questionnaire.questions:
            return None
        in_table = questionnaire.table_of.get(name)
        row = self.row if in_table else ""
        if in_table and row not in self.examination.answers.row_ids(in_table):
            return None
        return self._seen(name, row)

    def itself(self) -> Operand:
        known = self.question in self.examination.questionnaire.questions
        return self._seen(self.question, self.row) if known else None

    def column(self, name: str) -> Sequence[Operand]:
        questionnaire = self.examination.questionnaire
        table = name if name in questionnaire.tables else questionnaire.table_of.get(name)
        if table is None or not self.examination.asked(table):
            return ()
        rows = self.examination.answers.row_ids(table)
        return (True,) * len(rows) if name == table else tuple(self._seen(name, row) for row in rows)

    def today(self) -> date:
        return self.examination.setting.today

    def is_small(self, code: str, inhabitants: int) -> bool:
        roster = self.examination.setting.roster
        return code in roster and roster[code].is_small(inhabitants)

    def _seen(self, name: str, row: str) -> Operand:
        found = self.examination.value(name, row)
        return None if found is None else self.examination.questionnaire.questions[name].kind.operand(found)
