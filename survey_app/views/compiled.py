"""Sends a compiled workbook."""

import tempfile
from pathlib import Path
from urllib.parse import quote

from flask import Response

from exports.compiled.book import write_compiled
from exports.cut import Cut

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_compiled(cut: Cut, name: str, previous: Cut | None) -> Response:
    """Make the compiled workbook of a cut, and send it as 取りまとめ_(name).xlsx.

    ``previous`` is an earlier cut: what changed since has a sheet of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "compiled.xlsx"
        write_compiled(cut, path, previous=previous)
        content = path.read_bytes()
    shown = quote(f"取りまとめ_{name}.xlsx")
    disposition = f"attachment; filename=\"{cut.inquiry}.xlsx\"; filename*=UTF-8''{shown}"
    return Response(content, mimetype=WORKBOOK, headers={"Content-Disposition": disposition})
