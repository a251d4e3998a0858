"""Every format, read by a program that is not ours, says what the database says."""

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet
import pyreadstat
import pytest
from a_cut import CODES, Given, cut
from frictionless import Package
from hard_values import LARGE, hard_cut, large_cut
from openpyxl import load_workbook

from exports.data.codebook import codebook
from exports.data.exactness import plain_text
from exports.data.naming import legal_names
from exports.data.stata import code_numbers
from exports.data.tables import DataColumn, DataTable, data_tables
from exports.data.writing import UnknownFormat, write_data


@pytest.fixture(scope="module")
def tables() -> tuple[DataTable, ...]:
    """The tables of the hard cut."""
    return data_tables(hard_cut())


def said(column: DataColumn) -> list[str]:
    """What a column says, as texts; nothing where there is nothing."""
    return [plain_text(value) or "" for value in column.values]


def test_a_csv_has_every_value_to_the_code_point(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    written = write_data(hard_cut(), tmp_path / "x.csv")
    assert [one.name for one in written] == ["x.csv", "x_D.csv", "x_codebook.csv"]
    for table, place in zip(tables, written, strict=False):
        assert place.read_bytes().startswith(b"\xef\xbb\xbf")
        found = pd.read_csv(place, dtype=str, keep_default_na=False, lineterminator=None)
        assert list(found.columns) == table.header
        for column in table.columns:
            assert found[column.name].tolist() == said(column), column.name


def test_cp932_lists_every_character_that_it_had_to_replace(tmp_path: Path) -> None:
    written = write_data(hard_cut(), tmp_path / "x.csv", "cp932")
    texts = {one.name: list(csv.reader(io.StringIO(one.read_bytes().decode("cp932")))) for one in written[:-1]}
    report = list(csv.reader(io.StringIO(written[-1].read_text("utf-8-sig"))))[1:]
    assert {line[5] for line in report} == {"𠮟", "é", "\U000e0100"}
    for file, line, place, name, at, character, point in report:
        header, row = texts[file][0], texts[file][int(line) - 1]
        assert header[int(place) - 1] == name
        assert row[int(place) - 1][int(at) - 1] == "〓"
        assert point == f"U+{ord(character):04X}"
    replaced = sum(cell.count("〓") for lines in texts.values() for row in lines for cell in row)
    assert replaced == len(report)


def test_a_workbook_is_tidy(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    (place,) = write_data(hard_cut(), tmp_path / "x.xlsx")
    book = load_workbook(place)
    assert book.sheetnames == ["replies", "D", "codebook"]
    for table in tables:
        sheet = book[table.name]
        assert not sheet.merged_cells.ranges
        lines = list(sheet.iter_rows(values_only=True))
        units = {column.name: column.unit for column in table.columns}
        assert lines[0] == tuple(f"{name}（{unit}）" if unit else name for name, unit in units.items())
        for place_, column in enumerate(table.columns):
            assert [_cell(line[place_], column) for line in lines[1:]] == list(map(_wanted, column.values)), column.name
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def _cell(cell: Any, column: DataColumn) -> Any:
    if column.form == "day" and cell is not None:
        return cell.date()
    if column.form == "moment":
        return cell.isoformat()
    return float(cell) if column.form == "decimal" and cell is not None else cell


def _wanted(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.replace(tzinfo=None).isoformat() if hasattr(value, "tzinfo") else value


def test_parquet_is_exact(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    written = write_data(hard_cut(), tmp_path / "x.parquet")
    for table, place in zip(tables, written, strict=False):
        found = pyarrow.parquet.read_table(place)
        assert found.column_names == table.header
        for column in table.columns:
            assert found[column.name].to_pylist() == list(column.values), column.name
    types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(written[0])}
    wanted = ("N1", "N2", "N3", "N9", "N8.HR", "submitted_at")
    assert [types[name] for name in wanted] == [
        *("int64", "decimal128(38, 2)", "date32[day]", "dictionary<values=string, indices=int32, ordered=0>"),
        *("int8", "timestamp[us, tz=Asia/Tokyo]"),
    ]


def test_spss_has_codes_as_text_with_their_labels(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    written = write_data(hard_cut(), tmp_path / "x.sav")
    for table, place in zip(tables, written, strict=False):
        found, about = pyreadstat.read_sav(str(place))
        names = legal_names(table.header)
        assert list(found.columns) == list(names.values())
        for column in table.columns:
            _same_in_statistics(column, found[names[column.name]].tolist(), strip=True)
            assert about.column_names_to_labels[names[column.name]] == column.title
    _, about = pyreadstat.read_sav(str(written[0]))
    assert about.variable_value_labels["N9"] == {"1": "はい", "0": "いいえ"}
    assert about.variable_value_labels["N8_HR"] == {1.0: "選択", 0.0: "選択なし"}
    assert about.variable_value_labels["N1__state"]["blank"] == "無回答（たずねたが回答がない）"


def test_stata_has_codes_as_numbers_with_their_labels(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    written = write_data(hard_cut(), tmp_path / "x.dta")
    for table, place in zip(tables, written, strict=False):
        found, about = pyreadstat.read_dta(str(place))
        names = legal_names(table.header)
        for column in table.columns:
            values = found[names[column.name]].tolist()
            if column.choices and column.form == "code":
                codes = {number: code for code, number in code_numbers(column).items()}
                values = [None if pd.isna(value) else codes[int(value)] for value in values]
                labels = about.variable_value_labels[names[column.name]]
                assert set(labels) == set(codes)
            _same_in_statistics(column, values)
        assert pd.read_stata(place, convert_categoricals=False).shape == found.shape


def _same_in_statistics(column: DataColumn, values: list[Any], *, strip: bool = False) -> None:
    """Compare what a statistics program has: numbers as doubles, no text for a blank, in SPSS none at the end."""
    for wanted, value in zip(column.values, values, strict=True):
        blank = value == "" or pd.isna(value)
        if wanted is None:
            assert blank, (column.name, value)
        elif column.form == "day":
            assert pd.Timestamp(value).date() == wanted
        elif column.form == "moment":
            assert pd.Timestamp(value) == pd.Timestamp(wanted.replace(tzinfo=None))
        elif isinstance(wanted, str):
            assert value == (wanted.rstrip(" ") if strip else wanted), column.name
        else:
            assert value == float(wanted), column.name


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet", "sav", "dta"])
def test_a_number_beyond_2_to_the_53rd_is_not_rounded(form: str, tmp_path: Path) -> None:
    place = write_data(large_cut(), tmp_path / f"x.{form}")[0]
    readers = {
        "xlsx": lambda: pd.read_excel(place, sheet_name="replies", dtype=object)["N1（人）"],
        "csv": lambda: pd.read_csv(place)["N1"],
        "parquet": lambda: list(pyarrow.parquet.read_table(place)["N1"].to_pylist()),
        "sav": lambda: pyreadstat.read_sav(str(place))[0]["N1"],
        "dta": lambda: pyreadstat.read_dta(str(place))[0]["N1"],
    }
    assert [int(value) for value in readers[form]()] == [LARGE, 0, 7]


def test_the_codebook_counts_and_describes(tables: tuple[DataTable, ...]) -> None:
    book = codebook(tables)
    lines = {row[1]: dict(zip(book.header, row, strict=True)) for row in book.rows() if row[0] == "replies"}
    replies = len(tables[0])
    for line in lines.values():
        assert line["answered"] + line["blank"] == line["asked"]
        assert line["asked"] + line["not_asked"] + line["nil"] == line["records"] == replies
    assert lines["N2"]["unit"] == "％"
    assert lines["N2"]["relevant"] == "B1が「あり」のとき、かつN1が0人を超えるとき回答"
    assert lines["N9"]["choices"] == "1=はい；0=いいえ"
    assert lines["B2"]["nil"] == 0
    assert lines["B2"]["not_asked"] > 0
    assert lines["N1"]["nil"] > 0


def test_the_four_blanks_are_told_apart(tables: tuple[DataTable, ...]) -> None:
    replies = tables[0]
    for name in ("B2", "N1", "N2", "N11", "D"):
        states = set(replies[f"{name}__state"].values)
        assert states <= {"answered", "blank", "not_asked", "nil"}
    pairs = set(zip((value == 0 for value in replies["N1"].values), replies["N1__state"].values, strict=True))
    assert (True, "answered") in pairs
    for column in replies.columns:
        if f"{column.name}__state" in replies.header:
            states = replies[f"{column.name}__state"].values
            for value, state in zip(column.values, states, strict=True):
                assert (value is not None) == (state == "answered"), column.name


def test_the_package_describes_itself(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    (place,) = write_data(hard_cut(), tmp_path / "x.zip")
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == ["replies.csv", "D.csv", "codebook.csv", "datapackage.json"]
        described = json.loads(archive.read("datapackage.json"))
        for resource, table in zip(described["resources"], tables, strict=False):
            assert [field["name"] for field in resource["schema"]["fields"]] == table.header
            assert resource["path"] in archive.namelist()


def test_frictionless_finds_the_package_valid_and_reads_the_same(tmp_path: Path, tables: tuple[DataTable, ...]) -> None:
    (place,) = write_data(hard_cut(), tmp_path / "x.zip")
    with zipfile.ZipFile(place) as archive:
        archive.extractall(tmp_path)
    package = Package(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    for table, resource in zip(tables, package.resources, strict=False):
        rows = [tuple(row.values()) for row in resource.read_rows()]
        assert rows == list(table.rows())


@pytest.mark.parametrize("form", ["xlsx", "csv", "zip", "dta"])
def test_the_same_cut_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    first = [one.read_bytes() for one in write_data(hard_cut(), tmp_path / f"a.{form}")]
    assert [one.read_bytes() for one in write_data(hard_cut(), tmp_path / f"b.{form}")] == first


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        write_data(hard_cut(1), tmp_path / "x.pdf")


def test_names_are_legal_and_unlike_each_other() -> None:
    names = ["B4.HR", "B4_HR", "b4.hr", "with", "x" * 40 + "1", "x" * 40 + "2", "1", "_n", "H4.short-term", "str8"]
    found = legal_names(names)
    assert len({one.lower() for one in found.values()}) == len(names)
    assert all(len(one) <= 32 and one.isascii() and one.replace("_", "a").isalnum() for one in found.values())
    assert found["B4.HR"] == "B4_HR"
    assert found["with"] == "q_with"


def test_a_day_before_1900_makes_its_column_text_in_a_workbook(tmp_path: Path) -> None:
    given = cut(
        {CODES[0]: Given({"B1": "1", "N3": date(1889, 4, 1)}), CODES[1]: Given({"B1": "1", "N3": date(2026, 4, 1)})}
    )
    (place,) = write_data(given, tmp_path / "x.xlsx")
    found = pd.read_excel(place, sheet_name="replies", dtype=object)["N3"].tolist()
    assert found == ["1889-04-01", "2026-04-01"]
