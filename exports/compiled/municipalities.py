"""市町村別 and 自由記述: every answer of every municipality, as people read it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exports.addresses import Area, cell, quoted
from exports.blanks import Mark, Standing
from exports.compiled.compilation import MUNICIPALITIES, PROSE, Compilation
from exports.compiled.readable import (
    ReadableColumn,
    body_lines,
    corrections,
    filled,
    heading_line,
    of_question,
    of_texts,
    paging,
    row_breaks,
)
from exports.sheets import Cell, Formula, Line, Paging, Sheet, Span
from exports.typesetting import PADDING, SMALL, height_of, longest_width
from questions.model import Question, Table

_HEADING_ROW = 3
_TITLES = 3
_PROSE_HEADING_ROW = 2
_WIDEST = 132


def by_municipality(book: Compilation) -> Sheet:
    """Lay out one line for each reply, in printed pages by section."""
    columns = _columns(book)
    rows = len(book.replies.records)
    last = _HEADING_ROW + max(rows, 1)
    paged = paging(columns, _TITLES, Paging(repeat_rows=(_HEADING_ROW - 1, _HEADING_ROW), large=True))
    columns = filled(columns, _TITLES, paged)
    lines = list(_lines(columns, paged.column_breaks))
    above, below = lines[_HEADING_ROW - 1 : _HEADING_ROW + 1], lines[_HEADING_ROW + 1 :]
    heights = [sum(line.height or 0 for line in above), *(line.height or 0 for line in below)]
    breaks = row_breaks(heights[1:], heights[0], paged)
    paged = replace(paged, row_breaks=tuple(_HEADING_ROW + 1 + place for place in breaks))
    return Sheet(
        MUNICIPALITIES,
        [column.width for column in columns],
        lines,
        frozen=(_HEADING_ROW + 1, _TITLES),
        filtered=Area(MUNICIPALITIES, _HEADING_ROW, 0, last, len(columns) - 1),
        paging=paged,
        accent=True,
    )


def _columns(book: Compilation) -> list[ReadableColumn]:
    records = book.replies.records
    columns = [
        of_texts("団体コード", records.heads["_code"], 62, "line"),
        of_texts("団体名", records.heads["_name"], 84),
        of_texts("振興局", records.heads["_bureau"], 50),
    ]
    references = _references(book)
    for section, item in book.questionnaire.items():
        group = f"{section.name}　{section.title.ja}"
        if isinstance(item, Table):
            column = of_texts(f"{item.label.ja}\n（件）", _row_counts(book, item), 72, "whole")
        elif item.kind.long:
            column = of_texts(item.label.ja, references[item.name], 84)
        else:
            column = of_question(records, item)
        column = replace(column, heading=f"{item.name}　{column.heading}", group=group)
        columns.append(replace(column, width=_width(column)))
    return [*columns, corrections(records)]


def _width(column: ReadableColumn) -> int:
    """Return a width at which the heading takes four lines and the answers a few; numbers are never cut."""
    for_heading = int(longest_width([column.heading], SMALL) / 4) + PADDING
    wanted = max(column.width, for_heading)
    return min(wanted, _WIDEST) if column.wraps else wanted


def _row_counts(book: Compilation, table: Table) -> list[Cell]:
    """Return how many rows of a table each reply has, taken from the coded sheet."""
    area = book.replies.coded.area(table.name)
    return [
        found
        if found is None or isinstance(found, Mark)
        else Formula(f"={quoted(area.sheet)}!{cell(area.first_row + place, area.first_column)}", int(str(found)))
        for place, found in enumerate(book.replies.records.counts(table.name))
    ]


def _references(book: Compilation) -> dict[str, list[Cell]]:
    """Return, for each question with long texts, under which number its texts stand in 自由記述."""
    found: dict[str, list[Cell]] = {}
    number = 0
    for question in prose_questions(book):
        cells: list[Cell] = []
        marked = book.replies.records.reading_cells(question)
        for answer, standing in zip(marked, book.replies.records.standings[question.name], strict=True):
            answered = standing is Standing.ANSWERED
            number += answered
            cells.append(f"記述 No.{number}" if answered else answer)
        found[question.name] = cells
    return found


def _lines(columns: Sequence[ReadableColumn], breaks: Sequence[int]) -> Iterator[Line]:
    yield Line(["市町村別"], ("title",), 26)
    yield Line([*(None,) * _TITLES, _REMARK], ("remark",) * (_TITLES + 1), 16)  # not in columns that are repeated
    spans = _sections(columns, breaks)
    yield Line(spans, ("group small",) * len(spans), height_of(1))
    yield heading_line(columns)
    yield from body_lines(columns)


def _sections(columns: Sequence[ReadableColumn], breaks: Sequence[int]) -> list[Span]:
    """Return the titles of the sections over their columns; a section on two pages has its title on both."""
    spans = [Span("回答団体", _TITLES)]
    for place in range(_TITLES, len(columns)):
        title = columns[place].group or None
        if title == spans[-1].content and place not in breaks:
            spans[-1] = Span(title, spans[-1].across + 1)
        else:
            spans.append(Span(title, 1))
    return spans


_REMARK = (
    "空欄は無回答、「－」は対象外（たずねていない設問）、「該当なし」は要望等がない旨の回答のためたずねていない設問。"
    "長い文章は「自由記述」のNo.で示す。"
)


def prose_questions(book: Compilation) -> list[Question]:
    """Return the questions outside tables that are answered with long texts."""
    items = (item for _, item in book.questionnaire.items())
    return [item for item in items if isinstance(item, Question) and item.kind.long]


def free_texts(book: Compilation) -> Sheet:
    """Lay out every long text outside tables, one a line: by question, then in the official order."""
    records = book.replies.records
    found: dict[str, list[Cell]] = {name: [] for name in ("number", "question", "name", "bureau", "text", "note")}
    notes = corrections(records).cells
    for question in prose_questions(book):
        standings = records.standings[question.name]
        for place, text in enumerate(records.reading_cells(question)):
            if standings[place] is Standing.ANSWERED:
                found["number"].append(len(found["number"]) + 1)
                found["question"].append(f"{question.name}　{question.label.ja}")
                found["name"].append(records.heads["_name"][place])
                found["bureau"].append(records.heads["_bureau"][place])
                found["text"].append(text)
                found["note"].append(notes[place])
    columns = [
        of_texts("No.", found["number"], 46, "number"),
        of_texts("設問", found["question"], 170),
        of_texts("団体名", found["name"], 90),
        of_texts("振興局", found["bureau"], 60),
        of_texts("記述", found["text"], 600),
        of_texts("備考", found["note"], 70),
    ]
    last = _PROSE_HEADING_ROW + max(len(found["number"]), 1)
    area = Area(PROSE, _PROSE_HEADING_ROW + 1, 0, last, 0)
    book.places.put(area, "texts")
    book.texts = len(found["number"])
    return Sheet(
        PROSE,
        [column.width for column in columns],
        _prose_lines(columns, area),
        frozen=(_PROSE_HEADING_ROW + 1, 0),
        filtered=Area(PROSE, _PROSE_HEADING_ROW, 0, last, len(columns) - 1),
        paging=Paging(repeat_rows=(_PROSE_HEADING_ROW, _PROSE_HEADING_ROW)),
        accent=True,
    )


def _prose_lines(columns: Sequence[ReadableColumn], area: Area) -> Iterator[Line]:
    yield Line(["自由記述"], ("title",), 26)
    total = Formula(f"=COUNT({area})", len(columns[0].cells))
    yield Line(["件数", total, "表（一覧）の中の文章は、それぞれの一覧に掲げる。"], ("remark", "remark", "remark"), 16)
    yield heading_line(columns)
    yield from body_lines(columns)
