"""集計: what the answers to every question come to, as live formulas over the coded sheets."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.addresses import Area, cell, spot
from exports.compiled.choosing import holding, mixed_up
from exports.compiled.compilation import HOLDERS, SUMMARY, Compilation, Source
from exports.compiled.counting import UNKNOWABLE, count, turnout_formulas
from exports.compiled.holders import BLANK
from exports.records import unit_of
from exports.sheets import Cell, Formula, Line, Link, Paging, Sheet, Span
from exports.summaries import EVERYONE, Turnout, share
from exports.typesetting import height_of, lines_of
from questions.model import Item, Question, Section, Table

_HEADING_ROW = 2
_HEADINGS = (
    *("設問", "設問・選択肢", "対象", "回答", "無回答", "対象外", "該当\nなし"),
    *("件数", "割合", "合計", "平均", "中央値", "最小", "最大", "単位", "コード"),
)
_WIDTHS = (54, 380, 54, 54, 54, 54, 54, 60, 96, 92, 80, 80, 72, 80, 52, 76)
_QUESTION, _LABEL, _ASKED, _ANSWERED, _BLANK, _NOT_ASKED, _NIL, _COUNT, _SHARE, _TOTAL = range(10)
_CODE = len(_WIDTHS) - 1  # what the formulas count by: beside what is printed
_ITEM_STYLES = tuple(f"{one} tinted open" for one in ("code", "text strong", *("whole",) * 6, "share"))
_CHOICE_STYLES = (
    *(f"{one} open" for one in ("line", "text indented linked", *("line",) * 5, "whole", "share", *("line",) * 6)),
    "code open",
)


def summary(book: Compilation) -> Sheet:
    """Lay out the summary of every question, section by section."""
    lines = _Lines(book)
    for section in book.questionnaire.sections:
        lines.section(section)
    return Sheet(
        SUMMARY,
        _WIDTHS,
        lines.lines,
        frozen=(_HEADING_ROW + 1, 2),
        bars=lines.bars,
        paging=Paging(repeat_rows=(_HEADING_ROW, _HEADING_ROW), first_columns=_CODE),
        accent=True,
    )


@dataclass(frozen=True)
class _Place:
    """A question with what is needed to count its answers."""

    source: Source
    item: Item
    turnout: Turnout


class _Lines:
    """The lines of the sheet as they grow; notes where each count stands."""

    def __init__(self, book: Compilation) -> None:
        self.book = book
        self.bars: list[Area] = []
        self.lines: list[Line] = [
            Line(["集計"], ("title",), 26),
            Line([_REMARK], ("remark",), 16),
            Line(_HEADINGS, ("head",) * len(_HEADINGS), height_of(2)),
        ]

    @property
    def row(self) -> int:
        """The row that the next line will have."""
        return len(self.lines)

    def section(self, section: Section) -> None:
        span = Span(f"{section.name}　{section.title.ja}", _CODE)
        self.lines.append(Line([span], ("group",), height_of(1)))
        for item in section.items:
            self.item(item)
            for column in item.questions if isinstance(item, Table) else ():
                self.item(column)

    def item(self, item: Item) -> None:
        source = self.book.source(item)
        place = _Place(source, item, source.turnout(item))
        head = self.row
        if isinstance(item, Table):
            self._add_head(place, self._rows_of_table(place, item), "件")
            return
        summarise = {"choices": self._nothing, "numbers": self._statistics, "texts": self._nothing}
        self._add_head(place, summarise[item.kind.summary](place, item), unit_of(item))
        if item.kind.summary == "choices":
            self._choices(place, item, head)

    def _add_head(self, place: _Place, figures: Sequence[Cell], unit: str) -> None:
        """Add the line of a question: how many were asked, how many answered, and its figures from 件数 on."""
        item, found, row = place.item, place.turnout, self.row
        formulas = turnout_formulas(place.source.coded, item)
        asked = Formula(f"={cell(row, _ANSWERED)}+{cell(row, _BLANK)}", found.asked)
        within = place.source is not self.book.replies
        label = item.label.ja + ("　〔一覧の行ごと〕" if within else "")
        cells: list[Cell] = [
            item.name,
            label,
            asked,
            Formula(f"={formulas.answered}", found.answered),
            Formula(f"={formulas.blank}", found.blank),
            Formula(f"={formulas.not_asked}", found.not_asked),
            Formula(f"={formulas.nil}", found.nil),
            *figures,
            unit or None,
            None,
        ]
        for name, column in (("asked", _ASKED), ("answered", _ANSWERED), ("blank", _BLANK)):
            self.book.places.put(spot(SUMMARY, row, column), name, item.name)
        self.book.places.put(spot(SUMMARY, row, _NOT_ASKED), "not asked", item.name)
        self.book.places.put(spot(SUMMARY, row, _NIL), "nil", item.name)
        number = "decimal1" if isinstance(item, Question) and item.kind.cell_format == "decimal" else "whole"
        described = (number, "decimal2", *(number,) * 3, "code", "code")
        styles = (*_ITEM_STYLES, *(f"{one} tinted open" for one in described))
        self.lines.append(Line(cells, styles, height_of(lines_of(label, _WIDTHS[_LABEL]))))

    def _nothing(self, place: _Place, question: Question) -> list[Cell]:
        return [None] * 7

    def _rows_of_table(self, place: _Place, table: Table) -> list[Cell]:
        area = place.source.coded.area(table.name)
        rows = len(self.book.tables[table.name].records)
        self.book.places.put(spot(SUMMARY, self.row, _COUNT), "rows", table.name)
        return [Formula(f"=SUM({area})", rows), *[None] * 6]

    def _statistics(self, place: _Place, question: Question) -> list[Cell]:
        area = place.source.coded.area(place.source.records.fields_of(question)[0].name)
        found = place.source.statistics(question)
        row = self.row
        figures: list[Cell] = [Formula(f"=COUNT({area})", found.n), None, Formula(f"=SUM({area})", found.total)]
        described = {"AVERAGE": found.mean, "MEDIAN": found.median, "MIN": found.least, "MAX": found.most}
        for function, value in described.items():
            text = f'=IF({cell(row, _COUNT)}=0,"{UNKNOWABLE}",{function}({area}))'
            figures.append(Formula(text, UNKNOWABLE if value is None else value))
        return figures

    def _choices(self, place: _Place, question: Question, head: int) -> None:
        """Add a line for each choice, and one for those who did not answer."""
        options = question.kind.options(place.source.records.setting)
        exact, counts = mixed_up(place.source, question), place.source.tally(question).chosen
        first = self.row
        for option in options:
            condition = holding(place.source, question, option.code, cell(self.row, _CODE, "column"))
            formula = Formula(f"={count(condition, exact=exact)}", counts[option.code, EVERYONE])
            self.book.places.put(spot(SUMMARY, self.row, _COUNT), "count", question.name, option.code)
            self._choice(
                self._linked(question, option.label.ja, option.code), option.code, formula, (head, place.turnout.asked)
            )
        chosen = Area(SUMMARY, first, _COUNT, self.row - 1, _COUNT)
        self.book.places.put(chosen, "chosen", question.name)
        blank = Formula(f"={cell(head, _BLANK)}", place.turnout.blank)
        self._choice(self._linked(question, "無回答", BLANK), None, blank, (head, place.turnout.asked))
        self.bars.append(Area(SUMMARY, first, _SHARE, self.row - 1, _SHARE))

    def _linked(self, question: Question, label: str, code: str) -> Link:
        """Return the label of a choice with the way to those who made it."""
        there = self.book.places["holders", question.name, code]
        return Link(label, HOLDERS, cell(there.first_row, there.first_column))

    def _choice(self, label: Link, code: str | None, found: Formula, asked: tuple[int, int]) -> None:
        head, whole = asked
        row = self.row
        part = share(int(found.value), whole)
        address = cell(head, _ASKED)
        text = f'=IF({address}=0,"{UNKNOWABLE}",{cell(row, _COUNT)}/{address})'
        shared = Formula(text, UNKNOWABLE if part is None else part)
        cells: list[Cell] = [None, label, *[None] * 5, found, shared, *[None] * 6, code]
        styles = _CHOICE_STYLES if code is not None else tuple(f"{style} grey" for style in _CHOICE_STYLES)
        self.lines.append(Line(cells, styles, height_of(lines_of(label.text, _WIDTHS[_LABEL] - 14))))


_REMARK = (
    "対象＝たずねた数（回答＋無回答）。割合は対象に対するもの。対象外＝条件によりたずねていない数、"
    "該当なし＝要望等がない旨の回答の数。平均等は回答のあったものについて計算する。"
)
