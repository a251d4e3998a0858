"""Files as people send them, and an inquiry that asks for some: sound ones, disguised ones, ones with macros."""

import zipfile
from datetime import timedelta
from io import BytesIO

from sqlite_utils import Database
from town import OPENED, OTHER, OWN

from questions.reading import read_toml
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry

NAME = "with_files"
DEFINITION = """
name = "with_files"
title = { ja = "別紙のある照会", en = "With files" }
style = { ja = "様式", en = "Form" }
[[sections]]
name = "S"
title = { ja = "別紙", en = "Files" }
[[sections.questions]]
name = "Q"
kind = "line"
label = { ja = "一行", en = "Line" }
[[sections.questions]]
name = "N"
kind = "whole"
label = { ja = "数", en = "Number" }
[[sections.questions]]
name = "F"
kind = "files"
label = { ja = "別紙（参考資料）", en = "Attachments" }
[[sections.questions]]
name = "G"
kind = "files"
label = { ja = "位置図", en = "Map" }
most = 1
megabytes = 1
types = ["pdf", "png"]
[[sections]]
name = "U"
title = { ja = "別の節", en = "Other" }
[[sections.questions]]
name = "V"
kind = "files"
label = { ja = "別の節の別紙", en = "Attachments elsewhere" }
[[sections]]
name = "W"
title = { ja = "事例", en = "Cases" }
[[sections.questions]]
name = "T"
kind = "table"
label = { ja = "事例の表", en = "Table of cases" }
most = 3
[[sections.questions.questions]]
name = "T1"
kind = "line"
label = { ja = "件名", en = "Subject" }
[[sections.questions.questions]]
name = "T2"
kind = "files"
label = { ja = "事例の別紙", en = "Attachments of the case" }
"""

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPG = b"\xff\xd8\xff\xe0" + bytes(64)
EXE = b"MZ\x90\x00" + bytes(200)
OLD_WORD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def package(*parts: str) -> bytes:
    """A zip file with these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for part in parts:
            written.writestr(part, "<x/>")
    return made.getvalue()


DOCX = package("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = package("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
MACRO_DOCX = package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def open_with_files(database: Database) -> Inquiry:
    """Open the inquiry to 三島町 and 金山町."""
    new = NewInquiry(NAME, "別紙のある照会", "課", "", read_toml(DEFINITION), OPENED + timedelta(days=9), (OWN, OTHER))
    open_inquiry(database, new, Who(None, "test", OPENED))
    return find_inquiry(database, NAME)
