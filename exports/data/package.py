"""Data as a zip of CSV files with ``datapackage.json``, which describes them to programs (Data Package v1)."""

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from exports.cut import Cut
from exports.data.codebook import codebook
from exports.data.tables import DataColumn, DataTable
from exports.data.texts import table_csv

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "month": {"type": "string"},
    "whole": {"type": "integer"},
    "decimal": {"type": "number"},
    "flag": {"type": "integer"},
    "day": {"type": "date"},
    "moment": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z"},
}
_RULES = (
    "空欄は回答がないことを示す。理由は「設問名__state」の列にある："
    "answered=回答あり、blank=無回答、not_asked=対象外（たずねていない）、nil=該当なし（回答全体が該当なし）。"
)


def write_package(cut: Cut, tables: Sequence[DataTable], file: Path) -> tuple[Path, ...]:
    """Write the zip; the same cut gives the same bytes."""
    whole = (*tables, codebook(tables))
    files = [(f"{table.name}.csv", table_csv(table)) for table in whole]
    described = json.dumps(description(cut, whole), ensure_ascii=False, indent=1)
    pack(file, [*files, ("datapackage.json", described.encode())])
    return (file,)


def pack(file: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip whose entries bear no moment, so that the same entries give the same bytes."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def description(cut: Cut, tables: Sequence[DataTable]) -> dict[str, Any]:
    """Return what ``datapackage.json`` says."""
    return {
        "profile": "tabular-data-package",
        "name": cut.inquiry.replace("_", "-"),
        "title": f"{cut.title}　{cut.name}".strip(),
        "description": _RULES,
        "created": cut.taken_at.isoformat(),
        "contributors": [{"title": cut.issuer, "role": "publisher"}],
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: DataTable) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if "code" in table.header:
        schema["primaryKey"] = list(table.key)
        if table.name != "replies":
            reference = {"resource": "replies", "fields": ["code"]}
            schema["foreignKeys"] = [{"fields": ["code"], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.lower(),
        "title": table.label,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: DataColumn) -> dict[str, Any]:
    found = {"name": column.name, "title": column.title, **_TYPES[column.form]}
    constraints: dict[str, Any] = {}
    if column.choices:
        codes = [one.code for one in column.choices]
        constraints["enum"] = [int(one) for one in codes] if column.form == "flag" else codes
    if constraints:
        found["constraints"] = constraints
    return found
