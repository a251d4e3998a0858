"""Many replies: every reader still finds what was handed in, and the workbook opens in LibreOffice."""

import csv
import io
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow.parquet
import pyreadstat
import pytest
from a_cut import small
from hard_values import answered, many
from openpyxl import load_workbook
from town import needs

from exports.cut import Cut
from exports.data.exactness import plain_text
from exports.data.naming import legal_names
from exports.data.tables import DataTable, data_tables
from exports.data.writing import write_data


def _cut(replies: int) -> Cut:
    random = Random(replies)
    return many(small(), replies, lambda _number: answered(random))


@pytest.mark.parametrize("replies", [2000, pytest.param(20_000, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])
def test_every_format_equals_the_answers(replies: int, tmp_path: Path) -> None:
    cut = _cut(replies)
    tables = data_tables(cut)
    assert len(tables[0]) == replies
    for form in ("xlsx", "csv", "zip", "parquet", "sav", "dta"):
        written = write_data(cut, tmp_path / f"x.{form}")
        assert _READERS[form](written[0], tables[0]) == [plain_text(value) or "" for value in tables[0]["N11"].values]
        assert _count(form, written, tables[1]) == len(tables[1])


def _csv(content: bytes, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def _book(place: Path, _table: DataTable) -> list[str]:
    lines = load_workbook(place, read_only=True)["replies"].iter_rows(values_only=True)
    at = next(lines).index("N11")
    return [line[at] or "" for line in lines]


_READERS = {
    "xlsx": _book,
    "csv": lambda place, _table: _csv(place.read_bytes(), "N11"),
    "zip": lambda place, _table: _csv(zipfile.ZipFile(place).read("replies.csv"), "N11"),
    "parquet": lambda place, _table: [one or "" for one in pyarrow.parquet.read_table(place)["N11"].to_pylist()],
    "sav": lambda place, table: pyreadstat.read_sav(str(place))[0][legal_names(table.header)["N11"]].tolist(),
    "dta": lambda place, table: pd.read_stata(place)[legal_names(table.header)["N11"]].tolist(),
}


def _count(form: str, written: tuple[Path, ...], table: DataTable) -> int:
    if form == "xlsx":
        return load_workbook(written[0], read_only=True)[table.name].max_row - 1
    if form == "zip":
        return len(_csv(zipfile.ZipFile(written[0]).read("D.csv"), "code"))
    if form == "csv":
        return len(_csv(written[1].read_bytes(), "code"))
    readers = {"parquet": pd.read_parquet, "sav": pd.read_spss, "dta": pd.read_stata}
    return len(readers[form](written[1]))


@needs("soffice")
@pytest.mark.libreoffice
def test_libreoffice_reads_the_workbook_as_it_was_written(tmp_path: Path) -> None:
    cut = _cut(60)
    (place,) = write_data(cut, tmp_path / "x.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1"
    command = ["soffice", profile, "--headless", "--convert-to", filters, "--outdir", str(tmp_path), str(place)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    (made,) = tmp_path.glob("*.csv")
    found = _csv(made.read_bytes(), "N11")
    assert found == [plain_text(value) or "" for value in data_tables(cut)[0]["N11"].values]
