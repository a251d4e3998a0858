"""What the formulas of a workbook have to know of its cells."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from questions.kinds.base import OperandForm


class NotInWorkbook(ValueError):
    """Something that an expression says and no cell can: the workbook leaves it to the server, which asks again."""


class Cells(Protocol):
    """Where a workbook holds what an expression looks at, as seen from the place at which its formula stands.

    References are pieces of formulas, such as ``ans.B1``, ``$C7`` or ``Answers!$C$7:$C$26``. Every method may raise
    NotInWorkbook for what the workbook does not hold.
    """

    def itself(self) -> str:
        """The name of the question that the expression stands at (``.``)."""

    def form(self, name: str) -> OperandForm:
        """What expressions see of the question's answers: its kind's ``operand_form``."""

    def answer(self, name: str) -> str:
        """The cell that holds an answer; in a row of a table the cell of the same row.

        Numbers, days and months (any day of the month) stand there as numbers; a number typed as text is unanswered.
        """

    def asked(self, name: str) -> str | None:
        """A cell or formula that is TRUE while the question is asked; None when it always is."""

    def shown(self, name: str) -> Mapping[str, str] | None:
        """What the cell of a choice holds for each code (drop-downs hold labels); None when it is free text."""

    def marks(self, name: str) -> Mapping[str, str] | None:
        """The cell that holds the mark of each code of a question of several choices.

        None when all its answers stand in one cell; then ``chosen`` and ``count_chosen`` are asked.
        """

    def chosen(self, name: str, wanted: str) -> str:
        """A formula: does the one cell of several answers hold what the formula ``wanted`` shows?"""

    def count_chosen(self, name: str) -> str:
        """A formula: how many answers the one cell holds."""

    def count_small(self, name: str, inhabitants: int) -> str:
        """A formula: how many of the chosen are a 町 or 村 with fewer inhabitants."""

    def column(self, name: str) -> str:
        """The range of a column's answers over all rows of its table; what is not asked is blank in it."""

    def count_rows(self, name: str) -> str:
        """A formula: the number of rows in use of a table, or of the table of a column."""

    def constant(self, name: str) -> Decimal | None:
        """The value of a constant; None when the name is no constant."""
