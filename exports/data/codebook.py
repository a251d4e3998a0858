"""The codebook: a line for each column of a data set, as a table of the same data set."""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.data.tables import CODEBOOK, DataColumn, DataTable, Tally
from questions.kinds.base import Option

LONGEST_LIST = 60
"""So many choices are named; the municipalities of a country are not."""
_COLUMNS = (
    ("table", "表", "code"),
    ("name", "列の名前", "code"),
    ("label", "設問文・見出し", "text"),
    ("kind", "設問の型", "code"),
    ("form", "値の形", "code"),
    ("unit", "単位", "text"),
    ("choices", "符号と選択肢", "text"),
    ("relevant", "回答する条件", "text"),
    ("required", "必須", "flag"),
    ("retired", "廃止した設問", "flag"),
    ("records", "記録の数", "whole"),
    ("asked", "たずねた数", "whole"),
    ("answered", "回答あり", "whole"),
    ("blank", "無回答", "whole"),
    ("not_asked", "対象外", "whole"),
    ("nil", "該当なし", "whole"),
    ("stored_name", "このファイルでの列の名前", "text"),
    ("stored_form", "このファイルでの形", "text"),
)
Stored = Mapping[tuple[str, str], tuple[str, str]]
"""How a format holds columns: (name, form) by the names of table and column."""


def codebook(tables: Sequence[DataTable], stored: Stored | None = None) -> DataTable:
    """Describe the columns of tables, and how the format at hand holds them where that differs."""
    lines = [_line(table, column, stored or {}) for table in tables for column in table.columns]
    values = list(zip(*lines, strict=True)) or [()] * len(_COLUMNS)
    columns = (
        DataColumn(name, label, form, list(cells), Tally(len(lines), len(lines)))
        for (name, label, form), cells in zip(_COLUMNS, values, strict=True)
    )
    return DataTable(CODEBOOK, "コードブック（列の説明）", tuple(columns))


def _line(table: DataTable, column: DataColumn, stored: Stored) -> tuple[Any, ...]:
    tally = column.tally
    name, form = stored.get((table.name, column.name), (column.name, column.form))
    return (
        *(table.name, column.name, column.label, column.kind, column.form),
        *(column.unit, choices_said(column.choices), column.condition, int(column.required), int(column.retired)),
        *(tally.records, tally.asked, tally.answered, tally.blank, tally.not_asked, tally.nil),
        *(name, form),
    )


def choices_said(choices: Sequence[Option]) -> str:
    """Say what codes mean: 1=要望あり；0=該当なし."""
    if len(choices) > LONGEST_LIST:
        return f"{len(choices)}個の選択肢"
    return "；".join(f"{one.code}={one.label.ja}" for one in choices)
