"""The inquiries of a municipality, and one of them at a glance."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from questions.answers import Entry
from questions.life import Act, Actor, may
from survey_app import wording_changes
from survey_app.access import current_account
from survey_app.connections import database, moment
from survey_app.progress import Length, length_of
from survey_app.store.fixed_cuts import waits_since
from survey_app.store.inquiries import Standing, standings_of
from survey_app.store.publications import is_published, last_publication
from survey_app.store.replies import Changes
from survey_app.store.revisions import revision_since
from survey_app.store.submissions import submissions_of
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply
from survey_app.views.replying.people import together
from survey_app.views.replying.ways import returned_links


def inquiries() -> ResponseReturnValue:
    """List what the municipality was asked, the nearest deadline of what is still to be done first."""
    found = standings_of(database(), current_account().municipality or "")
    open_ones = [one for one in found if _can_save(one)]
    listed = sorted(open_ones, key=lambda one: one.term.end) + [one for one in found if not _can_save(one)]
    today = moment().date()
    lines = [(one, _can_save(one), (one.term.end.date() - today).days) for one in listed]
    told = {one.inquiry.name for one in listed if _is_told(one)}
    return render_template("replying/inquiries.html", lines=lines, now=moment(), told=told)


def _is_told(standing: Standing) -> bool:
    """Was the municipality told what became of its needs?"""
    last = last_publication(database(), standing.inquiry)
    return last is not None and bool(last.contents.of(standing.municipality))


def _can_save(standing: Standing) -> bool:
    return may(standing.state, Act.SAVE, Actor.OFFICER, standing.term, moment())


def overview(inquiry: str) -> ResponseReturnValue:
    """Show one inquiry: what it is, until when, how far the reply is, what to do next."""
    return overview_page(open_reply(inquiry))


def overview_page(opened: Opened) -> str:
    """Draw the overview."""
    standing = opened.reply.standing
    revised = revision_since(database(), opened.inquiry, standing.changed_at)
    told = revised.changes if revised else ()
    lengths = {step.section.name: length_of(opened.examination, step.section) for step in opened.steps}
    return render_template(
        "replying/overview.html",
        opened=opened,
        returned=returned_links(opened),
        next_step=next((one for one in opened.steps if not one.complete), None),
        handed=submissions_of(database(), opened.inquiry, opened.reply.municipality),
        may_withdraw=may(standing.state, Act.WITHDRAW, Actor.OFFICER, standing.term, moment()),
        nil_needs_confirming=answered_beyond_nil(opened),
        together=together(opened),
        revised=revised,
        revised_told=[wording_changes.change(one, revised.before, revised.after) for one in told] if revised else (),
        waits=waits_since(database(), opened.inquiry, opened.reply.municipality),
        told_back=not opened.on_behalf and is_published(database(), opened.inquiry),
        lengths=lengths,
        length=sum(lengths.values(), Length()),
    )


def nil(inquiry: str) -> ResponseReturnValue:
    """Answer 該当なし, and go to what is still missing for it: else to the review."""
    opened = open_reply(inquiry)
    definition = opened.questionnaire.nil
    if definition is None:
        return redirect(opened.address("overview"), 303)
    if answered_beyond_nil(opened) and "sure" not in request.form:
        return render_template("replying/nil.html", opened=opened)
    texts = (definition.choice,)
    parsed = opened.questionnaire.questions[definition.question].kind.parse(texts, opened.reply.setting)
    entry = Entry(texts, parsed.value, parsed.problems)
    changes = Changes(opened.reply.revision, {("", definition.question): entry})
    opened.save(changes)
    note("nil_saved")
    missing = next((one.section.name for one in again(opened).steps if not one.complete), None)
    if missing is None:
        return redirect(opened.address("review"), 303)
    return redirect(opened.address("section", section=missing), 303)


def answered_beyond_nil(opened: Opened) -> bool:
    """Is there anything that a nil reply would not hand in?"""
    definition, examination = opened.questionnaire.nil, opened.examination
    if definition is None or examination.nil:
        return False
    answered = examination.value(definition.question)
    return answered is not None or any(opened.reply.answers.rows.values())
