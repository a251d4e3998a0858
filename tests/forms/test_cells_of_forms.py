"""What a cell may hold: taken as it was meant, or told with its place and content; never misread."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from filling import cell, changed, put, put_row, table_sheet
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook
from packing import repacked, replaced, sheet_part

from questions.problems import Code
from survey_app.receiving.findings import Sign, Weight
from survey_app.receiving.received import Verdict

Step = Callable[[Workbook], object]


@dataclass(frozen=True)
class Case:
    """What is typed; what arrives for a question, or what is told about it."""

    step: Step
    question: str
    texts: tuple[str, ...] | None = None
    sign: Sign | None = None
    code: Code | None = None


def looking(key: str, value: object, look: str) -> Step:
    """Type a value into a cell with a number format."""

    def step(book: Workbook) -> None:
        cell(book, key).value, cell(book, key).number_format = value, look

    return step


def both(*steps: Step) -> Step:
    return lambda book: [step(book) for step in steps]


def formula(key: str, text: str) -> Step:
    return put(key, text)


def merged(area: str) -> Step:
    return lambda book: book["回答"].merge_cells(area)


def hidden(book: Workbook) -> None:
    put("A2", "総務課")(book)
    book["回答"].row_dimensions[cell(book, "A2").row].hidden = True
    book["回答"].column_dimensions["E"].hidden = True
    book["回答"].sheet_state = "hidden"


def rich(key: str, *pieces: str) -> Step:
    texts = [TextBlock(InlineFont(b=number % 2 == 0), piece) for number, piece in enumerate(pieces)]
    return put(key, CellRichText(*texts))


def marks(**by_code: object) -> Step:
    return both(*(put(f"B4.{code}", value) for code, value in by_code.items()))


def joined(text: str) -> Step:
    """Write choices as text into the question's own cell above its choices."""

    def step(book: Workbook) -> None:
        first = cell(book, "B4.HR")
        book["回答"].cell(first.row - 1, first.column).value = text

    return step


def without_choice(book: Workbook) -> None:
    put("B4.TAX", "○")(book)
    del book.defined_names["ans.B4.ICT"]
    one = cell(book, "B4.INFO")
    for column in range(1, 7):
        book["回答"].cell(one.row - 1, column).value = None


DAY = dt.datetime(2026, 11, 20)
SMALL_NUMBER = 0.1 + 0.2
CASES = {
    "plain text": Case(put("A2", "総務課 行政係"), "A2", ("総務課 行政係",)),
    "blanks around": Case(put("A2", "　総務課 "), "A2", ("　総務課 ",)),
    "blanks only": Case(put("A2", " 　\n"), "A2"),
    "rich text": Case(rich("A2", "総務課", " 行政係"), "A2", ("総務課 行政係",)),
    "line break of Windows": Case(put("Z1", "一行目\r\n二行目"), "Z1", ("一行目\n二行目",)),
    "encoded line break": Case(put("Z1", "一行目_x000D_\n二行目"), "Z1", ("一行目\n二行目",)),
    "a line break where none may be": Case(
        put("A2", "総務課\n行政係"), "A2", ("総務課\n行政係",), code=Code.LINE_BREAK
    ),
    "encoded control character": Case(put("A2", "総務課_x0007_"), "A2", code=Code.CONTROL_CHARACTER),
    "half a character": Case(put("A2", "総務課_xD842_"), "A2", sign=Sign.BROKEN_CHARACTER),
    "a character of two halves": Case(put("A2", "_xD842__xDFB7_野家"), "A2", ("𠮷野家",)),
    "too long": Case(put("A3", "あ" * 21), "A3", ("あ" * 21,), code=Code.TOO_LONG),
    "a number in a text": Case(put("A5", 241485511), "A5", ("241485511",), sign=Sign.NUMBER_IN_TEXT),
    "a day where text was typed": Case(put("A9", DAY), "A9", sign=Sign.DATE_INSTEAD),
    "an error": Case(put("A2", "#REF!"), "A2", sign=Sign.ERROR_VALUE),
    "a formula without result": Case(formula("A2", '="総務課"&"係"'), "A2", sign=Sign.NOT_CALCULATED),
    "full-width digits": Case(put("T1", "７，８２８"), "T1", ("７，８２８",)),
    "a number with its unit": Case(put("T1", "7,828千円"), "T1", ("7,828千円",)),
    "a triangle for minus": Case(put("T1", "▲5"), "T1", ("▲5",), code=Code.TOO_SMALL),
    "a whole number as decimal": Case(put("T1", 7828.0), "T1", ("7828",)),
    "noise of binary fractions": Case(put("T5", SMALL_NUMBER), "T5", ("0.3",)),
    "a fraction of a whole number": Case(put("T1", 1.5), "T1", ("1.5",), code=Code.NOT_WHOLE),
    "a large number": Case(put("T1", 123456789012), "T1", ("123456789012",)),
    "a number with exponent": Case(put("T5", 1.0e-7), "T5", ("0.0000001",), code=Code.TOO_MANY_PLACES),
    "per cent": Case(looking("T4", 0.953, "0.0%"), "T4", ("95.3%",)),
    "per cent below one": Case(looking("T4", 0.004, "0.0%"), "T4", ("0.4%",)),
    "shown in thousands": Case(looking("T1", 7828123, "#,##0,"), "T1", sign=Sign.SCALED),
    "a day where a number was typed": Case(put("T1", DAY), "T1", sign=Sign.DATE_INSTEAD),
    "no number": Case(put("T1", "約七千"), "T1", ("約七千",), code=Code.NOT_A_NUMBER),
    "yes as truth": Case(put("T7", True), "T7", ("TRUE",), code=Code.UNKNOWN_CHOICE),
    "an era day": Case(put("A8", "令和８年１１月２０日"), "A8", ("令和８年１１月２０日",)),
    "a day": Case(looking("A8", DAY, "yyyy/m/d"), "A8", ("2026-11-20",)),
    "a day shown in an era": Case(looking("A8", DAY, '[$-411]ggge"年"m"月"d"日"'), "A8", ("2026-11-20",)),
    "a moment": Case(looking("A8", dt.datetime(2026, 11, 20, 9, 30), "yyyy/m/d h:mm"), "A8", ("2026-11-20",)),
    "a serial number": Case(put("A8", 46346), "A8", ("46346",), code=Code.NOT_A_DAY),
    "a day for a month": Case(looking("T12", DAY, "yyyy/m"), "T12", ("2026-11",)),
    "no day": Case(put("A8", "来週"), "A8", ("来週",), code=Code.NOT_A_DAY),
    "a label": Case(put("B1", "要望あり"), "B1", ("1",)),
    "a code": Case(put("B1", 1), "B1", ("1",)),
    "a label in English": Case(put("B2", "Other"), "B2", ("other",)),
    "an unknown label": Case(put("B1", "あります"), "B1", ("あります",), code=Code.UNKNOWN_CHOICE),
    "marks": Case(marks(HR="○", TAX="〇", LAW="レ", ICT="✓", INFO="×", OTH="－"), "B4", ("HR", "TAX", "LAW", "ICT")),
    "no mark": Case(marks(HR="○", TAX="検討中"), "B4", sign=Sign.NOT_A_MARK),
    "choices as text": Case(joined("人事交流の拡大；税の滞納整理"), "B4", ("HR", "TAX")),
    "choices as codes": Case(joined("TAX;HR"), "B4", ("HR", "TAX")),
    "marks and another text": Case(both(marks(HR="○"), joined("TAX")), "B4", sign=Sign.MARKS_AND_TEXT),
    "a choice is gone": Case(without_choice, "B4", sign=Sign.LOST_CHOICE),
    "joined with the label beside it": Case(both(put("A2", "総務課"), merged("C8:E8")), "A2", sign=Sign.COVERED),
    "joined with the cell below": Case(both(put("A2", "総務課"), merged("E8:E9")), "A2", ("総務課",)),
    "hidden": Case(hidden, "A2", ("総務課",)),
}
ROWS = {
    "names joined by 、": ("D14", "金山町、 福島市", ("072010", "074454"), None),
    "names below each other": ("D14", "金山町\n福島市", ("072010", "074454"), None),
    "codes": ("D14", "074454;072010", ("072010", "074454"), None),
    "a town that is none": ("D14", "金山町、江戸", None, Code.UNKNOWN_MUNICIPALITY),
    "a month": ("D8", "令和９年４月", ("令和９年４月",), None),
    "a rank in full width": ("D1", "３", ("３",), None),
    "a choice by its label": ("D12", "高（次年度当初までに必要）", ("H",), None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_cell_outside_tables(desk: Callable[..., Any], name: str) -> None:
    at, case = desk(), CASES[name]
    received = at.receive(changed(at.form(), case.step))
    assert received.refusal is None, received.refusal
    found = {line.place[1]: line.mine.texts for line in received.lines}
    if case.texts is not None or case.sign is not None or case.code is None:
        assert found.get(case.question) == case.texts
    told = [one for one in received.findings if one.place == ("", case.question)]
    signs = {one.sign for one in told if one.sign is not Sign.PROBLEM}
    assert signs == ({case.sign} if case.sign else set())
    codes = [one.context["problem"].code for one in told if one.sign is Sign.PROBLEM]
    assert codes == ([case.code] if case.code else [])
    for one in told:
        assert one.spot is not None
        assert one.spot[0] == "回答"
        assert one.content or one.sign is Sign.COVERED


@pytest.mark.parametrize("name", ROWS)
def test_a_cell_in_a_table(desk: Callable[..., Any], name: str) -> None:
    at, (key, typed, texts, code) = desk(), ROWS[name]
    received = at.receive(changed(at.form(), put_row("D", 1, D5="件名", **{key: typed})))
    lines = {line.place[1]: line for line in received.lines}
    assert [one.context["problem"].code for one in received.findings] == ([code] if code else [])
    assert lines[key].verdict is Verdict.NEW
    if texts is not None:
        assert lines[key].mine.texts == texts


def test_a_formula_with_its_result_is_taken_and_told(desk: Callable[..., Any]) -> None:
    at = desk()
    content = changed(at.form(), put("T1", "=7000+828"))
    part = sheet_part(content, "回答")
    content = repacked(content, {part: replaced("<f>7000+828</f><v />", "<f>7000+828</f><v>7828</v>")})
    received = at.receive(content)
    assert [(line.place[1], line.mine.texts) for line in received.lines] == [("T1", ("7828",))]
    assert [(one.sign, one.weight) for one in received.findings] == [(Sign.FORMULA, Weight.NOTE)]


def test_a_far_cell_and_a_lying_dimension_are_harmless(desk: Callable[..., Any]) -> None:
    at = desk()

    def far(book: Workbook) -> None:
        put("A2", "総務課")(book)
        book["回答"]["XFD1048576"] = "遠い"

    content = changed(at.form(), far)
    part = sheet_part(content, "回答")
    content = repacked(content, {part: lambda xml: re.sub(b'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', xml)})
    received = at.receive(content)
    assert [(line.place, line.mine.texts) for line in received.lines] == [(("", "A2"), ("総務課",))]
    assert [(one.sign, one.context["count"]) for one in received.findings] == [(Sign.FAR_CELLS, 1)]


def test_more_rows_than_may_be_are_taken_and_told(desk: Callable[..., Any]) -> None:
    at = desk()

    def many(book: Workbook) -> None:
        put("B1", "要望あり")(book)
        sheet, first, keys = table_sheet(book, "D")
        sheet.insert_rows(first + 2)
        for row in range(first, first + 21):
            sheet.cell(row, keys["D5"]).value = f"件名{row}"

    received = at.receive(changed(at.form(), many))
    assert len(received.rows) == 21
    assert Code.TOO_MANY_ROWS in {one.code for one in received.examination().problems()}
