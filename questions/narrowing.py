"""Compares two states of one kind: does it still read every text that it read before?"""

from collections.abc import Iterator
from typing import Any, Literal

from questions.kinds.base import Kind
from questions.labels import Label

Judged = Literal["wider", "words", "narrower", "meaning"]
"""It reads more than before; only its words are others; it may refuse what it read; its answers mean something else."""
_UPPER = frozenset({"most", "longest", "megabytes", "places"})
_LOWER = frozenset({"least"})
_MEANING = frozenset({"unit"})


def judged(was: Kind[Any], now: Kind[Any]) -> Iterator[tuple[str, Judged]]:
    """Yield what differs between two kinds of the same name, choices aside, with what it comes to."""
    before, after = dict(was), dict(now)
    for key, value in after.items():
        if key not in ("name", "choices") and before[key] != value:
            yield key, _judged(key, before[key], value)


def _judged(key: str, was: Any, now: Any) -> Judged:
    if key in _MEANING:
        same = was is not None and now is not None and was.ja == now.ja
        return "words" if same else "meaning"
    if isinstance(was, Label) or isinstance(now, Label):
        return "words"
    if key in _UPPER | _LOWER:
        if was is None or now is None:
            return "wider" if now is None else "narrower"
        return "wider" if (now > was) == (key in _UPPER) else "narrower"
    if isinstance(was, tuple) and isinstance(now, tuple):
        return "wider" if set(was) <= set(now) else "narrower"
    return "wider" if now is None else "narrower"
