"""When a cell of the form is asked, as a formula over other cells; from the same expressions as the server's check.

What no formula can say is not greyed: the sentence that says when it is asked stands beside it, and the server asks
again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from exports.addresses import cell
from exports.form.anchors import answer_name, choices_of
from exports.form.filling import offered
from exports.form.layout import ANSWER, Layout, TablePlan
from questions.expressions.cells import NotInWorkbook
from questions.expressions.formula import formula
from questions.expressions.nodes import Expression
from questions.kinds.base import OperandForm
from questions.model import Item, Question, Section

LONGEST_FORMULA = 4000
_TYPED_AS_SUCH = {"number": ("whole", "decimal"), "text": ("text",)}
"""Formats of cells in which a value can be looked at, by its form; days, months and years stand there as text."""


@dataclass(frozen=True)
class FormCells:
    """The answers as a formula sees them: from the sheet of questions, or from the first row of a table (``table``)."""

    layout: Layout
    table: TablePlan | None = None
    at: str = ""

    def itself(self) -> str:
        """The question that the expression stands at."""
        return self.at

    def form(self, name: str) -> OperandForm:
        """What expressions see of a question."""
        return self._question(name).kind.operand_form

    def answer(self, name: str) -> str:
        """The cell of an answer. Raises NotInWorkbook where its value stands there as text."""
        question = self._question(name)
        if question.kind.cell_format not in _TYPED_AS_SUCH.get(question.kind.operand_form, ()):
            raise NotInWorkbook(name)
        return self._cell(name)

    def asked(self, name: str) -> str | None:
        """A formula that is TRUE while a question is asked."""
        found = asked(self, self._question(name))
        return None if found == "TRUE" else found

    def shown(self, name: str) -> Mapping[str, str] | None:
        """The labels that a drop-down offers, by code."""
        question = self._question(name)
        if question.prefilled:
            raise NotInWorkbook(name)
        return dict(offered(question, self.layout.setting)) or None

    def marks(self, name: str) -> Mapping[str, str] | None:
        """The cells of the marks of a question of several choices."""
        choices = choices_of(self._question(name))
        return {choice.code: self._cell(choice.key) for choice in choices} or None

    def chosen(self, name: str, wanted: str) -> str:
        """Several answers in one cell are left to the server."""
        raise NotInWorkbook(f"{name}: {wanted}")

    def count_chosen(self, name: str) -> str:
        """Several answers in one cell are left to the server."""
        raise NotInWorkbook(name)

    def count_small(self, name: str, inhabitants: int) -> str:
        """Several answers in one cell are left to the server."""
        raise NotInWorkbook(f"{name}: {inhabitants}")

    def column(self, name: str) -> str:
        """Whole columns are left to the server."""
        raise NotInWorkbook(name)

    def count_rows(self, name: str) -> str:
        """Whole tables are left to the server."""
        raise NotInWorkbook(name)

    def constant(self, name: str) -> Decimal | None:
        """The value of a constant."""
        found = self.layout.questionnaire.constants.get(name)
        return None if found is None else Decimal(found.value)

    def _question(self, name: str) -> Question:
        if name not in self.layout.questionnaire.questions:
            raise NotInWorkbook(name)
        return self.layout.questionnaire.questions[name]

    def _cell(self, key: str) -> str:
        """Name a cell: of the same row, on the same sheet, or by its defined name."""
        if self.table is not None:
            for column in self.table.columns:
                if column.key == key:
                    return cell(self.table.first_row, column.column, "column")
        if key not in self.layout.row_of:
            raise NotInWorkbook(key)
        return answer_name(key) if self.table else cell(self.layout.row_of[key], ANSWER, "both")


def asked(cells: FormCells, item: Item) -> str:
    """Return a formula that is TRUE while a question or table is asked. Raises NotInWorkbook."""
    questionnaire = cells.layout.questionnaire
    within: list[Section | Item] = [questionnaire.section_of[item.name]]
    if item.name in questionnaire.table_of:
        within.append(questionnaire.tables[questionnaire.table_of[item.name]])
    tests = [_holds(cells, one.relevant, one.name) for one in (*within, item) if one.relevant is not None]
    joined = "TRUE" if not tests else tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
    if len(joined) > LONGEST_FORMULA:
        raise NotInWorkbook(item.name)
    return joined


def not_asked(cells: FormCells, item: Item | Section) -> str | None:
    """Return a formula that is TRUE while something is not asked; None when it always is, or no formula can tell."""
    try:
        if isinstance(item, Section):
            found = "TRUE" if item.relevant is None else _holds(cells, item.relevant, item.name)
        else:
            found = asked(cells, item)
    except NotInWorkbook:
        return None
    return None if found == "TRUE" else f"NOT({found})"


def _holds(cells: FormCells, expression: Expression, name: str) -> str:
    return formula(expression, replace(cells, at=name))
