"""The routing matrix: for each field and form of support, which division leads and which support, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.needs import needs_table
from questions.eras import show_day
from questions.kinds.base import Option
from questions.labels import Label
from questions.reading import read_catalogue
from questions.setting import Setting
from survey_app import routing_start, wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.store import routing_cells as cells
from survey_app.store.divisions import listed as divisions_listed
from survey_app.store.inquiries import inquiries
from survey_app.store.overtaking import Overtaken
from survey_app.store.routing import LEAD, SUPPORT, NewRule, RoutingRule, routing_rules
from survey_app.store.routing_cells import Cell, EndsTooEarly, RuleStands
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note

blueprint = Blueprint("routing", __name__, url_prefix="/divisions/routing")
APRIL = 4


@dataclass(frozen=True)
class Shown:
    """A cell on one day: ids of divisions. ``coming``: it changes later."""

    lead: int | None
    supports: tuple[int, ...]
    coming: bool

    @property
    def is_blank(self) -> bool:
        """Has it no rule of its own?"""
        return self.lead is None and not self.supports


@blueprint.get("/")
def matrix() -> ResponseReturnValue:
    """Show the matrix of a day."""
    typed = Typed(request.args)
    on = typed.day("on", _today()) or _today()
    fields, forms = _codes()
    rules = routing_rules(database())
    every = [Cell(field.code, form) for field in fields for form in ("", *(one.code for one in forms))]
    return render_template(
        "routing/matrix.html",
        fields=fields,
        forms=forms,
        shown={(one.field, one.form): _shown(rules, one, on) for one in every},
        divisions={one.id: one for one in divisions_listed(database())},
        on=on,
        today=_today(),
        asked=request.args.get("on", ""),
        faults=typed.faults,
        start=routing_start.start(database()),
        field_names={one.code: one.label.text(wording.language()) for one in fields},
        support=SUPPORT,
    )


@blueprint.get("/cell")
def cell() -> ResponseReturnValue:
    """Show one cell: what holds, held and will hold, and the forms that change it."""
    if "field" not in request.args:
        return redirect(url_for("routing.matrix"), 303)
    return _cell_page(_cell(request.args))


@blueprint.post("/lead")
def lead() -> ResponseReturnValue:
    """Let a division lead the cell from a day on."""
    return _added(LEAD)


@blueprint.post("/support")
def support() -> ResponseReturnValue:
    """Let a division support the cell."""
    return _added(SUPPORT)


@blueprint.post("/rules/<int:rule>/end")
def end(rule: int) -> ResponseReturnValue:
    """Set the last day of a rule of the cell, or take it back."""
    here = _cell(request.form)
    known = next((one for one in cells.rules_of(database(), here) if one.id == rule), None)
    if known is None:
        raise LookupError(rule)
    typed = Typed(request.form)
    if "now" in request.form:
        until: date | None = max(_today(), known.since) - timedelta(days=1)
    else:
        until = None if "never" in request.form else typed.day("until")
        if until is None and "never" not in request.form and not typed.faults:
            typed.faults["until"] = _("最後の日を入力してください。")
    if not typed.faults:
        try:
            cells.end(database(), here, rule, until, who=around().who)
        except EndsTooEarly:
            typed.faults["until"] = _(
                "最後の日は、始めの日（%(since)s）以後にしてください。", since=wording.day(known.since)
            )
        except RuleStands as standing:
            typed.faults["until"] = _stands(standing)
    if typed.faults:
        return _cell_page(here, ending=rule, typed=request.form, faults=typed.faults), 422
    note("routing_ended")
    return _to(here)


@blueprint.post("/start")
def start() -> ResponseReturnValue:
    """Take over the routing that comes with the product, where there is none yet."""
    routing_start.take_start(database(), around().who)
    note("routing_started")
    return redirect(url_for("routing.matrix"), 303)


def _added(part: str) -> ResponseReturnValue:
    here = _cell(request.form)
    typed = Typed(request.form)
    since = typed.day("since", _today()) or _today()
    new = NewRule(here.field, here.form, _division(typed, since), part, since)
    if not typed.faults:
        seen, who = request.form.get("seen", ""), around().who
        ended: tuple[RoutingRule, ...] = ()
        try:
            if part == LEAD:
                ended = cells.set_lead(database(), new, who, seen=seen)
            else:
                cells.add_support(database(), new, who, seen=seen)
        except Overtaken:
            return _cell_page(here, adding=part, typed=request.form, overtaken=True), 409
        except RuleStands as standing:
            typed.faults["division"] = _stands(standing)
    if typed.faults:
        return _cell_page(here, adding=part, typed=request.form, faults=typed.faults), 422
    note("routing_changed")
    if ended:
        note("support_ended")
    return _to(here)


def _division(typed: Typed, since: date) -> int:
    """Read which division; it must be there on the first day."""
    known = {str(one.id): one for one in divisions_listed(database())}
    found = known.get(typed.form.get("division", ""))
    if found is None:
        typed.faults["division"] = _("課を選んでください。")
        return 0
    if not found.exists_on(since):
        typed.faults["since"] = _(
            "%(name)sは、%(day)sにはない課です。課の期間を確かめてください。", name=found.name, day=wording.day(since)
        )
    return found.id


def _stands(fault: RuleStands) -> str:
    rule: RoutingRule = fault.args[0]
    names = {one.id: one.name for one in divisions_listed(database())}
    return _(
        "%(name)s（%(since)sから）と期間が重なります。先に、その期間を変えてください。",
        name=names.get(rule.division, ""),
        since=wording.day(rule.since),
    )


def _cell(form: object) -> Cell:
    """Return the cell that is named. Raises LookupError when neither questionnaire nor rules know it."""
    fields, forms = _codes()
    here = Cell(form.get("field", ""), form.get("form", ""))  # type: ignore[attr-defined]
    if here.field not in {one.code for one in fields} or here.form not in {"", *(one.code for one in forms)}:
        raise LookupError(here.field, here.form)
    return here


def _codes() -> tuple[list[Option], list[Option]]:
    """Return the fields and forms of the newest inquiry about needs; codes that only rules know come last."""
    asked = (one.questionnaire for one in inquiries(database()))
    questionnaire = next((one for one in asked if needs_table(one)), None) or read_catalogue("support_needs")
    table, rules = needs_table(questionnaire), routing_rules(database())
    if table is None or table.need is None:
        return [], []
    fields, forms = (
        list(questionnaire.questions[name].kind.options(Setting())) for name in (table.need.field, table.need.form)
    )
    return _with(fields, [rule.field for rule in rules]), _with(forms, [rule.form for rule in rules if rule.form])


def _with(options: list[Option], codes: Sequence[str]) -> list[Option]:
    known = {one.code for one in options}
    return options + [Option(code=one, label=Label(ja=one, en=one)) for one in dict.fromkeys(codes) if one not in known]


def _shown(rules: Sequence[RoutingRule], here: Cell, on: date) -> Shown:
    mine = [rule for rule in rules if Cell(rule.field, rule.form) == here and not rule.is_void]
    holding = [rule for rule in mine if rule.is_valid(on)]
    leads = [rule.division for rule in holding if rule.part == LEAD]
    lead = leads[0] if leads else None
    others = (rule.division for rule in holding if rule.part == SUPPORT and rule.division != lead)
    return Shown(lead, tuple(dict.fromkeys(others)), any(rule.since > on for rule in mine))


def _cell_page(here: Cell, **told: object) -> str:
    fields, forms = _codes()
    rules = cells.rules_of(database(), here)
    known = divisions_listed(database())
    return render_template(
        "routing/cell.html",
        cell=here,
        field=next(one for one in fields if one.code == here.field).label.text(wording.language()),
        form=next((one.label.text(wording.language()) for one in forms if one.code == here.form), ""),
        whole=_shown(routing_rules(database()), Cell(here.field), _today()),
        shown=_shown(rules, here, _today()),
        present=[one for one in rules if one.until is None or one.until >= _today()],
        past=[one for one in rules if one.until is not None and one.until < _today()],
        divisions={one.id: one for one in known},
        options=[one for one in known if one.until is None or one.until >= _today()],
        lead=LEAD,
        seen=cells.cell_mark(rules),
        today=_today(),
        show_day=show_day,
        april=_next_april(),
        eve=_next_april() - timedelta(days=1),
        **{"adding": "", "ending": 0, "typed": {}, "faults": {}, "overtaken": False, **told},
    )


def _next_april() -> date:
    this = _today()
    return date(this.year + (this.month >= APRIL), APRIL, 1)


def _today() -> date:
    return moment().date()


def _to(here: Cell) -> ResponseReturnValue:
    return redirect(url_for("routing.cell", field=here.field, form=here.form or None), 303)
