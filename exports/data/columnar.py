"""Data as Parquet: whole numbers of 64 bits, decimals exactly, codes as dictionaries, days and moments as such."""

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from exports.data.codebook import Stored, codebook
from exports.data.exactness import texts, whole_64
from exports.data.files import MissingPackage, beside
from exports.data.tables import DataColumn, DataTable

MOST_DIGITS = 38  # of a decimal of 128 bits


def write_parquet(tables: Sequence[DataTable], file: Path) -> tuple[Path, ...]:
    """Write a file for each table and one for the codebook; return their places. Raises MissingPackage."""
    arrow = needed("pyarrow")
    parquet = import_module("pyarrow.parquet")
    made = {table.name: _arrow_table(arrow, table) for table in tables}
    stored: Stored = {
        (table.name, column.name): (column.name, str(made[table.name].schema.field(column.name).type))
        for table in tables
        for column in table.columns
    }
    book = codebook(tables, stored)
    found = []
    for name, held in {**made, book.name: _arrow_table(arrow, book)}.items():
        parquet.write_table(held, beside(file, name), compression="zstd")
        found.append(beside(file, name))
    return tuple(found)


def needed(package: str) -> Any:
    """Return a package of the extra. Raises MissingPackage."""
    try:
        return import_module(package)
    except ImportError as fault:
        raise MissingPackage(package) from fault


def _arrow_table(arrow: Any, table: DataTable) -> Any:
    arrays, fields = [], []
    for column in table.columns:
        array = _array(arrow, column)
        arrays.append(array)
        about = {"label": column.title, "form": column.form, "kind": column.kind, "relevant": column.condition}
        fields.append(arrow.field(column.name, array.type, metadata={key: text for key, text in about.items() if text}))
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata={"label": table.label}))


def _array(arrow: Any, column: DataColumn) -> Any:
    values = column.values
    match column.form:
        case "code":
            return arrow.array(values, arrow.string()).dictionary_encode()
        case "whole":
            return _whole(arrow, values)
        case "decimal":
            return _decimals(arrow, values, column.places)
        case "flag":
            return arrow.array(values, arrow.int8())
        case "day":
            return arrow.array(values, arrow.date32())
        case "moment":
            return arrow.array(values, arrow.timestamp("us", tz="Asia/Tokyo"))
        case _:
            return arrow.array(values, arrow.string())


def _whole(arrow: Any, values: Sequence[Any]) -> Any:
    if whole_64(values):
        return arrow.array(values, arrow.int64())
    return _decimals(arrow, values, 0)


def _decimals(arrow: Any, values: Sequence[Any], places: int) -> Any:
    """Return decimals of 128 bits with as many places as the question asks, or as the longest has."""
    exact = [None if value is None else Decimal(value) for value in values]
    known = [value for value in exact if value is not None]
    scale = max([places, *(-int(value.as_tuple().exponent) for value in known)])
    whole = max((value.adjusted() + 1 for value in known), default=1)
    if max(whole, 1) + scale > MOST_DIGITS:
        return arrow.array(texts(values), arrow.string())
    return arrow.array(exact, arrow.decimal128(MOST_DIGITS, scale))
