"""The division's side: where an inquiry stands, one municipality's reply, the compiled workbook."""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from exports.compiled.book import write_compiled
from questions.life import State
from survey_app.comparing import breaches
from survey_app.connections import database, moment
from survey_app.store import inquiries as store
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Standing, find_inquiry, standings
from survey_app.store.rosters import roster

blueprint = Blueprint("board", __name__, url_prefix="/board")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Counts:
    """How many of some targets are in each state; the sum of ``states`` is ``total``."""

    total: int
    states: dict[State, int]
    handed_in: int
    nil: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """The share of targets that have handed in, in per cent; None without targets."""
        return 100 * self.handed_in / self.total if self.total else None


def counted(targets: list[Standing]) -> Counts:
    """Count targets by state."""
    states = Counter(target.state for target in targets)
    return Counts(
        total=len(targets),
        states={state: states[state] for state in State},
        handed_in=sum(target.number is not None for target in targets),
        nil=sum(bool(target.nil) for target in targets),
        overdue=sum(target.is_overdue(moment()) for target in targets),
    )


@blueprint.get("/")
def inquiries() -> ResponseReturnValue:
    """List the inquiries with their counts."""
    listed = [(inquiry, counted(list(standings(database(), inquiry)))) for inquiry in store.inquiries(database())]
    return render_template("board/inquiries.html", listed=listed)


@blueprint.get("/<inquiry>")
def board(inquiry: str) -> ResponseReturnValue:
    """Show where all targets of an inquiry stand."""
    found = find_inquiry(database(), inquiry)
    known = roster(database())
    targets = list(standings(database(), found))
    by_bureau: dict[str, list[Standing]] = {}
    for target in targets:
        by_bureau.setdefault(known[target.municipality].bureau, []).append(target)
    chosen = _chosen(targets, {target.municipality: known[target.municipality].bureau for target in targets})
    return render_template(
        "board/board.html",
        inquiry=found,
        roster=known,
        counts=counted(targets),
        bureaus={bureau: counted(some) for bureau, some in by_bureau.items()},
        targets=chosen,
        states=State,
        now=moment(),
        breaches=breaches(database(), found),
    )


def _chosen(targets: list[Standing], bureau_of: dict[str, str]) -> list[Standing]:
    """Keep the targets that the filter names, those overdue first, else in the official order."""
    state, bureau = request.args.get("state", ""), request.args.get("bureau", "")
    kept = [
        target
        for target in targets
        if (not bureau or bureau_of[target.municipality] == bureau)
        and (not state or target.state == state or (state == "overdue" and target.is_overdue(moment())))
    ]
    return sorted(kept, key=lambda target: not target.is_overdue(moment()))


@blueprint.get("/<inquiry>/workbook.xlsx")
def workbook(inquiry: str) -> ResponseReturnValue:
    """Make the compiled workbook of what has been handed in up to now, and send it."""
    found = find_inquiry(database(), inquiry)
    cut = take_cut(database(), found, moment())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "compiled.xlsx"
        write_compiled(cut, path)
        content = path.read_bytes()
    name = f"取りまとめ_{found.name}_{moment():%Y%m%d-%H%M}.xlsx"
    disposition = f"attachment; filename=\"{found.name}.xlsx\"; filename*=UTF-8''{quote(name)}"
    return Response(content, mimetype=WORKBOOK, headers={"Content-Disposition": disposition})
