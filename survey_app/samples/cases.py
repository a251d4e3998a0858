"""Fills in cooperation_cases from the cases of cases.csv."""

import csv
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from survey_app.samples import handwriting
from survey_app.samples.contacts import fill_contact
from survey_app.samples.sheet import Sheet

NIL_SHARE = 0.3
SEVERAL = ("areas", "framework", "effort", "obstacles", "roles")


class Case(NamedTuple):
    """One case; areas, framework, effort, obstacles and roles are codes."""

    name: str
    areas: tuple[str, ...]
    method: str
    state: str
    started: int | None
    outline: str
    framework: tuple[str, ...]
    effort: tuple[str, ...]
    reason: str
    obstacles: tuple[str, ...]
    obstacle_text: str
    roles: tuple[str, ...]
    role_text: str


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Return all cases."""
    content = resources.files("survey_app.samples").joinpath("cases.csv").read_text(encoding="utf-8-sig")
    found = []
    for row in csv.DictReader(content.splitlines(keepends=True)):
        values: dict[str, Any] = {**row, "started": int(row["started"]) if row["started"] else None}
        values |= {key: tuple(row[key].split(";")) if row[key] else () for key in SEVERAL}
        found.append(Case(**values))
    return tuple(found)


def fill_cooperation_cases(sheet: Sheet, nil: bool | None) -> None:
    """Fill in the whole questionnaire; ``nil`` says whether it is 該当なし, None leaves it to chance."""
    fill_contact(sheet)
    nil = sheet.chance(NIL_SHARE) if nil is None else nil
    if nil or not sheet.neighbours:
        sheet.choose("B1", "0")
        return
    sheet.choose("B1", "1")
    for case in sheet.random.sample(cases(), sheet.random.choice((1, 1, 2, 2, 3, 4))):
        _fill_case(sheet, case)


def _fill_case(sheet: Sheet, case: Case) -> None:
    row = sheet.row("K")
    others = sheet.some(sheet.neighbours, 1, 4)
    members = sorted([sheet.own, *others], key=lambda one: one.code)
    sheet.write("K1", case.name, row=row)
    sheet.choose("K2", *case.areas, row=row)
    sheet.municipalities("K3", members, row)
    sheet.choose("K4", case.method, row=row)
    sheet.choose("K5", case.state, row=row)
    if case.started is not None:
        sheet.write("K6", handwriting.year(sheet.random, case.started), row=row)
    texts = {"K7": case.outline, "K10": case.reason, "K12": case.obstacle_text, "K14": case.role_text}
    for name, text in texts.items():
        if text:
            sheet.write(name, text, row=row)
    several = {"K8": case.framework, "K9": case.effort, "K11": case.obstacles, "K13": case.roles}
    for name, codes in several.items():
        if codes:
            sheet.choose(name, *codes, row=row)
    sheet.municipalities("K15", [sheet.own if sheet.chance(0.8) else sheet.random.choice(others)], row)
