"""A draft as town halls will see it: the pages of the form, the Excel form, the letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from questions.checking import Examination
from questions.model import Questionnaire
from survey_app import wording, wording_preparing
from survey_app.access import around
from survey_app.answering import Rows
from survey_app.forms import Frame
from survey_app.preparing.pretending import WholeExamination, pretended_reply
from survey_app.receiving.forms import form_book
from survey_app.views.downloads import download
from survey_app.views.preparing.opened import Prepared, prepared, way_to
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.pages import RowPage, SectionPage

MEANWHILE = timedelta(days=30)
"""The deadline that is shown while there is none."""
SAMPLE = "【見本】"
"""Stands before the title of a form that nobody is asked to fill in; forms are in Japanese."""


@dataclass(frozen=True)
class Previewed(Opened):
    """A pretended reply on a page: everything is asked, so that nothing is left out."""

    @cached_property
    def examination(self) -> Examination:
        """The answers, none, read against the questionnaire."""
        return WholeExamination(self.questionnaire, self.reply.answers, self.reply.setting)

    def frame(self, tables: Iterable[Rows]) -> Frame:
        """What a page's form is made in."""
        held = super().frame(tables).examination
        return Frame(WholeExamination(held.questionnaire, held.answers, held.setting), self.language)


def preview(draft: int) -> ResponseReturnValue:
    """Show a draft as an officer will see it, one section at a time; first what is told of the inquiry."""
    here = prepared(draft)
    questionnaire = here.draft.questionnaire
    if questionnaire is None:
        return _choose_first(here)
    opened = _pretended(here, questionnaire)
    names = [section.name for section in questionnaire.sections]
    name = request.args.get("section", "")
    if name and name not in names:
        abort(404)
    following = names[names.index(name) + 1 :][:1] if name else names[:1]
    section = questionnaire.section(name) if name else None
    page = None if section is None else SectionPage(opened, section)
    if page is not None:
        page.tell("")
    return render_template(
        "preparing/preview.html",
        here=here,
        opened=opened,
        section=section,
        page=page,
        rows=None if section is None else [RowPage(opened, one, "new") for one in section.tables() if not one.narrow],
        following=following[0] if following else None,
        words=wording_preparing,
    )


def preview_form(draft: int) -> ResponseReturnValue:
    """Hand out the Excel form of a pretended municipality."""
    here = prepared(draft)
    questionnaire = here.draft.questionnaire
    if questionnaire is None:
        return _choose_first(here)
    opened = _pretended(here, questionnaire, mark=SAMPLE)
    content = form_book(opened.reply, opened.who.at)
    name = f"見本_回答票_{here.draft.text('name')}.xlsx"
    return download(content, name, plain="preview.xlsx")


def letter(draft: int) -> ResponseReturnValue:
    """Show the letter as it is printed."""
    here = prepared(draft)
    return render_template("preparing/letter_page.html", here=here, letter=here.reading.letter, words=wording_preparing)


def _pretended(here: Prepared, questionnaire: Questionnaire, mark: str = "") -> Previewed:
    reading = here.reading
    deadline = reading.deadline or reading.setting.now + MEANWHILE
    title = here.title or questionnaire.title.ja
    reply = pretended_reply(reading, questionnaire, deadline, mark + title)
    return Previewed(reply, around().who, wording.language())


def _choose_first(here: Prepared) -> ResponseReturnValue:
    note("questionnaire_first", "warn")
    return redirect(way_to(here.draft.id, "questionnaire"), 303)
