"""The form in Excel: downloaded, filled in, sent, compared, chosen, taken in; doubtful cells come back marked."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from halls import BOTH, Hall, Halls, press, text

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOAD = "a:has-text('回答票（Excel）をダウンロード')"


def downloaded(page: Any, link: str, to: Path) -> openpyxl.Workbook:
    """Download a workbook by a link of the page."""
    with page.expect_download() as download:
        page.click(link)
    download.value.save_as(to)
    assert download.value.suggested_filename.endswith(".xlsx")
    return openpyxl.load_workbook(to)


def put(book: openpyxl.Workbook, **typed: object) -> bytes:
    """Type into the cells of questions; return the bytes of the workbook."""
    for question, value in typed.items():
        ((sheet, cell),) = book.defined_names[f"ans.{question}"].destinations
        book[sheet][cell.replace("$", "")] = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def send(page: Any, content: bytes, name: str = "回答票.xlsx") -> None:
    """Choose a file and send it."""
    page.set_input_files("[name=file]", {"name": name, "mimeType": SHEET, "buffer": content})
    press(page, "button:has-text('送って違いを見る')")


def line(page: Any, question: str) -> Any:
    """The line of a question in the comparison."""
    return page.locator("section[aria-labelledby=lines] tbody tr").filter(
        has=page.locator(f"th .code:text-is('{question}')")
    )


@BOTH
def test_filled_in_compared_chosen_and_taken_in(hall: Hall, visitor: Open, tmp_path: Path, *, scripts: bool) -> None:
    hall.save(A2="総務課", A3="主査", A4="佐藤 花子")
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(hall.here)
    press(page, "a:has-text('Excelで回答する')")
    book = downloaded(page, DOWNLOAD, tmp_path / "form.xlsx")
    content = put(book, A2="企画課", A3="係長", A4="", A5="0241-48-5511")
    hall.save(number=2, A2="財政課")

    send(page, content)
    assert "まだ取り込んでいません" in text(page)
    assert hall.value("A3") == "主査"
    assert "食い違い" in line(page, "A2").inner_text()
    assert "変更" in line(page, "A3").inner_text()
    assert "新しい回答" in line(page, "A5").inner_text()
    assert line(page, "A4").count() == 0
    assert line(page, "A2").locator("[value=reply]").is_checked()
    assert line(page, "A3").locator("[value=form]").is_checked()
    line(page, "A2").locator("[value=form]").check()
    line(page, "A3").locator("[value=reply]").check()
    press(page, "button:has-text('選んだとおりに取り込む')")
    assert "回答票を取り込みました" in text(page)
    assert [hall.value(one) for one in ("A2", "A3", "A4", "A5")] == ["企画課", "主査", "佐藤 花子", "0241-48-5511"]

    here.go(f"{hall.here}/upload")
    send(page, content)
    press(page, "button:has-text('選んだとおりに取り込む')")
    assert hall.value("A3") == "係長"


@BOTH
def test_requests_of_a_form_become_rows(hall: Hall, visitor: Open, tmp_path: Path, *, scripts: bool) -> None:
    page = visitor(hall.person(), scripts=scripts).go(f"{hall.here}/upload")
    book = downloaded(page, DOWNLOAD, tmp_path / "form.xlsx")
    ((sheet, area),) = book.defined_names["table.D"].destinations
    first = book[sheet][area.split(":")[0].replace("$", "")].row
    columns = {one.value: one.column for one in book[sheet][first - 2] if one.value}
    for number, subject in enumerate(("土木技師の派遣", "併任徴収の継続")):
        book[sheet].cell(first + number, columns["D1"]).value = number + 1
        book[sheet].cell(first + number, columns["D5"]).value = subject
    send(page, put(book, B1="要望あり"))
    press(page, "button:has-text('選んだとおりに取り込む')")
    answers = hall.reply().answers
    assert [answers.value("D5", row) for row in answers.row_ids("D")] == ["土木技師の派遣", "併任徴収の継続"]


@BOTH
def test_doubtful_cells_come_back_marked(hall: Hall, visitor: Open, tmp_path: Path, *, scripts: bool) -> None:
    page = visitor(hall.person(), scripts=scripts).go(f"{hall.here}/upload")
    book = downloaded(page, DOWNLOAD, tmp_path / "form.xlsx")
    send(page, put(book, A2="総務課", A8="令和99年99月99日", T1="=1+1"))
    assert page.locator("section[aria-labelledby=findings] tbody tr").count() == 2
    marked = downloaded(page, "a:has-text('しるしを付けた回答票')", tmp_path / "marked.xlsx")
    ((sheet, cell),) = marked.defined_names["ans.A8"].destinations
    assert "R8.4.1" in marked[sheet][cell.replace("$", "")].comment.text
    ((sheet, cell),) = marked.defined_names["ans.A2"].destinations
    assert marked[sheet][cell.replace("$", "")].value == "総務課"
    send_again = put(marked, A8="R8.11.20", T1=None)
    page.go_back()
    send(page, send_again)
    assert not page.is_visible("#findings")
    press(page, "button:has-text('選んだとおりに取り込む')")
    assert str(hall.value("A8")) == "2026-11-20"


@BOTH
def test_another_towns_form_and_a_foreign_file_are_refused(
    hall: Hall, halls: Halls, visitor: Open, tmp_path: Path, *, scripts: bool
) -> None:
    other = halls.next()
    book = downloaded(
        visitor(other.person(), scripts=scripts).go(f"{hall.here}/upload"), DOWNLOAD, tmp_path / "other.xlsx"
    )
    page = visitor(hall.person(), scripts=scripts).go(f"{hall.here}/upload")
    send(page, put(book, A2="よその課"))
    assert other.town.name in text(page)
    assert "回答は変わっていません" in text(page)
    send(page, b"A2,\x91\x8d\x96\xb1\n", "回答票.csv")
    assert "回答は変わっていません" in text(page)
    press(page, "button:has-text('送って違いを見る')")
    assert "選んでください" in text(page)
    assert hall.value("A2") is None
