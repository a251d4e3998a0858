"""Finds the kinds: every concrete class in the files of this folder."""

import importlib
import inspect
import pkgutil
from typing import Any

from questions import kinds
from questions.kinds.base import Kind


def _found() -> dict[str, type[Kind[Any]]]:
    by_name: dict[str, type[Kind[Any]]] = {}
    for module in pkgutil.iter_modules(kinds.__path__):
        if module.name == "registry":
            continue
        for _, member in inspect.getmembers(importlib.import_module(f"questions.kinds.{module.name}"), inspect.isclass):
            if issubclass(member, Kind) and "name" in member.__annotations__ and not inspect.isabstract(member):
                by_name[member.model_fields["name"].default] = member
    return dict(sorted(by_name.items()))


KINDS: dict[str, type[Kind[Any]]] = _found()
"""Every kind by the name that definitions use."""
