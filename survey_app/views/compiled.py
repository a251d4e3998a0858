"""Sends a compiled workbook."""

import tempfile
from pathlib import Path

from flask import Response

from exports.compiled.book import write_compiled
from exports.coordination import Coordination
from exports.cut import Cut
from survey_app.views.downloads import download


def send_compiled(cut: Cut, name: str, previous: Cut | None, coordination: Coordination | None = None) -> Response:
    """Make the compiled workbook of a cut, and send it as 取りまとめ_(name).xlsx.

    ``previous`` is an earlier cut: what changed since has a sheet of its own. ``coordination``: what is settled about
    the needs; the book of a fixed cut goes without it, so that it is the same whenever it is made.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "compiled.xlsx"
        write_compiled(cut, path, previous=previous, coordination=coordination)
        content = path.read_bytes()
    return download(content, f"取りまとめ_{name}.xlsx", plain=f"{cut.inquiry}.xlsx")
