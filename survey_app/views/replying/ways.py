"""The ways from a summary of problems to the fields at which they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from questions.problems import Problem
from survey_app import wording
from survey_app.forms import anchor
from survey_app.views.replying.opening import Opened


@dataclass(frozen=True)
class Link:
    """One line of a summary of problems: where it leads and what it says."""

    href: str
    text: str


def links(opened: Opened, problems: Iterable[Problem]) -> tuple[Link, ...]:
    """Return the lines of a summary, each with the way to the field at which the problem is."""
    questionnaire, language = opened.questionnaire, opened.language
    found = []
    for problem in problems:
        text = f"{where(opened, problem)} — {wording.problem(problem, questionnaire, language)}"
        found.append(Link(way(opened, problem), text))
    return tuple(found)


def where(opened: Opened, problem: Problem) -> str:
    """Name the question at which a problem is, with the row's number in a table."""
    place = wording.place(problem, opened.questionnaire, opened.language)
    if not problem.row:
        return place
    table = opened.questionnaire.table_of[problem.question]
    rows = opened.reply.answers.row_ids(table)
    if problem.row not in rows:
        return place
    return gettext("%(place)s（%(number)s行目）", place=place, number=rows.index(problem.row) + 1)


def way(opened: Opened, problem: Problem) -> str:
    """Return the address of the field at which a problem is."""
    questionnaire, inquiry = opened.questionnaire, opened.inquiry.name
    table = questionnaire.tables.get(questionnaire.table_of.get(problem.question, ""))
    if table is not None and not table.narrow:
        page = url_for("replying.row", inquiry=inquiry, table=table.name, row=problem.row, show="all")
        return f"{page}#{anchor(problem.place)}"
    section = questionnaire.section_of[problem.question].name
    page = url_for("replying.section", inquiry=inquiry, section=section, show="all")
    mark = f"table-{problem.question}" if problem.question in questionnaire.tables else anchor(problem.place)
    return f"{page}#{mark}"
