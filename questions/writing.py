"""Writes a definition as TOML, in the form of the catalogue, so that people can read and change it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_TOML = re.compile("[\x7f\u2028\u2029]")


def toml_text(document: Mapping[str, Any]) -> str:
    """Return a definition as TOML; ``questions.reading.read_toml`` gives the same questionnaire again.

    ``document``: plain values as ``read_document`` takes them. What is None is left out.
    """
    return "\n".join(_table(document, ())).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table: its own values first, then the tables in it."""
    later: list[tuple[str, Any]] = []
    for key, value in table.items():
        if _stands_apart(key, value, path):
            later.append((key, value))
        elif value is not None:
            yield f"{_key(key)} = {_listed(value) if _many(value) else _value(value)}"
    for key, value in later:
        below = (*path, key)
        name = ".".join(_key(step) for step in below)
        if isinstance(value, Mapping):
            if not all(_stands_apart(inner, one, below) for inner, one in value.items()):
                yield f"\n[{name}]"
            yield from _table(value, below)
            continue
        for one in value:
            yield f"\n[[{name}]]"
            yield from _table(one, below)


def _stands_apart(key: str, value: Any, path: tuple[str, ...]) -> bool:
    """Is it written under a heading of its own: lists of choices, constants, sections, questions, rules?"""
    if isinstance(value, Mapping):
        return path in ((), ("choices",), ("constants",)) and not {"ja", "question"} & value.keys()
    return key in ("sections", "questions", "checks", "across") and _many(value)


def _many(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(one, Mapping) for one in value)


def _listed(values: Sequence[Any]) -> str:
    return "[\n" + "".join(f"    {_value(one)},\n" for one in values) + "]"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items() if one is not None) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value)


def _text(text: str) -> str:
    """A text in quotation marks: JSON's escapes are TOML's, but for what JSON leaves as it is."""
    written = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_TOML.sub(lambda found: f"\\u{ord(found[0]):04X}", written)
