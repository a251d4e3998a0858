"""Needs that are likely one matter, laid side by side with the phrases that they share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.needs import Key, Need, by_key
from exports.similarity import Likeness, Proposal, phrases, proposals
from survey_app.connections import database
from survey_app.store.merging import not_similar
from survey_app.views.needs.compiling import Compiled, Line, Mark

LONGEST = 300
"""Characters of a detail that stand side by side; its page has all of it."""
Part = tuple[str, bool]
"""A part of a text, and whether another need says it too."""


@dataclass(frozen=True)
class Side:
    """One need of a proposal. ``degree`` (0 to 1): how like the first one it is, None for the first itself.

    ``together`` are the needs that are merged with it already and go with it.
    """

    line: Line
    degree: float | None
    subject: tuple[Part, ...]
    detail: tuple[Part, ...]
    together: tuple[Line, ...]


@dataclass(frozen=True)
class Proposed:
    """Needs that are likely one matter; ``place`` names the proposal on its page."""

    place: str
    sides: tuple[Side, ...]

    @property
    def degree(self) -> float:
        """How alike the likest two are."""
        return max(side.degree or 0 for side in self.sides)


def proposed(found: Compiled) -> dict[str, Proposal]:
    """Return what is proposed, by place, the likest first.

    Groups that are merged stand as their first need; what says nothing is left out.
    """
    needs = [line.need for line in _standing(found)]
    first = _first_of(found)
    apart = frozenset(frozenset(first.get(key, key) for key in pair) for pair in not_similar(database(), found.inquiry))
    known = by_key(needs)
    return {known[one.first].control: one for one in proposals(needs, apart=apart)}


def laid_out(found: Compiled, place: str, proposal: Proposal) -> Proposed:
    """Return a proposal as its page shows it."""
    lines = {line.key: line for line in found.lines}
    return Proposed(place, tuple(_sides(found, lines, proposal.first, proposal.others)))


def marked(text: str, shared: Sequence[str]) -> tuple[Part, ...]:
    """Return a text in parts, those told that stand in ``shared``."""
    if not shared:
        return ((text, False),)
    parts = re.split("(" + "|".join(re.escape(one) for one in shared) + ")", text)
    return tuple((part, bool(place % 2)) for place, part in enumerate(parts) if part)


def _standing(found: Compiled) -> Iterator[Line]:
    first = _first_of(found)
    for line in found.lines:
        if first.get(line.key, line.key) == line.key and not line.marks & {Mark.ASIDE, Mark.EMPTY}:
            yield line


def _first_of(found: Compiled) -> dict[Key, Key]:
    """Return the first need of its group in this cut for each need that is merged."""
    groups: dict[int, Key] = {}
    return {line.key: groups.setdefault(line.merge.id, line.key) for line in found.lines if line.merge is not None}


def _sides(found: Compiled, lines: dict[Key, Line], first: Key, others: Sequence[Likeness]) -> Iterator[Side]:
    mine = lines[first].need
    shared = {one.other: phrases(mine, lines[one.other].need) for one in others}
    every = sorted({phrase for some in shared.values() for phrase in some}, key=len, reverse=True)
    yield _side(found, lines[first], None, every)
    for one in others:
        yield _side(found, lines[one.other], one.degree, shared[one.other])


def _side(found: Compiled, line: Line, degree: float | None, shared: Sequence[str]) -> Side:
    together = () if line.merge is None else tuple(one for one in found.merge_of(line.merge) if one.key != line.key)
    return Side(line, degree, marked(line.need.subject, shared), marked(_short(line.need), shared), together)


def _short(need: Need) -> str:
    return need.detail if len(need.detail) <= LONGEST else f"{need.detail[:LONGEST]}…"
