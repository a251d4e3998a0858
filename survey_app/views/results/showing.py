"""The results of an inquiry on one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from exports.needs import needs_table
from exports.results.choices import Choices, choices
from exports.results.crossing import Crossing, cross
from exports.results.distributions import Distribution, distribution
from exports.results.rates import overall, rates
from exports.results.variables import BUREAU, KIND, POPULATION, Results
from questions.model import Question, Questionnaire, Section
from survey_app import wording_results
from survey_app.charts.histogram import Histogram, draw
from survey_app.views.results.mapping import mapped
from survey_app.views.results.opening import opened


@dataclass(frozen=True)
class Figure:
    """What one question comes to: choices, or numbers with their drawing."""

    question: Question
    choices: Choices | None = None
    numbers: Distribution | None = None
    drawing: Histogram | None = None


def show(inquiry: str) -> ResponseReturnValue:
    """Show rates, needs, the map and every question with choices or numbers."""
    found = opened(inquiry)
    results = found.results
    return render_template(
        "results/show.html",
        found=found,
        inquiry=found.inquiry,
        results=results,
        words=wording_results,
        overall=overall(results),
        rates=[(by, rates(results, by)) for by in (BUREAU, KIND, POPULATION)],
        needs=list(_needs(results)),
        map=mapped(results, request.args.get("colour", "")) if results.cut.targets else None,
        sections=[
            (section, figures) for section in results.questionnaire.sections if (figures := _figures(results, section))
        ],
    )


def _needs(results: Results) -> Iterator[tuple[str, Crossing]]:
    """Yield the tables of the needs, each with a name of its own."""
    table = needs_table(results.questionnaire)
    if table is None or table.need is None:
        return
    yield "form", cross(results, table.need.field, table.need.form)
    yield "bureau", cross(results, table.need.field, BUREAU)
    yield "population", cross(results, table.need.field, POPULATION)


def _figures(results: Results, section: Section) -> list[Figure]:
    inside = {one.name for one in questions_of(results.questionnaire, section)}
    return [_figure(results, one) for one in results.countable if one.name in inside]


def questions_of(questionnaire: Questionnaire, section: Section) -> list[Question]:
    """Return the questions of a section, columns of its tables included."""
    return [one for one in questionnaire.questions.values() if questionnaire.section_of[one.name] is section]


def _figure(results: Results, question: Question) -> Figure:
    if question.kind.summary == "choices":
        return Figure(question, choices=choices(results, question))
    found = distribution(results, question)
    labels = [wording_results.span(one) for one, _ in found.bins]
    return Figure(question, numbers=found, drawing=draw(found.bins, labels, found.quartiles))
