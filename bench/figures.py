"""Figures beside their floors, and the one table that shows them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MET, MISSED = "met", "missed"


@dataclass(frozen=True)
class Aim:
    """What a figure should come to: ``of`` the ratio to the floor, or of the figure itself."""

    of: str  # "ratio" or "ours"
    most: float | None = None
    least: float | None = None

    def met(self, value: float) -> bool:
        """Does a value keep within the aim?"""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    def text(self, unit: str) -> str:
        """Say the aim."""
        sign, bound = ("≤", self.most) if self.most is not None else ("≥", self.least)
        return f"{sign} {bound:g} {'×' if self.of == 'ratio' else unit}"


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``ours`` and ``floor`` are in ``unit``; of a rate (unit "/s") more is better."""

    name: str
    ours: float
    unit: str
    floor: float | None = None
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor's cost it is; None without a floor."""
        if not self.floor:
            return None
        return self.floor / self.ours if self.unit == "/s" else self.ours / self.floor

    @property
    def verdict(self) -> str:
        """Whether the aim is met; "" without an aim."""
        if self.aim is None:
            return ""
        value = self.ratio if self.aim.of == "ratio" else self.ours
        if value is None:
            raise ValueError(f"{self.name}: an aim for a ratio needs a floor")
        return MET if self.aim.met(value) else MISSED

    def cells(self) -> tuple[str, ...]:
        """Return the line's texts."""
        return (
            self.name,
            shown(self.ours, self.unit),
            "" if self.floor is None else shown(self.floor, self.unit),
            "" if self.ratio is None else f"{self.ratio:.2f} ×",
            "" if self.aim is None else self.aim.text(self.unit),
            self.verdict,
        )


@dataclass(frozen=True)
class Part:
    """What one part of the bench found: its lines, what must be said of how they came about, and what went wrong.

    ``wrong`` holds what makes the figures worthless, such as answers of the server that are errors.
    """

    title: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()
    wrong: Sequence[str] = ()

    @property
    def missed(self) -> bool:
        """Is an aim missed?"""
        return any(figure.verdict == MISSED for figure in self.figures)


HEADS = ("", "Shokai", "floor", "ratio", "aim", "")


def table(parts: Sequence[Part]) -> str:
    """Return all parts as one table with its notes, for a fixed-width font."""
    lines = [HEADS, *(figure.cells() for part in parts for figure in part.figures)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(HEADS))]
    text = [_line(HEADS, widths), "─" * (sum(widths) + 2 * (len(widths) - 1))]
    for part in parts:
        text += [part.title, *(_line(figure.cells(), widths) for figure in part.figures)]
        text += [f"    · {note}" for note in part.notes]
        text += [f"    ! {wrong}" for wrong in part.wrong]
        text.append("")
    return "\n".join(text)


def shown(value: float, unit: str) -> str:
    """Show a value with three digits that count, and its unit."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{places}f} {unit}".strip()


def width(text: str) -> int:
    """Return how many columns of a fixed-width font a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *others = (" " * (size - width(cell)) + cell for cell, size in zip(cells, widths, strict=True))
    return "  ".join([name.strip().ljust(widths[0] - width(name.strip()) + len(name.strip())), *others]).rstrip()
