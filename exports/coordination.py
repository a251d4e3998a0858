"""What the division settled with the relevant divisions about needs, at one moment; it is no part of a cut.

A cut says what the municipalities handed in, and the same cut gives the same book. What is handed over besides changes
from day to day, so a book that holds it says of which moment it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from exports.needs import Key


@dataclass(frozen=True)
class Coordinated:
    """What is settled about one need, in words.

    ``lead`` and ``supports`` are names of divisions; ``disposition`` and ``text`` are what they handed in.
    ``together``: the group in which it is one matter with others; ``aside``: it is not dealt with as a need.
    """

    lead: str = ""
    supports: tuple[str, ...] = ()
    disposition: str = ""
    text: str = ""
    together: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Coordination:
    """Everything that is settled. ``basis``: up to which round (第2回照会); ``at``: since when it is so."""

    basis: str
    at: datetime
    needs: Mapping[Key, Coordinated]
