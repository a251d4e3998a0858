"""The bench's own truth: its floor writes the same cells, its verdicts and its reading of pages are right."""

from datetime import datetime
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from bench.book import floor, same
from bench.controls import read_page
from bench.figures import Aim, Figure
from bench.recording import recording


def write(path: Path, last: str) -> None:
    """Write a small workbook with every sort of cell."""
    book = Workbook(path, {"constant_memory": True})
    look = book.add_format({"bold": True, "num_format": "yyyy-mm-dd"})
    first, second = book.add_worksheet("集計"), book.add_worksheet("データ")
    first.write_string(0, 0, "件数", look)
    first.merge_range(1, 0, 1, 3, "広い", look)
    first.write_formula(2, 1, "=SUM(A1:A2)", look, 12)
    first.write_datetime(3, 2, datetime(2026, 12, 18, 17, 15), look)
    first.write_blank(4, 0, None, look)
    second.write_number(0, 0, 0.1)
    second.write_rich_string(1, 0, look, "一部", "太字", look)
    second.write_string(2, 0, last)
    book.close()


def test_the_floor_writes_the_same_cells(tmp_path: Path) -> None:
    cells, ours, other, theirs = (tmp_path / name for name in ("cells", "ours.xlsx", "other.xlsx", "floor.xlsx"))
    with recording(cells) as recorder:
        write(ours, "最後")
    assert floor(cells, theirs)["cells"] == recorder.cells == 7
    assert recorder.looks == 4
    assert same(ours, theirs) == {"cells": 7, "differences": []}
    write(other, "違う")
    assert same(other, theirs)["differences"] == ["('データ', 'A3', '違う') – ('データ', 'A3', '最後')"]


@pytest.mark.parametrize(
    ("figure", "ratio", "verdict"),
    [
        (Figure("time", 3.0, "s", 2.0, Aim("ratio", most=1.5)), 1.5, "met"),
        (Figure("time", 3.2, "s", 2.0, Aim("ratio", most=1.5)), 1.6, "missed"),
        (Figure("rate", 100.0, "/s", 150.0, Aim("ratio", most=1.4)), 1.5, "missed"),
        (Figure("rate", 99.0, "/s", 150.0, Aim("ours", least=100)), 150 / 99, "missed"),
        (Figure("memory", 900.0, "MB", None, Aim("ours", most=1_024)), None, "met"),
    ],
)
def test_a_figure_is_held_against_its_aim(figure: Figure, ratio: float | None, verdict: str) -> None:
    assert (figure.ratio, figure.verdict) == (pytest.approx(ratio) if ratio else None, verdict)


def test_a_page_is_read_as_a_browser_has_it() -> None:
    page = read_page(
        '<a href="/next">→</a><form method="post" action="/save"><input type="hidden" name="seen" value="3">'
        '<label for="a">件名 <span>※必須</span></label><input id="a" name="A" maxlength="40" value="x&amp;y">'
        '<fieldset><legend>有無</legend><input type="radio" id="y" name="B" value="1" checked>'
        '<label for="y">はい</label>'
        '<input type="radio" id="n" name="B" value="0"><label for="n">いいえ</label></fieldset>'
        '<select name="C"><option value="">選ぶ</option><option value="1" selected>い</option></select>'
        '<textarea name="D">\n一\n二</textarea>'
        '<input name="E" value="z" disabled><button name="go" value="next">次</button></form>'
    )
    form = page.largest
    assert page.links == ["/next"]
    assert form.count == 5
    assert form.fields() == [("seen", "3"), ("A", "x&y"), ("B", "1"), ("C", "1"), ("D", "一\n二")]
    assert form.controls["A"].label == "件名 ※必須"
    assert form.controls["B"].choices == [("1", "はい"), ("0", "いいえ")]
    assert form.buttons == [("go", "next")]
