"""A pattern as an automaton, which reads a text once and never goes back.

Python's own matcher tries one reading after another, and may need longer than anybody waits for a text of thirty
characters. Here the work is at most (length of the text) × (size of the automaton). The single characters and places
are still told by Python's matcher, so that a pattern means what it means there.
"""

import re
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

LONGEST_TEXT = 1_000
"""Characters of a text that is held against a pattern; a longer one does not match."""
LARGEST = 2_000
"""Steps of building, by which the size of an automaton is bounded."""
_CHARACTERS = frozenset({_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN})
_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT})
_ASSERTIONS = frozenset({_constants.ASSERT, _constants.ASSERT_NOT})

Item = tuple[Any, Any]
"""One part of a pattern as Python's reader gives it: what it is, and what it holds."""
Single = re.Pattern[str]
"""One character or one place, asked of Python's matcher."""


class NotUsable(ValueError):
    """A pattern that no automaton is made of; the text says why: ``unsupported`` or ``large``."""


class Automaton:
    """Nodes with steps: ``taking`` a character (single, target), ``free`` (single to hold there or None, target).

    ``spelt_out``: repeats above this number are taken as having no end, which is not what the pattern says, but is
    smaller; ``loops``: the nodes at which an unbounded repeat begins again; ``literals``: the code points named.
    """

    def __init__(self, pattern: str, spelt_out: int | None = None) -> None:
        """Raises NotUsable, and what Python's reader raises for what is no pattern."""
        self.taking: list[list[tuple[Single, int]]] = [[]]
        self.free: list[list[tuple[Single | None, int]]] = [[]]
        self.loops: set[int] = set()
        self.literals: set[int] = set()
        self._spelt_out, self._built = spelt_out, 0
        self._singles: dict[tuple[str, int], Single] = {}
        tree = _parser.parse(pattern)
        self.end = self._sequence(tree, 0, tree.state.flags)

    def matches(self, text: str) -> bool:
        """Does the whole text match? The text is at most ``LONGEST_TEXT`` characters long."""
        nodes = self._freely({0}, text, 0)
        for place in range(len(text)):
            told: dict[Single, bool] = {}
            reached: set[int] = set()
            for node in nodes:
                for single, target in self.taking[node]:
                    if single not in told:
                        told[single] = single.match(text, place) is not None
                    if told[single]:
                        reached.add(target)
            if not reached:
                return False
            nodes = self._freely(reached, text, place + 1)
        return self.end in nodes

    def _freely(self, nodes: set[int], text: str, place: int) -> set[int]:
        """Return the nodes that are reached without taking a character."""
        reached, waiting = set(nodes), list(nodes)
        told: dict[Single, bool] = {}
        while waiting:
            for single, target in self.free[waiting.pop()]:
                if target in reached:
                    continue
                if single is not None and single not in told:
                    told[single] = single.match(text, place) is not None
                if single is None or told[single]:
                    reached.add(target)
                    waiting.append(target)
        return reached

    # ---- Building

    def _node(self) -> int:
        self.taking.append([])
        self.free.append([])
        return len(self.free) - 1

    def _counted(self, node: int) -> int:
        """Count one more step of building. Raises NotUsable when there are too many."""
        self._built += 1
        if self._built > LARGEST:
            raise NotUsable("large")
        return node

    def _sequence(self, items: Any, start: int, flags: int) -> int:
        for item in items:
            start = self._part(item, start, flags)
        return start

    def _part(self, item: Item, start: int, flags: int) -> int:
        """Build one part behind a node; return the node at its end."""
        self._counted(start)
        kind, held = item
        if kind in _CHARACTERS:
            return self._character(item, start, flags)
        if kind is _constants.AT or (kind in _ASSERTIONS and _is_simple(held[1])):
            end = self._node()
            self.free[start].append((self._single(item, flags), end))
            return end
        if kind is _constants.BRANCH:
            return self._branch(held[1], start, flags)
        if kind is _constants.SUBPATTERN:
            _, more, less, inner = held
            return self._sequence(inner, start, _compiler._combine_flags(flags, more, less))
        if kind in _REPEATS:
            return self._repeat(held, start, flags)
        raise NotUsable("unsupported")

    def _character(self, item: Item, start: int, flags: int) -> int:
        end = self._node()
        self.taking[start].append((self._single(item, flags), end))
        kind, held = item
        for inner, value in held if kind is _constants.IN else [item]:
            if inner in (_constants.LITERAL, _constants.NOT_LITERAL):
                self.literals.add(value)
            elif inner is _constants.RANGE:
                self.literals.update(value)
        return end

    def _branch(self, ways: Any, start: int, flags: int) -> int:
        end = self._node()
        for way in ways:
            begin = self._counted(self._node())
            self.free[start].append((None, begin))
            self.free[self._sequence(way, begin, flags)].append((None, end))
        return end

    def _repeat(self, held: Any, start: int, flags: int) -> int:
        least, most, body = int(held[0]), int(held[1]), held[2]
        unbounded = most >= LONGEST_TEXT  # of a text of that length, nothing more can be told
        if self._spelt_out is not None and most > self._spelt_out:
            least, unbounded = min(least, 1), True
        for _ in range(least):
            start = self._sequence(body, self._counted(start), flags)
        if unbounded:
            return self._loop(body, start, flags)
        end = self._node()
        self.free[start].append((None, end))
        for _ in range(most - least):
            start = self._sequence(body, self._counted(start), flags)
            self.free[start].append((None, end))
        return end

    def _loop(self, body: Any, start: int, flags: int) -> int:
        begin, end = self._node(), self._node()
        again = self._sequence(body, begin, flags)
        self.loops.add(again)
        self.free[start] += [(None, begin), (None, end)]
        self.free[again] += [(None, begin), (None, end)]
        return end

    def _single(self, item: Item, flags: int) -> Single:
        key = (repr(item), int(flags))
        if key not in self._singles:
            state = _parser.State()
            state.flags = flags
            self._singles[key] = _compiler.compile(_parser.SubPattern(state, [item]))
        return self._singles[key]


def _is_simple(items: Any) -> bool:
    """Is what is looked for ahead (behind) read in one go: characters, and at most one repeat of a character?"""
    repeats = 0
    for kind, held in items:
        if kind in _REPEATS:
            repeats += 1
            if len(held[2]) != 1 or held[2][0][0] not in _CHARACTERS:
                return False
        elif kind not in _CHARACTERS and kind is not _constants.AT:
            return False
    return repeats <= 1
