"""Conditions as XLSForms hold them: read as they are, or told with what to write instead."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exports.xlsform.findings import Sign
from exports.xlsform.ledger import Cell, Ledger
from questions.expressions.nodes import Comparison, Expression, Text
from questions.expressions.parser import FUNCTIONS, BadExpression, parse

_WRITTEN_OTHERWISE: tuple[tuple[str, str], ...] = (
    (r"[‘’′`´]", "'"),
    (r"[“”″]", '"'),
    (r"≧|≥|=>", ">="),
    (r"≦|≤|=<", "<="),
    (r"≠|<>", "!="),
    (r"==+", "="),
    (r"\s*&&\s*", " and "),
    (r"\s*\|\|\s*", " or "),
    (r"\bAND\b", "and"),
    (r"\bOR\b", "or"),
    (r"\bNOT\b", "not"),
    (r"×", "*"),
    (r"÷|(?<=[\s)}])/(?=[\s(${\d])", " div "),
    (r"\bdate\s*\(\s*('[^']*'|\"[^\"]*\")\s*\)", r"\1"),
    (r"\b(?:int|number|string|boolean|decimal-date|once)\s*\(\s*(\.|\$\{[^}]*\}|[\d.]+)\s*\)", r"\1"),
    (r"\b(?:now|today)\s*\(\s*\)", "today()"),
    (r"\$\{\s*(?:today|start|end)\s*\}", "today()"),
    (r"\bjr:choice-name\s*\(\s*(\$\{[^}]*\})\s*,[^)]*\)", r"\1"),
    (r"\btrue\b(?!\s*\()", "true()"),
    (r"\bfalse\b(?!\s*\()", "false()"),
    (r"\bstrlen\s*\(", "string-length("),
)
"""What is often written otherwise than XPath or we do, and what to write."""
_BLANK = r"(\$\{[^}]*\}|\.)\s*=\s*(?:''|\"\")"
_REGEX = re.compile(r"\s*regex\s*\(\s*\.\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")
_CALLED = re.compile(r"([A-Za-z][\w:-]*)\s*\(")


def read_condition(cell: Cell, names: Mapping[str, str], ledger: Ledger) -> str | None:
    """Return the source of a condition that can be read; None, with a finding, for one that cannot.

    ``names``: what to write for names that cannot be used.
    """
    source = cell.text.strip()
    try:
        expression = parse(source)
    except BadExpression as fault:
        context: dict[str, Any] = {"place": fault.place, "found": fault.found, "expected": fault.expected}
        ledger.say(
            Sign.BAD_EXPRESSION, cell, **context, function=_unknown_function(source), instead=_mended(source, names)
        )
        return None
    if any(_compares_with_blank(expression)):
        ledger.say(Sign.COMPARED_WITH_BLANK, cell, instead=re.sub(_BLANK, r"not(\1 != '')", source))
    return source


def _compares_with_blank(expression: Expression) -> Iterator[bool]:
    """A comparison with an unanswered question is never true with us, so that = '' would never hold."""
    for node in expression.nodes():
        if isinstance(node, Comparison) and node.sign == "=":
            yield Text("") in (node.left, node.right)


def _mended(source: str, names: Mapping[str, str]) -> str:
    """Return what the source probably means, when that can be read; "" otherwise."""
    text = unicodedata.normalize("NFKC", source)
    for pattern, instead in _WRITTEN_OTHERWISE:
        text = re.sub(pattern, instead, text)
    for name, instead in names.items():
        text = text.replace(f"${{{name}}}", f"${{{instead}}}")
    try:
        parse(text.strip())
    except BadExpression:
        return ""
    return " ".join(text.split())


def _unknown_function(source: str) -> str:
    """Return the first function that we do not know."""
    called = (found[1] for found in _CALLED.finditer(source))
    return next((name for name in called if name not in FUNCTIONS and name not in ("and", "or", "div", "mod")), "")


def pattern_of(source: str) -> str | None:
    """Return the pattern of a constraint that is nothing but a call of regex(); None for any other."""
    found = _REGEX.fullmatch(source)
    if found is None:
        return None
    return found[1] if found[1] is not None else found[2]


def both(conditions: Sequence[str]) -> str:
    """Return a condition that holds when all of some hold."""
    return conditions[0] if len(conditions) == 1 else " and ".join(f"({one})" for one in conditions)
