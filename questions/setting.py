"""What is known around the answers of one reply: the municipalities, whose reply it is, and the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Municipality:
    """One municipality. ``code`` is the 6-digit code with its check digit; ``population`` None when unknown."""

    code: str
    name: str
    kind: str = ""
    bureau: str = ""
    county: str = ""
    kana: str = ""
    population: int | None = None
    groups: tuple[str, ...] = ()

    def is_small(self, inhabitants: int) -> bool:
        """Is it a 町 or 村 known to have fewer inhabitants?"""
        return self.kind in ("町", "村") and self.population is not None and self.population < inhabitants


class AmbiguousName(LookupError):
    """A name that several municipalities bear; the code is needed."""


class Roster:
    """The municipalities by code, in the official order (建制順: by code)."""

    def __init__(self, municipalities: Iterable[Municipality] = ()) -> None:
        ordered = sorted(municipalities, key=lambda municipality: municipality.code)
        self._by_code = {municipality.code: municipality for municipality in ordered}
        self._by_name: dict[str, list[Municipality]] = {}
        for municipality in ordered:
            self._by_name.setdefault(municipality.name, []).append(municipality)

    def __iter__(self) -> Iterator[Municipality]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Municipality:
        return self._by_code[code]

    def name(self, code: str) -> str:
        """Return the name for a code; the code itself when the roster no longer knows it."""
        known = self._by_code.get(code)
        return code if known is None else known.name

    def find(self, text: str) -> Municipality | None:
        """Find by code or by exact name; None when unknown. Raises AmbiguousName when several bear it."""
        if text in self._by_code:
            return self._by_code[text]
        found = self._by_name.get(text, [])
        if len(found) > 1:
            raise AmbiguousName(text)
        return found[0] if found else None


def check_digit(five: str) -> str:
    """Return the check digit of a municipality code's first five digits (全国地方公共団体コード仕様)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - weighted % 11) % 10) if weighted >= 11 else str(11 - weighted)[-1]


def is_municipality_code(code: str) -> bool:
    """Is it six digits with the right check digit?"""
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]


@dataclass(frozen=True)
class Setting:
    """What surrounds the answers of one reply.

    ``municipality`` is the code of the one that replies; ``today`` the server's date in Asia/Tokyo; ``waived`` the
    names of checks that the division has lifted for it; ``eased`` those of rules that are newer than its submission and
    only warn (``questions.easing``). ``inside``: the municipality settles its approval in the program.
    """

    roster: Roster = field(default_factory=Roster)
    municipality: str = ""
    today: date = date.min
    waived: frozenset[str] = frozenset()
    eased: frozenset[str] = frozenset()
    inside: bool = False
