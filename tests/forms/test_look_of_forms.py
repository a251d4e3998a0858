"""The form that is handed out: names, anchors, drop-downs, greying; nothing hidden that is not the town's own."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filling import cell, opened, saved, table_sheet
from openpyxl.utils import get_column_letter
from town import OPENED, OTHER, needs

from exports.form.anchors import Issue, answer_name, choices_of
from exports.form.form import Earlier
from exports.form.greying import FormCells, not_asked
from exports.form.layout import FIRST_ROW, Layout
from questions.checking import Examination
from questions.reading import catalogue
from survey_app.receiving.forms import form_book, form_name
from survey_app.receiving.opening import open_once
from survey_app.sample import contents
from survey_app.store.replies import Changes, save_answers

RECALCULATED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def fill_sample(at: Any, seed: int) -> None:
    reply = at.reply()
    typed = contents(reply.inquiry.questionnaire, reply.setting, Random(seed), nil=False)
    save_answers(at.database, reply, Changes(reply.revision, typed.entries, typed.rows), at.around().who)


@pytest.mark.parametrize("name", catalogue())
def test_every_answer_has_its_name_and_its_key(desk: Callable[..., Any], name: str) -> None:
    at = desk(name)
    book, questionnaire = opened(at.form()), at.reply().inquiry.questionnaire
    for question in questionnaire.questions.values():
        keys = [choice.key for choice in choices_of(question)] or [question.name]
        table = questionnaire.table_of.get(question.name)
        for key in keys:
            if table is None:
                assert answer_name(key) == f"ans.{key}"
                place = cell(book, key)
                assert place.parent.cell(place.row, 1).value == key
            else:
                assert key in table_sheet(book, table)[2]
    for table in questionnaire.tables.values():
        sheet, first, _ = table_sheet(book, table.name)
        assert sheet.row_dimensions[first - 2].hidden
        keys = [sheet.cell(first + number, 1).value for number in range(table.most)]
        assert len({key.partition("/")[2] for key in keys}) == table.most


def test_texts_are_text_cells_and_nothing_is_locked_or_macro(desk: Callable[..., Any]) -> None:
    content = desk().form()
    book = opened(content)
    for key in ("A2", "A5", "A8", "T12", "Z1", "B1", "B4.TAX"):
        assert cell(book, key).number_format == "@"
    assert cell(book, "T1").number_format.startswith("#,##0")
    assert not any(sheet.protection.sheet for sheet in book.worksheets)
    assert not book.security or not book.security.lockStructure
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "vba" in name or "externalLink" in name]
        formulas = [name for name in package.namelist() if "worksheets/" in name and b"<f>" in package.read(name)]
    assert formulas == []


def test_choices_are_offered_as_labels(desk: Callable[..., Any]) -> None:
    book = opened(desk().form())
    sheet = book["回答"]
    lists = {str(one.sqref): one for one in sheet.data_validations.dataValidation if one.type == "list"}
    one = lists[cell(book, "B1").coordinate]
    assert one.formula1 == "list.B1"
    assert one.errorStyle in (None, "stop")
    where, area = next(iter(book.defined_names["list.B1"].destinations))
    assert [row[0].value for row in book[where][area]] == ["要望あり", "該当なし"]
    assert book[where].sheet_state == "hidden"
    first, last = cell(book, "B4.HR").coordinate, cell(book, "B4.OTH").coordinate
    assert lists[f"{first}:{last}"].formula1 == '"○"'


def test_guidance_says_what_the_page_says(desk: Callable[..., Any]) -> None:
    book = opened(desk().form())
    beside = {row[1].value: row[5].value for row in book["回答"].iter_rows(min_row=FIRST_ROW + 1) if row[1].value}
    assert "50字以内" in beside["A2"]
    assert "例：総務課 行政係" in beside["A2"]
    assert "単位：千円" in beside["T1"]
    assert "B1が「該当なし」のとき回答" in beside["B2"]
    assert "0～100" in beside["T4"]
    prompts = {str(one.sqref): one.prompt for one in book["回答"].data_validations.dataValidation}
    assert prompts[cell(book, "A2").coordinate] == beside["A2"]


def test_a_form_holds_nothing_of_another_town(desk: Callable[..., Any]) -> None:
    other = desk(municipality=OTHER)
    fill_sample(other, 3)
    secret = other.reply().answers.entry("A5").texts[0]
    with zipfile.ZipFile(BytesIO(desk().form())) as package:
        assert not any(secret.encode() in package.read(name) for name in package.namelist())


def test_returned_items_are_marked_with_their_reason(desk: Callable[..., Any]) -> None:
    at = desk()
    fill_sample(at, 5)
    reply = at.reply()
    row = reply.answers.row_ids("D")[1]
    reasons = {("", "A5"): "電話番号を確認してください。", (row, "D6"): "時期を書いてください。"}
    book = opened(form_book(reply, OPENED, returned=reasons))
    place = cell(book, "A5")
    assert place.fill.fgColor.rgb == "FFFCE4D6"
    assert "電話番号を確認してください。" in place.comment.text
    assert "電話番号を確認してください。" in str(place.parent.cell(place.row, 6).value)
    sheet, first, keys = table_sheet(book, "D")
    assert "時期を書いてください。" in sheet.cell(first + 1, keys["D6"]).comment.text
    texts = [one.value for row in book["記入要領"].iter_rows() for one in row if one.value]
    assert "具体的内容（2行目）：時期を書いてください。" in texts


def test_last_times_answers_stand_beside_and_are_not_read(desk: Callable[..., Any]) -> None:
    at = desk()
    content = form_book(at.reply(), OPENED, earlier=Earlier({"A2": "総務課 行政係", "Z1": "前回の意見"}))
    book = opened(content)
    place = cell(book, "A2")
    assert place.value is None
    assert place.parent.cell(place.row, 7).value == "総務課 行政係"
    assert at.receive(content).lines == ()


def test_it_is_printed_on_a4(desk: Callable[..., Any]) -> None:
    book = opened(desk().form())
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert str(sheet.page_setup.paperSize) == "9"
    assert book["回答"].page_setup.orientation in (None, "portrait")
    assert book["回答"].print_title_rows == "$5:$5"


def test_its_name_tells_whose_it_is(desk: Callable[..., Any]) -> None:
    assert form_name(desk().reply()) == "回答票_support_needs_074446_三島町.xlsx"


def test_every_issue_has_its_own_spare_rows(desk: Callable[..., Any]) -> None:
    at = desk()
    reply = at.reply()
    issues = [Issue("support_needs", at.municipality, reply.inquiry.questionnaire.digest, n, OPENED) for n in (1, 1, 2)]
    ids = [Layout(reply.inquiry.questionnaire, reply.setting, one, reply.answers).tables["D"].row_ids for one in issues]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])
    assert all(re.fullmatch("r[0-9a-f]{16}", row) for row in ids[0])


# ---- Greying


def with_formulas(at: Any) -> tuple[bytes, dict[str, tuple[str, str]]]:
    """Write the formulas that grey the cells beside them; return the workbook and the cell of each question."""
    reply = at.reply()
    layout = Layout(
        reply.inquiry.questionnaire, reply.setting, Issue("x", at.municipality, "", 0, OPENED), reply.answers
    )
    book = opened(at.form())
    places: dict[str, tuple[str, str]] = {}
    for name, question in layout.questionnaire.questions.items():
        plan = layout.tables.get(layout.questionnaire.table_of.get(name, ""))
        formula = not_asked(FormCells(layout, plan), question)
        if formula is None:
            continue
        sheet = plan.sheet if plan else "回答"
        row = plan.first_row + 1 if plan else layout.row_of[name] + 1
        column = 60 + len(places)
        book[sheet].cell(row, column).value = f"={formula}"
        places[name] = (sheet, f"{get_column_letter(column)}{row}")
    return saved(book), places


@needs("soffice")
@pytest.mark.libreoffice
def test_cells_are_grey_where_the_server_does_not_ask(desk: Callable[..., Any], tmp_path: Path) -> None:
    expected: dict[str, dict[str, bool]] = {}
    places: dict[str, dict[str, tuple[str, str]]] = {}
    for name in catalogue():
        for seed in (1, 2, 3):
            at = desk(name)
            fill_sample(at, seed)
            examination: Examination = at.reply().examination()
            content, found = with_formulas(at)
            (tmp_path / f"{name}-{seed}.xlsx").write_bytes(content)
            rows = examination.answers.rows
            table_of = examination.questionnaire.table_of
            first = {one: (rows.get(table_of[one], ("",))[0] if one in table_of else "") for one in found}
            expected[f"{name}-{seed}"] = {one: not examination.asked(one, first[one]) for one in found}
            places[f"{name}-{seed}"] = found
    for name, values in recalculated(tmp_path).items():
        grey = {one: values[sheet][place] for one, (sheet, place) in places[name].items()}
        assert grey == expected[name], name
    assert sum(len(one) for one in expected.values()) > 200


def recalculated(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Recalculate all workbooks of a folder in LibreOffice; return the values of their cells by sheet and address."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATED, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "xlsx"]
    files = sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=110)
    found = {}
    for file in sorted((folder / "out").glob("*.xlsx")):
        book = open_once(file.read_bytes())
        found[file.stem] = {
            sheet.name: {
                f"{get_column_letter(column + 1)}{row + 1}": one.text == "TRUE"
                for (row, column), one in sheet.cells.items()
                if column >= 59
            }
            for sheet in book.sheets
        }
    return found
