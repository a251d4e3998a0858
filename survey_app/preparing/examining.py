"""Reads a draft: what it comes to, and everything that keeps it from being opened, told at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from questions.eras import OutsideEra, read_day
from questions.numerals import narrow
from questions.setting import Roster
from survey_app.counting import read_number
from survey_app.deadlines import Caution, Due, cautions, read_deadline
from survey_app.preparing.contacts import contact_text
from survey_app.preparing.fields import STEPS, DraftField
from survey_app.preparing.letters import Asked, Letter, proposed_body, spoken_deadline
from survey_app.preparing.naming import NAME
from survey_app.preparing.targets import in_order
from survey_app.store.drafts import Draft
from survey_app.store.inquiries import NewInquiry

MOST_YEARS = 30
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class DraftCode(StrEnum):
    """What can be wrong with a draft. Every code has a sentence in both languages."""

    QUESTIONNAIRE_MISSING = "questionnaire_missing"
    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    LINE_BREAK = "line_break"
    BAD_NAME = "bad_name"
    NAME_TAKEN = "name_taken"
    NOT_AN_EMAIL = "not_an_email"
    NO_TARGET = "no_target"
    TARGET_UNKNOWN = "target_unknown"
    NOT_A_DAY = "not_a_day"
    NOT_A_TIME = "not_a_time"
    PASSED = "passed"
    NOT_YEARS = "not_years"


@dataclass(frozen=True)
class DraftProblem:
    """One thing that keeps a draft from being opened, at a field; ``context`` holds what its sentence needs."""

    code: DraftCode
    at: str
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Is it only that something is not filled in yet?"""
        return self.code in (DraftCode.MISSING, DraftCode.NO_TARGET)


class DraftIncomplete(ValueError):
    """A draft with problems that was to be opened."""


@dataclass(frozen=True)
class DraftSetting:
    """What surrounds a draft: the moment, the roster, the names that other inquiries and drafts have."""

    now: datetime
    roster: Roster
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DraftReading:
    """A draft read in its setting."""

    draft: Draft
    setting: DraftSetting

    @cached_property
    def deadline(self) -> datetime | None:
        """The deadline; None when it is blank or cannot be read."""
        day, at = self.draft.text("deadline_day"), self.draft.text("deadline_time")
        return read_deadline(f"{day} {at}") if _day(day) and at else None

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The codes of the targets that the roster knows, in the official order."""
        return in_order(self.draft.targets, self.setting.roster)

    @cached_property
    def retain_until(self) -> date | None:
        """The last day of keeping: the years count from the April after the fiscal year of the deadline."""
        years = _years(self.draft.text("retain_years"))
        if years is None or self.deadline is None:
            return None
        day = self.deadline.date()
        return date(day.year + (day.month > 3) + years, 3, 31)

    @cached_property
    def inquiries_to(self) -> str:
        """問い合わせ先 as one text."""
        return contact_text(self.draft.texts)

    @cached_property
    def proposed_body(self) -> str:
        """The body of the letter that the other fields come to."""
        draft = self.draft
        style = draft.questionnaire.style.ja if draft.questionnaire else ""
        ground, use = draft.text("legal_ground"), draft.text("use_of_results")
        return proposed_body(Asked(draft.text("purpose"), style, self.deadline, ground, use, self.inquiries_to))

    @cached_property
    def letter(self) -> Letter:
        """The letter as it stands: with the body that was written, else with the proposed one."""
        draft = self.draft
        return Letter(
            draft.text("letter_number"),
            _day(draft.text("letter_day")) or self.setting.now.date(),
            draft.text("letter_addressee"),
            draft.text("letter_sender") or (f"{draft.text('issuer')}長" if draft.text("issuer") else ""),
            draft.text("title"),
            draft.text("letter_body") or self.proposed_body,
        )

    @property
    def letter_is_stale(self) -> bool:
        """Was the body written with another deadline than the inquiry has now?"""
        written = narrow(self.draft.text("letter_body"))
        return bool(written) and self.deadline is not None and spoken_deadline(self.deadline) not in written

    def cautions(self, others: tuple[Due, ...]) -> tuple[Caution, ...]:
        """Return what speaks against the deadline, if it is sent now."""
        return () if self.deadline is None else cautions(self.deadline, self.setting.now, self.targets, others)

    @cached_property
    def problems(self) -> tuple[DraftProblem, ...]:
        """Everything that keeps it from being opened, in the order of the steps."""
        found = [one for fields in STEPS.values() for each in fields for one in self._of(each)]
        if self.draft.questionnaire is None:
            found.insert(0, DraftProblem(DraftCode.QUESTIONNAIRE_MISSING, "questionnaire"))
        return tuple(found)

    def problems_of(self, step: str) -> tuple[DraftProblem, ...]:
        """Return the problems at the fields of one step."""
        names = {one.name for one in STEPS.get(step, ())} or {step}
        return tuple(one for one in self.problems if one.at in names)

    def inquiry(self) -> NewInquiry:
        """Return what is to be opened. Raises DraftIncomplete."""
        draft = self.draft
        if self.problems or draft.questionnaire is None or self.deadline is None:
            raise DraftIncomplete(draft.id)
        return NewInquiry(
            name=draft.text("name"),
            title=draft.text("title"),
            issuer=draft.text("issuer"),
            purpose=draft.text("purpose"),
            questionnaire=draft.questionnaire,
            deadline=self.deadline,
            targets=self.targets,
            legal_ground=draft.text("legal_ground"),
            use_of_results=draft.text("use_of_results"),
            letter=self.letter.text,
            inquiries_to=self.inquiries_to,
            earlier=draft.origin.earlier,
            retain_until=self.retain_until,
        )

    def _of(self, one: DraftField) -> Iterator[DraftProblem]:
        text = self.draft.text(one.name)
        if not text.strip():
            if one.required:
                yield DraftProblem(DraftCode.NO_TARGET if one.name == "targets" else DraftCode.MISSING, one.name)
            return
        if len(text) > one.longest:
            yield DraftProblem(DraftCode.TOO_LONG, one.name, {"longest": one.longest, "length": len(text)})
        if found := _CONTROL.search(text):
            context = {"place": found.start() + 1, "point": f"U+{ord(found[0]):04X}"}
            yield DraftProblem(DraftCode.CONTROL_CHARACTER, one.name, context)
        if one.lines == 1 and "\n" in text:
            yield DraftProblem(DraftCode.LINE_BREAK, one.name)
        if problem := self._of_value(one.name, text):
            yield problem

    def _of_value(self, name: str, text: str) -> DraftProblem | None:
        told = {"text": text}
        if name == "name":
            if NAME.fullmatch(text) is None:
                return DraftProblem(DraftCode.BAD_NAME, name, told)
            return DraftProblem(DraftCode.NAME_TAKEN, name, told) if text in self.setting.taken else None
        if name == "contact_mail" and _MAIL.fullmatch(text) is None:
            return DraftProblem(DraftCode.NOT_AN_EMAIL, name, told)
        if name in ("deadline_day", "letter_day") and _day(text) is None:
            return DraftProblem(DraftCode.NOT_A_DAY, name, told)
        if name == "deadline_time" and read_deadline(f"2026-04-01 {text}") is None:
            return DraftProblem(DraftCode.NOT_A_TIME, name, told)
        if name == "deadline_day" and self.deadline is not None and self.deadline <= self.setting.now:
            return DraftProblem(DraftCode.PASSED, name, {"moment": self.deadline})
        if name == "retain_years" and _years(text) is None:
            return DraftProblem(DraftCode.NOT_YEARS, name, {"most": MOST_YEARS})
        if name == "targets" and (gone := [code for code in text.split() if code not in self.setting.roster]):
            return DraftProblem(DraftCode.TARGET_UNKNOWN, name, {"codes": "、".join(gone)})
        return None


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except OutsideEra:
        return None


def _years(text: str) -> int | None:
    narrowed = narrow(text).strip()
    found = read_number(narrowed) or 0
    return found if 1 <= found <= MOST_YEARS else None
