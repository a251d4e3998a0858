"""The column contract: records as pandas frames, every column with the type that its answers have.

A blank is NA and never 0 or "". Which of the blanks it is stands in the frame of standings.
"""

from typing import Any

import pandas as pd

from exports.records import HEADS, ROW_HEADS, Field, Records

DTYPES = {
    "text": "string[python]",
    "code": "string[python]",
    "month": "string[python]",
    "whole": "Int64",
    "decimal": "Float64",
    "flag": "boolean",
    "day": "datetime64[s]",
    "moment": "datetime64[us, Asia/Tokyo]",
}
"""The type of a column by what its cells hold. A month is text such as 2027-04; a flag says chosen or not."""


def frame(records: Records) -> pd.DataFrame:
    """Return the records as a frame: the heads, then every column that the questions fill, in order.

    One row for each reply, or for each row of a table with its municipality repeated. Columns are named ``B1``,
    ``B4.HR``; all are of the types in DTYPES, whatever the records hold.
    """
    forms = {head.name: head.form for head in (*HEADS, *ROW_HEADS) if head.name in records.heads}
    columns = {name: _series(cells, forms[name]) for name, cells in records.heads.items()}
    columns |= {one.name: column(records, one) for one in records.fields}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(records)))


def column(records: Records, one: Field) -> "pd.Series[Any]":
    """Return one of the columns that the questions fill."""
    return _series(records.cells(one), one.column.form)


def standings(records: Records) -> pd.DataFrame:
    """Return where each question stands in each record: a frame of the numbers of ``Standing``, by question."""
    columns = {name: pd.Series(found, dtype="Int8") for name, found in records.standings.items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(records)))


def _series(cells: list[Any], form: str) -> "pd.Series[Any]":
    dtype: Any = DTYPES[form]
    if form == "decimal":
        cells = [None if cell is None else float(cell) for cell in cells]
    found: pd.Series[Any] = pd.Series(cells, dtype=dtype)
    return found
