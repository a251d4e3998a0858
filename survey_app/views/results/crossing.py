"""Any two questions crossed, and the municipalities behind one count."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.results.crossing import ANY, holders, places
from exports.results.crossing import Crossing as Table
from exports.results.crossing import cross as cross_of
from exports.results.variables import ATTRIBUTES, BUREAU, CannotCross, Results, Variable
from survey_app import wording, wording_results
from survey_app.views.results.opening import Opened, opened


def cross_page(found: Opened, **told: object) -> str:
    """Render the page on which two variables are chosen."""
    return render_template(
        "results/cross.html",
        found=found,
        inquiry=found.inquiry,
        results=found.results,
        words=wording_results,
        sections=_sections(found.results),
        attributes=ATTRIBUTES,
        **{"crossing": None, "fault": "", "row": "", "column": "", **told},
    )


def cross(inquiry: str) -> ResponseReturnValue:
    """Cross two variables that the address names; the first choice and the bureaus when it names none."""
    found = opened(inquiry)
    first = found.results.countable[0].name if found.results.countable else BUREAU
    row, column = request.args.get("row", first), request.args.get("column", BUREAU)
    try:
        table = cross_of(found.results, row, column)
    except CannotCross:
        fault = _("別々の表の列どうしは掛け合わせられません。一方を、表の外の設問か、同じ表の列にしてください。")
        return cross_page(found, fault=fault, row=row, column=column), 422
    return cross_page(found, crossing=table, row=row, column=column)


def towns(inquiry: str) -> ResponseReturnValue:
    """List the municipalities, or the rows of a table, behind one count. Raises LookupError."""
    found = opened(inquiry)
    asked = request.args
    table = _asked(found.results, asked.get("row", BUREAU), asked.get("column", BUREAU))
    row, column = asked.get("row_is", ANY), asked.get("column_is", ANY)
    behind = places(table, row, column)
    conditions = [
        (variable_name(found.results, variable), wording_results.category(variable.category(code)))
        for variable, code in ((table.row, row), (table.column, column))
        if code != ANY
    ]
    return render_template(
        "results/towns.html",
        found=found,
        inquiry=found.inquiry,
        results=found.results,
        words=wording_results,
        conditions=conditions,
        unit=table.row.unit,
        holders=holders(found.results, behind, table.row.unit),
    )


def _asked(results: Results, row: str, column: str) -> Table:
    try:
        return cross_of(results, row, column)
    except CannotCross as fault:
        raise LookupError(row, column) from fault


def variable_name(results: Results, variable: Variable) -> str:
    """Return the name of a variable as people read it."""
    question = results.questionnaire.questions.get(variable.name)
    return wording_results.name(variable.name) if question is None else wording_results.asked(question)


def _sections(results: Results) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be crossed, by section."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for question in results.countable:
        section = results.questionnaire.section_of[question.name]
        heading = f"{section.name} {section.title.text(wording.language())}"
        groups.setdefault(heading, []).append((question.name, wording_results.asked(question)))
    return list(groups.items())
