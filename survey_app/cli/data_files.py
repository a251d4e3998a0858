"""Writes a data set for the command line: all of its files are whole, or what was there stays."""

import os
import tempfile
from pathlib import Path

from exports.cut import Cut
from exports.data.files import DataRefused, MissingPackage
from exports.data.texts import Encoding
from exports.data.writing import write_data
from exports.workbook import CellRefused
from survey_app.cli.failures import Failure
from survey_app.cli.places import told_of


def write_all(cut: Cut, output: Path, encoding: Encoding) -> tuple[Path, ...]:
    """Write the data of a cut to ``output`` and beside it; return the places. Raises Failure."""
    within = tempfile.TemporaryDirectory(prefix=f".{output.stem}.{os.getpid()}.", dir=output.parent)
    with told_of(output), within as folder:
        try:
            made = write_data(cut, Path(folder) / output.name, encoding)
        except MissingPackage as fault:
            raise Failure(
                f"{output.suffix} を書くには {fault.package} が要ります。"
                f"追加の部品ごと入れてください：pip install 'shokai[{fault.extra}]'"
                "（.xlsx .csv .zip .dta には要りません）",
                f"{output.suffix} needs {fault.package}. Install it with the extra: pip install 'shokai[{fault.extra}]'"
                " (.xlsx .csv .zip .dta do without).",
            ) from fault
        except DataRefused as fault:
            raise _refused(output, fault.place, fault.reason) from fault
        except CellRefused as fault:
            raise _refused(output, fault.address, fault.reason) from fault
        return tuple(_moved(one, output.parent / one.name) for one in made)


def _refused(output: Path, place: str, reason: str) -> Failure:
    return Failure(
        f"{output.suffix} には入らない値があるため、書き出していません（{place}：{reason}）。"
        ".csv か .zip をお使いください。",
        f"{output.suffix} cannot hold a value, so nothing was written ({place}: {reason}). Use .csv or .zip.",
    )


def _moved(made: Path, place: Path) -> Path:
    with told_of(place):
        made.replace(place)
    return place
