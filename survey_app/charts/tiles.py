"""A map of equal tiles, one for each municipality: where each stands in the drawing. Pure; sizes in units."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.rosters.tiles import Tiles

WIDTH, HEIGHT, GAP = 86, 52, 4
STEPS = 6
"""So many shades there are for what goes from few to many."""


@dataclass(frozen=True)
class Face:
    """What a tile shows: the name of its municipality, a few characters below it, and the class of its colour."""

    name: str
    value: str
    shade: str


@dataclass(frozen=True)
class Tile:
    """One tile: its upper left corner and what it shows."""

    code: str
    x: int
    y: int
    face: Face

    @property
    def middle(self) -> float:
        """The x of its texts."""
        return self.x + WIDTH / 2


@dataclass(frozen=True)
class TileMap:
    """The whole map, ``width`` by ``height`` units, and its tiles from the north-west."""

    width: int
    height: int
    tiles: tuple[Tile, ...]


def draw(layout: Tiles, faces: Mapping[str, Face]) -> TileMap:
    """Place the tiles of those municipalities that have a face."""
    shown = {code: place for code, place in layout.items() if code in faces}
    left, top = (min(place[axis] for place in shown.values()) for axis in (0, 1))
    right, bottom = (max(place[axis] for place in shown.values()) for axis in (0, 1))
    across, down = WIDTH + GAP, HEIGHT + GAP
    tiles = (
        Tile(code, (column - left) * across, (row - top) * down, faces[code])
        for code, (column, row) in sorted(shown.items(), key=lambda one: (one[1][1], one[1][0]))
    )
    return TileMap((right - left + 1) * across - GAP, (bottom - top + 1) * down - GAP, tuple(tiles))


def step(place: int, of: int) -> int:
    """Return the shade from 1 (light) to STEPS (dark) of one of several categories that go from few to many."""
    return STEPS if of <= 1 else 1 + round(place * (STEPS - 1) / (of - 1))
