"""Choosing a questionnaire, Excel files included, and looking at a draft as town halls will see it."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from preparer import ABOUT, fill, seen, send
from sqlite_utils import Database

from questions.reading import catalogue
from survey_app.store.drafts import drafts
from survey_app.store.inquiries import find_inquiry

Open = Callable[..., Any]
SURVEY = (
    ("type", "name", "label", "required", "relevant"),
    ("begin_group", "A", "担当者", "", ""),
    ("text", "A1", "所属", "yes", ""),
    ("select_one yn", "A2", "要望はありますか", "yes", ""),
    ("integer", "A3", "件数", "", "${A2} = '1'"),
    ("end_group", "", "", "", ""),
)
CHOICES = (("list_name", "name", "label"), ("yn", "1", "ある"), ("yn", "0", "ない"))
SETTINGS = (("form_title", "form_id"), ("小さな調査", "small_survey"))


def xlsform(survey: tuple[tuple[str, ...], ...] = SURVEY) -> tuple[io.BytesIO, str]:
    """A questionnaire in Excel, as it is uploaded."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("survey", survey), ("choices", CHOICES), ("settings", SETTINGS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file, "小さな調査.xlsx"


def upload(desk: Any, file: tuple[io.BytesIO, str], status: int) -> str:
    """Send a questionnaire in Excel; return the page, or where it leads."""
    fields = {"csrf_token": desk.token, "source": "file", "token": "x", "file": file}
    response = desk.client.post("/prepare/new", data=fields)
    assert response.status_code == status, response.text[:3000]
    found: str = response.headers.get("Location") or response.text
    return found


def test_a_questionnaire_in_excel_goes_to_the_town_halls(desk: Any, database: Database, browser: Open) -> None:
    assert upload(desk, xlsform(), 303).startswith("/prepare/2")
    draft = drafts(database)[0]
    assert draft.questionnaire is not None
    assert (draft.origin.way, draft.origin.name, draft.text("name")) == ("file", "小さな調査.xlsx", "small_survey")
    assert "小さな調査.xlsx" in desk.get("/prepare/2/questionnaire")
    section = draft.questionnaire.sections[0].name
    assert "A2が「ある」のとき回答" in desk.get(f"/prepare/2/preview?section={section}")
    fill(desk, 2)
    assert send(desk, 2) == "/board/needs_r8"
    made = find_inquiry(database, "needs_r8")
    assert made.questionnaire == draft.questionnaire
    assert "要望はありますか" in browser("mishima").get(f"/inquiries/needs_r8/sections/{section}")


def test_everything_wrong_in_an_excel_file_is_told_by_its_cell(desk: Any, database: Database) -> None:
    faulty = (*SURVEY[:3], ("select_one none", "A2", "", "", ""), ("integer", "A3", "件数", "", "${A9} ="), SURVEY[-1])
    page = upload(desk, xlsform(faulty), 422)
    assert len(drafts(database)) == 1
    assert "照会はまだ作っていません" in page
    for text in ("<td>survey</td>", "A4</th>", "C4</th>", "E5</th>", "select_one none"):
        assert text in page


def test_what_is_no_workbook_is_refused(desk: Any, database: Database) -> None:
    page = upload(desk, (io.BytesIO("設問,種類".encode("cp932")), "調査.xlsx"), 422)
    assert 'class="notice notice-stop"' in page
    assert len(drafts(database)) == 1


@pytest.mark.parametrize("name", catalogue())
def test_every_section_can_be_looked_at_with_nothing_to_press(browser: Open, name: str, database: Database) -> None:
    desk = browser("division")
    desk.get("/prepare/new")
    desk.post("/prepare/new", {"source": f"catalogue:{name}", "token": "t"})
    (draft,) = drafts(database)
    assert draft.questionnaire is not None
    assert "プレビュー" in desk.get("/prepare/1/preview")
    pages = []
    for section in draft.questionnaire.sections:
        page = desk.get(f"/prepare/1/preview?section={section.name}")
        pages.append(page)
        assert '<fieldset class="looked-at" disabled>' in page
        for question in section.questions():
            assert question.label.ja in page
        for table in section.tables():
            assert all(question.label.ja in page for question in table.questions)
    assert ("B1が「要望あり」のとき回答" in "".join(pages)) == (name == "support_needs")
    desk.get("/prepare/1/preview?section=none", 404)
    assert database.table("reply").count == 0


def test_the_excel_form_of_a_pretended_municipality(desk: Any) -> None:
    fill(desk)
    response = desk.client.get("/prepare/1/preview.xlsx")
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("【見本】県の支援に係る照会" in text for text in cells)
    assert "○○町（000000）" in cells
    for text in (ABOUT["legal_ground"], ABOUT["use_of_results"]):
        assert text in cells
    assert any("電話：024-521-7000" in text for text in cells)


def test_the_letter_is_ready_to_print_and_to_copy(desk: Any) -> None:
    fill(desk)
    desk.post("/prepare/1/steps/letter", {"letter_number": "８市町第１２３号", "letter_day": "R8.11.25"})
    page = desk.get("/prepare/1/letter")
    for text in ("８市町第１２３号", "令和8年11月25日", "各市町村長　様", "市町村行政課長", "（金）17時15分", "以上"):
        assert text in page


def test_another_questionnaire_is_chosen(desk: Any, database: Database) -> None:
    first = seen(desk.get("/prepare/1/questionnaire"))
    desk.post("/prepare/1/questionnaire", {"source": "catalogue:cooperation_cases", "seen": first})
    (draft,) = drafts(database)
    assert draft.questionnaire is not None
    assert draft.questionnaire.name == "cooperation_cases"
    page = desk.post("/prepare/1/questionnaire", {"source": "catalogue:grant_small", "seen": first}, 409)
    assert "先に調査票を選び直しました" in page


def test_without_a_file_nothing_is_made(desk: Any, database: Database) -> None:
    page = desk.post("/prepare/new", {"source": "file", "token": "x"}, 422)
    assert "Excelファイル（.xlsx）を選んでください" in page
    assert len(drafts(database)) == 1
