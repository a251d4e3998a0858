"""データ: the coded sheets at the end of the book, over which every formula of the other sheets counts.

One row for each reply, and a sheet for each table with one row for each of its rows. The first line holds the names of
the columns, the second their headings; codes are text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from exports.addresses import Area
from exports.blanks import Standing
from exports.records import HEADS, ROW_HEADS, Field, Records
from exports.sheets import Cell, Line, Paging, Sheet
from exports.typesetting import PADDING, SMALL, height_of, lines_of, longest_width
from questions.model import Question, Table

FIRST_ROW = 2
_NARROWEST, _WIDEST = 56, 260
_PRINTED_COLUMNS = 8
_NOT_PRINTED = "印刷用ではないシート（集計の元になるデータ。画面で御覧ください）"
_STYLES = {"whole": "data_number", "decimal": "data_number", "flag": "data_number", "day": "data_day"}
_STYLES |= {"moment": "data_moment"}


@dataclass(frozen=True)
class CodedColumn:
    """One column of a coded sheet."""

    name: str
    label: str
    form: str
    cells: Sequence[Cell] = field(repr=False)


@dataclass(frozen=True)
class CodedSheet:
    """A coded sheet, and where its columns stand for formulas."""

    name: str
    records: Records
    columns: tuple[CodedColumn, ...]
    accent: bool = field(default=False, repr=False)

    def area(self, column: str) -> Area:
        """Return where a column's cells stand; one empty cell when there is no record. Raises KeyError."""
        place = self._places[column]
        return Area(self.name, FIRST_ROW, place, FIRST_ROW + max(len(self.records), 1) - 1, place)

    def cells(self, column: str) -> Sequence[Cell]:
        """Return a column's cells. Raises KeyError."""
        return self.columns[self._places[column]].cells

    def standing_area(self, question: str) -> Area:
        """Return where it stands whether a question with typed answers was answered, not asked and so on."""
        return self.area(standing_name(question))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column.name: place for place, column in enumerate(self.columns)}

    def sheet(self) -> Sheet:
        """Return the sheet to be written."""
        styles = tuple(_STYLES.get(column.form, "data_text") for column in self.columns)
        widths = [_width(column) for column in self.columns]
        last = FIRST_ROW + max(len(self.records), 1) - 1
        return Sheet(
            self.name,
            widths,
            self._lines(styles, widths),
            frozen=(FIRST_ROW, 2),
            filtered=Area(self.name, FIRST_ROW - 1, 0, last, len(self.columns) - 1),
            paging=Paging(
                whole=True,
                repeat_rows=(0, FIRST_ROW - 1),
                first_rows=FIRST_ROW,
                first_columns=_PRINTED_COLUMNS,
                remark=_NOT_PRINTED,
            ),
            grid=True,
        )

    def _lines(self, styles: tuple[str, ...], widths: list[int]) -> Iterator[Line]:
        names = [column.name for column in self.columns]
        labels = [column.label for column in self.columns]
        most = max(lines_of(label, width, SMALL) for label, width in zip(labels, widths, strict=True))
        yield Line(names, ("data_name",) * len(names))
        yield Line(labels, ("data_label",) * len(labels), height_of(most, SMALL))
        for cells in zip(*(column.cells for column in self.columns), strict=True):
            yield Line(cells, styles)


def standing_name(question: str) -> str:
    """Return the name of the column that says where a question with typed answers stands."""
    return f"{question}._standing"


def has_standing(one: Field) -> bool:
    """Can an answer look like a mark, because it is typed? Then a column of its own says what it is."""
    return one.column.form == "text"


def coded_replies(name: str, records: Records, items: Sequence[Question | Table]) -> CodedSheet:
    """Lay out the replies: heads, then the columns of each question, then how the typed answers stand."""
    columns = [CodedColumn(head.name, head.label, head.form, records.heads[head.name]) for head in HEADS]
    for item in items:
        if isinstance(item, Table):
            columns.append(CodedColumn(item.name, f"{item.label.ja}（行数）", "whole", records.counts(item.name)))
        else:
            columns += _columns_of(records, item)
    return CodedSheet(name, records, (*columns, *_standings(records)))


def coded_rows(name: str, records: Records) -> CodedSheet:
    """Lay out the rows of a table."""
    columns = [CodedColumn(head.name, head.label, head.form, records.heads[head.name]) for head in ROW_HEADS]
    for question in records.questions:
        columns += _columns_of(records, question)
    return CodedSheet(name, records, (*columns, *_standings(records)))


def _columns_of(records: Records, question: Question) -> list[CodedColumn]:
    return [
        CodedColumn(one.name, one.label, one.column.form, records.marked_cells(one))
        for one in records.fields_of(question)
    ]


def _standings(records: Records) -> Iterator[CodedColumn]:
    codes = {standing: standing.code for standing in Standing}
    for one in records.fields:
        if has_standing(one):
            name = one.question.name
            cells = [codes[standing] for standing in records.standings[name]]
            yield CodedColumn(standing_name(name), f"{name}の回答の別", "code", cells)


def _width(column: CodedColumn) -> int:
    fixed = {"moment": 130, "day": 84, "flag": 72, "whole": 80, "decimal": 80}.get(column.form)
    if fixed is not None:
        return fixed
    texts = (cell for cell in column.cells[:200] if isinstance(cell, str))
    widest = max(longest_width(texts, SMALL), longest_width([column.name], SMALL))
    return int(min(max(widest + PADDING, _NARROWEST), _WIDEST))
