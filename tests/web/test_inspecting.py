"""What a file is told by its name and its first bytes, before it is kept."""

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from sent_files import DOCX, EXE, JPG, MACRO_DOCX, OLD_WORD, PDF, PNG, XLSX, package

from questions.kinds.files import BYTES_OF_A_MEGABYTE, Files
from questions.problems import Code
from survey_app.inspecting import MOST_PARTS, SentFile, bare_name, media_of, problem_of


def code_of(name: str, content: bytes, kind: Files | None = None) -> Code | None:
    """Why a file is not taken."""
    problem = problem_of(SentFile(name, len(content), content), kind or Files())
    return None if problem is None else problem.code


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("協定書.pdf", PDF, "application/pdf"),
        ("協定書.PDF", PDF, "application/pdf"),
        ("写真.jpg", JPG, "image/jpeg"),
        ("写真.jpeg", JPG, "image/jpeg"),
        ("図.png", PNG, "image/png"),
        ("規約.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("予算.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_sound_files_are_taken_under_our_own_media_type(name: str, content: bytes, media: str) -> None:
    assert code_of(name, content) is None
    assert media_of(Files(), name) == media


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("協定書.pdf", EXE, Code.FILE_CONTENT),
        ("協定書.pdf", b"MZ" + PDF, Code.FILE_CONTENT),
        ("写真.jpg", PNG, Code.FILE_CONTENT),
        ("写真.png", JPG, Code.FILE_CONTENT),
        ("予算.xlsx", DOCX, Code.FILE_CONTENT),
        ("規約.docx", XLSX, Code.FILE_CONTENT),
        ("規約.docx", package("word/document.xml"), Code.FILE_CONTENT),
        ("規約.docx", DOCX[:-30], Code.FILE_CONTENT),
        ("規約.docx", OLD_WORD, Code.FILE_CONTENT),
        ("規約.docx", b"PK\x03\x04", Code.FILE_CONTENT),
        ("規約.docx", MACRO_DOCX, Code.FILE_MACRO),
        ("予算.xlsx", package("[Content_Types].xml", "xl/workbook.xml", "xl/VBAPROJECT.BIN"), Code.FILE_MACRO),
        ("予算.xlsx", package("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/1.xml"), Code.FILE_MACRO),
        ("規約.docm", MACRO_DOCX, Code.FILE_TYPE),
        ("規約.doc", OLD_WORD, Code.FILE_TYPE),
        ("setup.exe", EXE, Code.FILE_TYPE),
        ("協定書.pdf.exe", PDF, Code.FILE_TYPE),
        ("図.svg", b"<svg/>", Code.FILE_TYPE),
        ("頁.html", b"<html>", Code.FILE_TYPE),
        ("pdf", PDF, Code.FILE_TYPE),
        ("協定書.pdf", b"", Code.FILE_EMPTY),
        ("", PDF, Code.FILE_NAME),
        ("長" * 150 + ".pdf", PDF, Code.FILE_NAME),
        ("fdp.\u202eexe.pdf", PDF, Code.FILE_NAME),
        ("a\x00.pdf", PDF, Code.FILE_NAME),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_told(name: str, content: bytes, code: Code) -> None:
    assert code_of(name, content) is code


def test_only_types_that_the_question_asks_for_are_taken() -> None:
    assert code_of("図.png", PNG, Files(types=("pdf",))) is Code.FILE_TYPE


def test_a_file_just_above_the_limit_is_told_with_its_size() -> None:
    kind = Files(megabytes=1)
    assert problem_of(SentFile("a.pdf", BYTES_OF_A_MEGABYTE, PDF), kind) is None
    problem = problem_of(SentFile("a.pdf", BYTES_OF_A_MEGABYTE + 1, b""), kind)
    assert problem is not None
    assert problem.code is Code.FILE_TOO_LARGE
    assert problem.context == {"file": "a.pdf", "size": Decimal("1.1"), "megabytes": 1}


def test_a_package_with_very_many_parts_is_not_read() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for number in range(MOST_PARTS + 1):
            written.writestr(f"word/{number}", "")
    assert code_of("規約.docx", made.getvalue()) is Code.FILE_CONTENT


@pytest.mark.parametrize("given", ["協定書.pdf", "書類/協定書.pdf", "C:\\書類\\協定書.pdf"])
def test_folders_are_left_out_of_names(given: str) -> None:
    assert bare_name(given) == "協定書.pdf"
