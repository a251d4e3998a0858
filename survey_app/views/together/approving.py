"""Approval inside the town hall: asking for it, and the approver's decision."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions.contents import Contents, contents_of
from questions.differences import differences
from questions.life import Act, Actor, NotAllowed, may
from survey_app.connections import database
from survey_app.showing_changes import ShownChange, shown_changes
from survey_app.store import approvals as store
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, Order, submissions_of
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply, reader

blueprint = Blueprint("approving", __name__, url_prefix="/inquiries/<inquiry>/approval")


@blueprint.post("/ask")
def ask(inquiry: str) -> ResponseReturnValue:
    """Ask the approver for what is on the page of review."""
    opened = open_reply(inquiry)
    try:
        store.ask_approval(database(), opened.reply, _order(), opened.who)
    except (ChangedMeanwhile, Incomplete):
        note("approval_changed", "warn")
        return redirect(url_for("replying.review", inquiry=inquiry), 303)
    note("approval_asked")
    return redirect(url_for("replying.overview", inquiry=inquiry), 303)


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """Show the approver exactly what is asked for, and what changed since the last look."""
    return _page(open_reply(inquiry))


@blueprint.post("/approve")
def approve(inquiry: str) -> ResponseReturnValue:
    """Approve what was looked at, and hand it in."""
    opened = open_reply(inquiry)
    try:
        handed = store.approve(database(), opened.reply, _order(), request.form.get("digest", ""), opened.who)
    except (ChangedMeanwhile, Incomplete):
        return _page(again(opened), changed=True), 409
    except NotAllowed as fault:
        now = again(opened)
        last = store.last_approval(database(), now.reply)
        cancelled = last is not None and last.outcome == "cancelled"
        return _page(now, changed=cancelled, refusal=fault.reason), 409
    return redirect(url_for("replying.receipt", inquiry=inquiry, number=handed.number), 303)


@blueprint.post("/send-back")
def send_back(inquiry: str) -> ResponseReturnValue:
    """Give it back to the officers, with a comment."""
    opened = open_reply(inquiry)
    comment = request.form.get("comment", "").replace("\r\n", "\n").strip()
    if not comment:
        return _page(opened, comment_missing=True), 422
    store.send_back(database(), opened.reply, comment, opened.who)
    note("approval_sent_back")
    return redirect(url_for("replying.overview", inquiry=inquiry), 303)


def _order() -> Order:
    confirmed = frozenset(request.form.getlist("confirm"))
    return Order(request.form.get("seen", -1, type=int), request.form.get("token", "")[:100], confirmed)


def _page(opened: Opened, **told: object) -> str:
    reply = opened.reply
    asked = store.approvals(database(), reply)
    present = contents_of(opened.examination)
    before = _last_seen(opened, asked)
    return render_template(
        "together/approval.html",
        opened=opened,
        waiting=asked[0] if asked and asked[0].outcome is None else None,
        sections=reader(opened).sections(),
        changes=_changes(opened, before, present) if before is not None else None,
        digest=store.digest_of(reply),
        token=secrets.token_urlsafe(24),
        may_approve=may(reply.state, Act.APPROVE, Actor.APPROVER, reply.standing.term, opened.who.at),
        **told,
    )


def _last_seen(opened: Opened, asked: tuple[store.Approval, ...]) -> Contents | None:
    """Return what the approver decided about last, else what was last handed in; None when there is neither."""
    decided = next((one.contents for one in asked if one.outcome in ("approved", "sent_back")), None)
    if decided is not None:
        return decided
    handed = submissions_of(database(), opened.inquiry, opened.reply.municipality)
    return handed[0].contents if handed else None


def _changes(opened: Opened, before: Contents, after: Contents) -> tuple[ShownChange, ...]:
    found = differences(opened.questionnaire, before, after)
    return shown_changes(found, opened.questionnaire, opened.reply.setting, opened.language)
