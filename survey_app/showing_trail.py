"""Shows what an act of the trail changed as people read it: words for names, numbers of needs, divisions by name."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from questions.life import State
from questions.model import Questionnaire
from questions.responses import responding
from questions.setting import Roster
from survey_app import clock, wording, wording_trail_values
from survey_app.store import divisions
from survey_app.store.inquiries import inquiries
from survey_app.store.needs import Key, need_numbers
from survey_app.store.trail import Event

LONGEST = 120
"""Characters of a value that are shown; the archive and the database hold all of it."""
MARK = 12
"""Characters that are shown of a digest, or of another mark that only the program reads."""
PLACED = frozenset({"answers", "items"})
"""Mappings by place in a reply: ``row/question``."""
TEXTS, ASKED = "texts", "asked"
NUMBERED = frozenset({"cut", "publication", "round"})
DIGESTS = frozenset({"attachment", "digest", "gathering", "page", "questionnaire", "sha256", "token", "upload"})
MOMENTS = frozenset({"agreed_at", "archived_at", "cancelled_at", "closed_at", "deadline", "due", "extension"})
MOMENTS |= {"opened_at", "reopened_at"}
DAYS = frozenset({"planned", "promised", "retain_until", "since", "until"})
NTH_ACTS = frozenset(
    {"close_round", "fix_cut", "open_round", "open_round_again", "publish", "submit", "approve", "enter"}
)
"""Acts whose ``number`` says the how-many-eth one it is."""


@dataclass(frozen=True)
class TrailReader:
    """Reads lines of the trail. What it needs to know of the database is read once."""

    database: Database
    roster: Roster
    _numbers: dict[str, Mapping[Key, int]] = field(default_factory=dict)

    def changes(self, event: Event) -> list[tuple[str, str, str]]:
        """Return what an act changed: the name of a value, what it was, what it is; equal ones are left out.

        Values that are mappings themselves, such as answers by place, are told one by one.
        """
        was, now = dict(self._flat(event, event.before)), dict(self._flat(event, event.after))
        names = dict.fromkeys((*now, *was))
        shown = [(name, was.get(name, ""), now.get(name, "")) for name in names]
        return [one for one in shown if one[1] != one[2]]

    def _flat(self, event: Event, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in told.items():
            if name in PLACED and isinstance(value, Mapping):
                yield from ((self._place(event, place), _short(_plain(one))) for place, one in value.items())
            elif name == TEXTS and isinstance(value, Mapping):
                yield from ((_response(one), _short(_plain(text))) for one, text in value.items())
            elif isinstance(value, Mapping) and name != ASKED:
                yield from self._flat(event, value)
            else:
                yield wording_trail_values.key(name), _short(self._said(event, name, value))

    def _said(self, event: Event, name: str, value: Any) -> str:
        if value is None or value in ("", [], "[]"):
            return ""
        if name in ("division", "consulted"):
            return self._division(value)
        if name == "row":
            return self._need(event, (event.municipality, str(value)))
        if name in ("needs", "as_they_are", "pairs") and isinstance(value, list):
            return "、".join(self._needs(event, value))
        if name == ASKED and isinstance(value, Mapping):
            return "、".join(wording_trail_values.counted(self._division(one), count) for one, count in value.items())
        if name == "municipality" and isinstance(value, str):
            return self.roster.name(value)
        if name == "targets" and isinstance(value, list):
            return "、".join(self.roster.name(one) for one in value)
        if name in NUMBERED or (name == "number" and event.act in NTH_ACTS):
            return wording_trail_values.nth(value)
        return _coded(name, value)

    def _needs(self, event: Event, value: list[Any]) -> Iterator[str]:
        for one in value:
            if isinstance(one, list) and len(one) == 2:
                yield self._need(event, (str(one[0]), str(one[1])))
            else:
                yield _plain(one)

    def _need(self, event: Event, key: Key) -> str:
        """Name a need by its control number: 074446-02."""
        number = self._numbers_of(event.inquiry).get(key)
        return wording_trail_values.row(key[1][:8]) if number is None else f"{key[0]}-{number:02d}"

    def _place(self, event: Event, place: str) -> str:
        """Name a place of a reply: its question with its words, and in a table the need."""
        row, _, name = place.rpartition("/")
        questionnaire = self._questionnaires.get(event.inquiry)
        known = questionnaire is not None and name in questionnaire.questions
        label = f"{name} {questionnaire.label(name).text(wording.language())}" if known and questionnaire else name
        row = row.strip("/")
        return f"{self._need(event, (event.municipality, row))} {label}" if row else label

    def _numbers_of(self, inquiry: str) -> Mapping[Key, int]:
        if inquiry not in self._numbers:
            found = self._inquiries.get(inquiry)
            self._numbers[inquiry] = {} if found is None else need_numbers(self.database, found)
        return self._numbers[inquiry]

    def _division(self, value: Any) -> str:
        number = int(value) if str(value).isascii() and str(value).isdigit() else None
        return self._divisions.get(number, str(value)) if number is not None else str(value)

    @cached_property
    def _inquiries(self) -> Mapping[str, Any]:
        return {one.name: one for one in inquiries(self.database)}

    @cached_property
    def _questionnaires(self) -> Mapping[str, Questionnaire]:
        return {name: one.questionnaire for name, one in self._inquiries.items()}

    @cached_property
    def _divisions(self) -> Mapping[int, str]:
        return {one.id: one.name for one in divisions.listed(self.database)}


def _response(name: str) -> str:
    asked = responding()
    return asked.label(name).text(wording.language()) if name in asked.questions else name


def _coded(name: str, value: Any) -> str:
    """Say a value in words: a state, a code, a day; what is none of them as it is."""
    if name == "state" and value in set(State):
        return wording.state(State(value))
    if isinstance(value, bool) or name == "closes":
        return wording_trail_values.yes(value)
    if name in DIGESTS and isinstance(value, str):
        return value[:MARK]
    if isinstance(value, str) and name in MOMENTS | DAYS:
        return _moment(value)
    return wording_trail_values.code(name, value) if isinstance(value, str) else _plain(value)


def _moment(text: str) -> str:
    """Show a stored day or moment as people read it; what is neither as it is."""
    try:
        return wording.day(date.fromisoformat(text)) if len(text) == 10 else wording.moment(clock.read(text))
    except ValueError:
        return text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return wording.moment(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
