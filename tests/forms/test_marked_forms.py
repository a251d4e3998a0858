"""The workbook that goes back: the same one, its doubtful cells coloured and noted, a first sheet with links."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
from filling import cell, changed, opened, put, put_row, table_sheet
from handled import good
from openpyxl.cell.rich_text import CellRichText
from openpyxl.workbook import Workbook

from exports.reading import MARKED
from survey_app import wording_receiving
from survey_app.receiving.findings import Sign, Weight
from survey_app.receiving.marking import marked_book

COLUMNS = {"sheet": 2, "address": 3, "question": 4, "content": 5, "wrong": 6, "mend": 7}


def spoilt(form: bytes) -> bytes:
    """A form with several cells that cannot be taken."""
    return changed(
        good(form),
        put("A2", "#REF!"),
        put("A3", "あ" * 21),
        put("A6", "=1+1"),
        put("T1", "約七千"),
        put("A7", "首長_x005F_x000D_"),
        put_row("D", 2, D8="来年"),
    )


def listed(book: Workbook) -> list[list[Any]]:
    """The lines of the list."""
    sheet = book["確認事項"]
    return [[one.value for one in row] for row in sheet.iter_rows(min_row=4) if row[0].value]


def test_what_was_refused_is_coloured_noted_and_listed(desk: Callable[..., Any]) -> None:
    at = desk()
    content = spoilt(at.form())
    received = at.receive(content)
    book = opened(marked_book(content, received, opener=at.opener))
    assert book.sheetnames[0] == "確認事項"
    assert book.active.title == "確認事項"
    lines = listed(book)
    assert len(lines) == len(received.findings) == 6
    assert [line[0] for line in lines] == ["1", "2", "3", "4", "5", "6"]
    for finding in received.found(Weight.REFUSED, Weight.WRONG):
        assert finding.spot is not None
        sheet, row, column = finding.spot
        one = book[sheet].cell(row + 1, column + 1)
        assert one.fill.fgColor.rgb == MARKED
        wrong = wording_receiving.wrong(finding, "ja")
        assert wrong in one.comment.text
        line = next(line for line in lines if line[1] == sheet and line[2] == one.coordinate)
        assert line[5] == wrong
        assert line[6]
    links = {row[2].value: row[2].hyperlink.location for row in book["確認事項"].iter_rows(min_row=4) if row[2].value}
    assert links[cell(book, "A2").coordinate] == f"'回答'!{cell(book, 'A2').coordinate}"


def test_answers_stay_to_the_letter_and_the_form_is_read_again(desk: Callable[..., Any]) -> None:
    at = desk()
    content = spoilt(at.form())
    first = at.receive(content)
    marked = marked_book(content, first, opener=at.opener)
    again = at.receive(marked)
    assert again.refusal is None
    assert [(one.place, one.mine) for one in again.lines] == [(one.place, one.mine) for one in first.lines]
    assert [(one.sign, one.place) for one in again.findings] == [(one.sign, one.place) for one in first.findings]


def test_what_was_mended_is_no_longer_marked(desk: Callable[..., Any]) -> None:
    at = desk()
    content = spoilt(at.form())
    marked = marked_book(content, at.receive(content), opener=at.opener)
    mended = changed(marked, put("A2", "総務課"), put("T1", 7000))
    received = at.receive(mended)
    assert {one.place[1] for one in received.found(Weight.REFUSED, Weight.WRONG)} == {"A3", "A6", "A7", "D8"}
    book = opened(marked_book(mended, received, opener=at.opener))
    assert book.sheetnames.count("確認事項") == 1
    assert cell(book, "A2").fill.fgColor.rgb != MARKED
    assert cell(book, "A2").comment is None
    assert cell(book, "A3").fill.fgColor.rgb == MARKED
    assert len(listed(book)) == len(received.findings)


def test_names_drop_downs_and_greying_survive_the_marking(desk: Callable[..., Any]) -> None:
    at = desk()
    content = spoilt(at.form())
    before, after = opened(content), opened(marked_book(content, at.receive(content), opener=at.opener))
    assert set(after.defined_names) == set(before.defined_names)
    for name in ("回答", table_sheet(before, "D")[0].title):
        assert len(after[name].data_validations.dataValidation) == len(before[name].data_validations.dataValidation)
        assert len(after[name].conditional_formatting) == len(before[name].conditional_formatting)
        assert after[name].column_dimensions["A"].hidden


def test_blank_cells_with_links_stay_blank(desk: Callable[..., Any]) -> None:
    """openpyxl makes up a text for a blank cell that has a link."""
    at = desk()

    def linked(book: Workbook) -> None:
        cell(book, "A6").hyperlink = "mailto:somu@town.example.lg.jp"
        cell(book, "A6").value = None

    content = changed(at.form(), linked, put("T1", "約七千"))
    received = at.receive(content)
    assert [line.place[1] for line in received.lines] == ["T1"]
    again = at.receive(marked_book(content, received, opener=at.opener))
    assert [line.place[1] for line in again.lines] == ["T1"]


def test_notes_are_listed_last_and_not_coloured(desk: Callable[..., Any]) -> None:
    at = desk()
    content = changed(at.form(), put("A5", 241485511), put("T1", "約七千"))
    received = at.receive(content)
    book = opened(marked_book(content, received, opener=at.opener))
    assert [line[3].split(" ")[0] for line in listed(book)] == ["T1", "A5"]
    assert cell(book, "A5").fill.fgColor.rgb != MARKED
    assert [one.sign for one in received.findings] == [Sign.NUMBER_IN_TEXT, Sign.PROBLEM]


def test_in_english(desk: Callable[..., Any]) -> None:
    at = desk()
    content = changed(at.form(), put("T1", "約七千"))
    book = opened(marked_book(content, at.receive(content), "en", opener=at.opener))
    assert "T1 Arrears carried over" in listed(book)[0][3]


def test_a_form_as_it_was_handed_out_can_be_marked(desk: Callable[..., Any]) -> None:
    """Its headings are rich text, as Excel leaves them; other libraries make plain text of them."""
    at = desk()
    content = at.form()
    marked = marked_book(content, at.receive(content), opener=at.opener)
    before, after = (openpyxl.load_workbook(BytesIO(one), rich_text=True) for one in (content, marked))
    rich = [
        (sheet.title, one.coordinate, one.value)
        for sheet in before
        for row in sheet.iter_rows()
        for one in row
        if isinstance(one.value, CellRichText)
    ]
    assert rich
    for sheet, address, value in rich:
        assert after[sheet][address].value.as_list() == value.as_list()


def test_a_text_that_looks_like_a_formula_stays_a_text(desk: Callable[..., Any]) -> None:
    def typed(book: Workbook) -> None:
        one = cell(book, "A2")
        one.value, one.data_type = "=1+_x005F_x0041_", "s"

    at = desk()
    content = changed(at.form(), typed)
    marked = opened(marked_book(content, at.receive(content), opener=at.opener))
    assert (cell(marked, "A2").value, cell(marked, "A2").data_type) == ("=1+_x005F_x0041_", "s")
