"""Names of columns as SPSS and Stata take them: letters, digits and _, short, unlike each other and unlike words."""

import re
from collections.abc import Iterable

LONGEST_NAME = 32  # in Stata; SPSS takes 64 bytes, and one name for both is one thing less to look up
_WORDS = frozenset(
    {
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
        *("byte", "double", "float", "if", "in", "int", "long", "str", "strl", "using"),
        *("aggregate", "array", "boolean", "break", "const", "continue"),
    }
)
_NUMBERED_WORD = re.compile(r"str[0-9]+\Z")


def legal_names(names: Iterable[str]) -> dict[str, str]:
    """Return a legal name for each name, in order: the name itself where it is one, B4.HR as B4_HR.

    No two differ by capitals only. Raises nothing: what remains alike is numbered.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        legal = _legal(name)
        made, number = legal, 1
        while made.lower() in taken:
            number += 1
            ending = f"_{number}"
            made = legal[: LONGEST_NAME - len(ending)] + ending
        taken.add(made.lower())
        found[name] = made
    return found


def _legal(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
    if not plain[:1].isalpha():
        plain = f"q_{plain}"
    shortened = _shortened(plain).rstrip("_") or "q"
    return f"q_{shortened}"[:LONGEST_NAME] if _is_word(shortened) else shortened


def _shortened(name: str) -> str:
    """Cut the middle out of a long name: its end tells it apart."""
    if len(name) <= LONGEST_NAME:
        return name
    half = (LONGEST_NAME - 1) // 2
    return f"{name[: LONGEST_NAME - half - 1]}_{name[-half:]}"


def _is_word(name: str) -> bool:
    return name.lower() in _WORDS or _NUMBERED_WORD.match(name.lower()) is not None


def shortened_label(label: str, most: int, *, in_bytes: bool) -> str:
    """Return a label that fits; one that was cut ends with … (the codebook holds it whole)."""
    text = " ".join(label.split())
    if _length(text, in_bytes=in_bytes) <= most:
        return text
    while _length(f"{text}…", in_bytes=in_bytes) > most:
        text = text[:-1]
    return f"{text}…"


def _length(text: str, *, in_bytes: bool) -> int:
    return len(text.encode()) if in_bytes else len(text)
