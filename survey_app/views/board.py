"""The division's side: all inquiries, where one of them stands, the compiled workbook."""

from collections import Counter
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from questions.bureaus import in_order
from questions.life import State
from questions.setting import Roster
from survey_app.charts.rate import NARROW, WIDE, Progress, draw, told
from survey_app.comparing import breaches
from survey_app.connections import database, moment
from survey_app.store import inquiries as store
from survey_app.store.chasing import last_calls
from survey_app.store.coordinating import coordination
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry, Standing, find_inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.turnout import Stage, counted, days_left, first_replies, stage
from survey_app.views.compiled import send_compiled
from survey_app.views.picking import picked, read_picking

blueprint = Blueprint("board", __name__, url_prefix="/board")


@blueprint.get("/")
def inquiries() -> ResponseReturnValue:
    """List the inquiries with their counts: those that take replies first, the nearest deadline first."""
    now = moment()
    found = sorted(store.inquiries(database()), key=lambda one: _urgency(one, now))
    listed = [
        (one, stage(one, now), counted(standings(database(), one), now), days_left(one.term(None), now))
        for one in found
    ]
    return render_template("board/inquiries.html", listed=listed)


def _urgency(inquiry: Inquiry, now: datetime) -> tuple[int, float]:
    """Open ones come first, the nearest deadline first; of the others the last."""
    found, end = stage(inquiry, now), inquiry.deadline.timestamp()
    return list(Stage).index(found), end if found is Stage.OPEN else -end


@blueprint.get("/<inquiry>")
def board(inquiry: str) -> ResponseReturnValue:
    """Show where all targets of an inquiry stand."""
    found, now = find_inquiry(database(), inquiry), moment()
    known, targets = roster(database()), standings(database(), found)
    by_bureau: dict[str, list[Standing]] = {}
    for target in targets:
        by_bureau.setdefault(known[target.municipality].bureau, []).append(target)
    asked = read_picking(request.args)
    progress = _progress(found, len(targets))
    return render_template(
        "board/board.html",
        inquiry=found,
        stage=stage(found, now),
        days=days_left(found.term(None), now),
        roster=known,
        counts=counted(targets, now),
        bureaus={bureau: counted(by_bureau[bureau], now) for bureau in in_order(by_bureau)},
        groups=_groups(targets, known),
        asked=asked,
        targets=picked(targets, known, asked, now),
        calls=last_calls(database(), found),
        drawings=(draw(progress, WIDE), draw(progress, NARROW)),
        told=told(progress),
        states=State,
        now=now,
        breaches=breaches(database(), found),
    )


def _groups(targets: tuple[Standing, ...], known: Roster) -> list[str]:
    """Return the groups to which targets belong, the largest first."""
    members = Counter(group for target in targets for group in known[target.municipality].groups)
    return [group for group, _ in members.most_common()]


def _progress(inquiry: Inquiry, targets: int) -> Progress:
    """Return the course of the replies: until now; when nothing more is to come, until the last of them."""
    replies, term = first_replies(database(), inquiry), inquiry.term(None)
    ends = [one for one in (inquiry.closed_at, inquiry.cancelled_at, inquiry.archived_at) if one is not None]
    until = min([moment(), *ends])
    if replies and len(replies) >= targets:
        until = min(until, max(replies[-1], term.end))
    return Progress(replies, targets, inquiry.opened_at, term, until)


@blueprint.get("/<inquiry>/workbook.xlsx")
def workbook(inquiry: str) -> ResponseReturnValue:
    """Make the compiled workbook of what has been handed in up to now, and send it."""
    found = find_inquiry(database(), inquiry)
    cuts = fixed_cuts(database(), found)
    previous = load_cut(database(), found, cuts[-1].number) if cuts else None
    cut = take_cut(database(), found, moment())
    settled = coordination(database(), found, cut, moment())
    return send_compiled(cut, f"{found.name}_{moment():%Y%m%d-%H%M}", previous, settled)
