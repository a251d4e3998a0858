"""Finds repeats that read the same text in many ways: the patterns on which ordinary matchers hang.

A pattern such as ``(a+)+`` reads ``aaa`` as a|a|a, aa|a, a|aa and aaa: with every further character twice as many ways.
``\\d+(-\\d+)*`` has a repeat within a repeat too, but one way only, since the hyphen says where each begins.
"""

from dataclasses import dataclass

from questions.patterns.automaton import Automaton, NotUsable, Single

MOST_SPELT_OUT = 3
"""Times up to which a repeat is spelt out; a larger one is looked at as if it had no end."""
MOST_STEPS = 50_000
"""Steps of the search; a pattern that needs more is too large."""
_SAMPLES = [*map(chr, range(0x20, 0x7F)), *"\t　０９ＡＺａｚぁんァヶー一龠々ｱﾝ－（）、。éßЖ①"]


@dataclass
class _Search:
    """The ways of an automaton by number, and which can follow which (``later``) or go before (``before``)."""

    automaton: Automaton
    steps: int = 0

    def __post_init__(self) -> None:
        automaton = self.automaton
        self.ways = [(node, *way) for node, ways in enumerate(automaton.taking) for way in ways]
        self.at: dict[int, list[int]] = {}
        for number, (node, _, _) in enumerate(self.ways):
            self.at.setdefault(node, []).append(number)
        self.double: list[tuple[int, int]] = []
        self.later = [self._followers(number) for number in range(len(self.ways))]
        self.before: list[set[int]] = [set() for _ in self.ways]
        for number, followers in enumerate(self.later):
            for follower in followers:
                self.before[follower].add(number)
        self.read = self._characters()

    def spend(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise NotUsable("large")

    def _followers(self, number: int) -> set[int]:
        """Return what can be taken next; what can be reached on two paths is kept in ``double``.

        No path begins a repeat twice: a repeat that took nothing is not begun again.
        """
        found: set[int] = set()
        nothing: frozenset[int] = frozenset()
        waiting = [(self.ways[number][2], nothing)]
        while waiting:
            self.spend()
            node, begun = waiting.pop()
            for way in self.at.get(node, ()):
                if way in found:
                    self.double.append((number, way))
                found.add(way)
            if node in begun:
                continue
            passed = begun | {node} if node in self.automaton.loops else begun
            waiting += [(target, passed) for _, target in self.automaton.free[node]]
        return found

    def _characters(self) -> list[frozenset[str]]:
        """Return, for each way, the characters that it takes, out of some by which all can be told apart."""
        near = {point + step for point in self.automaton.literals for step in (-1, 0, 1)}
        samples = {*_SAMPLES, *(chr(point) for point in near if 0 <= point <= 0x10FFFF)}
        told: dict[Single, frozenset[str]] = {}
        for _, single, _ in self.ways:
            if single not in told:
                self.spend(len(samples))
                told[single] = frozenset(one for one in samples if single.match(one))
        return [told[single] for _, single, _ in self.ways]

    def reached(self, start: int, edges: list[set[int]]) -> set[int]:
        """Return what is reached from a way by at least one step."""
        seen: set[int] = set()
        waiting = [start]
        while waiting:
            for way in edges[waiting.pop()]:
                self.spend()
                if way not in seen:
                    seen.add(way)
                    waiting.append(way)
        return seen

    def pairs(self, start: int, edges: list[set[int]], circle: set[int]) -> set[tuple[int, int]]:
        """Return the pairs of ways that two readings of one text come to from the same way, within a circle."""
        seen = {(start, start)}
        waiting = [(start, start)]
        while waiting:
            one, other = waiting.pop()
            for pair in ((a, b) for a in edges[one] & circle for b in edges[other] & circle):
                self.spend()
                if pair not in seen and not self.read[pair[0]].isdisjoint(self.read[pair[1]]):
                    seen.add(pair)
                    waiting.append(pair)
        return seen


def is_ambiguous(pattern: str) -> bool:
    """Does a repeat of the pattern read some text in ever more ways? Raises NotUsable."""
    search = _Search(Automaton(pattern, MOST_SPELT_OUT))
    done: set[int] = set()
    for way in range(len(search.ways)):
        if way in done:
            continue
        circle = search.reached(way, search.later) & search.reached(way, search.before)
        done |= circle
        if any(one in circle and other in circle for one, other in search.double):
            return True
        if circle and _parts_and_meets(search, way, circle):
            return True
    return False


def _parts_and_meets(search: _Search, way: int, circle: set[int]) -> bool:
    """Can two readings of one text leave each other and come together again?"""
    there = search.pairs(way, search.later, circle)
    back = search.pairs(way, search.before, circle)
    return any(one != other for one, other in there & back)
