"""Data as pandas frames, every column with the type that its answers have, whatever the records hold."""

from typing import Any

import pandas as pd

from exports.data.exactness import doubles_hold, whole_64
from exports.data.tables import DataColumn, DataTable
from exports.frame import DTYPES


def as_frame(table: DataTable) -> pd.DataFrame:
    """Return a table as a frame; ``attrs["labels"]`` holds the labels of its columns."""
    made = pd.DataFrame({column.name: _series(column) for column in table.columns})
    made.attrs["labels"] = {column.name: column.title for column in table.columns}
    return made


def _series(column: DataColumn) -> "pd.Series[Any]":
    values = list(column.values)
    if column.form == "code":
        return pd.Series(pd.Categorical(values, categories=_categories(column)))
    exact = {"whole": whole_64, "decimal": doubles_hold}.get(column.form)
    if exact is not None and not exact(values):
        return pd.Series(values, dtype=object)
    if column.form == "decimal":
        values = [None if value is None else float(value) for value in values]
    dtype: Any = DTYPES[column.form]
    found: pd.Series[Any] = pd.Series(values, dtype=dtype)
    return found


def _categories(column: DataColumn) -> list[str]:
    """Return the codes in the order of the choices, then those that are no choice as they first appear."""
    known = [one.code for one in column.choices]
    return list(dict.fromkeys([*known, *(value for value in column.values if value is not None)]))
