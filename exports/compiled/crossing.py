"""クロス集計: each choice by bureau and by kind of municipality; 要望クロス集計: the needs by field and form."""

from collections.abc import Mapping, Sequence

from exports.addresses import Area, cell, spot
from exports.compiled.choosing import choice_questions, holding, mixed_up
from exports.compiled.compilation import CROSS, NEEDS_CROSS, Compilation, NeedsCounted, Source
from exports.compiled.coordinated import aside_sentence
from exports.compiled.counting import ANYTHING, EMPTY_TEXT, NIL_TEXT, NOT_ASKED_TEXT, Condition, count, needs_exact
from exports.compiled.readable import of_texts, paging
from exports.compiled.sentences import needs_sentence
from exports.sheets import EMPTY, Cell, Chart, Formula, Line, Paging, Series, Sheet, Span
from exports.styles import SERIES
from exports.summaries import EVERYONE, Group, counts_of_pairs
from exports.typesetting import height_of, lines_of
from questions.model import Question, Table

_GROUP_ROW, _HEADING_ROW = 2, 3
_TITLES = 2
_LABEL_WIDTH = 340


class _Cross:
    """The lines of the cross table as they grow."""

    def __init__(self, book: Compilation) -> None:
        self.book = book
        bureaus, kinds = (("_bureau", name) for name in book.bureaus), (("_kind", name) for name in book.kinds)
        self.columns: tuple[Group, ...] = (EVERYONE, *bureaus, *kinds)
        self.exact = needs_exact(book.bureaus) or needs_exact(book.kinds)
        self.code = _TITLES + len(self.columns)  # where the codes stand, beside what is printed
        spans = [Span(None, _TITLES + 1), Span("地方振興局", len(book.bureaus)), Span("区分", len(book.kinds))]
        spans.append(Span(None, 1))
        headings = ["設問", "選択肢", "計", *(name for _, name in self.columns[1:]), "コード"]
        self.lines: list[Line] = [
            Line(["クロス集計"], ("title",), 26),
            Line(
                ["選択式の設問の件数を、地方振興局別・市町村の区分別に数えたもの。設問の行は、たずねた数（対象）。"],
                ("remark",),
                16,
            ),
            Line([span for span in spans if span.across], ("head",) * sum(1 for span in spans if span.across)),
            Line(headings, ("head",) * len(headings), height_of(max(lines_of(one, 62) for one in headings[_TITLES:]))),
        ]
        groups = ("whole open",) * (len(self.columns) - 1)
        self.styles = ("line open", "text indented open", "whole strong open", *groups, "code open")
        head = ("code", "text strong", "whole strong", *("whole",) * (len(self.columns) - 1), "code")
        self.head_styles = tuple(f"{one} tinted open" for one in head)

    def question(self, question: Question) -> None:
        """Add the lines of one question: those asked, each choice, those who did not answer."""
        source = self.book.source(question)
        first = source.coded.area(source.records.fields_of(question)[0].name)
        found = source.tally(question)
        self._asked(source, question, first)
        exact = mixed_up(source, question)
        start = len(self.lines)
        for option in question.kind.options(source.records.setting):
            wanted = holding(source, question, option.code, cell(len(self.lines), self.code, "column"))
            counts = {group: found.chosen.get((option.code, group), 0) for group in self.columns}
            cells = self._counts(source, wanted, counts, exact)
            height = height_of(lines_of(option.label.ja, _LABEL_WIDTH - 20))
            self.lines.append(Line([None, option.label.ja, *cells, option.code], self.styles, height))
        self._note_places(question, start)
        cells = self._counts(source, Condition(first, EMPTY_TEXT), found.blank, False)
        grey = tuple(f"{style} grey" for style in self.styles)
        self.lines.append(Line([None, "無回答", *cells, None], grey, height_of(1)))

    def _note_places(self, question: Question, start: int) -> None:
        last, middle = len(self.lines) - 1, _TITLES + 1 + len(self.book.bureaus)
        areas = {"total": (_TITLES, _TITLES), "bureau": (_TITLES + 1, middle - 1)}
        areas["kind"] = (middle, middle + len(self.book.kinds) - 1)
        for name, (left, right) in areas.items():
            self.book.places.put(Area(CROSS, start, left, last, right), f"cross {name}", question.name)

    def _asked(self, source: Source, question: Question, area: Area) -> None:
        """Add the line of those who were asked: the records but for those with a mark."""
        label = question.label.ja + ("　〔一覧の行ごと〕" if source is not self.book.replies else "")
        marks = ((), (Condition(area, NOT_ASKED_TEXT),), (Condition(area, NIL_TEXT),))
        asked = source.tally(question).asked
        cells: list[Cell] = []
        for place, group in enumerate(self.columns):
            member = self._member(source, group, place)
            text = "-".join(count(member, *mark, exact=self.exact) for mark in marks)
            cells.append(Formula(f"={text}", asked.get(group, 0)))
        height = height_of(lines_of(label, _LABEL_WIDTH))
        self.lines.append(Line([question.name, label, *cells, None], self.head_styles, height))

    def _counts(self, source: Source, wanted: Condition, found: Mapping[Group, int], exact: bool) -> list[Cell]:
        """Return the counts in total and for each group."""
        cells: list[Cell] = []
        for place, group in enumerate(self.columns):
            text = count(self._member(source, group, place), wanted, exact=exact or self.exact)
            cells.append(Formula(f"={text}", found.get(group, 0)))
        return cells

    def _member(self, source: Source, group: Group, place: int) -> Condition:
        """Return the condition that a record belongs to a group; everyone has a code."""
        if group == EVERYONE:
            return Condition(source.coded.area("_code"), ANYTHING)
        return Condition(source.coded.area(group[0]), cell(_HEADING_ROW, _TITLES + place, "row"))


def cross(book: Compilation) -> Sheet:
    """Lay out the choices of every question by bureau and by kind."""
    table = _Cross(book)
    for question in choice_questions(book):
        table.question(question)
    widths = (54, _LABEL_WIDTH, *(62,) * len(table.columns), 76)
    columns = [of_texts("", (), width) for width in widths[: table.code]]
    base = Paging(repeat_rows=(_GROUP_ROW, _HEADING_ROW), first_columns=table.code)
    return Sheet(
        CROSS,
        widths,
        table.lines,
        frozen=(_HEADING_ROW + 1, _TITLES + 1),
        paging=paging(columns, _TITLES + 1, base),
        accent=True,
    )


def needs_cross(book: Compilation, table: Table) -> Sheet:
    """Lay out the needs by field and form of support, with a chart."""
    assert table.need is not None
    source = book.tables[table.name]
    field, form = table.question(table.need.field), table.question(table.need.form)
    rows, columns = (one.kind.options(source.records.setting) for one in (field, form))
    found = counts_of_pairs(source.records.values[field.name], source.records.values[form.name])
    exact = needs_exact(one.code for one in rows) or needs_exact(one.code for one in columns)
    aside = aside_sentence(book)
    top, left = 3 if aside is None else 4, 1
    codes = left + len(columns) + 2  # beside what is printed, after a gap: those of the rows, then of the columns
    lines = [
        Line(["要望クロス集計"], ("title",), 26),
        Line([f"{table.label.ja}の件数を、{field.label.ja}と{form.label.ja}で数えたもの。"], ("remark",), 16),
        *(() if aside is None else (Line([Span(aside, len(columns) + 2)], ("lead",), 20),)),
        Line(
            [field.label.ja, *(one.label.ja for one in columns), "計", None, "コード", *(one.code for one in columns)],
            (*("head",) * (len(columns) + 2), "plain", "head", *("code",) * len(columns)),
            height_of(max(lines_of(one.label.ja, 76) for one in columns)),
        ),
    ]
    for place, option in enumerate(rows):
        row = top + place
        cells: list[Cell] = [option.label.ja]
        for offset, one in enumerate(columns):
            here = Condition(source.coded.area(field.name), cell(row, codes, "column"))
            there = Condition(source.coded.area(form.name), cell(top - 1, codes + 1 + offset, "row"))
            cells.append(Formula(f"={count(here, there, exact=exact)}", found.get((option.code, one.code), 0)))
        total = sum(int(one.value) for one in cells if isinstance(one, Formula))
        cells.append(Formula(f"=SUM({cell(row, left)}:{cell(row, left + len(columns) - 1)})", total))
        styles = ("text", *("whole",) * len(columns), "whole strong", "plain", "code")
        lines.append(Line([*cells, None, option.code], styles, 24))
    lines.append(_totals(lines[top:], top, range(left, codes - 1)))
    body = Area(NEEDS_CROSS, top, left, top + len(rows) - 1, left + len(columns) - 1)
    end = top + len(rows)
    book.places.put(body, "needs cross")
    book.places.put(Area(NEEDS_CROSS, top, left + len(columns), end - 1, left + len(columns)), "needs by field")
    book.places.put(spot(NEEDS_CROSS, end, left + len(columns)), "needs total")
    book.places.put(Area(NEEDS_CROSS, top, 0, end - 1, 0), "needs fields")
    book.places.put(Area(NEEDS_CROSS, top - 1, left, top - 1, left + len(columns) - 1), "needs forms")
    book.places.put(Area(NEEDS_CROSS, end, left, end, left + len(columns) - 1), "needs by form")
    book.needs_counted = _counted(lines[top:], [one.label.ja for one in columns], left)
    lines[1] = Line([Span(needs_sentence(book), len(columns) + 2)], ("lead",), 22)
    chart = _chart(lines[top:end], body, end + 2)
    lines += [EMPTY] * 22
    widths = (254, *(76,) * len(columns), 64, 24, 76, *(76,) * len(columns))
    paged = Paging(whole=True, first_columns=codes - 1)
    return Sheet(NEEDS_CROSS, widths, lines, (top, 1), shaded=(body,), charts=(chart,), paging=paged, accent=True)


def _counted(lines: Sequence[Line], forms: Sequence[str], left: int) -> NeedsCounted:
    """Return what the lines of the fields, and the last line with the totals, come to."""
    totals = [int(one.value) for one in lines[-1].cells[left:] if isinstance(one, Formula)]
    fields = tuple((str(line.cells[0]), _value(line.cells[left + len(forms)])) for line in lines[:-1])
    return NeedsCounted(totals[-1], fields, tuple(zip(forms, totals[:-1], strict=True)))


def _value(found: Cell) -> int:
    assert isinstance(found, Formula)
    return int(found.value)


def _totals(lines: Sequence[Line], top: int, columns: range) -> Line:
    cells: list[Cell] = ["計"]
    for place in columns:
        found = sum(int(one.value) for line in lines if isinstance(one := line.cells[place], Formula))
        cells.append(Formula(f"=SUM({cell(top, place)}:{cell(top + len(lines) - 1, place)})", found))
    return Line(cells, ("text total", *("whole total",) * (len(cells) - 1)), 24)


def _chart(lines: Sequence[Line], body: Area, row: int) -> Chart:
    labels = tuple(str(line.cells[0]) for line in lines)
    series = tuple(
        Series(
            spot(NEEDS_CROSS, body.first_row - 1, column),
            Area(NEEDS_CROSS, body.first_row, column, body.last_row, column),
            tuple(int(one.value) for line in lines if isinstance(one := line.cells[column], Formula)),
            SERIES[place % len(SERIES)],
        )
        for place, column in enumerate(range(body.first_column, body.last_column + 1))
    )
    categories = Area(NEEDS_CROSS, body.first_row, 0, body.last_row, 0)
    return Chart("分野別の要望件数（支援の形態別）", (row, 0), (1000, 400), categories, labels, series, "件")
