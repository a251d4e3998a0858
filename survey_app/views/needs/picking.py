"""Which needs are listed, and in which order: what the form above the list says."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey_app.views.needs.compiling import Compiled, Line, Mark

TOPIC, LED = "topic", "led"
CHANGES = "changes"
"""New ones and changed ones together."""


@dataclass(frozen=True)
class Picking:
    """What is asked for; "" is everything. ``sort`` "" is the official order (建制順); ``division`` is an id."""

    text: str = ""
    field: str = ""
    form: str = ""
    bureau: str = ""
    division: str = ""
    mark: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Does it leave anything out?"""
        return any((self.text.strip(), self.field, self.form, self.bureau, self.division, self.mark))

    def picks(self, line: Line) -> bool:
        """Is a need asked for?"""
        divisions = {str(one) for one in (line.route.lead, *line.route.supports) if one is not None}
        return (
            self.field in ("", line.need.field)
            and self.form in ("", line.need.form)
            and self.bureau in ("", line.town.bureau)
            and (not self.division or self.division in divisions)
            and (not self.mark or bool(_wanted(self.mark) & line.marks))
            and all(part in _said(line) for part in _plain(self.text).split())
        )


def read_picking(arguments: Mapping[str, str]) -> Picking:
    """Read what an address asks for; what is not known asks for nothing."""
    mark, sort = arguments.get("mark", ""), arguments.get("sort", "")
    given = {name: arguments.get(name, "") for name in ("text", "field", "form", "bureau", "division")}
    return Picking(
        **given,
        mark=mark if mark in {*Mark, CHANGES} else "",
        sort=sort if sort in (TOPIC, LED) else "",
    )


def picked(compiled: Compiled, asked: Picking) -> list[Line]:
    """Return the needs that are asked for: those without a division first, then in the order that is asked for."""
    kept = [line for line in compiled.lines if asked.picks(line)]
    orders: Mapping[str, Callable[[Line], Any]] = {TOPIC: _by_topic(compiled), LED: _by_lead}
    if asked.sort:
        kept.sort(key=orders[asked.sort])
    return sorted(kept, key=lambda line: Mark.UNOWNED not in line.marks)


def _by_topic(compiled: Compiled) -> Callable[[Line], Any]:
    fields, forms = (_places([one.code for one in compiled.options(part)]) for part in ("field", "form"))
    return lambda line: (fields.get(line.need.field, len(fields)), forms.get(line.need.form, len(forms)))


def _by_lead(line: Line) -> int:
    return line.route.lead or 0


def _places(codes: Sequence[str]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes)}


def _wanted(mark: str) -> frozenset[Mark]:
    return frozenset((Mark.NEW, Mark.CHANGED)) if mark == CHANGES else frozenset((Mark(mark),))


def _plain(text: str) -> str:
    """Return a text as it is compared: width and case make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def _said(line: Line) -> str:
    need = line.need
    texts = (need.control, line.town.name, line.town.kana, need.subject, need.detail)
    others = (value for value in need.values.values() if isinstance(value, str))
    return _plain("\n".join((*texts, *others)))
