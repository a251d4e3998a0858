"""The audit trail, searched by inquiry, municipality, act, day and words."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day
from questions.life import State
from survey_app import wording, wording_trail
from survey_app.connections import database
from survey_app.store.inquiries import inquiries
from survey_app.store.rosters import roster
from survey_app.store.trail import PAGE, Search, acts, events

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
LONGEST = 120
"""Characters of a value that are shown; the archive and the database hold all of it."""


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """List what was found, the newest first."""
    faults: dict[str, str] = {}
    asked = Search(
        inquiry=request.args.get("inquiry", ""),
        municipality=request.args.get("municipality", ""),
        act=request.args.get("act", ""),
        text=request.args.get("text", "").strip(),
        since=_day("since", faults),
        until=_day("until", faults),
    )
    page = max(request.args.get("page", 1, type=int), 1)
    asked_ones = inquiries(database())
    found, whole = events(database(), asked, page=page)
    return render_template(
        "audit/search.html",
        asked=request.args,
        faults=faults,
        found=[(one, changed(one.before, one.after)) for one in found],
        whole=whole,
        page=page,
        pages=-(-whole // PAGE),
        others={name: value for name, value in request.args.items() if name != "page" and value},
        inquiries=asked_ones,
        titles={one.name: one.title for one in asked_ones},
        roster=roster(database()),
        acts=acts(database()),
        act=wording_trail.act,
    )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what an act changed: the name of a value, what it was, what it is; equal ones are left out.

    Values that are mappings themselves, such as answers by place, are told one by one.
    """
    was, now = _flat(before), _flat(after)
    names = dict.fromkeys((*now, *was))
    return [
        (name, _said(name, was.get(name)), _said(name, now.get(name)))
        for name in names
        if _said(name, was.get(name)) != _said(name, now.get(name))
    ]


def _flat(told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, Mapping):
            found |= {key.strip("/"): one for key, one in value.items()}
        else:
            found[name] = value
    return found


def _said(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    if name == "state" and value in set(State):
        return wording.state(State(value))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        text = "、".join(value)
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


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
