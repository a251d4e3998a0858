"""The audit trail, searched by inquiry, municipality, act, day and words."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day
from questions.setting import Roster
from survey_app import wording_trail
from survey_app.connections import database
from survey_app.showing_trail import TrailReader
from survey_app.store.inquiries import inquiries
from survey_app.store.rosters import roster
from survey_app.store.trail import PAGE, Search, acts, events

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """List what was found, the newest first."""
    faults: dict[str, str] = {}
    known, text = roster(database()), request.args.get("text", "").strip()
    towns, named_acts = _named(known, text)
    asked = Search(
        inquiry=request.args.get("inquiry", ""),
        municipality=request.args.get("municipality", ""),
        act=request.args.get("act", ""),
        text=text,
        towns=towns,
        acts=named_acts,
        since=_day("since", faults),
        until=_day("until", faults),
    )
    page = max(request.args.get("page", 1, type=int), 1)
    asked_ones = inquiries(database())
    reader = TrailReader(database(), known)
    found, whole = events(database(), asked, page=page)
    return render_template(
        "audit/search.html",
        asked=request.args,
        faults=faults,
        found=[(one, reader.changes(one)) for one in found],
        whole=whole,
        page=page,
        pages=-(-whole // PAGE),
        others={name: value for name, value in request.args.items() if name != "page" and value},
        inquiries=asked_ones,
        titles={one.name: one.title for one in asked_ones},
        roster=known,
        acts=acts(database()),
        act=wording_trail.act,
    )


def _named(known: Roster, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the municipalities whose name holds a text, and the acts whose word does."""
    if not text:
        return frozenset(), frozenset()
    towns = frozenset(town.code for town in known if text in town.name or text == town.code)
    return towns, frozenset(name for name in acts(database()) if text in wording_trail.act(name))


def _day(name: str, faults: dict[str, str]) -> date | None:
    typed = request.args.get(name, "").strip()
    if not typed:
        return None
    try:
        day = read_day(typed)
    except OutsideEra:
        day = None
    if day is None:
        faults[name] = _("日付を読み取れません。令和8年12月1日、R8.12.1、2026-12-01 のように入力してください。")
    return day
