"""Reads a definition: TOML or JSON ends here, and every fault is told at once."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from pydantic import ValidationError

from questions.kinds.registry import KINDS
from questions.model import Question, Questionnaire
from questions.problems import Context, Fault, FaultCode
from questions.soundness import faults_of_references

CATALOGUE = "questions.catalogue"
QUESTION_KEYS = frozenset(Question.model_fields) - {"kind"}


class FaultyDefinition(ValueError):
    """A definition with faults; ``faults`` holds them all, each with its address."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.address}: {fault.code}" for fault in faults))
        self.faults = faults


def catalogue() -> tuple[str, ...]:
    """Return the names of the questionnaires that come with the program."""
    files = resources.files(CATALOGUE).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def read_catalogue(name: str) -> Questionnaire:
    """Read a questionnaire that comes with the program. Raises LookupError, FaultyDefinition."""
    if name not in catalogue():
        raise LookupError(name)
    return read_toml(resources.files(CATALOGUE).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def read_toml(text: str) -> Questionnaire:
    """Read a definition in TOML. Raises FaultyDefinition."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise FaultyDefinition((Fault(FaultCode.NOT_TOML, "", Context(detail=str(fault))),)) from fault
    return read_document(document)


def read_stored(text: str) -> Questionnaire:
    """Read a definition as it was stored (``Questionnaire.document``). Raises FaultyDefinition."""
    return read_document(json.loads(text))


def read_document(document: Mapping[str, Any]) -> Questionnaire:
    """Read a definition as plain values. Raises FaultyDefinition with every fault that it has."""
    faults: list[Fault] = []
    shaped = _shaped(document, faults)
    questionnaire = None
    canonical = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    try:
        questionnaire = Questionnaire.model_validate({**shaped, "document": canonical, "digest": digest})
    except ValidationError as found:
        faults += [_fault(error, shaped) for error in found.errors(include_url=False)]
    faults += faults_of_references(shaped)
    if faults or questionnaire is None:
        raise FaultyDefinition(tuple(dict.fromkeys(faults)))
    return questionnaire


def _shaped(document: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """Turn the written form into the model's: choice lists put in, a kind's options gathered under it."""
    shaped = {key: value for key, value in document.items() if key != "choices"}
    lists = {
        name: [{"code": code, "label": label} for code, label in choices.items()]
        for name, choices in _mapping(document.get("choices")).items()
        if isinstance(choices, Mapping)
    }
    shaped["sections"] = [
        {
            **{key: value for key, value in section.items() if key != "questions"},
            "items": [_item(item, lists, _address(section, item), faults) for item in _list(section, "questions")],
        }
        for section in _list(document, "sections")
    ]
    return shaped


def _item(item: dict[str, Any], lists: dict[str, Any], address: str, faults: list[Fault]) -> dict[str, Any]:
    if item.get("kind") == "table":
        columns = [_item(column, lists, f"{address} > {_name(column)}", faults) for column in _list(item, "questions")]
        return {**{key: value for key, value in item.items() if key != "kind"}, "questions": columns}
    name = item.get("kind")
    if name not in KINDS:
        code = FaultCode.MISSING if name is None else FaultCode.UNKNOWN_KIND
        faults.append(Fault(code, f"{address}.kind", Context(found=name, known=tuple(KINDS))))
        name = "line"
    options = {key: value for key, value in item.items() if key not in QUESTION_KEYS and key != "kind"}
    if isinstance(options.get("choices"), str):
        if options["choices"] not in lists:
            found = Context(found=options["choices"], known=tuple(lists))
            faults.append(Fault(FaultCode.UNKNOWN_CHOICE_LIST, f"{address}.choices", found))
            lists = {**lists, options["choices"]: [{"code": "x", "label": {"ja": "x", "en": "x"}}]}
        options["choices"] = lists[options["choices"]]
    if item.get("kind") not in KINDS:
        options = {}
    return {**{key: value for key, value in item.items() if key in QUESTION_KEYS}, "kind": {"name": name, **options}}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(holder: Mapping[str, Any], key: str) -> Iterator[dict[str, Any]]:
    found = holder.get(key)
    return (item for item in found if isinstance(item, dict)) if isinstance(found, list) else iter(())


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("name", "?"))


def _address(section: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    return f"{_name(section)} > {_name(item)}"


_CODES = {
    "missing": FaultCode.MISSING,
    "extra_forbidden": FaultCode.UNKNOWN_KEY,
    "bad_expression": FaultCode.BAD_EXPRESSION,
    "message_missing": FaultCode.MESSAGE_MISSING,
}


def _fault(error: Any, shaped: Mapping[str, Any]) -> Fault:
    """Turn one of pydantic's errors into a fault with the address in the questionnaire's own names."""
    code = _CODES.get(error["type"], FaultCode.WRONG_VALUE)
    context = Context(**error.get("ctx", {}), detail=error["msg"], found=str(error["input"])[:80])
    return Fault(code, _path(error["loc"], shaped), context)


def _path(location: tuple[int | str, ...], shaped: Any) -> str:
    """Say where a fault is, naming sections and questions rather than counting them."""
    names: list[str] = []
    keys: list[str] = []
    place = shaped
    for step in location:
        if step in ("Question", "Table", "kind", "items", "questions", "sections") or step in KINDS:
            if isinstance(place, Mapping) and step in place:
                place = place[step]
            continue
        try:
            place = place[step]
        except (KeyError, IndexError, TypeError):
            place = None
        if isinstance(step, int) and isinstance(place, Mapping) and "name" in place:
            names.append(str(place["name"]))
        else:
            keys.append(f"[{step}]" if isinstance(step, int) else str(step))
    return ".".join([" > ".join(names), *keys] if names else keys)
