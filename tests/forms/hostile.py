"""Files that are no forms, or want to do harm: each with the reason for which it is refused."""

from collections.abc import Callable

from filling import changed, opened, saved
from packing import flagged, repacked, replaced, zipped

from survey_app.receiving.refusals import Reason

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
SHEET = "xl/worksheets/sheet2.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><worksheet>&j;</worksheet>"
)
ROWS = 400_000


def _entity(content: bytes) -> bytes:
    declared = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return repacked(content, {SHEET: replaced("<worksheet", f"{declared}<worksheet")})


def _many_cells(content: bytes) -> bytes:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, ROWS))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    return repacked(content, {SHEET: sheet.encode()})


def _deep(content: bytes) -> bytes:
    return repacked(content, {SHEET: b"<worksheet>" + b"<a>" * 2_000_000 + b"</a>" * 2_000_000 + b"</worksheet>"})


def _bomb(content: bytes) -> bytes:
    return repacked(content, {"xl/media/image1.xml": b"<a>" + b" " * 90_000_000 + b"</a>"})


def _strings(content: bytes) -> bytes:
    wrong = replaced('t="inlineStr"><is><t>A2</t></is>', 't="s"><v>999999</v>')
    return repacked(content, {SHEET: wrong})


def _unrelated(content: bytes) -> bytes:
    book = opened(content)
    for name in book.sheetnames[1:]:
        del book[name]
    book.active.title = "予算"
    for row in book.active.iter_rows():
        for one in row:
            if "MergedCell" not in type(one).__name__:
                one.value = "予算"
    for name in list(book.defined_names):
        del book.defined_names[name]
    return saved(book)


def _anonymous(content: bytes) -> bytes:
    def step(book: object) -> None:
        for name in ("_meta", "_issued", "_choices"):
            del book[name]  # type: ignore[attr-defined]
        for sheet in book.worksheets:  # type: ignore[attr-defined]
            for row in sheet.iter_rows(max_row=8):
                for one in row:
                    if isinstance(one.value, str) and "整理番号" in one.value:
                        one.value = None

    return changed(content, step)


REFUSED: dict[str, tuple[Callable[[bytes], bytes], Reason]] = {
    "empty": (lambda _: b"", Reason.EMPTY),
    "blanks only": (lambda _: b" \r\n\n", Reason.EMPTY),
    "CSV in UTF-8 by another name": (lambda _: "設問,回答\nA2,総務課\n".encode("utf-8-sig"), Reason.PLAIN_TEXT),
    "CSV in Shift_JIS by another name": (lambda _: "設問,回答\nA2,総務課\n".encode("cp932"), Reason.PLAIN_TEXT),
    "a page of the web": (lambda _: b"<html><table><tr><td>A2</td></tr></table></html>", Reason.NOT_EXCEL),
    "PDF": (lambda _: b"%PDF-1.7\n%....", Reason.NOT_EXCEL),
    "an image": (lambda _: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Reason.NOT_EXCEL),
    "old Excel": (lambda _: OLE + b"\x00" * 2000 + "Workbook".encode("utf-16-le"), Reason.OLD_EXCEL),
    "with a password": (lambda _: OLE + b"\x00" * 900 + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
    "a zip with a password": (flagged, Reason.ENCRYPTED),
    "with macros": (lambda good: repacked(good, {"xl/vbaProject.bin": OLE}), Reason.MACRO),
    "called macro-enabled": (
        lambda good: repacked(
            good,
            {
                "[Content_Types].xml": replaced(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            },
        ),
        Reason.MACRO,
    ),
    "binary Excel": (lambda good: repacked(good, {"xl/workbook.bin": b"\x00"}), Reason.BINARY_EXCEL),
    "OpenDocument": (
        lambda _: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        Reason.OPEN_DOCUMENT,
    ),
    "a Word document": (
        lambda _: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        Reason.NOT_EXCEL,
    ),
    "any zip": (lambda _: zipped({"読んで.txt": b"hello"}), Reason.NOT_EXCEL),
    "strict Open XML": (
        lambda good: repacked(
            good,
            {
                "xl/workbook.xml": replaced(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
            },
        ),
        Reason.STRICT,
    ),
    "cut short": (lambda good: good[: len(good) // 2], Reason.DAMAGED),
    "a byte changed in a part": (
        lambda good: good[:3000] + bytes([good[3000] ^ 255]) + good[3001:],
        Reason.DAMAGED,
    ),
    "broken XML": (lambda good: repacked(good, {SHEET: b"<worksheet><sheetData><row>"}), Reason.DAMAGED),
    "no workbook behind the name": (lambda good: repacked(good, {"xl/_rels/workbook.xml.rels": None}), Reason.DAMAGED),
    "a sheet is missing": (lambda good: repacked(good, {SHEET: None}), Reason.DAMAGED),
    "texts that are not there": (_strings, Reason.DAMAGED),
    "a billion laughs": (lambda good: repacked(good, {SHEET: LAUGHS.encode()}), Reason.DAMAGED),
    "a billion laughs in UTF-16": (
        lambda good: repacked(good, {SHEET: LAUGHS.replace('"1.0"', '"1.0" encoding="utf-16"', 1).encode("utf-16")}),
        Reason.DAMAGED,
    ),
    "an outer entity": (_entity, Reason.DAMAGED),
    "a bomb": (_bomb, Reason.BOMB),
    "a thousand bombs": (
        lambda good: repacked(good, {f"xl/media/{n}.xml": b"<a/>" for n in range(4000)}),
        Reason.BOMB,
    ),
    "too many cells": (_many_cells, Reason.TOO_MUCH),
    "elements within elements": (_deep, Reason.TOO_MUCH),
    "another workbook": (_unrelated, Reason.NOT_A_FORM),
    "nobody's form": (_anonymous, Reason.NO_IDENTITY),
}
