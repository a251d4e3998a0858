"""Looks for faults between the parts of a definition: names, references, codes, circles.

It works on the written form, so that these faults are told together with those of the single parts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questions.expressions.nodes import Call, Comparison, Expression, Itself, Node, Reference, Text
from questions.expressions.parser import BadExpression, parse
from questions.kinds.base import Option
from questions.kinds.choices import NO, YES
from questions.patterns import LONGEST_PATTERN, objection
from questions.problems import Context, Fault, FaultCode

Item = Mapping[str, Any]
RESERVED = frozenset(
    {"seen", "shown", "go", "next", "page", "by", "remove", "token", "csrf_token", "confirm", "rows", "theirs", "spare"}
    | {"password", "password_present", "password_new", "password_again"}
)
"""Names that the forms themselves use."""
EXPRESSIONS = ("relevant", "required_when", "constraint")


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
        kind = _mapping(self.questions.get(name, {}).get("kind"))
        if kind.get("name") == "yesno":
            return {YES, NO}
        choices = kind.get("choices")
        return {choice.code for choice in choices if isinstance(choice, Option)} if isinstance(choices, list) else None


def _mapping(value: Any) -> Item:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Item]:
    """The tables of an array; what is something else is told by the model."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def faults_of_references(shaped: Item) -> list[Fault]:
    """Return the faults between the parts of a definition that has been brought into the model's form."""
    names = _names(shaped)
    faults = [Fault(FaultCode.DUPLICATE_NAME, name) for name in names.duplicates]
    taken = RESERVED.intersection([*names.questions, *names.tables])
    faults += [Fault(FaultCode.RESERVED_NAME, name) for name in sorted(taken)]
    for address, source, at_an_answer in _sources(shaped):
        try:
            expression = parse(source)
        except BadExpression:
            continue  # told by the model
        if not at_an_answer and Itself() in expression.nodes():
            faults.append(Fault(FaultCode.BAD_EXPRESSION, address, Context(found=".", source=source)))
        faults += _faults_in(expression, address, names)
    faults += _faults_of_pointers(shaped, names)
    faults += _missing_messages(shaped)
    return faults + _circles(shaped)


def _items(shaped: Item) -> Iterator[tuple[str, Item]]:
    """Yield every question, table and column with its address."""
    for section in shaped["sections"]:
        for item in section["items"]:
            address = f"{section.get('name', '?')} > {item.get('name', '?')}"
            yield address, item
            for column in item.get("questions", ()):
                yield f"{address} > {column.get('name', '?')}", column


def _names(shaped: Item) -> _Names:
    constants = [str(name) for name in _mapping(shaped.get("constants"))]
    names = _Names(constants=set(constants))
    for _, item in _items(shaped):
        (names.tables if "questions" in item else names.questions)[str(item.get("name"))] = item
    checks = [str(check.get("name")) for check in _mappings(shaped.get("checks"))]
    sections = [str(section.get("name")) for section in shaped["sections"]]
    # A table may bear the name of its section, never of another question.
    for group in ([*(str(item.get("name")) for _, item in _items(shaped)), *constants], sections, checks):
        names.duplicates += [name for name, times in Counter(group).items() if times > 1]
    return names


def _sources(shaped: Item) -> Iterator[tuple[str, str, bool]]:
    """Yield the address and source of every expression, and whether it has an answer to stand at (``.``)."""
    for section in shaped["sections"]:
        if isinstance(section.get("relevant"), str):
            yield f"{section.get('name')}.relevant", section["relevant"], False
    for address, item in _items(shaped):
        for key in EXPRESSIONS:
            if isinstance(item.get(key), str):
                yield f"{address}.{key}", item[key], key == "constraint"
    for check in _mappings(shaped.get("checks")):
        if isinstance(check.get("expression"), str):
            yield f"checks > {check.get('name')}.expression", check["expression"], True


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


def _faults_of_pointers(shaped: Item, names: _Names) -> Iterator[Fault]:
    """Look at the keys that name a question outside expressions."""
    nil = _mapping(shaped.get("nil"))
    asked = {name: item for name, item in names.questions.items() if item.get("retired") is not True}
    pointers = [("nil.question", nil.get("question"), asked)]
    for check in _mappings(shaped.get("checks")):
        pointers.append((f"checks > {check.get('name')}.at", check.get("at"), {**names.questions, **names.tables}))
    for rule in _mappings(shaped.get("across")):
        for key in ("question", "by"):
            pointers.append((f"across > {rule.get('name')}.{key}", rule.get(key), asked))
    for address, item in _items(shaped):
        columns = {str(one.get("name")): one for one in item.get("questions", ()) if str(one.get("name")) in asked}
        named = {"rank": item.get("rank"), **_mapping(item.get("need"))} if columns else {}
        pointers += [(f"{address}.{key}", name, columns) for key, name in named.items()]
    for address, name, known in pointers:
        if name is not None and str(name) not in known:
            yield Fault(FaultCode.UNKNOWN_QUESTION, address, Context(found=str(name)))
    codes, choice = names.codes(str(nil.get("question"))), nil.get("choice")
    if codes is not None and str(choice) not in codes:
        yield Fault(FaultCode.UNKNOWN_CODE, "nil.choice", Context(found=str(choice), question=str(nil["question"])))


def _missing_messages(shaped: Item) -> Iterator[Fault]:
    """What can be refused by a rule of the definition says in the definition what is wrong."""
    for address, item in _items(shaped):
        rules = ((item, "constraint"), (item, "required_when"), (_mapping(item.get("kind")), "pattern"))
        for holder, key in rules:
            message = f"{key.removesuffix('_when')}_message"
            if holder.get(key) is not None and holder.get(message) is None:
                yield Fault(FaultCode.MESSAGE_MISSING, f"{address}.{message}")


def faults_of_patterns(shaped: Item) -> Iterator[Fault]:
    """Yield the patterns to which there is an objection; a definition that is stored already may hold them."""
    for address, item in _items(shaped):
        pattern = _mapping(item.get("kind")).get("pattern")
        if not isinstance(pattern, str):
            continue
        if (reason := objection(pattern)) is not None:
            context = Context(found=pattern[:80], objection=reason, longest=LONGEST_PATTERN)
            yield Fault(FaultCode.PATTERN_REFUSED, f"{address}.pattern", context)


def _circles(shaped: Item) -> list[Fault]:
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
