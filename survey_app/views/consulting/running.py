"""One round: where its divisions and needs stand; more time, reopening, handing in for a division, closing."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.consulting.answers import Answer, State, answers, progress
from survey_app.consulting.matters import Consultation, Matter, Words, consultation
from survey_app.counting import read_number
from survey_app.deadlines import read_deadline
from survey_app.store import handing_responses as handing
from survey_app.store.handing_responses import NothingReady, Unfinished
from survey_app.store.inquiries import find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.people import Wanted, people
from survey_app.store.round_changes import NotLater, TooFar, due_mark, extend_division
from survey_app.store.rounds import RoundClosed, close_round, open_round_again
from survey_app.views.replying.notes import note

UNHANDED, CHANGED, NOBODY = "unhanded", "changed", "nobody"


@dataclass(frozen=True)
class NeedLine:
    """One need of the round's list with the answers of its divisions, the lead's first."""

    matter: Matter
    words: Words
    answers: tuple[Answer, ...]


def asking(inquiry: str, number: int) -> Consultation:
    """Load a round. Raises LookupError."""
    return consultation(database(), find_inquiry(database(), inquiry), number)


def round_(inquiry: str, number: int) -> ResponseReturnValue:
    """Show who is late, and what was answered to each need."""
    return _page(asking(inquiry, number))


def close(inquiry: str, number: int) -> ResponseReturnValue:
    """Take nothing more in."""
    close_round(database(), asking(inquiry, number).round, around().who)
    note("round_closed")
    return _back(inquiry, number)


def open_again(inquiry: str, number: int) -> ResponseReturnValue:
    """Take responses again."""
    open_round_again(database(), asking(inquiry, number).round, around().who)
    note("round_opened_again")
    return _back(inquiry, number)


def extend(inquiry: str, number: int, division: int) -> ResponseReturnValue:
    """Give a division a later date."""
    found = asking(inquiry, number)
    until = read_deadline(request.form.get("until", ""))
    fault = "" if until else _("新しい期限を「R8.12.25 17:15」のように入力してください。")
    if until is not None:
        try:
            extend_division(database(), found.round, division, until, around().who, request.form.get("seen"))
        except Overtaken:
            return _page(found, extending=division, overtaken=True, typed=request.form), 409
        except TooFar:
            fault = _("新しい期限は、2年以内の日にしてください。年を確かめてください。")
        except NotLater:
            fault = _("新しい期限は、この回の期限より後にしてください。")
        except RoundClosed:
            return _closed(found)
    if fault:
        return _page(found, extending=division, fault=fault, typed=request.form), 422
    note("division_extended")
    return _back(inquiry, number)


def reopen(inquiry: str, number: int, division: int) -> ResponseReturnValue:
    """Let a division change what it handed in."""
    found = asking(inquiry, number)
    try:
        handing.reopen(database(), found.round, division, around().who)
    except RoundClosed:
        return _closed(found)
    note("division_reopened")
    return _back(inquiry, number)


def hand_in_for(inquiry: str, number: int, division: int) -> ResponseReturnValue:
    """Hand in for a division that sent its workbook."""
    found = asking(inquiry, number)
    try:
        handing.hand_in(database(), found.round, division, around().who)
    except (Unfinished, NothingReady):
        return _page(found, unfinished=division), 422
    except RoundClosed:
        return _closed(found)
    note("handed_in_for")
    return _back(inquiry, number)


def need_lines(found: Consultation) -> list[NeedLine]:
    """Return the needs of a round in order; those that nobody is asked about any more too."""
    language = wording.language()
    by_need = answers(database(), found, moment().date())
    matters = (found.matter(key) for key in dict.fromkeys(by_need))
    return [NeedLine(one, found.words(one.need, language), by_need[one.asked.key]) for one in matters]


def _picked(lines: list[NeedLine], division: str, state: str) -> list[NeedLine]:
    """Return the needs of a division, or in a state."""
    if (wanted := read_number(division)) is not None:
        lines = [one for one in lines if any(answer.division.id == wanted for answer in one.answers)]
    if state == UNHANDED:
        return [one for one in lines if any(answer.state is not State.HANDED for answer in one.answers)]
    if state == CHANGED:
        return [one for one in lines if one.matter.change or any(answer.stale for answer in one.answers)]
    if state in list(State):
        return [one for one in lines if any(answer.state.value == state for answer in one.answers)]
    return lines


def _closed(found: Consultation) -> ResponseReturnValue:
    return _page(found, closed=True), 409


def _back(inquiry: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("consulting.round", inquiry=inquiry, number=number), 303)


def _page(found: Consultation, **told: object) -> str:
    lines = need_lines(found)
    asked = {name: request.args.get(name, "") for name in ("division", "state")}
    stands = progress(database(), found, moment())
    return render_template(
        "consulting/round.html",
        inquiry=found.inquiry,
        asking=found,
        progress=stands,
        late=[one for one in stands if one.overdue],
        lines=_picked(lines, asked["division"], asked["state"]),
        total=len(lines),
        asked=asked,
        states=list(State),
        rounds=found.round.number,
        due_mark=due_mark,
        with_users={one.account.consulted for one in people(database(), Wanted(role="consulted"))},
        **{
            "closed": False,
            "overtaken": False,
            "extending": None,
            "fault": "",
            "typed": {},
            "unfinished": None,
            **told,
        },
    )
