"""Choosing whom to ask: by bureau, by group, one by one, or from a pasted list of codes or names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from questions.bureaus import in_order as bureaus_in_order
from questions.numerals import narrow
from questions.setting import AmbiguousName, Municipality, Roster, check_digit

_BETWEEN = re.compile(r"[\s,、，;；・\"“”]+")


@dataclass(frozen=True)
class Stranger:
    """A pasted word that names no municipality. ``near``: names that look like it; ``several`` bear the same name."""

    text: str
    near: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Bureau:
    """A regional bureau (地方振興局) with its municipalities in the official order."""

    name: str
    members: tuple[Municipality, ...]


def in_order(codes: Iterable[str], roster: Roster) -> tuple[str, ...]:
    """Return the codes that the roster knows, each once, in the official order."""
    wanted = set(codes)
    return tuple(one.code for one in roster if one.code in wanted)


def bureaus(roster: Roster) -> tuple[Bureau, ...]:
    """Return the bureaus in the order of the house, each with its municipalities."""
    found: dict[str, list[Municipality]] = {}
    for one in roster:
        found.setdefault(one.bureau, []).append(one)
    return tuple(Bureau(name, tuple(found[name])) for name in bureaus_in_order(found))


def groups(roster: Roster) -> dict[str, tuple[str, ...]]:
    """Return the codes of the members of each group of the roster, and of the three kinds 市, 町, 村."""
    found: dict[str, list[str]] = {}
    for one in roster:
        for name in (*one.groups, one.kind):
            found.setdefault(name, []).append(one.code)
    return {name: tuple(codes) for name, codes in sorted(found.items(), key=lambda pair: pair[0] in ("市", "町", "村"))}


def members_of(roster: Roster, way: str, name: str) -> tuple[str, ...]:
    """Return the codes that a button stands for: ``way`` is all, bureau or group; none for what is unknown."""
    if way == "all":
        return tuple(one.code for one in roster)
    if way == "bureau":
        return tuple(one.code for one in roster if one.bureau == name)
    return groups(roster).get(name, ()) if way == "group" else ()


def read_pasted(text: str, roster: Roster) -> tuple[tuple[str, ...], tuple[Stranger, ...]]:
    """Read codes and names, however they are separated; return the codes, and the words that name nobody."""
    codes: list[str] = []
    strangers: list[Stranger] = []
    for word in dict.fromkeys(filter(None, _BETWEEN.split(text))):
        found = _find(word, roster)
        if isinstance(found, Municipality):
            codes.append(found.code)
        else:
            strangers.append(found)
    return tuple(codes), tuple(strangers)


def _find(word: str, roster: Roster) -> Municipality | Stranger:
    try:
        found = roster.find(word) or roster.find(_whole_code(narrow(word)))
    except AmbiguousName:
        return Stranger(word, several=True)
    if found is not None:
        return found
    names = [one.name for one in roster]
    starting = [name for name in names if name[:-1] == word]
    return Stranger(word, tuple(starting or get_close_matches(word, names, 3)))


def _whole_code(digits: str) -> str:
    """Return the code that is meant: Excel drops the zero in front, other lists the check digit at the end."""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 5):
        return digits
    with_zero = f"0{digits}"
    return with_zero if check_digit(with_zero[:5]) == with_zero[5] else digits + check_digit(digits)
