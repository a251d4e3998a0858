"""Forms that came by mail, put in together: looked at first, then taken in; taken in again, they change nothing."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.form.locating import locate
from exports.form.opened import OpenedBook, dump, load
from questions.life import NotAllowed
from survey_app import wording, wording_gathering
from survey_app.access import around
from survey_app.connections import database
from survey_app.counting import read_number
from survey_app.receiving.batches import Batch, Outcome
from survey_app.receiving.entering import Hindrance, hand_in_form, hindrance
from survey_app.receiving.findings import Weight
from survey_app.receiving.folders import DamagedFolder, SentForm, TooManyFiles, forms_sent
from survey_app.receiving.marking import marked_book
from survey_app.receiving.opening import Opener
from survey_app.receiving.refusals import Reason, Refused
from survey_app.showing_forms import FormReader
from survey_app.store.gathering import (
    GatheredFile,
    Gathering,
    NewFile,
    find_gathering,
    gathered_content,
    gathered_files,
    gatherings,
    keep_gathering,
)
from survey_app.store.inquiries import Inquiry, Standing, find_inquiry, standings
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, find_handed
from survey_app.views.downloads import download
from survey_app.views.replying.notes import note

blueprint = Blueprint("gathering", __name__, url_prefix="/board/<inquiry>/gather")
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Looked:
    """One file as the page shows it. ``standing``: that of its municipality, None when it is not known or no target."""

    file: GatheredFile
    outcome: Outcome
    standing: Standing | None
    hindrance: Hindrance | None
    twins: tuple[str, ...]
    reader: FormReader | None = None

    @property
    def result(self) -> str:
        """In a word: "refused", "late", "look" (in part, or with doubts), "ready", or "done" (all is in already)."""
        received = self.outcome.received
        if received is None:
            return "refused"
        if self.outcome.late:
            return "late"
        if self.outcome.left_out or received.found(Weight.WRONG):
            return "look"
        changes = received.changes()
        return "ready" if changes.entries or changes.rows else "done"

    @property
    def taken(self) -> int:
        """How many answers are taken in, or would be."""
        return 0 if self.outcome.received is None else len(self.outcome.received.taken())

    @property
    def doubtful(self) -> bool:
        """Is there anything to be marked in the workbook?"""
        return self.outcome.received is not None and bool(self.outcome.received.findings)


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """Say what can be put in, and what was."""
    return _page(find_inquiry(database(), inquiry))


@blueprint.post("")
def take(inquiry: str) -> ResponseReturnValue:
    """Keep the files that are put in; nothing of them is taken in yet."""
    found = find_inquiry(database(), inquiry)
    sent = (SentForm(_bare(one.filename or ""), one.read()) for one in request.files.getlist("files") if one.filename)
    try:
        forms = forms_sent(sent)
    except TooManyFiles:
        return _page(found, fault="too_many"), 422
    except DamagedFolder as damaged:
        return _page(found, fault="damaged", name=damaged.args[0]), 422
    if not forms:
        return _page(found, fault="none"), 422
    token = request.form.get("token", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(24)
    kept = keep_gathering(database(), found, _opened(forms), token, around().who)
    return redirect(url_for("gathering.look", inquiry=inquiry, gathering=kept), 303)


@blueprint.get("/<gathering>")
def look(inquiry: str, gathering: str) -> ResponseReturnValue:
    """Show what taking the files in would change; after it was done, what is left."""
    found = find_inquiry(database(), inquiry)
    return _look_page(found, find_gathering(database(), found, gathering))


@blueprint.post("/<gathering>")
def take_in(inquiry: str, gathering: str) -> ResponseReturnValue:
    """Take the files in, one after the other; those that are ticked are handed in. Sent again, it changes nothing."""
    found = find_inquiry(database(), inquiry)
    here = find_gathering(database(), found, gathering)
    handed = {read_number(text) for text in request.form.getlist("hand_in")}
    for file in gathered_files(database(), here):
        if file.number not in handed or not _handed_in(found, here, file):
            _batch(found, dry=False).take_one(Path(file.name), partial(_book, file))
    note("gathered")
    return redirect(url_for("gathering.look", inquiry=inquiry, gathering=gathering), 303)


@blueprint.get("/<gathering>/<int:number>/marked.xlsx")
def marked(inquiry: str, gathering: str, number: int) -> ResponseReturnValue:
    """Give one workbook back with the cells marked that are to be looked at."""
    found = find_inquiry(database(), inquiry)
    here = find_gathering(database(), found, gathering)
    file = next((one for one in gathered_files(database(), here) if one.number == number), None)
    outcome = None if file is None else _outcome(found, file)
    if file is None or outcome is None or outcome.received is None:
        raise LookupError(number)
    content = marked_book(gathered_content(database(), here, number), outcome.received, wording.language())
    return download(content, f"確認_{Path(file.name).stem}.xlsx", plain="form.xlsx")


def _bare(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _opened(forms: Iterable[SentForm]) -> list[NewFile]:
    """Open each file in the process with limits."""
    found = []
    with Opener() as opener:
        for form in forms:
            try:
                found.append(NewFile(form.name, form.content, opened=dump(opener.open(form.content))))
            except Refused as refused:
                told = {"reason": refused.refusal.reason, "context": dict(refused.refusal.context)}
                found.append(NewFile(form.name, form.content, refusal=json.dumps(told, ensure_ascii=False)))
    return found


def _book(file: GatheredFile) -> OpenedBook:
    if file.refusal is not None:
        raise Refused(Reason(file.refusal["reason"]), **file.refusal["context"])
    return load(file.opened)


def _batch(inquiry: Inquiry, *, dry: bool) -> Batch:
    surroundings = around()
    return Batch(database(), inquiry, surroundings.roster, surroundings.who, dry=dry)


def _outcome(inquiry: Inquiry, file: GatheredFile) -> Outcome:
    return _batch(inquiry, dry=True).take_one(Path(file.name), partial(_book, file))


def _handed_in(inquiry: Inquiry, here: Gathering, file: GatheredFile) -> bool:
    """Hand a form in; False when it cannot be, so that it is only taken in."""
    outcome, who = _outcome(inquiry, file), around().who
    if outcome.received is None or hindrance(outcome, who) is not None:
        return False
    try:
        hand_in_form(database(), outcome.received, f"{here.id}:{file.number}", who)
    except (NotAllowed, ChangedMeanwhile, Incomplete):
        return False
    return True


def _looked(inquiry: Inquiry, here: Gathering, targets: dict[str, Standing]) -> list[Looked]:
    found = [(file, _outcome(inquiry, file)) for file in gathered_files(database(), here)]
    of_town: dict[str, list[str]] = {}
    for file, outcome in found:
        if outcome.received is not None:
            of_town.setdefault(outcome.municipality, []).append(file.name)
    lines = []
    for file, outcome in found:
        code = outcome.municipality
        twins = [] if outcome.received is None else [name for name in of_town[code] if name != file.name]
        why = hindrance(outcome, around().who)
        reader = _reader(inquiry, outcome, targets.get(code), file)
        lines.append(Looked(file, outcome, targets.get(code), why, tuple(twins), reader))
    return lines


def _reader(inquiry: Inquiry, outcome: Outcome, standing: Standing | None, file: GatheredFile) -> FormReader | None:
    if outcome.received is None:
        return None
    number = None if standing is None else standing.number
    handed = None if number is None else find_handed(database(), inquiry, outcome.municipality, number)
    spots = locate(_book(file), inquiry.questionnaire).spots if outcome.missing else {}
    return FormReader(outcome.received, None if handed is None else handed.contents, wording.language(), spots)


def _look_page(inquiry: Inquiry, here: Gathering) -> str:
    targets = {one.municipality: one for one in standings(database(), inquiry)}
    lines = _looked(inquiry, here, targets)
    arrived = {one.outcome.municipality for one in lines if one.outcome.received is not None}
    return render_template(
        "gathering/look.html",
        inquiry=inquiry,
        gathering=here,
        roster=around().roster,
        lines=lines,
        counts=Counter(one.result for one in lines),
        missing=[one for code, one in targets.items() if one.number is None and code not in arrived],
        words=wording_gathering,
    )


def _page(inquiry: Inquiry, **told: object) -> str:
    return render_template(
        "gathering/show.html",
        inquiry=inquiry,
        gatherings=gatherings(database(), inquiry),
        missing=[one for one in standings(database(), inquiry) if one.number is None],
        roster=around().roster,
        token=secrets.token_urlsafe(24),
        **told,
    )
