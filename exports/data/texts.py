"""Data as CSV: UTF-8 with a byte order mark, which Excel needs, or CP932 for programs that read nothing else."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from exports.data.codebook import codebook
from exports.data.exactness import texts
from exports.data.files import beside
from exports.data.tables import DataTable

Encoding = Literal["utf-8", "cp932"]
REPLACEMENT = "〓"
"""Stands in CP932 for a character that it does not have, as printers have done it."""
_PLAIN = frozenset({"text", "code", "month", "whole", "flag"})
_REPORT = ("ファイル", "行", "列", "列の名前", "文字の位置", "文字", "コードポイント")


def write_csv(tables: Sequence[DataTable], file: Path, encoding: Encoding = "utf-8") -> tuple[Path, ...]:
    """Write a file for each table, the codebook, and what CP932 could not hold; return the places.

    ``…_replaced.csv`` lists every character that was replaced: file, line and column from 1, place in the text.
    """
    found: list[Path] = []
    replaced: list[tuple[Any, ...]] = []
    for table in (*tables, codebook(tables)):
        place = beside(file, table.name)
        if encoding == "utf-8":
            place.write_bytes(table_csv(table))
        else:
            content, lost = as_cp932(table, place.name)
            place.write_bytes(content)
            replaced += lost
        found.append(place)
    if encoding != "utf-8":
        report = beside(file, "replaced")
        report.write_bytes(as_csv(_REPORT, replaced))
        found.append(report)
    return tuple(found)


def table_csv(table: DataTable) -> bytes:
    """Return a table as CSV in UTF-8."""
    return as_csv(table.header, _rows(table))


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], *, mark: bool = True) -> bytes:
    """Return lines as CSV in UTF-8, with a byte order mark; lines end with CRLF, texts keep their own breaks."""
    return (b"\xef\xbb\xbf" if mark else b"") + _lines(header, rows).encode()


def as_cp932(table: DataTable, name: str) -> tuple[bytes, list[tuple[Any, ...]]]:
    """Return a table as CSV in CP932, and a line for each character that was replaced."""
    rows, lost = [], []
    for line, row in enumerate(_rows(table), 2):
        kept = []
        for column, cell in enumerate(row):
            text = "" if cell is None else str(cell)
            changed, characters = _replaced(text)
            kept.append(changed)
            where = (name, line, column + 1, table.columns[column].name)
            lost += [(*where, place, one, f"U+{ord(one):04X}") for place, one in characters]
        rows.append(kept)
    return _lines(table.header, rows).encode("cp932"), lost


def _replaced(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Replace what CP932 does not hold; a character counts as held only when it comes back as itself."""
    try:
        if text.encode("cp932").decode("cp932") == text:
            return text, []
    except UnicodeEncodeError:
        pass
    lost = [(place, one) for place, one in enumerate(text, 1) if not _held(one)]
    gone = {one for _, one in lost}
    return "".join(REPLACEMENT if one in gone else one for one in text), lost


def _held(character: str) -> bool:
    try:
        return character.encode("cp932").decode("cp932") == character
    except UnicodeEncodeError:
        return False


def _lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return made.getvalue()


def _rows(table: DataTable) -> Iterator[tuple[Any, ...]]:
    """Yield records whose cells the writer writes as they are: texts, whole numbers, None."""
    plain = (column.values if column.form in _PLAIN else texts(column.values) for column in table.columns)
    return zip(*plain, strict=True)
