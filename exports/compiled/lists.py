"""要望一覧 and the lists of other tables: one row of a table a line, in the official order, ready to be printed."""

from collections.abc import Iterator

from exports.addresses import Area, spot
from exports.compiled.compilation import Compilation
from exports.compiled.coordinated import coordinated_columns, place_aside, told
from exports.compiled.readable import (
    ReadableColumn,
    body_lines,
    corrections,
    heading_line,
    of_question,
    of_texts,
    paging,
    settled,
)
from exports.sheets import Formula, Line, Paging, Sheet, Span
from exports.typesetting import PADDING, SMALL, longest_width
from questions.model import Table

HEADING_ROW = 2
_TITLES = 3  # columns that say whose row it is


def table_list(book: Compilation, table: Table) -> Sheet:
    """Lay out the rows of a table."""
    name = book.list_names[table.name]
    columns = settled(_columns(book, table))
    rows = len(book.tables[table.name].records)
    base = Paging(repeat_rows=(HEADING_ROW, HEADING_ROW))
    last = HEADING_ROW + max(rows, 1)
    area = Area(name, HEADING_ROW + 1, 0, last, 0)
    book.places.put(area, "list", table.name)
    place_aside(book, area, columns)
    book.places.put(spot(name, 1, 1), "list total", table.name)
    return Sheet(
        name,
        [column.width for column in columns],
        _lines(book, table, columns),
        frozen=(HEADING_ROW + 1, 2),
        filtered=Area(name, HEADING_ROW, 0, last, len(columns) - 1),
        paging=paging(columns, _TITLES, base),
        accent=True,
    )


def _columns(book: Compilation, table: Table) -> list[ReadableColumn]:
    records = book.tables[table.name].records
    controls = records.heads["_control"]
    return [
        of_texts("管理番号", controls, int(longest_width(controls[:1] or [""], SMALL)) + PADDING, "line"),
        of_texts("団体名", records.heads["_name"], 62),
        of_texts("振興局", records.heads["_bureau"], 46),
        *(of_question(records, question) for question in table.questions),
        *coordinated_columns(book, table),
        corrections(records),
    ]


def _lines(book: Compilation, table: Table, columns: list[ReadableColumn]) -> Iterator[Line]:
    source = book.tables[table.name]
    total = Formula(f"=COUNTA({source.coded.area('_control')})", len(source.records))
    known = book.coordination if table is book.needs else None
    settled_by = "" if known is None else f"担当課から扱いまでの欄は、{told(known)}。"
    yield Line([f"{book.list_names[table.name]}　{table.label.ja}" if not table.need else "要望一覧"], ("title",), 26)
    yield Line(
        [
            "件数",
            total,
            Span(f"件　／　建制順。空欄は無回答、「－」は対象外（たずねていない設問）。{settled_by}", len(columns) - 2),
        ],
        ("remark", "remark", "remark"),
        16,
    )
    yield heading_line(columns)
    yield from body_lines(columns)
