"""Looks for faults between the parts of a definition: names, references, codes, circles.

It works on the written form, so that these faults are told together with those of the single parts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questions.expressions.nodes import Call, Comparison, Expression, Node, Reference, Text
from questions.expressions.parser import BadExpression, parse
from questions.problems import Context, Fault, FaultCode

Item = Mapping[str, Any]
EXPRESSIONS = ("relevant", "constraint")


@dataclass
class _Names:
    """What can be referred to."""

    questions: dict[str, Item] = field(default_factory=dict)
    tables: dict[str, Item] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    duplicates: list[str] = field(default_factory=list)

    def known(self, name: str) -> bool:
        return name in self.questions or name in self.tables or name in self.constants

    def codes(self, name: str) -> set[str] | None:
        """The codes that can be chosen; None when the question has no fixed choices."""
        kind = self.questions.get(name, {}).get("kind", {})
        if kind.get("name") == "yesno":
            return {"1", "0"}
        choices = kind.get("choices")
        return {choice["code"] for choice in choices} if choices else None


def faults_of_references(shaped: Mapping[str, Any]) -> list[Fault]:
    """Return the faults between the parts of a definition that has been brought into the model's form."""
    names = _names(shaped)
    faults = [Fault(FaultCode.DUPLICATE_NAME, name) for name in names.duplicates]
    for address, source in _sources(shaped):
        try:
            expression = parse(source)
        except BadExpression:
            continue  # told by the model
        faults += _faults_in(expression, address, names)
    faults += _faults_of_pointers(shaped, names)
    return faults + _circles(shaped)


def _items(shaped: Mapping[str, Any]) -> Iterator[tuple[str, Item]]:
    """Yield every question, table and column with its address."""
    for section in shaped["sections"]:
        for item in section["items"]:
            address = f"{section.get('name', '?')} > {item.get('name', '?')}"
            yield address, item
            for column in item.get("questions", ()):
                yield f"{address} > {column.get('name', '?')}", column


def _names(shaped: Mapping[str, Any]) -> _Names:
    names = _Names(constants=set(shaped.get("constants", {})))
    for _, item in _items(shaped):
        (names.tables if "questions" in item else names.questions)[str(item.get("name"))] = item
    counted = Counter(str(item.get("name")) for _, item in _items(shaped))
    # A table may bear the name of its section, never of another question.
    names.duplicates = [name for name, times in counted.items() if times > 1]
    sections = Counter(str(section.get("name")) for section in shaped["sections"])
    names.duplicates += [name for name, times in sections.items() if times > 1]
    checks = Counter(str(check.get("name")) for check in shaped.get("checks", ()))
    names.duplicates += [name for name, times in checks.items() if times > 1]
    return names


def _sources(shaped: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in shaped["sections"]:
        if isinstance(section.get("relevant"), str):
            yield f"{section.get('name')}.relevant", section["relevant"]
    for address, item in _items(shaped):
        for key in EXPRESSIONS:
            if isinstance(item.get(key), str):
                yield f"{address}.{key}", item[key]
    for check in shaped.get("checks", ()):
        if isinstance(check.get("expression"), str):
            yield f"checks > {check.get('name')}.expression", check["expression"]


def _faults_in(expression: Expression, address: str, names: _Names) -> Iterator[Fault]:
    for name in expression.references():
        if not names.known(name):
            yield Fault(FaultCode.UNKNOWN_QUESTION, address, Context(found=name))
    for node in expression.nodes():
        for name, code in _compared_codes(node):
            codes = names.codes(name)
            if codes is not None and code not in codes:
                yield Fault(FaultCode.UNKNOWN_CODE, address, Context(found=code, question=name))


def _compared_codes(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Comparison(_, Reference(name), Text(code)) | Comparison(_, Text(code), Reference(name)):
            yield name, code
        case Call("selected", (Reference(name), Text(code))):
            yield name, code


def _faults_of_pointers(shaped: Mapping[str, Any], names: _Names) -> Iterator[Fault]:
    """Look at the keys that name a question outside expressions."""
    nil = shaped.get("nil")
    if isinstance(nil, Mapping):
        codes = names.codes(str(nil.get("question")))
        if str(nil.get("question")) not in names.questions:
            yield Fault(FaultCode.UNKNOWN_QUESTION, "nil.question", Context(found=str(nil.get("question"))))
        elif codes is not None and nil.get("choice") not in codes:
            yield Fault(FaultCode.UNKNOWN_CODE, "nil.choice", Context(found=str(nil.get("choice")), question=str(nil.get("question"))))
    for check in shaped.get("checks", ()):
        if not names.known(str(check.get("at"))):
            yield Fault(FaultCode.UNKNOWN_QUESTION, f"checks > {check.get('name')}.at", Context(found=str(check.get("at"))))
    for rule in shaped.get("across", ()):
        for key in ("question", "by"):
            if str(rule.get(key)) not in names.questions:
                address = f"across > {rule.get('name')}.{key}"
                yield Fault(FaultCode.UNKNOWN_QUESTION, address, Context(found=str(rule.get(key))))
    for address, item in _items(shaped):
        columns = {column.get("name") for column in item.get("questions", ())}
        named = {"rank": item.get("rank"), **(item.get("need") or {})} if columns else {}
        for key, name in named.items():
            if name is not None and name not in columns:
                yield Fault(FaultCode.UNKNOWN_QUESTION, f"{address}.{key}", Context(found=str(name)))


def _circles(shaped: Mapping[str, Any]) -> list[Fault]:
    """Find questions that are asked depending on themselves."""
    edges: dict[str, set[str]] = {}
    for section in shaped["sections"]:
        outer = _references(section)
        for item in section["items"]:
            inner = outer | _references(item)
            edges[str(item.get("name"))] = inner
            for column in item.get("questions", ()):
                edges[str(column.get("name"))] = inner | _references(column)
    return [Fault(FaultCode.CIRCULAR, name) for name in edges if name in _reached(name, edges)]


def _references(item: Item) -> set[str]:
    source = item.get("relevant")
    try:
        return set(parse(source).references()) if isinstance(source, str) else set()
    except BadExpression:
        return set()


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += edges.get(name, ())
    return seen
