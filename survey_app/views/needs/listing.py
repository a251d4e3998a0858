"""All needs of a cut, searched, filtered and sorted."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from questions.bureaus import in_order
from survey_app.connections import database
from survey_app.store.fixed_cuts import late
from survey_app.store.inquiries import find_inquiry
from survey_app.views.needs.compiling import Compiled, Mark, compiled
from survey_app.views.needs.picking import picked, read_picking

PAGE = 100
"""Needs on one page."""


def listed(inquiry: str) -> ResponseReturnValue:
    """List the needs: those without a division first."""
    found = compiled(find_inquiry(database(), inquiry))
    asked = read_picking(request.args)
    lines = picked(found, asked)
    pages = max(-(-len(lines) // PAGE), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "needs/listed.html",
        found=found,
        inquiry=found.inquiry,
        asked=asked,
        marks=Mark,
        lines=lines[(page - 1) * PAGE : page * PAGE],
        whole=len(lines),
        page=page,
        pages=pages,
        others={name: value for name, value in request.args.items() if name != "page" and value},
        bureaus=in_order(line.town.bureau for line in found.lines),
        divisions=_divisions(found),
        waiting=late(database(), found.inquiry, found.cuts[-1].number) if found.cuts else {},
    )


def _divisions(found: Compiled) -> list[tuple[int, str]]:
    """Return the divisions that lead or support any need, with their names."""
    there = {number for line in found.lines for number in (line.route.lead, *line.route.supports) if number is not None}
    return [(number, one.full_name) for number, one in found.known.divisions.items() if number in there]
