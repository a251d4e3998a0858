"""One need of a round: what all divisions answered, round beside round; who is asked about it; a response returned."""

from collections import Counter

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.needs import Key
from questions.kinds.texts import first_control
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.consulting.answers import answers, heard
from survey_app.consulting.matters import Consultation, consultation
from survey_app.counting import known_number, read_number
from survey_app.store import handing_responses as handing
from survey_app.store.divisions import listed
from survey_app.store.round_changes import add_division, withdraw_division
from survey_app.store.rounds import RoundClosed, asked, find_asked, rounds
from survey_app.store.routing import LEAD, SUPPORT
from survey_app.views.consulting.running import asking
from survey_app.views.replying.notes import note

LONGEST_REMARK = 500


def need(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Show a need with all that was answered to it."""
    found = asking(inquiry, number)
    return _page(found, found.key_of(control))


def add(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Ask one more division about it."""
    found = asking(inquiry, number)
    key, division = found.key_of(control), request.form.get("division", "")
    if read_number(division) is None:
        return _page(found, key, faults={"division": _("照会する課を選んでください。")}), 422
    part = LEAD if request.form.get("part") == LEAD else SUPPORT
    try:
        add_division(database(), found.inquiry, found.round, (key, known_number(division), part), around().who)
    except RoundClosed:
        return _page(found, key, closed=True), 409
    note("division_asked")
    return _back(inquiry, number, control)


def withdraw(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Ask a division no longer about it."""
    found = asking(inquiry, number)
    key = found.key_of(control)
    try:
        withdraw_division(database(), found.round, key, _division(), around().who)
    except RoundClosed:
        return _page(found, key, closed=True), 409
    note("division_withdrawn")
    return _back(inquiry, number, control)


def give_back(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Give a division's response back with a remark; its text is the division's to change."""
    found = asking(inquiry, number)
    key, division, remark = found.key_of(control), _division(), request.form.get("remark", "").strip()
    remark = remark.replace("\r\n", "\n")
    fault = ""
    if not remark:
        fault = _("差し戻す理由を入力してください。")
    elif len(remark) > LONGEST_REMARK:
        fault = _("%(most)s字以内で入力してください（いま%(now)s字です）。", most=LONGEST_REMARK, now=len(remark))
    elif first_control(remark) is not None:
        fault = _("使えない文字が含まれています。その文字を消してください。")
    if fault:
        return _page(found, key, faults={f"remark-{division}": fault}, typed=request.form, returning=division), 422
    try:
        to = find_asked(database(), found.round, key, division)
        handing.give_back(database(), found.round, to, remark, around().who)
    except RoundClosed:
        return _page(found, key, closed=True, typed=request.form, returning=division), 409
    note("response_returned")
    return _back(inquiry, number, control)


def compare(inquiry: str, number: int) -> ResponseReturnValue:
    """Show the rounds side by side, need by need: those that were asked about again, or all."""
    found = asking(inquiry, number)
    held = [consultation(database(), found.inquiry, one.number) for one in rounds(database(), found.inquiry)]
    given = {one.round.number: answers(database(), one, moment().date()) for one in held}
    times = Counter(key for several in given.values() for key in several)
    again = [key for key, count in times.items() if count > 1]
    keys = again if again and "all" not in request.args else list(times)
    order = {key: place for place, key in enumerate(found.newest.needs)}
    lines = []
    for key in sorted(keys, key=lambda one: (order.get(one, len(order)), one)):
        there = next(one for one in reversed(held) if key in one.cut.needs)
        lines.append((there.matter(key), there.words(there.matter(key).need, wording.language()), key))
    return render_template(
        "consulting/compare.html",
        inquiry=found.inquiry,
        asking=found,
        held=held,
        given=given,
        lines=lines,
        total=len(times),
        again=len(again),
    )


def _division() -> int:
    """Return the division that is named. Raises LookupError."""
    return known_number(request.form.get("division", ""))


def _back(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    return redirect(url_for("consulting.need", inquiry=inquiry, number=number, control=control), 303)


def _page(found: Consultation, key: Key, **told: object) -> str:
    matter, language = found.matter(key), wording.language()
    lines = [one for one in asked(database(), found.round, withdrawn=True) if one.key == key]
    together = answers(database(), found, moment().date(), lines).get(key, ())
    others = []
    for round_ in reversed(rounds(database(), found.inquiry)):
        if round_.number != found.round.number:
            other = consultation(database(), found.inquiry, round_.number)
            given = answers(database(), other, moment().date()).get(key, ())
            if given:
                others.append((round_, given))
    present = {one.asked.division for one in together if one.asked.withdrawn_at is None}
    return render_template(
        "consulting/need.html",
        inquiry=found.inquiry,
        asking=found,
        matter=matter,
        words=found.words(matter.need, language),
        asked_words=found.words(matter.asked, language),
        together=[found.words(one, language) for one in matter.together],
        answers=[one for one in together if one.asked.withdrawn_at is None],
        withdrawn=[one for one in together if one.asked.withdrawn_at is not None],
        heard=heard(database(), found, matter),
        others=others,
        free=[one for one in listed(database(), moment().date()) if one.id not in present],
        present=present,
        **{"faults": {}, "typed": {}, "closed": False, "returning": None, **told},
    )
