"""Data as JSON: an array of objects for each table, with the columns of the data sets.

A number that programs would round (more than 15 digits) makes its whole column text.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from exports.data.exactness import cells_hold, texts
from exports.data.tables import DataColumn, DataTable


def as_json(table: DataTable) -> bytes:
    """Return the records of a table; every object has every column, null where there is no value."""
    names = table.header
    columns = [_cells(column) for column in table.columns]
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")).encode()


def _cells(column: DataColumn) -> Sequence[Any]:
    if column.form == "flag":
        return column.values
    if column.form in ("whole", "decimal") and cells_hold(column.values):
        return [float(value) if isinstance(value, Decimal) else value for value in column.values]
    return texts(column.values)
