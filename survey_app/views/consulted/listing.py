"""What a division is asked: its rounds, the needs of one of them, handing in."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.access import current_account
from survey_app.connections import database, moment
from survey_app.consulting.matters import consultation
from survey_app.store.handing_responses import NothingReady, Unfinished
from survey_app.store.handing_responses import hand_in as hand_in_responses
from survey_app.store.inquiries import find_inquiry
from survey_app.store.rounds import RoundClosed, rounds_asking
from survey_app.views.consulted.opening import OwnRound, own_round, who
from survey_app.views.replying.notes import note


@dataclass(frozen=True)
class Listed:
    """The rounds of a division: those that take responses, the nearest date first, and those that are closed."""

    open: tuple[OwnRound, ...]
    closed: tuple[OwnRound, ...]


def inquiries() -> ResponseReturnValue:
    """List what the division is asked."""
    division, now = current_account().consulted, moment()
    found = [
        OwnRound(consultation(database(), find_inquiry(database(), name), one.number), division, now)
        for name, one in (rounds_asking(database(), division) if division is not None else ())
        if division is not None
    ]
    running = sorted((one for one in found if one.consultation.round.is_open), key=lambda one: one.progress.stands.due)
    listed = Listed(tuple(running), tuple(one for one in found if not one.consultation.round.is_open))
    return render_template("consulted/inquiries.html", listed=listed)


def round_(inquiry: str, number: int) -> ResponseReturnValue:
    """Show the needs of a round with the state of each response."""
    return _page(own_round(inquiry, number))


def hand_in(inquiry: str, number: int) -> ResponseReturnValue:
    """Hand in all responses, or those that are ready."""
    own = own_round(inquiry, number)
    part = request.form.get("part") == "1"
    try:
        handed = hand_in_responses(database(), own.consultation.round, own.division, who(), part=part)
    except (Unfinished, NothingReady):
        return _page(own_round(inquiry, number), unfinished=True), 422
    except RoundClosed:
        return _page(own_round(inquiry, number), closed=True), 409
    note("responses_handed_in" if handed.whole else "responses_handed_in_part")
    return redirect(url_for("consulted.round", inquiry=inquiry, number=number), 303)


def _page(own: OwnRound, **told: object) -> str:
    return render_template("consulted/round.html", own=own, **{"unfinished": False, "closed": False, **told})
