"""A live questionnaire with what is proposed for it; the proposal taken back; what was changed before."""

from io import BytesIO

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from exports.xlsform.writing import write_xlsform
from survey_app import wording, wording_changes, wording_xlsform
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.receiving.refusals import Refused
from survey_app.store.inquiries import find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.proposals import discard_proposal
from survey_app.store.revisions import revisions
from survey_app.store.rosters import roster
from survey_app.views.changing.opened import Changing, changing, status
from survey_app.views.downloads import download
from survey_app.views.replying.notes import note
from survey_app.xlsforms import take_in


def show(inquiry: str) -> ResponseReturnValue:
    """Show all questions with what is to change, and the ways to change more."""
    return page(changing(inquiry))


def discard(inquiry: str) -> ResponseReturnValue:
    """Give the proposal up."""
    here = changing(inquiry)
    try:
        discard_proposal(database(), here.inquiry, request.form.get("seen", ""), around().who)
    except Overtaken:
        return page(changing(inquiry), fault=wording_changes.overtaken()), 409
    note("change_discarded", "note")
    return redirect(here.address(), 303)


def history(inquiry: str) -> ResponseReturnValue:
    """Show what was changed, when, by whom and why, and whom it concerned."""
    found = find_inquiry(database(), inquiry)
    made = [
        (one, [wording_changes.change(change, one.before, one.after) for change in one.changes])
        for one in revisions(database(), found)
    ]
    return render_template("changing/history.html", inquiry=found, made=made, roster=roster(database()))


def book(inquiry: str) -> ResponseReturnValue:
    """Hand out the questionnaire as it is to be, as an Excel file (XLSForm) that can be changed and sent back."""
    here = changing(inquiry)
    file = BytesIO()
    write_xlsform(here.wanted, file, moment())
    name = f"調査票_{here.inquiry.name}.xlsx"
    return download(file.getvalue(), name, plain="questionnaire.xlsx")


def upload(inquiry: str) -> ResponseReturnValue:
    """Put what an Excel file says into the proposal; what it leaves out is retired."""
    here = changing(inquiry)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return page(here, file_fault=wording_changes.no_file()), 422
    try:
        found = take_in(sent.read())
    except Refused as refused:
        return page(here, file_fault=wording_xlsform.refusal(refused.refusal, wording.language())), 422
    rows = [
        (one.sheet, one.cell, one.content, wording_xlsform.finding(one, wording.language())) for one in found.findings
    ]
    if found.questionnaire is None:
        return page(here, file_fault=wording_changes.faulty_file(len(found.errors)), rows=rows), 422
    faults = here.keep(dict(found.document))
    if faults:
        return page(changing(inquiry), file_fault="　".join(faults.values()), rows=rows), status(faults)
    note("change_read")
    return page(changing(inquiry), rows=rows) if rows else redirect(here.address(), 303)


def page(here: Changing, **told: object) -> str:
    """Draw the page with all questions."""
    touched = {change.name: change.sort for change in here.changes}
    return render_template(
        "changing/show.html",
        here=here,
        inquiry=here.inquiry,
        sections=here.wanted.past or here.wanted.sections,
        live={*here.wanted.questions, *here.wanted.tables},
        touched=touched,
        before=revisions(database(), here.inquiry),
        words=wording_changes,
        **told,
    )
