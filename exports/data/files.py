"""The places of a data set's files, and the faults of writing them."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from exports.tidy import REPLIES


class DataRefused(Exception):
    """A format cannot hold a value. ``place`` is such as ``D, D4, 3``: table, column, and the record from 1."""

    def __init__(self, table: str, column: str, record: int, reason: str) -> None:
        self.place = f"{table}, {column}, {record}"
        self.reason = reason
        super().__init__(f"{self.place}: {reason}")


class MissingPackage(Exception):
    """A format needs a package that is not installed; ``package`` names it, ``extra`` the extra that brings it."""

    extra = "data"

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(f"{package} is not installed: pip install 'shokai[{self.extra}]'")


NEEDS: Mapping[str, str] = {"parquet": "pyarrow", "sav": "pyreadstat"}
"""The formats that need a package of the extra, by the ending of the file."""


def lacking(form: str) -> str:
    """Return the package that a format needs and that is not installed; "" when nothing is lacking."""
    package = NEEDS.get(form, "")
    return package if package and not _is_installed(package) else ""


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # it is kept from being imported
        return False


def beside(file: Path, name: str, suffix: str = "") -> Path:
    """Return the place of a table beside the file of the replies: 回答.csv → 回答_D.csv."""
    if name == REPLIES:
        return file
    return file.with_name(f"{file.stem}_{name}{suffix or file.suffix}")


def put(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write files; return their places."""
    for place, content in files.items():
        place.write_bytes(content)
    return tuple(files)
