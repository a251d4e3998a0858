"""The whole reply on paper: A4, who and when at its head, every answer, no control of the screen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from halls import Hall

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
A4 = (595, 842)  # points
CONTROLS = ("header.masthead", "nav.trail", ".aside", "footer", "main form", ".screen-only")


def on_paper(page: Any) -> list[tuple[float, float]]:
    """Print a page; return the size of each sheet, in points."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    page.emulate_media(media="print")
    return [(float(wide), float(high)) for wide, high in boxes]


def hidden_ones(page: Any) -> list[str]:
    """The controls of the screen that would be printed."""
    return [one for one in CONTROLS if page.locator(one).locator("visible=true").count()]


def test_the_review_and_the_receipt(hall: Hall, visitor: Visit) -> None:
    hall.fill()
    here = visitor(hall.person())
    page = here.go(f"{hall.here}/review")
    assert page.is_hidden(".print-only")
    sheets = on_paper(page)
    assert len(sheets) > 1
    assert {tuple(map(round, sheet)) for sheet in sheets} == {A4}
    head = page.inner_text(".print-only")
    assert all(text in head for text in (hall.town.name, hall.code, "入力中", "印刷日時", "令和"))
    assert hidden_ones(page) == []
    hall.hand_in()
    number = hall.reply().standing.receipt or ""
    assert number in here.go(f"{hall.here}/review").inner_text(".print-only")
    page.emulate_media(media="null")
    here.go(f"{hall.here}/receipts/1")
    assert "紙又はPDFで保存できます" in page.inner_text("main")
    assert {tuple(map(round, sheet)) for sheet in on_paper(page)} == {A4}
    head = page.inner_text(".receipt")
    assert all(text in head for text in (number, hall.town.name, hall.code, "担当 1", "提出日時", "内容の照合用"))
    assert hidden_ones(page) == []
    answers = hall.reply().answers
    whole = " ".join(page.inner_text("main").split())
    for entry in answers.entries.values():
        if entry.texts and isinstance(entry.value, str) and len(entry.texts[0]) > 20:
            assert " ".join(entry.texts[0].split()) in whole
    kept = page.evaluate(
        "[...document.querySelectorAll('.answer')].every(one => getComputedStyle(one).breakInside === 'avoid')"
    )
    assert kept
