"""The replies that wait to be checked: each with what is to be looked at, those without anything accepted at once."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questions.life import NotAllowed, State
from questions.setting import Municipality, Setting
from survey_app import wording
from survey_app.access import around
from survey_app.checking import SORTS, compared
from survey_app.connections import database, moment
from survey_app.counting import read_number
from survey_app.store.inquiries import Inquiry, Standing, find_inquiry, softened, standing, standings
from survey_app.store.replies import find_reply
from survey_app.store.submissions import ChangedMeanwhile, Handed, last_submissions
from survey_app.store.submissions import accept as accept_reply
from survey_app.views.board import blueprint
from survey_app.views.replying.notes import note


@dataclass(frozen=True)
class Waiting:
    """One reply that waits to be checked; ``counts``: how many things are to be looked at, by their sort."""

    town: Municipality
    handed: Handed
    counts: dict[str, int]

    @property
    def remarks(self) -> int:
        """How many things are to be looked at."""
        return sum(self.counts.values())

    @property
    def value(self) -> str:
        """What its tick box sends: the municipality, and the submission that was shown."""
        return f"{self.town.code}:{self.handed.number}"


@blueprint.get("/<inquiry>/check")
def check(inquiry: str) -> ResponseReturnValue:
    """List the replies that wait to be checked."""
    return _page(find_inquiry(database(), inquiry))


@blueprint.post("/<inquiry>/check")
def accept_several(inquiry: str) -> ResponseReturnValue:
    """Accept those that are ticked, each as it was shown; sent twice, each is accepted once.

    What was handed in anew meanwhile, or is no longer to be accepted, is told and left as it is.
    """
    found = find_inquiry(database(), inquiry)
    ticked = dict(_ticked(text) for text in request.form.getlist("accept"))
    if not ticked:
        return _page(found, nothing=True), 422
    changed = [code for code, number in ticked.items() if not _accepted(found, code, number)]
    if changed:
        known = around().roster
        done = len(ticked) - len(changed)
        return _page(found, changed=[known.name(code) for code in changed], done=done), 409
    note("accepted_several")
    return redirect(url_for("board.check", inquiry=inquiry), 303)


def next_to_check(inquiry: Inquiry, after: str) -> str | None:
    """Return the municipality whose reply is to be checked next in the official order; after the last the first."""
    waiting = [one.municipality for one in standings(database(), inquiry) if one.state is State.SUBMITTED]
    others = [code for code in waiting if code != after]
    return next((code for code in others if code > after), others[0] if others else None)


def _ticked(text: str) -> tuple[str, int]:
    code, _, number = text.partition(":")
    return code, read_number(number) or 0


def _accepted(inquiry: Inquiry, code: str, number: int) -> bool:
    """Accept the submission that was shown; is it accepted now?"""
    here = find_reply(database(), inquiry, code, around())
    try:
        accept_reply(database(), here, number, around().who)
    except (ChangedMeanwhile, NotAllowed):
        now = standing(database(), inquiry, code)
        return now.state is State.ACCEPTED and now.number == number
    return True


def _page(inquiry: Inquiry, **told: object) -> str:
    return render_template(
        "board/check.html",
        inquiry=inquiry,
        waiting=_waiting(inquiry),
        sorts=SORTS,
        ticked=request.form.getlist("accept"),
        all_ticked=request.args.get("tick") == "all",
        **told,
    )


def _waiting(inquiry: Inquiry) -> list[Waiting]:
    targets: dict[str, Standing] = {one.municipality: one for one in standings(database(), inquiry)}
    if not any(one.state is State.SUBMITTED for one in targets.values()):
        return []
    known, language = around().roster, wording.language()
    everything = compared(database(), inquiry, known)
    found = []
    for handed in last_submissions(database(), inquiry):
        code = handed.municipality
        if targets[code].state is State.SUBMITTED:
            setting = Setting(known, code, moment().date(), *softened(database(), inquiry, code))
            sorts = [one.sort for one in everything.remarks(handed, setting, language)]
            found.append(Waiting(known[code], handed, {sort: sorts.count(sort) for sort in SORTS}))
    return found
