"""The colours of a division's workbook while it is filled in: what is missing, too long, or no disposition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.addresses import Area, cell
from exports.divisions.anchors import dispositions, table_of_needs
from exports.form.anchors import LIST_NAME, Issue
from exports.form.greying import FormCells
from exports.form.layout import Layout, TablePlan
from exports.form.looks import LONG, WANTED
from exports.overlays import Rule
from questions.answers import Answers
from questions.expressions.formula import formula
from questions.model import Question
from questions.responses import DISPOSITION
from questions.setting import Setting


@dataclass(frozen=True)
class ResponseCells(FormCells):
    """The response of a row as a formula sees it; the cell of the disposition holds its code with its label."""

    def shown(self, name: str) -> Mapping[str, str] | None:
        """What the drop-down offers, by code."""
        return dispositions() if name == DISPOSITION else None


def cells_of(plan: TablePlan) -> ResponseCells:
    """Return the cells of the first row of a plan."""
    return ResponseCells(Layout(table_of_needs(), Setting(), Issue("", "", "", 0), Answers()), plan)


def rules_of(plan: TablePlan) -> Iterator[Rule]:
    """Yield the rules for all columns of responses."""
    for column in plan.columns:
        question, area = column.question, plan.down(column)
        first = cell(area.first_row, area.first_column, "column")
        if question.name == DISPOSITION:
            known = f"ISNUMBER(MATCH({first},{LIST_NAME}{DISPOSITION},0))"
            yield Rule(area, f'AND(TRIM({first})<>"",NOT({known}))', LONG)
        longest = question.kind.limits().get("longest")
        if longest is not None:
            yield Rule(area, f"LEN({first})>{longest}", LONG)
        yield from _missing(question, area, first, plan)


def _missing(question: Question, area: Area, first: str, plan: TablePlan) -> Iterator[Rule]:
    blank = f'TRIM({first})=""'
    if question.name == DISPOSITION:
        yield Rule(area, blank, WANTED)
    elif question.required:
        ends = (plan.columns[0].column, plan.last_column)
        begun = ":".join(cell(plan.first_row, column, "column") for column in ends)
        yield Rule(area, f"AND({blank},COUNTA({begun})>0)", WANTED)
    elif question.required_when is not None:
        yield Rule(area, f"AND({blank},{formula(question.required_when, cells_of(plan))})", WANTED)
