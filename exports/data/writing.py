"""The one way to a data set: the ending of the file says the format."""

from collections.abc import Callable, Mapping
from pathlib import Path

from exports.cut import Cut
from exports.data.book import write_data_book
from exports.data.columnar import write_parquet
from exports.data.package import write_package
from exports.data.spss import write_sav
from exports.data.stata import write_dta
from exports.data.tables import DataTable, data_tables
from exports.data.texts import Encoding, write_csv

Tables = tuple[DataTable, ...]
Writer = Callable[[Cut, Tables, Path], tuple[Path, ...]]

WRITERS: Mapping[str, Writer] = {
    "xlsx": write_data_book,
    "csv": lambda _cut, tables, file: write_csv(tables, file),
    "zip": write_package,
    "parquet": lambda _cut, tables, file: write_parquet(tables, file),
    "sav": write_sav,
    "dta": write_dta,
}
"""The formats by the ending of a file's name."""


class UnknownFormat(ValueError):
    """A file's name ends with none of the formats."""


def write_data(cut: Cut, file: Path | str, encoding: Encoding = "utf-8") -> tuple[Path, ...]:
    """Write the data of a cut in the format that the file's name asks for; return the places of all files.

    xlsx and zip hold everything in one file. The others hold one table each: the replies stand in ``file``, the rows
    of a table D and the codebook beside it as ``…_D`` and ``…_codebook``. ``encoding`` is for csv only.

    Raises UnknownFormat, and MissingPackage, DataRefused (``exports.data.files``) or CellRefused
    (``exports.workbook``) when a format is not at hand or cannot hold a value.
    """
    path = Path(file)
    form = path.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        raise UnknownFormat(path.name)
    return write_tables(cut, data_tables(cut), path, encoding)


def write_tables(cut: Cut, tables: Tables, file: Path, encoding: Encoding = "utf-8") -> tuple[Path, ...]:
    """Write tables of a cut that are made already, as ``write_data`` does."""
    form = file.suffix.lower().removeprefix(".")
    if form == "csv":
        return write_csv(tables, file, encoding)
    return WRITERS[form](cut, tables, file)
