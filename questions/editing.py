"""Single edits of a definition that is answered already. Each returns a changed copy; what they make is read after.

Names and codes are given here and never used again; nothing is taken away but checks, which hold no answers.
"""

import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.carrying_over import Node, find, nodes

_NUMBERED = re.compile(r"(?P<stem>[A-Za-z][A-Za-z0-9_]*?)(?P<number>[0-9]+)")


@dataclass(frozen=True)
class Wording:
    """The words of a question: each a pair of Japanese and English, None where there is none."""

    label: Mapping[str, str]
    hint: Mapping[str, str] | None = None
    example: str | None = None
    required: bool = False


def reworded(document: Node, name: str, wording: Wording) -> Node:
    """Return a definition in which a question or table has other words. Raises KeyError."""
    changed = copy.deepcopy(document)
    node = find(changed, name)
    node["label"] = dict(wording.label)
    _put(node, "hint", None if wording.hint is None else dict(wording.hint))
    if "questions" not in node:
        _put(node, "example", wording.example)
    _put(node, "required", wording.required or None)
    return changed


def with_question(document: Node, after: str, question: Node, choices: Mapping[str, Mapping[str, str]]) -> Node:
    """Return a definition with a question behind another, with a list of choices of its own. Raises KeyError."""
    changed = copy.deepcopy(document)
    new = dict(question)
    if choices:
        new["choices"] = _free_list(changed, f"{new['name']}_choices")
        changed.setdefault("choices", {})[new["choices"]] = {code: dict(label) for code, label in choices.items()}
    holder = _holder(changed, after)
    holder.insert([node["name"] for node in holder].index(after) + 1, new)
    return changed


def retired(document: Node, name: str, *, yes: bool = True) -> Node:
    """Return a definition that no longer asks a question or table, or asks it again. Raises KeyError."""
    changed = copy.deepcopy(document)
    _put(find(changed, name), "retired", yes or None)
    return changed


def moved(document: Node, name: str, by: int) -> Node:
    """Return a definition in which a question stands one place higher (-1) or lower (1); at the end it stays.

    What is retired is passed over, for nobody sees it. Raises KeyError.
    """
    changed = copy.deepcopy(document)
    holder = _holder(changed, name)
    place = [node["name"] for node in holder].index(name)
    goal = place + by
    while 0 <= goal < len(holder) and holder[goal].get("retired"):
        goal += by
    if 0 <= goal < len(holder):
        holder.insert(goal, holder.pop(place))
    return changed


def with_option(document: Node, name: str, code: str, label: Mapping[str, str]) -> Node:
    """Return a definition in which a question offers one more choice, behind the others. Raises KeyError."""
    changed = copy.deepcopy(document)
    _options_of(changed, name)[code] = dict(label)
    return changed


def option_reworded(document: Node, name: str, code: str, label: Mapping[str, str]) -> Node:
    """Return a definition in which a choice has another label. Raises KeyError."""
    changed = copy.deepcopy(document)
    options = _options_of(changed, name)
    kept = {"retired": True} if options[code].get("retired") else {}
    options[code] = {**label, **kept}
    return changed


def option_retired(document: Node, name: str, code: str, *, yes: bool = True) -> Node:
    """Return a definition in which a choice is no longer offered, or is again. Raises KeyError."""
    changed = copy.deepcopy(document)
    _put(_options_of(changed, name)[code], "retired", yes or None)
    return changed


def with_check(document: Node, check: Node) -> Node:
    """Return a definition with a check more, or with another of the same name."""
    changed = copy.deepcopy(document)
    checks = changed.setdefault("checks", [])
    place = next((number for number, one in enumerate(checks) if one["name"] == check["name"]), len(checks))
    checks[place : place + 1] = [dict(check)]
    return changed


def without_check(document: Node, name: str) -> Node:
    """Return a definition without a check."""
    changed = copy.deepcopy(document)
    changed["checks"] = [one for one in changed.get("checks", ()) if one["name"] != name]
    return changed


def sharing(document: Node, name: str) -> tuple[str, ...]:
    """Return the other questions that offer the same list of choices."""
    listed = find(document, name).get("choices")
    same = (str(node["name"]) for node in nodes(document) if listed is not None and node.get("choices") == listed)
    return tuple(one for one in same if one != name)


def next_name(document: Node, after: str, taken: Collection[str]) -> str:
    """Return a name for a question behind another, in the manner of its neighbours: B7 where B6 is the last."""
    used = {*taken, *_names(document)}
    found = _NUMBERED.fullmatch(after)
    stem = found["stem"] if found else f"{after}_"
    ends = [one.removeprefix(stem) for one in used if one.startswith(stem)]
    return _free(stem, max((int(end) for end in ends if end.isdecimal()), default=0) + 1, used)


def next_code(codes: Collection[str], taken: Collection[str] = ()) -> str:
    """Return a code for a further choice: x1, x2 and so on."""
    return _free("x", 1, {*codes, *taken})


def next_check(document: Node, taken: Collection[str]) -> str:
    """Return a name for a further check."""
    return _free("added", 1, {*taken, *(str(one["name"]) for one in document.get("checks", ()))})


def _free(stem: str, number: int, used: Collection[str]) -> str:
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def _free_list(document: Node, wanted: str) -> str:
    used = document.get("choices", {})
    return wanted if wanted not in used else _free(f"{wanted}_", 2, used)


def _names(document: Node) -> Iterator[str]:
    yield from document.get("constants", {})
    yield from (section["name"] for section in document["sections"])
    yield from (str(node["name"]) for node in nodes(document))


def _holder(document: Node, name: str) -> list[Node]:
    """Return the list in which a question, table or column stands. Raises KeyError."""
    holders: list[Sequence[Any]] = [section["questions"] for section in document["sections"]]
    holders += [node["questions"] for node in nodes(document) if "questions" in node]
    for holder in holders:
        if any(one["name"] == name for one in holder) and isinstance(holder, list):
            return holder
    raise KeyError(name)


def _options_of(document: Node, name: str) -> Node:
    listed = find(document, name).get("choices")
    if not isinstance(listed, str):
        raise KeyError(name)
    options: Node = document["choices"][listed]
    return options


def _put(node: Node, key: str, value: Any) -> None:
    if value is None:
        node.pop(key, None)
    else:
        node[key] = value
