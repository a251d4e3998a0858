"""The sheet that shows what was answered in a table last time, in grey; it is never read back."""

from collections.abc import Mapping, Sequence

from exports.addresses import SheetNames
from exports.form.form import Form
from exports.sheets import Line, Paging, Sheet
from exports.typesetting import SMALL, height_of, lines_of
from questions.model import Table

_NUMBER, _PROSE, _SHORT = 44, 260, 110


def earlier_rows(form: Form, table: Table, names: SheetNames) -> Sheet:
    """Lay out last time's rows of one table."""
    rows = form.earlier.rows[table.name]
    widths = [_NUMBER, *(_PROSE if one.kind.long else _SHORT for one in table.questions)]
    headings = ["前回", *(f"{one.name} {one.label.ja}" for one in table.questions)]
    lines = [
        Line((None, f"前回の回答：{table.name}　{table.label.ja}"), ("plain", "heading"), 24),
        Line((None, "参考です。このシートに記入しても取り込まれません。"), ("plain", "remark"), 16),
        Line(headings, ("head small",) * len(headings), 34),
        *(_row(number, row, table, widths) for number, row in enumerate(rows, 1)),
    ]
    name = names.take(f"前回 {table.name} {table.label.ja}")
    return Sheet(name, widths, lines, frozen=(3, 1), paging=Paging(repeat_rows=(2, 2)))


def _row(number: int, row: Mapping[str, str], table: Table, widths: Sequence[int]) -> Line:
    texts = [row.get(one.name, "") for one in table.questions]
    tallest = max(lines_of(text, width, SMALL) for text, width in zip(texts, widths[1:], strict=True))
    styles = ("code", *("advice",) * len(texts))
    return Line([number, *(text or None for text in texts)], styles, height_of(tallest, SMALL))
