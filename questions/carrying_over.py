"""A changed definition of a questionnaire that is answered already: what it leaves out is retired, never gone."""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from questions.model import Questionnaire
from questions.reading import read_document

Node = dict[str, Any]
"""A section, question or table as it is written in a definition."""


def revised(before: Questionnaire, wanted: Mapping[str, Any]) -> Questionnaire:
    """Return what a changed definition comes to, with all that it leaves out as retired, in the place where it was.

    ``wanted``: plain values as ``read_document`` takes them. Raises FaultyDefinition.
    """
    document: Node = copy.deepcopy(dict(wanted))
    was: Node = json.loads(before.document)
    document.setdefault("choices", {})
    _keep_options(document, was)
    _keep_items(document, was)
    if not document["choices"]:
        del document["choices"]
    return read_document(document, stored=True)  # its patterns are those of before


def nodes(document: Mapping[str, Any]) -> Iterator[Node]:
    """Yield every question, table and column of a definition, a table before its columns."""
    for section in document.get("sections", ()):
        for item in section.get("questions", ()):
            yield item
            yield from item.get("questions", ())


def find(document: Mapping[str, Any], name: str) -> Node:
    """Return a question, table or column. Raises KeyError."""
    return {str(node.get("name")): node for node in nodes(document)}[name]


def _keep_options(document: Node, was: Node) -> None:
    """Add the options that are no longer listed to the lists, retired."""
    before = {node["name"]: node for node in nodes(was)}
    for node in nodes(document):
        earlier = before.get(str(node.get("name")), {})
        listed, wanted = earlier.get("choices"), node.get("choices")
        if not isinstance(listed, str) or not isinstance(wanted, str):
            continue
        present = document["choices"].get(wanted)
        if isinstance(present, dict):
            for code, label in was["choices"][listed].items():
                present.setdefault(code, {**label, "retired": True})


def _keep_items(document: Node, was: Node) -> None:
    present = {str(node.get("name")) for node in nodes(document)}
    sections = document.get("sections")
    if not isinstance(sections, list):
        return
    for place, section in enumerate(was["sections"]):
        lost = [one for one in section["questions"] if one["name"] not in present]
        now = next((one for one in sections if one.get("name") == section["name"]), None)
        if now is None and lost:
            now = {**section, "questions": []}
            _insert(sections, now, [one["name"] for one in was["sections"][:place]])
        if now is not None:
            _keep_below(document, was, now, section)
    for node in nodes(was):
        now = next((one for one in nodes(document) if one.get("name") == node["name"]), None)
        if now is not None and "questions" in node and "questions" in now:
            _keep_below(document, was, now, node)


def _keep_below(document: Node, was: Node, now: Node, holder: Node) -> None:
    """Put what one section or table no longer holds, and nothing else does, back into it."""
    order = [one["name"] for one in holder["questions"]]
    present = {str(node.get("name")) for node in nodes(document)}
    for place, item in enumerate(holder["questions"]):
        if item["name"] not in present:
            kept = copy.deepcopy(item)
            kept["retired"] = True
            for node in (kept, *kept.get("questions", ())):
                _keep_list(document, was, node)
            _insert(now["questions"], kept, order[:place])


def _insert(holder: list[Node], item: Node, before: list[str]) -> None:
    """Insert behind the nearest of those that stood before it; first when none of them is left."""
    places = {str(one.get("name")): place for place, one in enumerate(holder)}
    nearest = next((places[name] for name in reversed(before) if name in places), -1)
    holder.insert(nearest + 1, item)


def _keep_list(document: Node, was: Node, node: Node) -> None:
    """See to it that the list of a retired question is there, under a name of its own where it became another."""
    listed = node.get("choices")
    if not isinstance(listed, str):
        return
    wanted, lists = was["choices"][listed], document["choices"]
    name, number = listed, 1
    while name in lists and any(lists[name].get(code) != label for code, label in wanted.items()):
        number += 1
        name = f"{listed}_{number}"
    lists.setdefault(name, copy.deepcopy(wanted))
    node["choices"] = name
