"""Takes workbooks apart and puts them together again as no office program would."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

Part = Callable[[bytes], bytes]


def repacked(content: bytes, changes: Mapping[str, Part | bytes | None]) -> bytes:
    """Return a package with parts changed, added (bytes) or left out (None)."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name, lambda part: part)
            if callable(change):
                new.writestr(name, change(old.read(name)))
            elif change is not None:
                new.writestr(name, change)
        for name, change in changes.items():
            if name not in old.namelist() and isinstance(change, bytes):
                new.writestr(name, change)
    return file.getvalue()


def sheet_part(content: bytes, name: str) -> str:
    """Return the part that holds a sheet, as XlsxWriter and openpyxl number them."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        book = package.read("xl/workbook.xml").decode()
    names = [piece.split('"')[0] for piece in book.split('<sheet name="')[1:]]
    if not names:
        names = [piece.split('"')[0] for piece in book.split(' name="')[1:]]
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"


def replaced(old: str, new: str) -> Part:
    """Replace a text in a part that must hold it."""

    def change(part: bytes) -> bytes:
        text = part.decode()
        assert old in text, old
        return text.replace(old, new, 1).encode()

    return change


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def flagged(content: bytes) -> bytes:
    """Return a package whose parts claim to be encrypted."""
    written = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = written.find(mark)
        while place >= 0:
            written[place + offset] |= 1
            place = written.find(mark, place + 4)
    return bytes(written)
