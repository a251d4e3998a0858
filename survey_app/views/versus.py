"""An inquiry beside another that asked the same: in all, by question, by municipality, by need; and as a workbook."""

import tempfile
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.versus.book import write_versus
from exports.versus.comparing import SORTS, Versus, comparable
from exports.versus.totals import totals
from survey_app import wording_results
from survey_app.connections import database, moment
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry, find_inquiry, inquiries
from survey_app.views.downloads import download
from survey_app.views.results.opening import Opened

blueprint = Blueprint("versus", __name__, url_prefix="/board/<inquiry>/versus")
NEED_SORTS = ("again", "new", "gone")


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """Show both in all, question by question and municipality by municipality."""
    found = find_inquiry(database(), inquiry)
    others = _others(found)
    other = _other(others)
    versus = None if other is None else _versus(other, found)
    lines = () if versus is None else totals(versus)
    return _page("show", found, others=others, other=other, versus=versus, totals=lines)


@blueprint.get("/answers")
def answers(inquiry: str) -> ResponseReturnValue:
    """List answers of both times, those that are asked for."""
    found, other, versus = _both(inquiry)
    asked = {name: request.args.get(name, "") for name in ("question", "municipality", "sort")}
    shown = [
        one
        for one in versus.answers
        if asked["question"] in ("", one.question)
        and asked["municipality"] in ("", one.municipality)
        and (one.sort == asked["sort"] if asked["sort"] in SORTS else one.sort != "same")
    ]
    return _page("answers", found, other=other, versus=versus, shown=shown, asked=asked)


@blueprint.get("/needs")
def needs(inquiry: str) -> ResponseReturnValue:
    """List the needs of both times: those that came again, new ones, those that are gone."""
    found, other, versus = _both(inquiry)
    asked = {name: request.args.get(name, "") for name in ("municipality", "sort")}
    shown = [
        one
        for one in versus.needs
        if asked["municipality"] in ("", one.municipality)
        and (asked["sort"] not in NEED_SORTS or (one.sort == asked["sort"] and not one.alone))
    ]
    return _page("needs", found, other=other, versus=versus, shown=shown, asked=asked)


@blueprint.get("/workbook.xlsx")
def workbook(inquiry: str) -> ResponseReturnValue:
    """Send the comparison as a workbook."""
    found, other, versus = _both(inquiry)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "versus.xlsx"
        write_versus(versus, path)
        content = path.read_bytes()
    return download(content, f"前回との比較_{other.name}_{found.name}.xlsx", plain=f"{found.name}.xlsx")


def _page(name: str, inquiry: Inquiry, **told: object) -> str:
    return render_template(
        f"versus/{name}.html",
        inquiry=inquiry,
        found=Opened(inquiry, take_cut(database(), inquiry, moment()), None, ()),
        words=wording_results,
        sorts=SORTS,
        need_sorts=NEED_SORTS,
        **told,
    )


def _others(inquiry: Inquiry) -> list[Inquiry]:
    """Return the inquiries with which this one can be compared: the one that it repeats first, then the newest."""
    found = [
        one
        for one in inquiries(database())
        if one.id != inquiry.id and comparable(one.questionnaire, inquiry.questionnaire)
    ]
    return sorted(found, key=lambda one: one.id != inquiry.earlier)


def _other(others: list[Inquiry]) -> Inquiry | None:
    """Return the inquiry that is asked for, the likeliest when none is. Raises LookupError."""
    asked = request.args.get("other", "")
    if not asked:
        return others[0] if others else None
    chosen = next((one for one in others if one.name == asked), None)
    if chosen is None:
        raise LookupError(asked)
    return chosen


def _both(inquiry: str) -> tuple[Inquiry, Inquiry, Versus]:
    found = find_inquiry(database(), inquiry)
    other = _other(_others(found))
    if other is None:  # the page says why
        abort(redirect(url_for("versus.show", inquiry=inquiry), 303))
    return found, other, _versus(other, found)


def _versus(other: Inquiry, inquiry: Inquiry) -> Versus:
    return Versus(*(take_cut(database(), one, moment()) for one in (other, inquiry)))
