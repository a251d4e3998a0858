"""Needs that say much the same, found by the character sequences that they share; and needs that say nothing.

Texts are compared as people hear them: full and half width, blanks and punctuation do not count. Each sequence of
three characters weighs the more the fewer needs have it (tf-idf, cosine), so that 「について支援を希望する」 makes
nothing alike.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher

from exports.needs import Key, Need

LENGTH = 3
LIKELY = 0.35
"""From this likeness (0 to 1) on, two needs are proposed as one matter."""
_MOST = 50  # needs: a sequence in more of them tells little, and every pair of them costs time
_SHORTEST_PHRASE = 4
_NONE: AbstractSet[frozenset[Key]] = frozenset()
_NOTHING = re.compile(
    r"(現時点では|現在のところ|今のところ|当面は?)?(特に|とくに|特段の?)?(要望|支援|該当|希望|必要|なにも|何も)?(事項|する事項)?(は|が)?"
    r"(ありません|有りません|ございません|なし|無し|ない|無い|該当なし|特になし)(です)?"
)


@dataclass(frozen=True)
class Likeness:
    """Two needs of different municipalities that say much the same; ``degree`` from 0 to 1."""

    one: Key
    other: Key
    degree: float


@dataclass(frozen=True)
class Proposal:
    """Needs that are likely one matter: the first, and how each other is like it."""

    first: Key
    others: tuple[Likeness, ...]


def plain(text: str) -> str:
    """Return a text as it is compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LN")


def says_nothing(need: Need) -> bool:
    """Is it really 「特になし」, written into a row for a need?"""
    said = (plain(need.subject) or plain(need.detail)).strip("ー")
    return not said or _NOTHING.fullmatch(said) is not None


def proposals(
    needs: Sequence[Need], least: float = LIKELY, apart: AbstractSet[frozenset[Key]] = _NONE
) -> tuple[Proposal, ...]:
    """Return groups of needs that are likely one matter, the likest first; no need is in two.

    A group holds needs that are all like its first one, at most one of them for each pair of municipalities' rows.
    ``apart``: pairs that somebody looked at and found to be different matters.
    """
    degrees = {
        (one, other): degree
        for (one, other), degree in _degrees(needs, least).items()
        if frozenset((needs[one].key, needs[other].key)) not in apart
    }
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), degree in degrees.items():
        near[one].append((degree, other))
        near[other].append((degree, one))
    taken: set[int] = set()
    found = []
    for place in sorted(near, key=lambda one: (-len(near[one]), -max(near[one])[0], one)):
        open_ones = ((degree, one) for degree, one in near[place] if one not in taken)
        others = sorted(open_ones, key=lambda pair: (-pair[0], pair[1]))
        if place in taken or not others:
            continue
        taken |= {place, *(one for _, one in others)}
        found.append(Proposal(needs[place].key, tuple(_likeness(needs, place, *one) for one in others)))
    return tuple(sorted(found, key=lambda one: -one.others[0].degree))


def _degrees(needs: Sequence[Need], least: float) -> dict[tuple[int, int], float]:
    """Return the likeness of every pair of different municipalities that reaches ``least``."""
    weights = _weights([plain(need.subject) * 2 + plain(need.detail) for need in needs])
    having: dict[str, list[int]] = defaultdict(list)
    products: Counter[tuple[int, int]] = Counter()
    for place, grams in enumerate(weights):
        for gram, weight in grams.items():
            for earlier in having[gram]:
                if needs[earlier].municipality != needs[place].municipality:
                    products[earlier, place] += weight * weights[earlier][gram]  # type: ignore[assignment]
            having[gram].append(place)
    return {pair: degree for pair, degree in products.items() if degree >= least}


def _weights(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return for each text the weight of its sequences; the squares of one text's weights sum up to 1."""
    counted = [Counter(text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)) for text in texts]
    frequency = Counter(gram for grams in counted for gram in grams)
    rare = {gram: math.log(len(texts) / times) + 1 for gram, times in frequency.items() if 1 < times <= _MOST}
    alone = math.log(max(len(texts), 1)) + 1
    found = []
    for grams in counted:
        raw = {gram: (1 + math.log(times)) * rare.get(gram, alone) for gram, times in grams.items()}
        size = math.sqrt(sum(weight**2 for gram, weight in raw.items() if gram in rare or frequency[gram] == 1)) or 1.0
        found.append({gram: weight / size for gram, weight in raw.items() if gram in rare})
    return found


def _likeness(needs: Sequence[Need], place: int, degree: float, other: int) -> Likeness:
    return Likeness(needs[place].key, needs[other].key, round(degree, 3))


def phrases(one: Need, other: Need, most: int = 3) -> tuple[str, ...]:
    """Return what two needs both say, as the first one writes it, the longest first."""
    mine, theirs = f"{one.subject}\n{one.detail}", f"{other.subject}\n{other.detail}"
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    said = {part.strip() for block in blocks for part in mine[block.a : block.a + block.size].split("\n")}
    return tuple(sorted((part for part in said if len(part) >= _SHORTEST_PHRASE), key=lambda part: -len(part))[:most])


def likest(needs: Sequence[Need], others: Sequence[Need], least: float = LIKELY) -> dict[Key, tuple[Key, float]]:
    """Return for each need the one of the ``others`` that says much the same, with their likeness; none is taken twice.

    For needs of two inquiries: only needs of one municipality are held against each other, the likest first.
    """
    weights = _weights([plain(need.subject) * 2 + plain(need.detail) for need in (*needs, *others)])
    pairs = sorted(
        (
            (-_product(weights[place], weights[len(needs) + other]), place, other)
            for place, need in enumerate(needs)
            for other, one in enumerate(others)
            if need.municipality == one.municipality
        ),
    )
    found: dict[Key, tuple[Key, float]] = {}
    taken: set[int] = set()
    for degree, place, other in pairs:
        if -degree >= least and needs[place].key not in found and other not in taken:
            taken.add(other)
            found[needs[place].key] = others[other].key, round(-degree, 3)
    return found


def _product(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other[gram] for gram, weight in one.items() if gram in other)
