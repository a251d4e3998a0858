"""The rules that colour a form while it is filled in: what is not asked, what is beyond its limits, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.addresses import Area, cell
from exports.form.anchors import choices_of
from exports.form.greying import FormCells, not_asked
from exports.form.layout import FIRST_COLUMN, Layout, TablePlan
from exports.overlays import Rule
from questions.model import Item, Question

VOID, LONG, WANTED = "over_void", "over_long", "over_wanted"


@dataclass(frozen=True)
class Looks:
    """Makes the rules for cells of the sheet of questions, or of a table (``table``)."""

    layout: Layout
    table: TablePlan | None = None

    def not_asked(self, item: Item, area: Area) -> list[Rule]:
        """Grey what is not asked; nothing when it always is, or when no formula can tell."""
        found = not_asked(FormCells(self.layout, self.table), item)
        return [] if found is None else [Rule(area, found, VOID)]

    def of_answer(self, question: Question, area: Area) -> list[Rule]:
        """Colour an answer that is beyond its limits, and a required one that is missing."""
        rules = [Rule(area, beyond, LONG) for beyond in self._beyond(question, self._first(area))]
        if question.required and not question.prefilled and not question.kind.attaches:
            rules.append(Rule(area, self._missing(question, area), WANTED))
        return rules

    def _beyond(self, question: Question, first: str) -> Iterator[str]:
        limits = question.kind.limits()
        if "longest" in limits:
            yield f"LEN({first})>{limits['longest']}"
        if question.kind.summary == "numbers":
            tests = [f"{first}<{limits['least']}"] if "least" in limits else []
            tests += [f"{first}>{limits['most']}"] if "most" in limits else []
            if tests:
                yield f"IF(ISNUMBER({first}),OR({','.join(tests)}),FALSE)"

    def _missing(self, question: Question, area: Area) -> str:
        if self.table is None:
            first = cell(area.first_row, area.first_column, "both")
            marks = f"COUNTA({first}:{cell(area.last_row, area.last_column, 'both')})=0"
            return marks if choices_of(question) else f'TRIM({first})=""'
        first, used = self._first(area), self._used(self.table)
        marks = f"COUNTA({first}:{cell(area.first_row, area.last_column, 'column')})=0"
        return f"AND({used},{marks})" if choices_of(question) else f'AND({used},TRIM({first})="")'

    def _used(self, table: TablePlan) -> str:
        """Is anything written in the row?"""
        first = cell(table.first_row, FIRST_COLUMN, "column")
        return f"COUNTA({first}:{cell(table.first_row, table.last_column, 'column')})>0"

    def _first(self, area: Area) -> str:
        """The first cell of an area, as a rule over the area names the cell that it looks at."""
        return cell(area.first_row, area.first_column, "column")
