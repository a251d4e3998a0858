"""Looks into every part of a file, as somebody does who unpacks it: names, hidden parts, files inside files."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from canaries import Canary

_SONG = re.compile(r"(?=(cnry\d{5}x|0241-7\d{5}|r[0-9a-f]{16}|\d{6}-\d\d))")
"""What canaries look like, wherever they begin: quicker than looking for each of them."""


def every_part(content: bytes, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each part of a file with its name: the text as it is, and as XML means it. Zip files are unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        text = content.decode("utf-8", "replace")
        yield name, f"{text}\n{unescape(text)}"
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        yield f"{name}!names", "\n".join([*packed.namelist(), *(one.comment.decode() for one in packed.infolist())])
        for inside in packed.namelist():
            yield from every_part(packed.read(inside), f"{name}!{inside}")


def found_in(content: bytes, canaries: Iterable[Canary]) -> tuple[set[Canary], int]:
    """Return the canaries that stand anywhere in a file, and in how many parts was looked."""
    parts = list(every_part(content))
    whole = "\n".join(text for _, text in parts)
    seen = {one[1] for one in _SONG.finditer(whole)}
    return {one for one in canaries if one.text in seen or (not _SONG.match(one.text) and one.text in whole)}, len(
        parts
    )


def plain(page: str, address: str) -> bytes:
    """Return a page without its own address, which says only what was asked for."""
    for one in (address, unquote(address)):
        page = page.replace(one, "")
    return page.encode()
