"""Opens the change of a live questionnaire for a page: the questionnaire as it is, and as it is to be."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for

from questions.carrying_over import Node, revised
from questions.labels import Label
from questions.model import Questionnaire
from questions.reading import FaultyDefinition
from questions.revision import QuestionnaireChange, compare
from survey_app import wording, wording_changes, wording_definitions
from survey_app.access import around
from survey_app.connections import database
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.proposals import NotLive, Proposal, find_proposal, keep_proposal
from survey_app.views.replying.notes import note

Faults = dict[str, str]
"""What is wrong, by the field at which it is told."""


@dataclass(frozen=True)
class Changing:
    """The questionnaire of an inquiry with what is proposed for it."""

    inquiry: Inquiry
    proposal: Proposal | None

    @property
    def present(self) -> Questionnaire:
        """What is asked now."""
        return self.inquiry.questionnaire

    @property
    def wanted(self) -> Questionnaire:
        """What is to be asked."""
        return self.inquiry.questionnaire if self.proposal is None else self.proposal.questionnaire

    @property
    def document(self) -> Node:
        """The definition that an edit begins with."""
        found: Node = json.loads(self.wanted.document)
        return found

    @property
    def closed(self) -> bool:
        """Is there nothing to be changed any more?"""
        return self.inquiry.closed_at is not None or self.inquiry.cancelled_at is not None

    @cached_property
    def changes(self) -> tuple[QuestionnaireChange, ...]:
        """What is to change."""
        return compare(self.present, self.wanted)

    @cached_property
    def told(self) -> list[str]:
        """The sentences for what is to change."""
        return [wording_changes.change(one, self.present, self.wanted) for one in self.changes]

    def keep(self, document: Node) -> Faults:
        """Put a changed definition into the proposal; return what is in the way, with nothing kept then."""
        try:
            wanted = revised(self.present, document)
        except FaultyDefinition as faulty:
            return {"whole": "　".join(_fault(one) for one in faulty.faults)}
        if refused := [one for one in compare(self.present, wanted) if one.refused]:
            return {"whole": "　".join(wording_changes.change(one, self.present, wanted) for one in refused)}
        try:
            keep_proposal(database(), self.inquiry, wanted, request.form.get("seen", ""), around().who)
        except Overtaken:
            return {"overtaken": wording_changes.overtaken()}
        except NotLive:
            return {"overtaken": wording_changes.not_live()}
        note("change_unchanged" if wanted.digest == self.wanted.digest else "change_kept")
        return {}

    def address(self, name: str = "", **values: Any) -> str:
        """Return the address of the page with all questions, at one of them."""
        anchor = f"q-{name}" if name else None
        return url_for("changing.show", inquiry=self.inquiry.name, _anchor=anchor, **values)


def changing(inquiry: str) -> Changing:
    """Open what is to change. Raises LookupError."""
    found = find_inquiry(database(), inquiry)
    return Changing(found, find_proposal(database(), found))


def status(faults: Faults) -> int:
    """Return the status of a page that tells what is wrong: somebody else was faster, or something is to be mended."""
    return 409 if "overtaken" in faults else 422


def pair(ja: str, en: str) -> dict[str, str]:
    """Return a text in both languages; where there is no English, the Japanese stands for it."""
    return {"ja": ja, "en": en or ja}


def english(label: Label | None) -> str:
    """Return what stands in the field for English: nothing where it is the Japanese."""
    return "" if label is None or label.en == label.ja else label.en


def _fault(one: Any) -> str:
    language = wording.language()
    where = wording_definitions.address(one, language)
    return f"{where}：{wording_definitions.fault(one, language)}" if where else wording_definitions.fault(one, language)
