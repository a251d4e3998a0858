"""Opens a draft for a page: read in its setting, with the steps and how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, redirect, url_for

from survey_app import wording_preparing
from survey_app.connections import database, moment
from survey_app.deadlines import Caution
from survey_app.preparing.examining import DraftProblem, DraftReading, DraftSetting
from survey_app.preparing.fields import STEP_OF
from survey_app.store.calendar import open_dues
from survey_app.store.drafts import Draft, drafts, find_draft
from survey_app.store.inquiries import inquiries
from survey_app.store.rosters import roster
from survey_app.views.replying.notes import note
from survey_app.views.replying.ways import Link

EDITED = ("questionnaire", "about", "targets", "term", "letter")
LOOKED_AT = ("preview", "open")


@dataclass(frozen=True)
class StepStanding:
    """One step with how far it is: done, blank or wrong; "" for those that only show something."""

    number: int
    name: str
    state: str

    @property
    def title(self) -> str:
        """Its name for people."""
        return wording_preparing.step(self.name)


@dataclass(frozen=True)
class Prepared:
    """A draft on a page."""

    reading: DraftReading

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.reading.draft

    @property
    def title(self) -> str:
        """Its title; "" while it has none."""
        return self.draft.text("title").strip()

    @cached_property
    def steps(self) -> tuple[StepStanding, ...]:
        """All steps in order."""
        names = (*EDITED, *LOOKED_AT)
        return tuple(StepStanding(number, name, self._state(name)) for number, name in enumerate(names, 1))

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What speaks against the deadline, if it is sent now."""
        return self.reading.cautions(open_dues(database(), moment()))

    def links(self, problems: Iterable[DraftProblem]) -> tuple[Link, ...]:
        """Return the lines of a summary of problems, each with the way to its field."""
        return tuple(
            Link(
                self.way(STEP_OF.get(one.at, one.at), one.at),
                f"{wording_preparing.label(one.at)} — {wording_preparing.problem(one)}",
            )
            for one in problems
        )

    def way(self, step: str, mark: str | None = None) -> str:
        """Return the address of a step's page; ``mark`` is the field on it."""
        return way_to(self.draft.id, step, mark)

    def _state(self, name: str) -> str:
        if name in LOOKED_AT:
            return ""
        found = self.reading.problems_of(name)
        return "wrong" if any(not one.blank for one in found) else "blank" if found else "done"


def way_to(draft: int, step: str, mark: str | None = None, **query: str) -> str:
    """Return the address of the page of a step; ``mark`` is a field on it."""
    anchor = None if mark is None else f"f-{mark}"
    given: dict[str, Any] = {"draft": draft, "_anchor": anchor, **query}
    if step in ("about", "term", "letter"):
        return url_for("preparing.step", step=step, **given)
    return url_for(f"preparing.{'confirm' if step == 'open' else step}", **given)


def prepared(identity: int) -> Prepared:
    """Open a draft. What was opened or discarded leads on to the board, or back to the list. Raises LookupError."""
    found = find_draft(database(), identity)
    if found.inquiry is not None:
        abort(redirect(url_for("board.board", inquiry=found.inquiry), 303))
    if found.discarded:
        note("draft_discarded", "note")
        abort(redirect(url_for("preparing.drafts"), 303))
    return read(found)


def read(draft: Draft) -> Prepared:
    """Read a draft for a page, whatever became of it."""
    taken = frozenset(taken_names(draft.id))
    return Prepared(DraftReading(draft, DraftSetting(moment(), roster(database()), taken)))


def taken_names(but: int | None = None) -> set[str]:
    """Return the names of all inquiries and of the other drafts."""
    others = {one.text("name") for one in drafts(database()) if one.id != but}
    return {one.name for one in inquiries(database())} | others - {""}
