"""Where each municipality stands on a map of equal tiles: laid out by hand after their true places, drawn by us.

A file ``*_tiles.csv`` of this folder holds one layout: ``code``, ``column`` and ``row`` from 1, from the north-west.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

Tiles = Mapping[str, tuple[int, int]]
"""Column and row by municipality; no two have the same."""


@lru_cache(maxsize=1)
def layouts() -> tuple[Tiles, ...]:
    """Return the layouts that come with the program."""
    folder = resources.files("survey_app.rosters")
    files = sorted((one for one in folder.iterdir() if one.name.endswith("_tiles.csv")), key=lambda one: one.name)
    return tuple(_read(one.read_text(encoding="utf-8")) for one in files)


def tiles_for(codes: Iterable[str]) -> Tiles | None:
    """Return the layout on which all these municipalities stand; None when there is none."""
    wanted = set(codes)
    return next((one for one in layouts() if wanted and wanted <= set(one)), None)


def _read(text: str) -> Tiles:
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in rows}
