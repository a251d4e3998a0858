"""The compiled book on paper: few pages, no codes, no data sheets, one calendar, one order of the bureaus."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from a_cut import Given, cut, sample_cut
from office import printed
from openpyxl.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from town import needs

from exports.compiled import write_compiled
from questions.bureaus import ORDER

MOST_PAGES = 75
"""For 42 replies to 様式1, which once took 110."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of 42 replies to 様式1."""
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    write_compiled(sample_cut("support_needs", 42), path)
    return path


def on_paper(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The cells of a sheet that are printed."""
    first_column, first_row, last_column, last_row = range_boundaries(sheet.print_area.rsplit("!", 1)[-1])
    assert (first_column, first_row) == (1, 1)
    return list(sheet.iter_rows(max_row=last_row, max_col=last_column, values_only=True))


def texts(rows: list[tuple[object, ...]]) -> set[str]:
    return {cell for row in rows for cell in row if isinstance(cell, str) and not cell.startswith("=")}


def test_codes_stand_beside_what_is_printed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    codes = {"other_route", "in_house", "IPROV", "HR", "TAX", "LAW", "ICT", "BRIEF", "コード"}
    for name in ("集計", "クロス集計", "要望クロス集計"):
        shown = texts(on_paper(book[name]))
        assert shown & codes == set(), name
        assert "HR" in texts(list(book[name].iter_rows(values_only=True))), f"{name}: the formulas count by them"
        assert not [one for one in shown if re.fullmatch(r"[a-z_]{3,}|[A-Z]{3,}", one)], name


def test_of_data_sheets_no_more_than_the_headings_is_printed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if sheet.title.startswith("データ"):
            assert len(on_paper(sheet)) == 2, sheet.title
            assert "印刷用ではないシート" in sheet.oddHeader.left.text
    cover = {row[0]: row[6] for row in book["表紙"].iter_rows(values_only=True)}
    assert cover["データ"] == cover["データ_D"] == "画面用"
    assert (cover["集計"], cover["要望一覧"], cover["検算"]) == ("A4横", "A3横", "A4縦")


def test_pages_of_one_sheet_carry_about_as_many_municipalities(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["市町村別"]
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert breaks
    counts = [last - first for first, last in pairwise([4, *breaks, sheet.max_row])]
    assert min(counts) > max(counts) / 2
    heights = [sheet.row_dimensions[row].height for row in range(5, sheet.max_row + 1)]
    assert max(heights) < 60, "what is left of a page goes to the columns that need it"


def test_a_small_book_stays_on_a4(tmp_path: Path) -> None:
    write_compiled(cut({"072010": Given({"B1": "0"})}), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["市町村別"]
    assert not sheet.row_breaks.brk or sheet.page_setup.paperSize == 8


def test_people_read_one_calendar(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.oddFooter.left.text.startswith("令和8年12月21日"), sheet.title
        if sheet.title.startswith("データ"):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):
                    continue
                if cell.is_date:
                    assert cell.number_format.startswith('[$-411]ggge"年"'), f"{sheet.title}!{cell.coordinate}"
                assert not re.search(r"20\d\d[年/]\d", str(cell.value or "")) or cell.is_date, cell.coordinate
    formats = {cell.number_format for row in book["データ"].iter_rows() for cell in row if cell.is_date}
    assert formats <= {"yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"}


def test_bureaus_stand_in_the_order_of_the_house(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert [book["提出状況"].cell(row, 1).value for row in range(5, 12)] == list(ORDER)
    assert [cell.value for cell in book["クロス集計"][4]][3:10] == list(ORDER)


@pytest.mark.libreoffice
@needs("soffice", "pdftotext", "pdfinfo")
def test_the_book_takes_few_pages_and_shows_eras(path: Path, tmp_path: Path) -> None:
    told = printed(path, tmp_path)
    pages = subprocess.run(["pdfinfo", next(tmp_path.rglob("*.pdf"))], check=True, capture_output=True, text=True)
    found = re.search(r"Pages:\s+(\d+)", pages.stdout)
    assert found is not None
    assert int(found[1]) <= MOST_PAGES
    assert "令和9年" in told
