"""Last time's answers in the form that is handed out: shown in grey, never read back."""

from collections.abc import Callable
from typing import Any

from filling import cell, opened
from last_year import whole_last_year
from town import OPENED, OTHER

from survey_app.receiving.forms import earlier_of, form_book


def test_last_times_rows_have_a_sheet_that_is_not_read(desk: Callable[..., Any]) -> None:
    at = desk()
    whole_last_year(at.database, A4="目黒 誠")
    reply = at.reply()
    content = form_book(reply, OPENED, earlier=earlier_of(at.database, reply))
    book = opened(content)
    place = cell(book, "A4")
    assert place.value is None
    assert place.parent.cell(place.row, 7).value == "目黒 誠"
    assert any(name.startswith("前回 D") for name in book.sheetnames)
    assert at.receive(content).lines == ()


def test_the_form_of_another_town_holds_nothing_of_it(desk: Callable[..., Any]) -> None:
    at = desk(municipality=OTHER)
    whole_last_year(at.database, A4="目黒 誠")
    book = opened(form_book(at.reply(), OPENED, earlier=earlier_of(at.database, at.reply())))
    texts = [str(one.value) for sheet in book for row in sheet.iter_rows() for one in row if one.value is not None]
    assert not any("目黒 誠" in text or "前回" in text for text in texts)
