"""What the division entered for a municipality: at a glance, looked over, handed in with its source, given up."""

import secrets
from typing import cast

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.answers import Place
from questions.kinds.texts import first_control
from questions.life import NotAllowed
from questions.problems import Problem
from survey_app import wording, wording_checking
from survey_app.connections import database
from survey_app.progress import Length, length_of
from survey_app.store.attachments import find_attachment
from survey_app.store.entering import Begun, Clashing, EntryOrder, discard_copy, enter_copy
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, Source
from survey_app.views.attaching import given_out
from survey_app.views.entering.opening import Entered
from survey_app.views.replying.handing import confirmations_of, messages_of
from survey_app.views.replying.listing import answered_beyond_nil
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import reader
from survey_app.views.replying.ways import Link, way, where

LONGEST_NOTE = 300
LONGEST_TOKEN = 100
YIELD = "theirs"


def overview(inquiry: str) -> ResponseReturnValue:
    """Say for whom a reply is entered, how far it is, and what is known of the municipality's own."""
    entered = _opened(inquiry)
    lengths = {step.section.name: length_of(entered.examination, step.section) for step in entered.steps}
    return render_template(
        "entering/overview.html",
        opened=entered,
        next_step=next((one for one in entered.steps if not one.complete), None),
        nil_needs_confirming=answered_beyond_nil(entered),
        lengths=lengths,
        length=sum(lengths.values(), Length()),
    )


def review(inquiry: str) -> ResponseReturnValue:
    """Show all that was entered with what is in the way, where it came from, and the button that hands it in."""
    return _review(_opened(inquiry))


def submit(inquiry: str) -> ResponseReturnValue:
    """Hand in what was entered, as it was looked at; sent twice, it is handed in once."""
    entered, faults = _opened(inquiry), _faults()
    token = request.form.get("token", "")
    if not token or len(token) > LONGEST_TOKEN:
        abort(400)
    if faults:
        return _review(entered, faults=faults), 422
    try:
        handed = enter_copy(database(), entered.reply, _order(token), entered.who)
    except ChangedMeanwhile:
        return _review(entered.again(), changed=True), 409
    except Begun:
        return _review(entered.again(), faults={"agreed": _begun_sentence()}), 422
    except Clashing as fault:
        return _review(entered.again(), faults=_clash_faults(fault.places)), 409
    except Incomplete:
        return _review(entered.again(), incomplete=True), 422
    except NotAllowed as fault:
        return _review(entered.again(), refusal=fault.reason), 409
    note("entered")
    return redirect(url_for("board.reply", inquiry=inquiry, municipality=handed.municipality), 303)


def discard(inquiry: str) -> ResponseReturnValue:
    """Empty what was entered."""
    entered = _opened(inquiry)
    try:
        discard_copy(database(), entered.reply, entered.who)
    except ChangedMeanwhile:
        note("entry_changed", "warn")
        return redirect(entered.address("overview"), 303)
    note("entry_discarded", "note")
    return redirect(url_for("board.reply", inquiry=inquiry, municipality=entered.reply.municipality), 303)


def file(inquiry: str, identity: str) -> Response:
    """Give a file that stands in what was entered."""
    entered = _opened(inquiry)
    found = find_attachment(database(), entered.inquiry, entered.reply.municipality, identity)
    kinds = {name: question.kind for name, question in entered.questionnaire.questions.items()}
    attached = (
        one.id
        for place, entry in entered.reply.answers.entries.items()
        if kinds[place[1]].attaches
        for one in kinds[place[1]].attached(entry.texts)
    )
    return given_out(found) if identity in attached else abort(404)


def _opened(inquiry: str) -> Entered:
    return cast(Entered, g.open_reply(inquiry))


def _faults() -> dict[str, str]:
    """Look at what is said about the source."""
    faults = {}
    if request.form.get("source") not in wording_checking.ENTERED_BY:
        faults["source"] = _("どの方法で受けた回答かを選んでください。")
    text = request.form.get("source_note", "").strip()
    if not text:
        faults["source_note"] = _("だれから、いつ受けたかを入力してください（例：総務課 佐藤様、11月24日）。")
    elif len(text) > LONGEST_NOTE or first_control(text) is not None or "\n" in text:
        faults["source_note"] = _("%(longest)s字以内で、1行で入力してください。", longest=LONGEST_NOTE)
    return faults


def _order(token: str) -> EntryOrder:
    form = request.form
    return EntryOrder(
        seen=form.get("seen", -1, type=int),
        token=token,
        confirmed=frozenset(form.getlist("confirm")),
        source=Source(form["source"], form["source_note"].strip()),
        reply_seen=form.get("reply_seen", -1, type=int),
        agreed=form.get("agreed") == "1",
        yielded=frozenset(_place(text) for text in form.getlist(YIELD)),
    )


def _place(text: str) -> Place:
    row, _slash, name = text.partition("/")
    return row, name


def _begun_sentence() -> str:
    return _("市町村が入力を始めています。入力した内容と合わせて提出してよいと、市町村に確かめてください。")


def _clash_faults(places: tuple[Place, ...]) -> dict[str, str]:
    sentence = _("市町村の入力と異なります。市町村の入力のまま提出するときは、しるしを付けてください。")
    return {"theirs-" + "-".join(place): sentence for place in places}


def _review(entered: Entered, **told: object) -> str:
    joined = entered.joined
    whole = joined.whole.examination()
    blocking = whole.blocking()
    own = [one for one in blocking if not _is_theirs(entered, one)]
    theirs = [one for one in blocking if _is_theirs(entered, one)]
    return render_template(
        "entering/review.html",
        opened=entered,
        joined=joined,
        sections=reader(entered).sections(),
        messages=messages_of(entered, tuple(own)),
        blocking=[_link(entered, one) for one in own],
        theirs=[_label(entered, one.place) for one in theirs],
        clashes=[("/".join(place), "theirs-" + "-".join(place), _label(entered, place)) for place in joined.clashes],
        confirmations=confirmations_of(entered, whole),
        token=secrets.token_urlsafe(24),
        sources=wording_checking.ENTERED_BY,
        typed=request.form,
        edit=lambda section: entered.address("section", section=section),
        **{"faults": {}, **told},
    )


def _is_theirs(entered: Entered, problem: Problem) -> bool:
    """Is it a problem of what the municipality typed, or asked only because of that?"""
    asked = entered.examination.asked(problem.question, problem.row)
    return not asked or entered.joined.is_theirs(problem.place)


def _link(entered: Entered, problem: Problem) -> Link:
    return Link(way(entered, problem), f"{where(entered, problem)} — {wording.problem(problem, entered.language)}")


def _label(entered: Entered, place: Place) -> str:
    return f"{place[1]} {entered.questionnaire.label(place[1]).text(entered.language)}"
