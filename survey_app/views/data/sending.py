"""Makes and sends the files of a data set."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.cut import Cut
from exports.data.files import DataRefused, MissingPackage
from exports.data.package import pack
from exports.data.writing import write_data
from exports.file_names import fit_name
from exports.workbook import CellRefused
from survey_app import wording_data
from survey_app.attached_files import write_files
from survey_app.connections import database
from survey_app.store.inquiries import find_inquiry
from survey_app.views.data.pages import blueprint, chosen_cut, page
from survey_app.views.downloads import named

LONGEST_STEM = 60
WHOLE = frozenset({"xlsx", "zip"})
"""Formats that hold everything in one file; the files of the others are sent as one zip."""


@blueprint.get("/board/<inquiry>/data/file")
def file(inquiry: str) -> ResponseReturnValue:
    """Make the data of a cut in a format, and send them."""
    found = find_inquiry(database(), inquiry)
    key = request.args.get("format", "")
    if key not in wording_data.FORMATS:
        raise LookupError(key)
    cut = chosen_cut(found, request.args.get("cut", ""))
    try:
        return _sent(cut, key)
    except MissingPackage as fault:
        said = _(
            "この形式を書くための部品（%(package)s）が、サーバーに入っていません。ほかの形式を選んでください。",
            package=fault.package,
        )
    except (DataRefused, CellRefused) as fault:
        place = fault.place if isinstance(fault, DataRefused) else fault.address
        said = _(
            "この形式には入らない長さの値があるため、作っていません（%(place)s）。CSVを選んでください。", place=place
        )
    return page(found, refused=said, typed=request.args), 422


@blueprint.get("/board/<inquiry>/data/files.zip")
def files(inquiry: str) -> ResponseReturnValue:
    """Send the files that were attached to the replies that count."""
    found = find_inquiry(database(), inquiry)
    cut = chosen_cut(found, request.args.get("cut", ""))
    made = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it was sent)
    write_files(database(), found, cut, made)
    made.seek(0)
    return named(send_file(made, "application/zip"), f"添付_{_stem(cut)}.zip", f"{cut.inquiry}.zip")


def _sent(cut: Cut, key: str) -> Response:
    form, _dash, encoding = key.partition("-")
    with tempfile.TemporaryDirectory() as folder:
        written = write_data(cut, Path(folder) / f"{_stem(cut)}.{form}", "cp932" if encoding else "utf-8")
        place = written[0] if form in WHOLE else _packed(written, Path(folder) / "all.zip")
        response = Response(place.read_bytes(), mimetype=_media(place))
    shown = written[0].name if form in WHOLE else f"{_stem(cut)}_{key}.zip"
    return named(response, f"データ_{shown}", f"{cut.inquiry}{place.suffix}")


def _packed(written: Sequence[Path], place: Path) -> Path:
    pack(place, [(one.name, one.read_bytes()) for one in written])
    return place


def _stem(cut: Cut) -> str:
    """Return the name of a data set: the inquiry, and the cut or the moment; names of tables have room behind it."""
    return fit_name(f"{cut.inquiry}_{cut.name or f'{cut.taken_at:%Y%m%d-%H%M}'}".replace("/", "／"), LONGEST_STEM)


def _media(place: Path) -> str:
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return workbook if place.suffix == ".xlsx" else "application/zip"
