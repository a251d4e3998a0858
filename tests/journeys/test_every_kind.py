"""One journey for each kind of question: typed in the browser, kept in the database, read in the workbook's cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sent_files import PDF
from sqlite_utils import Database

from questions.eras import Month
from questions.kinds.registry import KINDS
from questions.reading import read_toml
from survey_app import clock
from survey_app.store.audit import Who
from survey_app.store.inquiries import NewInquiry, find_inquiry, open_inquiry
from survey_app.store.submissions import submissions_of

NASTY = "=SUM(A1)\n+81 髙𠮟 @x\n-項目「か\u3099」"


@dataclass(frozen=True)
class Trial:
    """What is typed, what is stored and what stands in its cell: of 市町村別, for prose of 自由記述.

    Of files it is their name, since the id under which one is kept is random.
    """

    typed: str
    stored: Any
    cell: Any
    options: dict[str, str] = field(default_factory=dict)


TRIALS = {
    "line": Trial("=1+1 髙𠮟", "=1+1 髙𠮟", "=1+1 髙𠮟"),
    "prose": Trial(NASTY, NASTY, NASTY),
    "email": Trial("somu@town.mishima.lg.jp", "somu@town.mishima.lg.jp", "somu@town.mishima.lg.jp"),
    "whole": Trial("▲１，２３４", -1234, -1234),
    "amount": Trial("△０．５", Decimal("-0.5"), -0.5),
    "day": Trial("令和８年４月１日", date(2026, 4, 1), date(2026, 4, 1)),
    "month": Trial("R9.4", Month(2027, 4), date(2027, 4, 1)),
    "one": Trial("b", "b", "乙"),
    "several": Trial("a b", ("a", "b"), "甲；乙"),
    "yesno": Trial("0", "0", "いいえ"),
    "municipality": Trial("074454", "074454", "金山町"),
    "municipalities": Trial("074454 072010", ("072010", "074454"), "福島市；金山町"),
    "year": Trial("令和９年度", 2027, "2027年度"),
    "years": Trial("令和７年度、2024", (2024, 2025), "2024、2025"),
    "files": Trial("=協定書.pdf", ["=協定書.pdf"], "=協定書.pdf"),
}
CHOOSING = {"one": "choices", "several": "choices"}


def questionnaire() -> str:
    """A questionnaire with one question of each kind."""
    head = """
name = "every_kind"
title = { ja = "全部の型", en = "Every kind" }
style = { ja = "様式", en = "Form" }
[choices.two]
a = { ja = "甲", en = "A" }
b = { ja = "乙", en = "B" }
[[sections]]
name = "S"
title = { ja = "全部", en = "All" }
"""
    questions = ""
    for kind in KINDS:
        choices = 'choices = "two"\n' if kind in CHOOSING else ""
        questions += (
            f'[[sections.questions]]\nname = "Q_{kind}"\nkind = "{kind}"\nrequired = true\n{choices}'
            f'label = {{ ja = "{kind}の設問", en = "{kind}" }}\n'
        )
    return head + questions


def test_every_kind_is_tried() -> None:
    assert set(TRIALS) == set(KINDS)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_browser_to_the_cell(
    database: Database, person: Callable[..., Any], tmp_path: Path, *, scripts: bool
) -> None:
    now = clock.now()
    new = NewInquiry(
        "every_kind", "全部の型", "課", "", read_toml(questionnaire()), now + timedelta(days=9), ("074446", "074454")
    )
    open_inquiry(database, new, Who(None, "test", now))

    officer = person("mishima", scripts=scripts)
    page = officer.go("/inquiries/every_kind/sections/S")
    for kind, trial in TRIALS.items():
        fill(page, f"Q_{kind}", trial.typed)
    page.click("button[name=go][value=next]")
    page.wait_for_url("**/review")
    page.click("button:has-text('提出する')")
    page.wait_for_url("**/receipts/1")

    (handed,) = submissions_of(database, find_inquiry(database, "every_kind"), "074446")
    stored = {kind: handed.contents.value(f"Q_{kind}") for kind in KINDS}
    stored["files"] = [one.name for one in stored["files"]]
    assert stored == {kind: trial.stored for kind, trial in TRIALS.items()}

    division = person("division", scripts=scripts)
    page = division.go("/board/every_kind")
    with page.expect_download() as download:
        page.click("a:has-text('取りまとめ')")
    book = tmp_path / "book.xlsx"
    download.value.save_as(book)
    assert cells(book) == {kind: trial.cell for kind, trial in TRIALS.items()}


def fill(page: Any, name: str, typed: str) -> None:
    """Answer one question, whatever its control is."""
    if page.locator(f"[name='file.{name}']").count():
        page.set_input_files(f"[name='file.{name}']", {"name": typed, "mimeType": "application/pdf", "buffer": PDF})
        return
    control = page.locator(f"[name='{name}']")
    first = control.first.evaluate("element => element.tagName + ' ' + element.type")
    if first.startswith("SELECT"):
        control.first.select_option(typed)
    elif first.endswith(("radio", "checkbox")):
        for code in typed.split():
            page.locator(f"[name='{name}'][value='{code}']").check(force=True)
    else:
        control.first.fill(typed)


def cells(book: Path) -> dict[str, Any]:
    """Read what 三島町 answered, by kind."""
    opened = openpyxl.load_workbook(book)
    rows = [[cell.value for cell in row] for row in opened["市町村別"].iter_rows()]
    town = next(row for row in rows if "三島町" in row)
    found = {}
    for kind in KINDS:
        column = next(
            number
            for row in rows
            for number, value in enumerate(row)
            if isinstance(value, str) and (f"{kind}の設問" in value)
        )
        value = town[column]
        found[kind] = value.date() if hasattr(value, "date") else value
    texts = [row for row in opened["自由記述"].iter_rows(values_only=True) if "三島町" in row]
    (found["prose"],) = {cell for row in texts for cell in row if cell == NASTY}
    return found
