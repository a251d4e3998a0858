"""One need: all that it says, its history, who answers it, what was remarked on it."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.needs import Key, needs_table
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.showing import Reader, Shown
from survey_app.store import merging, routing
from survey_app.store.divisions import Division
from survey_app.store.divisions import listed as divisions_listed
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.routing import Route, route_by, routing_rules
from survey_app.store.submissions import submissions_of
from survey_app.views.needs.compiling import NOW, Compiled, Line, Mark, compiled
from survey_app.views.needs.history import history
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note

BACK = {"similar": "needs.similar", "listed": "needs.listed"}
"""The pages beside its own from which a need is remarked on."""


def need(inquiry: str, municipality: str, row: str) -> ResponseReturnValue:
    """Show one need."""
    return _page(find_inquiry(database(), inquiry), (municipality, row))


def move(inquiry: str, municipality: str, row: str) -> ResponseReturnValue:
    """Give a need to other divisions than those of the matrix, or back to these."""
    found, key = find_inquiry(database(), inquiry), (municipality, row)
    holding(found, key)
    typed = Typed(request.form)
    route = Route(None) if "back" in request.form else _route(typed)
    if not typed.faults:
        try:
            routing.move_need(database(), found, key, route, around().who, seen=request.form.get("seen", ""))
        except Overtaken:
            return _page(found, key, typed=request.form, overtaken=True), 409
    if typed.faults:
        return _page(found, key, typed=request.form, faults=typed.faults), 422
    note("need_moved" if route.lead else "need_moved_back")
    return _to(found, key)


def remark(inquiry: str, municipality: str, row: str) -> ResponseReturnValue:
    """Say that a need is one, or that it is not to be dealt with as one."""
    found, key = find_inquiry(database(), inquiry), (municipality, row)
    holding(found, key)
    said = merging.NOT_A_NEED if request.form.get("said") == merging.NOT_A_NEED else merging.IS_A_NEED
    merging.remark(database(), found, key, said, around().who)
    note(said)
    page = BACK.get(request.form.get("page", ""))
    if page is not None:
        return redirect(url_for(page, inquiry=inquiry, cut=request.form.get("cut") or None), 303)
    return _to(found, key)


def holding(inquiry: Inquiry, key: Key) -> tuple[Compiled, Line]:
    """Return the cut that is asked for with the need in it; where it is not there, the last one in which it was.

    Raises LookupError when it was in none.
    """
    first = compiled(inquiry)
    for asked in (first.chosen, NOW, *(str(one.number) for one in reversed(first.cuts))):
        found = first if asked == first.chosen else compiled(inquiry, asked)
        line = next((one for one in found.lines if one.key == key), None)
        if line is not None:
            return found, line
    raise LookupError(*key)


def _route(typed: Typed) -> Route:
    """Read to whom a need is moved, and why."""
    present = {str(one.id): one.id for one in _present()}
    lead = present.get(typed.form.get("lead", ""))
    if lead is None:
        typed.faults["lead"] = _("主担当の課を選んでください。")
    supports = tuple(present[one] for one in request.form.getlist("supports") if one in present)
    reason = typed.line("reason", _("担当課を変える理由を入力してください。"))
    return Route(lead, tuple(one for one in supports if one != lead), by_hand=True, reason=reason)


def _present() -> tuple[Division, ...]:
    return divisions_listed(database(), moment().date())


def _page(inquiry: Inquiry, key: Key, **told: object) -> str:
    found, line = holding(inquiry, key)
    place = found.lines.index(line)
    handed = submissions_of(database(), inquiry, key[0])
    return render_template(
        "needs/need.html",
        found=found,
        inquiry=inquiry,
        line=line,
        marks=Mark,
        answers=_answers(found, line),
        handed=next((one for one in found.cut.submissions if one.municipality == key[0]), None),
        history=history(found, line, handed),
        moves=routing.moves(database(), inquiry, key),
        by_matrix=route_by(routing_rules(database()), line.need, found.today),
        group=() if line.merge is None else found.merge_of(line.merge),
        neighbours=(found.lines[place - 1] if place else None, next(iter(found.lines[place + 1 : place + 2]), None)),
        present=_present(),
        seen=routing.move_mark(database(), inquiry, key),
        **{"faults": {}, "typed": None, "overtaken": False, **told},
    )


def _answers(found: Compiled, line: Line) -> list[Shown]:
    """Return all that the need says; what was not asked is left out."""
    table = needs_table(found.cut.questionnaire)
    handed = next(one for one in found.cut.submissions if one.municipality == line.town.code)
    address_of = partial(_file, found.inquiry, line.town.code)
    reader = Reader(found.cut.questionnaire, handed.contents, found.setting, wording.language(), address_of=address_of)
    row = line.need.row
    asked = [] if table is None else [one for one in table.questions if handed.contents.asked(one.name, row)]
    return [reader.answer(one, row) for one in asked]


def _file(inquiry: Inquiry, municipality: str, attachment: str) -> str:
    return url_for("attaching.handed_in", inquiry=inquiry.name, municipality=municipality, identity=attachment)


def _to(inquiry: Inquiry, key: Key) -> ResponseReturnValue:
    cut = request.form.get("cut") or None
    return redirect(url_for("needs.need", inquiry=inquiry.name, municipality=key[0], row=key[1], cut=cut), 303)
