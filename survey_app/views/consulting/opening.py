"""Rounds of an inquiry; what a new one would ask, and its opening."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.needs import needs_table
from exports.similarity import says_nothing
from questions.eras import show_day
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.consulting.answers import progress
from survey_app.consulting.matters import consultation, words_of
from survey_app.consulting.starting import faults_of, plain_request
from survey_app.counting import read_number
from survey_app.deadlines import day_off, read_deadline
from survey_app.store import rounds as store
from survey_app.store.asking import Only, Plan, plan
from survey_app.store.asking_again import reasons
from survey_app.store.audit import Who
from survey_app.store.cut_needs import CutNeeds, cut_needs, needs_now
from survey_app.store.divisions import listed
from survey_app.store.fixed_cuts import fixed_cuts
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.merging import IS_A_NEED, remarked
from survey_app.store.overtaking import Overtaken, mark, not_overtaken
from survey_app.store.people import Wanted, people
from survey_app.store.round_cuts import fix_for_round
from survey_app.store.rounds import NewRound, NothingToAsk, Round, new_token, open_round, opened_by
from survey_app.views.replying.notes import note
from survey_app.wording_consulting import starting

USUAL = timedelta(days=14)
LEFT, ALL = "left", "all"
"""Which needs a further round asks about: those that are left over, or all of them."""
CLOSES = (17, 15)


def rounds(inquiry: str) -> ResponseReturnValue:
    """List the rounds with where their divisions stand."""
    found = find_inquiry(database(), inquiry)
    held = [(one, consultation(database(), found, one.number)) for one in store.rounds(database(), found)]
    return render_template(
        "consulting/rounds.html",
        inquiry=found,
        asks=needs_table(found.questionnaire) is not None,
        rounds=[(one, asking, progress(database(), asking, moment())) for one, asking in reversed(held)],
    )


def preview(inquiry: str) -> ResponseReturnValue:
    """Show what a new round would ask, by division, and what nobody would be asked."""
    found = find_inquiry(database(), inquiry)
    return _page(found, request.args.get("cut", ""), request.args.get("which", LEFT))


def open_now(inquiry: str) -> ResponseReturnValue:
    """Open the round that was looked at."""
    found = find_inquiry(database(), inquiry)
    due = read_deadline(request.form.get("due", ""))
    request_text = plain_request(request.form.get("request", ""))
    language = wording.language()
    faults = {one.about: starting(one, language) for one in faults_of(due, request_text, moment())}
    chosen, which = request.form.get("cut", ""), request.form.get("which", ALL)
    if faults or due is None:
        return _page(found, chosen, which, typed=request.form, faults=faults), 422
    token, who = request.form.get("token", "")[:100] or new_token(), around().who
    made = opened_by(database(), found, token)
    new = NewRound(0, due, request_text, token, request.form.get("seen", ""))
    try:
        made = made or _opened(found, chosen, which, new, who)
    except Overtaken:
        meanwhile = _since(store.rounds(database(), found), request.form)
        return _page(found, chosen, which, typed=request.form, overtaken=True, meanwhile=meanwhile), 409
    except NothingToAsk:
        return _page(found, chosen, which, typed=request.form, faults={"cut": _nothing(which)}), 422
    note("round_opened")
    return redirect(url_for("consulting.round", inquiry=inquiry, number=made.number), 303)


def _since(known: tuple[Round, ...], form: Mapping[str, str]) -> tuple[Round, ...]:
    """Return the rounds that others opened after the page was made that proposed a number to the next one."""
    number = read_number(form.get("number", ""))
    return known[number - 1 :] if number else ()


def _opened(inquiry: Inquiry, chosen: str, which: str, new: NewRound, who: Who) -> Round:
    """Open a round on a cut; where none is chosen, on what is handed in now, which is fixed first."""
    needs = _needs(inquiry, chosen, who.at)
    number, only = needs.cut.number, _only(inquiry, needs, which)
    if number == 0:
        now = plan(database(), inquiry, needs, who.at.date(), only)
        not_overtaken(new.seen, now.told)
        if not now.asked:
            raise NothingToAsk
        number = fix_for_round(database(), inquiry, new.token, who).number
    return open_round(database(), inquiry, replace(new, cut=number, only=only), who)


def _only(inquiry: Inquiry, needs: CutNeeds, which: str) -> Only:
    """Return the needs that a round is about; the first round has no others before it, and is about all."""
    if which != LEFT or not store.rounds(database(), inquiry):
        return None
    return frozenset(reasons(database(), inquiry, needs))


def _nothing(which: str) -> str:
    if which == LEFT:
        return _("改めて照会する要望がありません。「すべての要望」を選ぶと、もう一度照会できます。")
    return _("担当課の決まっている要望がありません。先に「振り分け表」で担当課を決めてください。")


def _page(inquiry: Inquiry, chosen: str, which: str, **told: object) -> str:
    now = moment()
    cuts = fixed_cuts(database(), inquiry)
    needs = _needs(inquiry, chosen or (str(cuts[-1].number) if cuts else "now"), now)
    found = plan(database(), inquiry, needs, now.date(), _only(inquiry, needs, which))
    number = found.number
    end = (now + USUAL).replace(hour=CLOSES[0], minute=CLOSES[1], second=0)
    while day_off(end.date()):
        end += timedelta(days=1)
    usual: Mapping[str, str] = {"due": f"{show_day(end.date())} {end:%H:%M}", "request": ""}
    users = people(database(), Wanted(role="consulted"))
    return render_template(
        "consulting/preview.html",
        inquiry=inquiry,
        cuts=cuts,
        chosen=needs.cut.number,
        number=number,
        which=which,
        whole=len(needs.needs),
        why=reasons(database(), inquiry, needs) if number > 1 else {},
        plan=found,
        words={key: words_of(need, needs, wording.language()) for key, need in needs.needs.items()},
        divisions={one.id: one for one in listed(database())},
        with_users={one.account.consulted for one in users},
        doubtful=_doubtful(inquiry, found),
        seen=mark(found.told),
        token=new_token(),
        usual=usual,
        **{"faults": {}, "typed": usual, "overtaken": False, "meanwhile": (), **told},
    )


def _needs(inquiry: Inquiry, chosen: str, now: datetime) -> CutNeeds:
    if number := read_number(chosen):
        return cut_needs(database(), inquiry, number)
    return needs_now(database(), inquiry, now)


def _doubtful(inquiry: Inquiry, found: Plan) -> list[object]:
    """Return the needs that look as if they said nothing, and of which nobody said otherwise."""
    sure = remarked(database(), inquiry, IS_A_NEED)
    return [one.need for one in found.asked if one.need.key not in sure and says_nothing(one.need)]
