"""What municipalities are told, as it was when it was published: frozen values that are stored as JSON."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from exports.needs import Key
from questions.eras import Month
from questions.kinds.base import Kind
from questions.labels import Label, Language
from questions.responses import PLANNED, responding
from questions.setting import Setting

OPEN, ANON, CLOSED = "open", "anon", "closed"
"""The codes of 公表・共有の可否; what is not answered counts as closed."""
PROMISES = ("B", "C")
"""The dispositions that promise something."""


class Value(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(Value):
    """A need that is told or shared. ``unasked``: no division was asked about it as the lead."""

    unasked: bool = False

    @model_serializer(mode="wrap")
    def _stored(self, dump: SerializerFunctionWrapHandler) -> Mapping[str, Any]:
        """Leave the mark out where it says nothing: what was published before there was one keeps its digest."""
        return {name: value for name, value in dump(self).items() if name != "unasked" or value}


class Answer(Value):
    """What one division answered to one need. ``disposition`` is its code, "" for none; ``round`` when it answered.

    ``planned`` as it was typed; ``until`` the month that it means, as 2027-04, "" when it means none.
    """

    division: int
    name: str
    round: int
    disposition: str = ""
    label: Label | None = None
    text: str = ""
    measure: str = ""
    planned: str = ""
    until: str = ""
    reason: str = ""
    addressee: str = ""
    contact: str = ""

    @property
    def due(self) -> date | None:
        """The last day of the month by which something was promised; None when nothing was."""
        return last_day(self.until) if self.until and self.disposition in PROMISES else None

    def when(self, language: Language) -> str:
        """Return the month planned, as people read it; as it was typed when it is no month."""
        return show_month(self.until, language) if self.until else self.planned

    @property
    def words(self) -> Iterator[str]:
        """Everything that the division wrote itself, but for who is asked about it."""
        return (one for one in (self.text, self.measure, self.planned, self.reason, self.addressee) if one)


class Told(Asked):
    """One need and what became of it. ``lead`` None: no division has answered yet.

    ``asked_as``: the need under which the divisions were asked, its own or that of a co-requester.
    """

    municipality: str
    row: str
    control: str
    field: Label | None = None
    form: Label | None = None
    subject: str = ""
    detail: str = ""
    disclosure: str = ""
    digest: str
    asked_as: Key
    lead: Answer | None = None
    supports: tuple[Answer, ...] = ()

    @property
    def key(self) -> Key:
        """The need's own name."""
        return self.municipality, self.row

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was answered, the lead first."""
        return (*(() if self.lead is None else (self.lead,)), *self.supports)


class Shared(Asked):
    """One line of the list that all municipalities share. ``name`` is "" where the municipality is not to be known."""

    name: str
    field: Label | None
    form: Label | None
    subject: str
    detail: str
    lead: Answer | None
    supports: tuple[Answer, ...]


class Publication(Value):
    """Everything that is told at once.

    ``names`` are the municipalities that were asked, by code; ``needs`` are in the official order, ``shared`` in an
    order that tells nothing about the municipalities that are not to be known.
    """

    inquiry: str
    title: Label
    issuer: str
    round: int
    cut: str
    names: dict[str, str]
    table: str = ""
    needs: tuple[Told, ...] = ()
    shared: tuple[Shared, ...] = ()

    @cached_property
    def by_key(self) -> dict[Key, Told]:
        """The needs by their own names."""
        return {need.key: need for need in self.needs}

    def of(self, municipality: str) -> tuple[Told, ...]:
        """Return what one municipality is told of its own needs."""
        return tuple(need for need in self.needs if need.municipality == municipality)

    @property
    def told_to(self) -> tuple[str, ...]:
        """The codes of the municipalities that have needs."""
        return tuple(dict.fromkeys(need.municipality for need in self.needs))

    @property
    def stored(self) -> str:
        """The value as it is stored; the same value gives the same text."""
        return self.model_dump_json()

    @property
    def digest(self) -> str:
        """The digest of all of it."""
        return hashlib.sha256(self.stored.encode()).hexdigest()


def last_day(month: str) -> date:
    """Return the last day of a month that is written as 2027-04."""
    first = Month.from_text(month).first
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def show_month(month: str, language: Language) -> str:
    """Return a month that is written as 2027-04 as people read it."""
    return _planned().show(Month.from_text(month), language, Setting())


def read_planned(text: str) -> str:
    """Return the month that a text means as 2027-04; "" when it means none."""
    value = _planned().parse((text,), Setting()).value if text.strip() else None
    return "" if value is None else str(value)


def _planned() -> Kind[Month]:
    return responding().questions[PLANNED].kind
