"""Files that pages of asking the divisions hand out, under Japanese names."""

from urllib.parse import quote

from flask import Response

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def download(content: bytes, name: str, mimetype: str = WORKBOOK) -> Response:
    """Return a file as a download."""
    plain = "download.zip" if mimetype == ZIP else "download.xlsx"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
