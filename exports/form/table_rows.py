"""The sheet of a table: a row for each of its rows, with spare ones up to the most that it may have."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exports.addresses import Area
from exports.form.anchors import HEAD_MARK, ROW_HEADING, TABLE_MARK, TABLE_NAME, row_key
from exports.form.filling import filled, offered, style_of
from exports.form.form import Form
from exports.form.guidance import advice, condition
from exports.form.intakes import intake_of
from exports.form.layout import FIRST_COLUMN, ROW_NUMBER, TableColumn, TablePlan
from exports.form.looks import Looks
from exports.overlays import Intake, Overlay, Rule
from exports.sheets import Cell, Line, Paging, Rich, Sheet, Span
from exports.typesetting import PADDING, SMALL, TINY, height_of, lines_of, longest_width, text_width
from questions.model import Question, Table

_KEY_WIDTH, _NUMBER_WIDTH, _MARK_WIDTH = 60, 34, 46
_SCALE = 72  # per cent, at which a wide table is printed
_PAGE = 1046 * 100 // _SCALE  # pixels of a landscape page at that scale
_PORTRAIT = 820  # pixels that still print well on a page that stands
_WIDE, _MIDDLE = 340, 230
_MOST_STRETCHED = 1.7
_ROW_HEIGHT, _PROSE_HEIGHT = 24.0, 50.0
_ADVICE_LINES = 5  # in a header


def table_rows(form: Form, plan: TablePlan) -> Sheet:
    """Lay out the sheet of one table."""
    return _Rows(form, plan).sheet()


class _Rows:
    def __init__(self, form: Form, plan: TablePlan) -> None:
        self.form, self.plan = form, plan
        self.table: Table = plan.table
        self.looks = Looks(form.layout, plan)
        wanted = [self._width(column) for column in plan.columns]
        stretched = min(_MOST_STRETCHED, max(1.0, (_PORTRAIT - _NUMBER_WIDTH) / sum(wanted)))
        self.widths = [_KEY_WIDTH, _NUMBER_WIDTH, *(int(width * stretched) for width in wanted)]

    def sheet(self) -> Sheet:
        plan = self.plan
        names = {f"{TABLE_NAME}{self.table.name}": plan.body}
        overlay = Overlay(names, self._rules(), self._intakes(), self._notes(), hidden_columns=1)
        lines = [*self._head(), *self._header(), *self._body()]
        frozen = (plan.first_row, FIRST_COLUMN)
        return Sheet(plan.sheet, self.widths, lines, frozen=frozen, paging=self._paging(), accent=True, overlay=overlay)

    def _head(self) -> Iterator[Line]:
        told = [f"１行に１件ずつ、{self.table.most}件まで記入できます。"]
        told += [f"{said}。" for said in (condition(self.table, self.form.questionnaire),) if said]
        told += [self.table.hint.ja] if self.table.hint else []
        reason = self.form.returned.get(("", self.table.name), "")
        yield self._free(f"{self.table.name}　{self.table.label.ja}", "title", 26)
        yield self._free(self.form.subtitle, "remark", 16)
        yield self._free(self.form.layout.issue.serial, "remark", 16)
        yield self._free(f"【差戻し】{reason}" if reason else "　".join(told), "alert" if reason else "remark", 16)

    @staticmethod
    def _free(text: str, style: str, height: float) -> Line:
        """Write a text that no page repeats beside the numbers of the rows."""
        return Line((None, None, text), ("plain", "plain", style), height)

    def _header(self) -> Iterator[Line]:
        """The questions of several choices above their choices, the hidden row of keys, and what people see."""
        yield self._groups()
        keys = [f"{TABLE_MARK}{self.table.name}", None, *(column.key for column in self.plan.columns)]
        yield Line(keys, ("plain",) * len(keys), hidden=True)
        cells = [HEAD_MARK, ROW_HEADING, *(self._heading(column) for column in self.plan.columns)]
        height = max(self._heading_height(column) for column in self.plan.columns)
        yield Line(cells, ("plain", *("head small top",) * (len(cells) - 1)), height)

    def _groups(self) -> Line:
        cells: list[Cell] = [None, None]
        styles = ["plain", "plain"]
        height = 8.0
        for question, members in groupby(self.plan.columns, key=lambda column: column.question):
            columns = list(members)
            if columns[0].choice is None:
                cells.append(None)
                styles.append("plain")
                continue
            told = " ".join(advice(question, self.form.questionnaire, self.form.setting))
            text = f"{_titled(question)}　{told}"
            cells.append(Span(text, len(columns)) if len(columns) > 1 else text)
            styles.append("head small")
            width = sum(self.widths[column.column] for column in columns)
            height = max(height, height_of(lines_of(text, width, SMALL), SMALL))
        return Line(cells, styles, height)

    def _heading(self, column: TableColumn) -> Cell:
        if column.choice is not None:
            return Rich(((column.choice.label.ja, "small"),))
        told = "\n".join(advice(column.question, self.form.questionnaire, self.form.setting))
        title = _titled(column.question)
        return Rich(((f"{title}\n", "small strong"), (told, "tiny grey"))) if told else title

    def _heading_height(self, column: TableColumn) -> float:
        width = self.widths[column.column]
        if column.choice is not None:
            return height_of(lines_of(column.choice.label.ja, width, SMALL), SMALL)
        told = "\n".join(advice(column.question, self.form.questionnaire, self.form.setting))
        title = height_of(lines_of(_titled(column.question), width, SMALL), SMALL)
        return title + (height_of(lines_of(told, width, TINY), TINY) if told else 0)

    def _body(self) -> Iterator[Line]:
        for number, row in enumerate(self.plan.row_ids, 1):
            contents = [self._content(column, row) for column in self.plan.columns]
            styles = [self._style(column, row) for column in self.plan.columns]
            yield Line(
                [row_key(number, row), number, *contents], ["plain", "code", *styles], self._row_height(contents)
            )

    def _content(self, column: TableColumn, row: str) -> Cell:
        entry = self.form.entry(column.question.name, row)
        return filled(column.question, entry, self.form.setting, column.choice)

    def _style(self, column: TableColumn, row: str) -> str:
        style = style_of(column.question, marked=column.choice is not None)
        small = style if column.choice is not None else f"{style} small"
        return f"{small} returned" if (row, column.question.name) in self.form.returned else small

    def _row_height(self, contents: Sequence[Cell]) -> float:
        least = _PROSE_HEIGHT if any(one.kind.long for one in self.table.questions) else _ROW_HEIGHT
        widths = self.widths[FIRST_COLUMN:]
        shown = [(text, width) for text, width in zip(contents, widths, strict=True) if isinstance(text, str)]
        return max(least, *(height_of(lines_of(text, width, SMALL), SMALL) for text, width in shown), least)

    def _rules(self) -> list[Rule]:
        rules: list[Rule] = []
        for question, area in self._areas():
            rules += self.looks.not_asked(question, area) + self.looks.of_answer(question, area)
        return rules

    def _intakes(self) -> list[Intake]:
        found = (intake_of(question, area, self.form) for question, area in self._areas())
        return [intake for intake in found if intake is not None]

    def _areas(self) -> Iterator[tuple[Question, Area]]:
        """Yield each question with all its cells."""
        for question, members in groupby(self.plan.columns, key=lambda column: column.question):
            columns = [column.column for column in members]
            yield question, Area(self.plan.sheet, self.plan.first_row, columns[0], self.plan.last_row, columns[-1])

    def _notes(self) -> dict[tuple[int, int], str]:
        row_of = {row: place for place, row in enumerate(self.plan.row_ids, self.plan.first_row)}
        column_of: dict[str, int] = {}
        for column in self.plan.columns:
            column_of.setdefault(column.question.name, column.column)
        return {
            (row_of[row], column_of[name]): f"差戻しの理由：{reason}"
            for (row, name), reason in self.form.returned.items()
            if row in row_of and name in column_of
        }

    def _width(self, column: TableColumn) -> int:
        """Return the width of a column in pixels, by what it takes and what its header says."""
        question = column.question
        if column.choice is not None:
            return _MARK_WIDTH + 14 * (len(column.choice.label.ja) > 14)
        told = advice(question, self.form.questionnaire, self.form.setting)
        heading = text_width(_titled(question), SMALL) / 2
        beside = sum(text_width(line, TINY) for line in told) / _ADVICE_LINES
        return int(max(heading + PADDING, beside + PADDING, self._wanted(question)))

    def _wanted(self, question: Question) -> float:
        kind = question.kind
        longest = int(kind.limits().get("longest", 0))
        if kind.long:
            return _WIDE if longest > 400 else _MIDDLE
        if kind.many:
            return 150
        options = offered(question, self.form.setting)
        if options:
            return min(150.0, longest_width((text for _, text in options), SMALL) + PADDING + 16)
        if kind.summary == "numbers":
            return 66
        return min(max(86.0, 5.0 * longest), 190.0)

    def _paging(self) -> Paging:
        """Print a narrow table on a page that stands, a wide one over pages that lie, its numbers repeated."""
        plan = self.plan
        total = sum(self.widths[1:])
        repeated = (plan.names_row, plan.header_row)
        if total <= _PAGE:
            return Paging(portrait=total <= _PORTRAIT, repeat_rows=repeated)
        breaks, used = [], _NUMBER_WIDTH
        for place, width in enumerate(self.widths[FIRST_COLUMN:], FIRST_COLUMN):
            if used + width > _PAGE:
                breaks.append(place)
                used = _NUMBER_WIDTH
            used += width
        return Paging(
            scale=_SCALE,
            column_breaks=tuple(breaks),
            repeat_rows=(plan.names_row - 1, plan.header_row),
            repeat_columns=(0, ROW_NUMBER),
        )


def _titled(question: Question) -> str:
    return f"{question.name} {question.label.ja}{'（必須）' if question.required else ''}"
