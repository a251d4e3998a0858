"""Files that pages hand out, under Japanese names."""

from urllib.parse import quote

from flask import Response

from exports.file_names import fit_name

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def download(content: bytes, name: str, mimetype: str = WORKBOOK, plain: str = "") -> Response:
    """Return a file as a download. ``plain``: its name where no other letters than those of English are known."""
    known = plain or ("download.zip" if mimetype == ZIP else "download.xlsx")
    return named(Response(content, mimetype=mimetype), name, known)


def named(response: Response, name: str, plain: str) -> Response:
    """Let a response be saved under a name, which is made one that every system takes."""
    bare = "".join(one for one in fit_name(plain) if one.isascii() and one.isprintable())
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{bare}\"; filename*=UTF-8''{quote(fit_name(name))}"
    )
    return response
