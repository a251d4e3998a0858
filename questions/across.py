"""Rules over the replies of all municipalities; what they find is for the division only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.contents import Contents
from questions.model import Across

Filed = tuple[str, Contents]
"""A municipality's code with the contents of its last submission."""


@dataclass(frozen=True)
class Finding:
    """One breach of a rule.

    ``by`` is the value that the replies have in common (a fiscal year), ``municipalities`` whose replies they are,
    ``total`` the sum, or ``shared`` the municipality that stands in several of them.
    """

    rule: Across
    by: Any
    municipalities: tuple[str, ...]
    total: int | None = None
    shared: str | None = None


def findings(
    rules: Sequence[Across], filed: Sequence[Filed], others: Mapping[str, Sequence[Filed]]
) -> tuple[Finding, ...]:
    """Hold the last submissions against the rules.

    ``others`` holds the submissions to other questionnaires by name, for rules that compare with one.
    """
    found: list[Finding] = []
    for rule in rules:
        if rule.rule == "total":
            found += _totals(rule, filed)
        else:
            found += _overlaps(rule, filed, None if rule.other is None else others.get(rule.other, ()))
    return tuple(found)


def _totals(rule: Across, filed: Sequence[Filed]) -> Iterator[Finding]:
    groups: dict[Any, list[tuple[str, int]]] = {}
    for municipality, contents in filed:
        amount = contents.value(rule.question)
        if amount is not None:
            groups.setdefault(contents.value(rule.by), []).append((municipality, amount))
    for by, amounts in groups.items():
        total = sum(amount for _, amount in amounts)
        if rule.most is not None and total > rule.most:
            yield Finding(rule, by, tuple(municipality for municipality, _ in amounts), total=total)


def _overlaps(rule: Across, filed: Sequence[Filed], others: Sequence[Filed] | None) -> Iterator[Finding]:
    """Find municipalities that stand in two replies, or in a reply here and one to another questionnaire."""
    here = _members(rule, filed)
    there = here if others is None else _members(rule, others)
    for (by, member), repliers in here.items():
        both = repliers if others is None else tuple(dict.fromkeys(repliers + there.get((by, member), ())))
        twice = len(repliers) > 1 if others is None else (by, member) in there
        if twice:
            yield Finding(rule, by, both, shared=member)


def _members(rule: Across, filed: Sequence[Filed]) -> dict[tuple[Any, str], tuple[str, ...]]:
    members: dict[tuple[Any, str], tuple[str, ...]] = {}
    for municipality, contents in filed:
        for member in contents.value(rule.question) or ():
            key = (contents.value(rule.by), member)
            members[key] = (*members.get(key, ()), municipality)
    return members
