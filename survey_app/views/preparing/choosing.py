"""Choosing a questionnaire: from the catalogue, as a copy of an earlier inquiry, or from an Excel file (XLSForm)."""

import secrets
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.model import Questionnaire
from questions.reading import FaultyDefinition, catalogue, read_catalogue
from survey_app import wording, wording_definitions, wording_preparing, wording_xlsform
from survey_app.access import around
from survey_app.connections import database
from survey_app.preparing.starting import copied_texts, first_texts
from survey_app.receiving.refusals import Refused
from survey_app.store.drafts import (
    DraftChanged,
    DraftSettled,
    Origin,
    choose_questionnaire,
    draft_of,
    find_draft,
    mark,
    start_draft,
)
from survey_app.store.inquiries import Inquiry, find_inquiry, inquiries, standings
from survey_app.views.preparing.opened import Prepared, prepared, read, taken_names, way_to
from survey_app.views.replying.notes import note
from survey_app.xlsforms import take_in

Row = tuple[str, ...]
"""What was found in a file: sheet, cell, content, and what is to be known in Japanese and in English."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen; ``earlier`` is the inquiry that is copied."""

    questionnaire: Questionnaire
    origin: Origin
    earlier: Inquiry | None = None


class NotChosen(ValueError):
    """Nothing that can be used was chosen: ``fault`` says why, ``rows`` what was found in the file."""

    def __init__(self, fault: str, rows: tuple[Row, ...] = ()) -> None:
        super().__init__(fault)
        self.fault, self.rows = fault, rows


def new() -> ResponseReturnValue:
    """Show the questionnaires to choose from, for a new draft."""
    return _page(None)


def start() -> ResponseReturnValue:
    """Begin a draft with what was chosen."""
    try:
        chosen = _chosen()
    except NotChosen as fault:
        return _page(None, fault), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    taken = taken_names()
    if chosen.earlier is None:
        last = next(iter(inquiries(database())), None)
        texts = first_texts(chosen.questionnaire, last.issuer if last else "", taken)
    else:
        codes = [one.municipality for one in standings(database(), chosen.earlier)]
        texts = copied_texts(chosen.earlier, codes, draft_of(database(), chosen.earlier), taken)
    made = start_draft(database(), chosen.questionnaire, texts, (chosen.origin, token), around().who)
    note("draft_started")
    return redirect(way_to(made.id, "questionnaire" if chosen.origin.remarks else "draft"), 303)


def questionnaire(draft: int) -> ResponseReturnValue:
    """Show the questionnaire of a draft, and those that could be taken in its place."""
    return _page(prepared(draft))


def choose(draft: int) -> ResponseReturnValue:
    """Take another questionnaire for a draft."""
    here = read(find_draft(database(), draft))
    held = here.draft.questionnaire
    if request.form.get("seen") != mark(held.digest if held else ""):
        return _page(
            here, NotChosen(_("ほかの方が先に調査票を選び直しました。下の調査票でよいか確かめてください。"))
        ), 409
    try:
        chosen = _chosen()
        choose_questionnaire(database(), here.draft, chosen.questionnaire, chosen.origin, around().who)
    except NotChosen as fault:
        return _page(here, fault), 422
    except DraftChanged:
        return redirect(way_to(draft, "questionnaire"), 303)
    except DraftSettled:
        return redirect(url_for("preparing.draft", draft=draft), 303)
    note("questionnaire_chosen")
    return redirect(way_to(draft, "questionnaire"), 303)


def _chosen() -> Chosen:
    """Read which questionnaire was chosen. Raises NotChosen, and LookupError for a name that does not exist."""
    way, _colon, name = request.form.get("source", "file").partition(":")
    if way == "catalogue":
        try:
            return Chosen(read_catalogue(name), Origin("catalogue", name))
        except FaultyDefinition as faulty:
            raise NotChosen(_("この調査票には誤りがあるため、使えません。"), _faults(name, faulty)) from faulty
    if way == "earlier":
        earlier = find_inquiry(database(), name)
        return Chosen(earlier.questionnaire, Origin("earlier", name, earlier.id), earlier)
    return _from_file()


def _from_file() -> Chosen:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise NotChosen(_("調査票のExcelファイル（.xlsx）を選んでください。"))
    try:
        found = take_in(sent.read())
    except Refused as refused:
        raise NotChosen(wording_xlsform.refusal(refused.refusal, wording.language())) from refused
    rows = tuple(
        (one.sheet, one.cell, one.content, *(wording_xlsform.finding(one, to) for to in ("ja", "en")))
        for one in found.errors or found.findings  # notes do not stand among what has to be mended
    )
    if found.questionnaire is None:
        errors = len(found.errors)
        raise NotChosen(_("調査票に直すところが%(count)s件あるため、使えません。", count=errors), rows)
    return Chosen(found.questionnaire, Origin("file", sent.filename[:200], remarks=rows))


def _faults(name: str, faulty: FaultyDefinition) -> tuple[Row, ...]:
    told = [[wording_definitions.fault(one, to) for to in ("ja", "en")] for one in faulty.faults]
    return tuple((name, one.address, "", *said) for one, said in zip(faulty.faults, told, strict=True))


def _page(here: Prepared | None, fault: NotChosen | None = None) -> str:
    held = here.draft.questionnaire if here else None
    return render_template(
        "preparing/choose.html",
        here=here,
        fault=fault,
        rows=fault.rows if fault else here.draft.origin.remarks if here else (),
        held=held,
        seen=mark(held.digest if held else ""),
        own=[_own(name) for name in catalogue()],
        earlier=inquiries(database()),
        token=secrets.token_urlsafe(24),
        words=wording_preparing,
    )


def _own(name: str) -> tuple[str, Questionnaire | None]:
    """Return a questionnaire of the catalogue with its name; None when it has faults: it is not offered."""
    try:
        return name, read_catalogue(name)
    except FaultyDefinition:
        return name, None
