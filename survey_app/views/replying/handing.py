"""Looking everything over, handing it in, the receipt, and taking it back."""

import secrets

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.checking import Examination
from questions.life import Act, Actor, NotAllowed, may
from questions.problems import Level, Problem
from survey_app import wording
from survey_app.connections import database
from survey_app.forms import Message
from survey_app.showing import Reader
from survey_app.store import submissions as store
from survey_app.store.accounts import settles_inside
from survey_app.store.fixed_cuts import waits_since
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, Order, find_handed
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened, again, open_reply, reader
from survey_app.views.replying.ways import links, where


def review(inquiry: str) -> ResponseReturnValue:
    """Show all answers with everything that is in the way, and the button that hands them in."""
    return _review(open_reply(inquiry))


def submit(inquiry: str) -> ResponseReturnValue:
    """Hand the reply in as it was looked at; sent twice, it is handed in once."""
    opened = open_reply(inquiry)
    confirmed = frozenset(request.form.getlist("confirm"))
    token = request.form.get("token", "")
    if not token or len(token) > 100:
        abort(400)
    order = Order(request.form.get("seen", -1, type=int), token, confirmed)
    try:
        handed = store.submit(database(), opened.reply, order, opened.who)
    except ChangedMeanwhile:
        return _review(again(opened), changed=True, confirmed=confirmed), 409
    except Incomplete:
        return _review(again(opened), incomplete=True, confirmed=confirmed), 422
    except NotAllowed as fault:
        return _review(again(opened), refusal=fault.reason), 409
    return redirect(url_for("replying.receipt", inquiry=inquiry, number=handed.number), 303)


def withdraw(inquiry: str) -> ResponseReturnValue:
    """Take a submitted reply back for correction."""
    opened = open_reply(inquiry)
    store.withdraw(database(), opened.reply, opened.who)
    note("withdrawn", "note")
    return redirect(url_for("replying.overview", inquiry=inquiry), 303)


def receipt(inquiry: str, number: int) -> ResponseReturnValue:
    """Show what was handed in, with its number."""
    opened = open_reply(inquiry)
    handed = find_handed(database(), opened.inquiry, opened.reply.municipality, number)
    if handed is None:
        abort(404)
    standing = opened.reply.standing
    setting, language = opened.reply.setting, opened.language
    shown = Reader(opened.questionnaire, handed.contents, setting, language, address_of=opened.address_of)
    last = handed.number == standing.number
    return render_template(
        "replying/receipt.html",
        opened=opened,
        handed=handed,
        last=last,
        may_withdraw=last and may(standing.state, Act.WITHDRAW, Actor.OFFICER, standing.term, opened.who.at),
        sections=shown.sections(),
        waits=waits_since(database(), opened.inquiry, opened.reply.municipality) if last else None,
    )


def _review(opened: Opened, **told: object) -> str:
    examination, reply = opened.examination, opened.reply
    problems = examination.problems()
    return render_template(
        "replying/review.html",
        opened=opened,
        sections=reader(opened).sections(),
        messages=messages_of(opened, problems),
        blocking=links(opened, examination.blocking()),
        confirmations=confirmations_of(opened, examination),
        may_submit=may(reply.state, Act.SUBMIT, Actor.OFFICER, reply.standing.term, opened.who.at),
        token=secrets.token_urlsafe(24),
        inside=settles_inside(database(), reply.municipality),
        edit=lambda section: opened.address("section", section=section),
        **told,
    )


def messages_of(opened: Opened, problems: tuple[Problem, ...]) -> dict[tuple[str, str], list[Message]]:
    """Return the sentences for problems by place."""
    found: dict[tuple[str, str], list[Message]] = {}
    for place, item in opened.returned.items():
        found[place] = [Message(Level.CONFIRM, _("差戻しの理由：%(reason)s", reason=item.reason))]
    for problem in problems:
        text = wording.problem(problem, opened.language)
        found.setdefault(problem.place, []).append(Message(problem.level, text))
    return found


def confirmations_of(opened: Opened, examination: Examination) -> list[tuple[str, str, str]]:
    """Return what is to be confirmed: (name of the check, where, what); each check once."""
    found: dict[str, tuple[str, str, str]] = {}
    for problem in examination.to_confirm():
        name = str(problem.context.get("check"))
        text = wording.problem(problem, opened.language)
        found.setdefault(name, (name, where(opened, problem), text))
    return list(found.values())
