"""Forms whose cells or packages hold what office programs put there: each is read, or what is doubtful is told."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from filling import cell, changed, put
from handled import SHOWN, Handled, answers, by, good, places
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from packing import repacked, replaced, sheet_part

from survey_app.receiving.findings import Sign

LONG = "長" * 32_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def protected(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.set_password("himitsu")
        sheet.protection.enable()
    book.security = WorkbookProtection(lockStructure=True)


def filtered(book: Workbook) -> None:
    """Filter the questions: rows that do not fit are hidden, their answers stay."""
    sheet = answers(book)
    sheet.auto_filter.ref = f"A6:F{sheet.max_row}"
    for row in range(7, sheet.max_row + 1, 2):
        sheet.row_dimensions[row].hidden = True


def annotated(book: Workbook) -> None:
    cell(book, "A2").comment = Comment("課名は新旧どちらですか", "佐藤")


def with_own_sheets(book: Workbook) -> None:
    """Put sheets of one's own before the others: notes, and a diagram."""
    notes = book.create_sheet("メモ", 0)
    for row, values in enumerate([("A2", "下書き"), ("課", 3), ("係", 5)], 1):
        for column, value in enumerate(values, 1):
            notes.cell(row, column).value = value
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=2, min_row=2, max_row=3))
    notes.add_chart(chart, "D2")


def very_hidden(book: Workbook) -> None:
    for name in ("_meta", "_issued", "_choices"):
        book[name].sheet_state = "veryHidden"


def of_1904(book: Workbook) -> None:
    """Count days as an old Macintosh does."""
    book.epoch = CALENDAR_MAC_1904
    put("A8", dt.datetime(2026, 11, 20))(book)
    cell(book, "A8").number_format = "yyyy/m/d"


def look(key: str, value: object, number_format: str) -> Callable[[Workbook], object]:
    def step(book: Workbook) -> None:
        cell(book, key).value, cell(book, key).number_format = value, number_format

    return step


def in_pieces(book: Workbook) -> None:
    pieces = [TextBlock(InlineFont(b=number % 2 == 0), one) for number, one in enumerate(("総務課 ", "行政", "係"))]
    put("A2", CellRichText(*pieces))(book)


def quoted(book: Workbook) -> None:
    """Type a number behind an apostrophe."""
    put("T1", "7828")(book)
    cell(book, "T1").data_type = "s"
    cell(book, "T1").quotePrefix = True


def calculated(formula: str, result: str) -> Callable[[bytes], bytes]:
    """Let T1 be a formula, with its result as an office program stores it."""

    def step(content: bytes) -> bytes:
        book = changed(content, put("T1", f"={formula}"))
        return repacked(
            book, {sheet_part(book, "回答"): replaced(f"<f>{formula}</f><v />", f"<f>{formula}</f>{result}")}
        )

    return step


def added(part: str, text: str, kind: str, link: str) -> Callable[[bytes], bytes]:
    """Add a part to the package that the workbook leads to."""

    def step(content: bytes) -> bytes:
        type_of = f'<Override PartName="/{part}" ContentType="{SHEET_XML}.{kind}+xml"/></Types>'
        target = f'<Relationship Id="rId99" Type="{RELATIONS}/{link}" Target="/{part}"/></Relationships>'
        changes = {TYPES: replaced("</Types>", type_of), LINKS: replaced("</Relationships>", target)}
        return repacked(content, {**changes, part: text.encode()})

    return step


def linked(content: bytes) -> bytes:
    """Let a formula read another workbook, whose values are kept in this one."""
    book = calculated("[1]Sheet1!$A$1", "<v>7828</v>")(content)
    text = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATIONS}" r:id="rId1">'
        '<sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    )
    book = added("xl/externalLinks/externalLink1.xml", text, "externalLink", "externalLink")(book)
    reference = f'<externalReference xmlns:r="{RELATIONS}" r:id="rId99"/>'
    named = f"</sheets><externalReferences>{reference}</externalReferences>"
    return repacked(book, {"xl/workbook.xml": replaced("</sheets>", named)})


CONNECTIONS = (
    f'<connections xmlns="{MAIN}"><connection id="1" name="庁内" type="1" refreshedVersion="6" background="1">'
    '<dbPr connection="DSN=jinji" command="SELECT 1"/></connection></connections>'
)


def read_aloud(content: bytes) -> bytes:
    """Keep how a text was typed, as Japanese office programs do: it is not part of the text."""
    reading = '</t></r><rPh sb="0" eb="3"><t>ソウムカ</t></rPh><phoneticPr fontId="1"/></si>'
    return repacked(
        content,
        {"xl/sharedStrings.xml": replaced(f"<si><t>{SHOWN['A2']}</t></si>", f"<si><r><t>{SHOWN['A2']}{reading}")},
    )


def of_sheets(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Write the sheets of questions in another way."""
    return lambda content: repacked(content, {sheet_part(content, "回答"): change})


def prefixed(xml: bytes) -> bytes:
    """Give all elements a prefix, as some programs do."""
    text = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", xml.decode())
    return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()


def in_utf16(xml: bytes) -> bytes:
    text = re.sub(r"^<\?xml.*?\?>", "", xml.decode())
    return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def blank_cells(sheet: bytes) -> bytes:
    """Add rows without end that hold nothing but a look, as sheets collect them over the years."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(2000, 500_000))
    return sheet.replace(b"</sheetData>", rows + b"</sheetData>")


def far(book: Workbook) -> None:
    answers(book)["XFD1048576"] = "遠い"


def merged(area: str) -> Callable[[Workbook], object]:
    return lambda book: answers(book).merge_cells(area)


def told(*signs: Sign, at: str) -> frozenset[tuple[Sign, str]]:
    return frozenset((sign, at) for sign in signs)


ODD: dict[str, Handled] = {
    "protected with a password": Handled(by(protected)),
    "filtered, with hidden rows": Handled(by(filtered)),
    "a comment at an answer": Handled(by(annotated)),
    "sheets of one's own, with a diagram": Handled(by(with_own_sheets)),
    "hidden sheets hidden more": Handled(by(very_hidden)),
    "days counted from 1904": Handled(by(of_1904), instead={"A8": ("2026-11-20",)}),
    "a day as a day": Handled(by(look("A8", dt.datetime(2026, 11, 20), "yyyy/m/d")), instead={"A8": ("2026-11-20",)}),
    "a day as text": Handled(by(put("A8", "2026年11月20日")), instead={"A8": ("2026年11月20日",)}),
    "a day as its number": Handled(by(put("A8", 46346)), instead={"A8": ("46346",)}, told=told(Sign.PROBLEM, at="A8")),
    "a number as text": Handled(by(put("T1", "7,828")), instead={"T1": ("7,828",)}),
    "a number behind an apostrophe": Handled(by(quoted)),
    "a number in wide figures": Handled(by(put("T1", "７８２８")), instead={"T1": ("７８２８",)}),
    "a number shown as per cent": Handled(by(look("T4", 0.345, "0.0%")), instead={"T4": ("34.5%",)}),
    "a number where a text belongs": Handled(
        by(put("A5", 241485511)), instead={"A5": ("241485511",)}, told=told(Sign.NUMBER_IN_TEXT, at="A5")
    ),
    "a truth value": Handled(by(put("T1", True)), instead={"T1": ("TRUE",)}, told=told(Sign.PROBLEM, at="T1")),
    "a very long text": Handled(by(put("Z1", LONG)), instead={"Z1": (LONG,)}, told=told(Sign.PROBLEM, at="Z1")),
    "a text in pieces": Handled(by(in_pieces)),
    "a text with its reading": Handled(read_aloud),
    "a formula with its result": Handled(calculated("7000+828", "<v>7828</v>"), told=told(Sign.FORMULA, at="T1")),
    "a formula without result": Handled(
        by(put("T1", "=7000+828")), lost=places("T1"), told=told(Sign.NOT_CALCULATED, at="T1")
    ),
    "an error": Handled(by(put("A2", "#REF!")), lost=places("A2"), told=told(Sign.ERROR_VALUE, at="A2")),
    "a formula of another workbook": Handled(linked, told=told(Sign.FORMULA, at="T1")),
    "a connection to a database": Handled(added("xl/connections.xml", CONNECTIONS, "connections", "connections")),
    "an answer joined with the one below": Handled(by(merged("E8:E9")), told=told(Sign.COVERED, at="A3")),
    "an answer joined with its label": Handled(
        by(merged("C8:E8")), lost=places("A2"), told=told(Sign.COVERED, at="A2")
    ),
    "a far cell": Handled(by(far), told=told(Sign.FAR_CELLS, at="")),
    "a million blank cells": Handled(of_sheets(blank_cells)),
    "elements with a prefix": Handled(of_sheets(prefixed)),
    "a sheet in UTF-16": Handled(of_sheets(in_utf16)),
}


@lru_cache(maxsize=64)
def odd(name: str, form: bytes) -> bytes:
    """Fill in a form, and let it hold something odd."""
    return ODD[name].step(good(form))
