"""What the column ``type`` of an XLSForm says, and which of our kinds it is."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from exports.xlsform.headings import plain
from questions.kinds.registry import KINDS


class Shape(Enum):
    """What a row of the sheet ``survey`` is."""

    QUESTION = auto()
    BEGIN_GROUP = auto()
    END_GROUP = auto()
    BEGIN_REPEAT = auto()
    END_REPEAT = auto()
    NOTE = auto()
    CALCULATE = auto()
    IGNORED = auto()  # what a device would record by itself
    UNSUPPORTED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Type:
    """A type as it was read. ``word``: its name in XLSForm; ``choices``: its list; ``other``: or_other was said."""

    shape: Shape
    word: str
    choices: str = ""
    other: bool = False


_BRACKETS = {
    "begin group": Shape.BEGIN_GROUP,
    "end group": Shape.END_GROUP,
    "begin repeat": Shape.BEGIN_REPEAT,
    "end repeat": Shape.END_REPEAT,
}
_OTHER_WORDS = {
    "string": "text",
    "int": "integer",
    "photo": "image",
    "trigger": "acknowledge",
    "datetime": "dateTime",
    "location": "geopoint",
    "gps": "geopoint",
}
SELECT_ONE, SELECT_MULTIPLE = "select_one", "select_multiple"
SENT = ("image", "file")
"""Types whose answer is a file."""
FIRST_KINDS = {
    "text": "line",
    "integer": "whole",
    "decimal": "amount",
    "range": "whole",
    "date": "day",
    "acknowledge": "one",
    SELECT_ONE: "one",
    SELECT_MULTIPLE: "several",
    **dict.fromkeys(SENT, "files"),
}
"""The kind of each type, as long as appearance and our own column say nothing else."""
BY_APPEARANCE = {
    ("text", "multiline"): "prose",
    ("date", "month-year"): "month",
    ("date", "year"): "year",
}
_ONLY: dict[str, frozenset[str]] = {
    "integer": frozenset({"whole", "year"}),
    "decimal": frozenset({"amount"}),
    "range": frozenset({"whole", "amount"}),
    "date": frozenset({"day", "month", "year"}),
    "acknowledge": frozenset({"one"}),
    SELECT_ONE: frozenset({"one", "yesno"}),
    SELECT_MULTIPLE: frozenset({"several"}),
    **dict.fromkeys(SENT, frozenset({"files"})),
}
IGNORED = frozenset((
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "imei",
))  # fmt: skip
UNSUPPORTED = frozenset((
    "time", "dateTime", "geopoint", "geotrace", "geoshape", "barcode", "rank", "select_one_from_file",
    "select_multiple_from_file", "select_one_external", "audio", "video", "hidden", "xml-external", "csv-external",
    "loop", "osm", "background-geopoint",
))  # fmt: skip
_SELECT = re.compile(
    r"(?P<word>select[ _-]?one|select1|select[ _-]?multiple|select all that apply|rank)(?: from)?"
    r"(?:\s+(?P<list>\S.*?))?(?P<other>\s+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_FILE_OR_OTHER = re.compile(r"(select[ _]one[ _](?:from[ _]file|external)|select[ _]multiple[ _]from[ _]file)\b")


def read_type(text: str) -> Type:
    """Read a cell of the column ``type`` that is not blank."""
    word = plain(text)
    if (shape := _BRACKETS.get(re.sub(r"[ _-]+", " ", word))) is not None:
        return Type(shape, word)
    if re.match(r"(begin|end)[ _-]loop\b", word):
        return Type(Shape.UNSUPPORTED, "loop")
    if found := _FILE_OR_OTHER.match(word):
        return Type(Shape.UNSUPPORTED, found[1].replace(" ", "_"))
    if found := _SELECT.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split())):
        return _select(found)
    word = _OTHER_WORDS.get(word, word)
    if word in FIRST_KINDS:
        return Type(Shape.QUESTION if FIRST_KINDS[word] in KINDS else Shape.UNSUPPORTED, word)
    named = {"note": Shape.NOTE, "calculate": Shape.CALCULATE}
    if word in named:
        return Type(named[word], word)
    if word in IGNORED:
        return Type(Shape.IGNORED, word)
    return Type(Shape.UNSUPPORTED if word in UNSUPPORTED else Shape.UNKNOWN, word)


def _select(found: re.Match[str]) -> Type:
    word = plain(found["word"]).replace(" ", "_").replace("-", "_")
    if word == "rank":
        return Type(Shape.UNSUPPORTED, "rank")
    one = word in ("select_one", "selectone", "select1")
    other = found["other"] is not None or plain(found["list"] or "") in ("or_other", "or other")
    choices = "" if found["list"] is None or (other and found["other"] is None) else found["list"]
    return Type(Shape.QUESTION, SELECT_ONE if one else SELECT_MULTIPLE, choices, other)


def kinds_of(word: str) -> tuple[str, ...]:
    """Return the kinds that a type can be."""
    only = _ONLY.get(word)
    elsewhere = {kind for kinds in _ONLY.values() for kind in kinds} - {"year"}
    return tuple(kind for kind in KINDS if (kind not in elsewhere if only is None else kind in only))


def kind_of(word: str, appearance: frozenset[str]) -> str:
    """Return the kind of a type with its appearance, where our own column says none."""
    by_appearance = (kind for (one, look), kind in BY_APPEARANCE.items() if one == word and look in appearance)
    return next(by_appearance, FIRST_KINDS[word])


def type_of(kind: str) -> tuple[str, str]:
    """Return the type and the appearance in which a kind is written; a kind that XLSForm does not know is a text."""
    for (word, look), of_look in BY_APPEARANCE.items():
        if of_look == kind:
            return word, look
    first = {"one": SELECT_ONE, "yesno": SELECT_ONE, "files": "file"}
    found = next((word for word, of_word in FIRST_KINDS.items() if of_word == kind), "text")
    return first.get(kind, found), ""


def says_kind(kind: str) -> bool:
    """Does a kind have to be said in our own column, because type and appearance say another?"""
    word, appearance = type_of(kind)
    return kind_of(word, frozenset({appearance})) != kind
