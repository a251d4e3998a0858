"""Reads a definition: TOML or JSON ends here, and every fault is told at once."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from pydantic import ValidationError

from questions.kinds.base import Option
from questions.kinds.registry import KINDS
from questions.labels import Label
from questions.model import Question, Questionnaire
from questions.problems import Context, Fault, FaultCode
from questions.retiring import living
from questions.soundness import faults_of_patterns, faults_of_references

CATALOGUE = "questions.catalogue"
QUESTION_KEYS = frozenset(Question.model_fields) - {"kind"}
OWN_KEYS = frozenset({"document", "digest", "past"})  # filled in here, never written in a definition
Lists = dict[str, list[Option]]


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
    return read_document(json.loads(text), stored=True)


def read_document(document: Mapping[str, Any], *, stored: bool = False) -> Questionnaire:
    """Read a definition as plain values. Raises FaultyDefinition with every fault that it has.

    ``stored``: it was taken in before, so that a pattern that would be refused today keeps nobody from reading it.
    """
    faults: list[Fault] = []
    shaped = _shaped(document, faults)
    questionnaire = None
    # A day or time of TOML is no value of any key, so that its text is never read back.
    canonical = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    try:
        questionnaire = Questionnaire.model_validate({**shaped, "document": canonical, "digest": digest})
        questionnaire = living(questionnaire)
    except ValidationError as found:
        faults += [_fault(error, _path(error["loc"], shaped)) for error in _own(found)]
    faults += faults_of_references(shaped)
    if not stored:
        faults += faults_of_patterns(shaped)
    if faults or questionnaire is None:
        raise FaultyDefinition(tuple(dict.fromkeys(faults)))
    return questionnaire


def _shaped(document: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """Turn the written form into the model's: choice lists put in, a kind's options gathered under it."""
    faults += [Fault(FaultCode.UNKNOWN_KEY, key, Context(found=document[key])) for key in OWN_KEYS & document.keys()]
    shaped = {key: value for key, value in document.items() if key not in {"choices", "sections", *OWN_KEYS}}
    lists = _lists(document.get("choices", {}), faults)
    shaped["sections"] = [_section(section, lists, faults) for section in _tables(document, "sections", "", faults)]
    return shaped


def _lists(written: Any, faults: list[Fault]) -> Lists:
    """Read the choice lists; a faulty choice is told once, here, and not again where it is used."""
    if not isinstance(written, Mapping):
        faults.append(Fault(FaultCode.WRONG_VALUE, "choices", Context(found=str(written)[:80])))
        return {}
    lists: Lists = {}
    for name, choices in written.items():
        if isinstance(choices, Mapping):
            lists[name] = [
                _choice(code, label, f"choices > {name} > {code}", faults) for code, label in choices.items()
            ]
        else:
            faults.append(Fault(FaultCode.WRONG_VALUE, f"choices > {name}", Context(found=str(choices)[:80])))
    return lists


def _choice(code: str, label: Any, address: str, faults: list[Fault]) -> Option:
    told: Any = dict(label) if isinstance(label, Mapping) else label
    retired = told.pop("retired", False) if isinstance(told, dict) else False
    try:
        return Option(code=code, label=told, retired=retired)
    except ValidationError as found:
        errors = found.errors(include_url=False)
        faults += [_fault(error, ".".join([address, *(str(step) for step in error["loc"][1:])])) for error in errors]
        return Option.model_construct(code=code, label=Label(ja="?", en="?"))


def _section(section: Mapping[str, Any], lists: Lists, faults: list[Fault]) -> dict[str, Any]:
    address = _name(section)
    if "items" in section:
        faults.append(Fault(FaultCode.UNKNOWN_KEY, f"{address}.items", Context(found="items")))
    written = _tables(section, "questions", f"{address}.", faults)
    items = [_item(item, lists, f"{address} > {_name(item)}", faults) for item in written]
    return {**{key: value for key, value in section.items() if key != "questions"}, "items": items}


def _item(item: Mapping[str, Any], lists: Lists, address: str, faults: list[Fault]) -> dict[str, Any]:
    if item.get("kind") != "table":
        return _question(item, lists, address, faults)
    written = _tables(item, "questions", f"{address}.", faults)
    columns = [_question(column, lists, f"{address} > {_name(column)}", faults) for column in written]
    return {**{key: value for key, value in item.items() if key != "kind"}, "questions": columns}


def _question(item: Mapping[str, Any], lists: Lists, address: str, faults: list[Fault]) -> dict[str, Any]:
    name = item.get("kind")
    question = {key: value for key, value in item.items() if key in QUESTION_KEYS}
    if not isinstance(name, str) or name not in KINDS:
        code = FaultCode.MISSING if name is None else FaultCode.UNKNOWN_KIND
        faults.append(Fault(code, f"{address}.kind", Context(found=name, known=tuple(KINDS))))
        return {**question, "kind": {"name": "line"}}
    options = {key: value for key, value in item.items() if key not in QUESTION_KEYS and key != "kind"}
    wanted = options.get("choices")
    if isinstance(wanted, str):
        if wanted not in lists:
            found = Context(found=wanted, known=tuple(lists))
            faults.append(Fault(FaultCode.UNKNOWN_CHOICE_LIST, f"{address}.choices", found))
        options["choices"] = lists.get(wanted, ANY_LIST)
    return {**question, "kind": {**options, "name": name}}


ANY_LIST = [Option(code="x", label=Label(ja="?", en="?"))]  # stands in for a list that is not there


def _tables(holder: Mapping[str, Any], key: str, address: str, faults: list[Fault]) -> Iterator[Mapping[str, Any]]:
    """Yield the tables of an array of tables; what is something else is a fault."""
    written = holder.get(key, [])
    for number, found in enumerate(written if isinstance(written, list) else [written]):
        if isinstance(found, Mapping):
            yield found
        else:
            faults.append(Fault(FaultCode.WRONG_VALUE, f"{address}{key}[{number}]", Context(found=str(found)[:80])))


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("name", "?"))


_CODES = {
    "missing": FaultCode.MISSING,
    "extra_forbidden": FaultCode.UNKNOWN_KEY,
    "bad_expression": FaultCode.BAD_EXPRESSION,
}


def _own(found: ValidationError) -> Iterator[Any]:
    """Yield pydantic's errors but those that only follow from another: a list is too short when its item is faulty.

    A missing message is told with the faults between the parts: pydantic looks for it in sound questions only.
    """
    errors = found.errors(include_url=False)
    for error in errors:
        size = len(error["loc"])
        inside = (other for other in errors if len(other["loc"]) > size and other["loc"][:size] == error["loc"])
        follows = error["type"] == "too_short" and any(inside)
        if not follows and error["type"] != "message_missing":
            yield error


def _fault(error: Any, address: str) -> Fault:
    code = _CODES.get(error["type"], FaultCode.WRONG_VALUE)
    context = Context({"found": str(error["input"])[:80], **error.get("ctx", {}), "detail": error["msg"]})
    return Fault(code, address, context)


def _path(location: tuple[int | str, ...], shaped: Any) -> str:
    """Say where a fault is, naming sections and questions rather than counting them."""
    names: list[str] = []
    keys: list[str] = []
    place = shaped
    before: int | str | None = None
    for number, step in enumerate(location, 1):
        holder, before = before, step
        if (isinstance(holder, int) and step in ("question", "table")) or (holder == "kind" and step in KINDS):
            continue  # says which of several models was tried
        place = _inside(place, step)
        passed = number < len(location)
        named = isinstance(place, Mapping) and "name" in place
        if isinstance(step, int) and (keys or (holder in ("checks", "across") and not named)):
            (keys or names)[-1] += f"[{step}]"
        elif isinstance(step, int):
            names.append(str(place["name"]) if named else f"{_WRITTEN.get(str(holder), holder)}[{step}]")
        elif step in ("checks", "across") and passed:
            names.append(step)
        elif step not in ("sections", "items", "questions", "guide", "kind") or not passed:
            keys.append(_WRITTEN.get(step, step))
    return ".".join([" > ".join(names), *keys] if names else keys)


_WRITTEN = {"items": "questions"}  # the model's word: the definition's


def _inside(place: Any, step: int | str) -> Any:
    try:
        return place[step]
    except (KeyError, IndexError, TypeError):
        return None
