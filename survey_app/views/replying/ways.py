"""The ways from a summary of problems to the fields at which they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from questions.problems import Code, Problem
from survey_app import wording
from survey_app.connections import database
from survey_app.forms import anchor
from survey_app.store.conversations import conversations
from survey_app.views.replying.opening import Opened


@dataclass(frozen=True)
class Link:
    """One line of a summary of problems: where it leads and what it says."""

    href: str
    text: str


def to_section(opened: Opened, section: str, mark: str | None = None, **query: str) -> str:
    """Return the address of a section's page; ``mark`` is the id of an element on it."""
    given: dict[str, Any] = {"section": section, "_anchor": mark, **query}
    return opened.address("section", **given)


def to_table(opened: Opened, table: str, **query: str) -> str:
    """Return the address of a table on its section's page."""
    section = opened.questionnaire.section_of[table].name
    return to_section(opened, section, f"table-{table}", **query)


def to_row(opened: Opened, table: str, row: str, mark: str | None = None, **query: str) -> str:
    """Return the address of the page of a row in a wide table."""
    given: dict[str, Any] = {"table": table, "row": row, "_anchor": mark, **query}
    return opened.address("row", **given)


def to_thread(opened: Opened, item: str) -> str:
    """Return the address at which an item is talked about with the prefecture."""
    known = any(one.question == item for one in conversations(database(), opened.inquiry, opened.reply.municipality))
    mark = f"thread-{item}" if known else "new"
    return url_for("conversing.town_hall", inquiry=opened.inquiry.name, question=item, _anchor=mark)


def links(opened: Opened, problems: Iterable[Problem]) -> tuple[Link, ...]:
    """Return the lines of a summary, each with the way to the field at which the problem is."""
    found = []
    for problem in problems:
        text = f"{where(opened, problem)} — {wording.problem(problem, opened.language)}"
        found.append(Link(way(opened, problem), text))
    return tuple(found)


def returned_links(opened: Opened) -> tuple[tuple[Link, str], ...]:
    """Return the way to each item that came back, with the reason."""
    found = []
    for (row, name), item in opened.returned.items():
        at = Problem(Code.REQUIRED, name, row)
        found.append((Link(way(opened, at), where(opened, at)), item.reason))
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
    questionnaire = opened.questionnaire
    table = questionnaire.tables.get(questionnaire.table_of.get(problem.question, ""))
    if table is not None and not table.narrow:
        return to_row(opened, table.name, problem.row, anchor(problem.place), show="all")
    section = questionnaire.section_of[problem.question].name
    mark = f"table-{problem.question}" if problem.question in questionnaire.tables else anchor(problem.place)
    return to_section(opened, section, mark, show="all")
