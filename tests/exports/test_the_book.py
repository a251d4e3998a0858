"""The book as it is handed over: its sheets, its parts, how it looks and prints."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from a_cut import CODES, Given, cut, sample_cut
from office import printed
from openpyxl.worksheet.worksheet import Worksheet
from town import needs

from exports.compiled import write_compiled
from exports.printing import A3, A4
from exports.typesetting import TALLEST
from questions.life import State
from questions.reading import catalogue, read_catalogue

SHEETS = (
    "表紙",
    "提出状況",
    "提出状況一覧",
    "集計",
    "クロス集計",
    "該当団体",
    "市町村別",
    "自由記述",
    "調査票",
    "検算",
    "データ",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of 52 replies to 様式1."""
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    write_compiled(sample_cut("support_needs", 52), path)
    return path


@pytest.mark.parametrize("name", catalogue())
def test_two_runs_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    made = []
    for place in (tmp_path / "a.xlsx", BytesIO()):
        write_compiled(sample_cut(name, 12), place)
        made.append(place.read_bytes() if isinstance(place, Path) else place.getvalue())
    assert made[0] == made[1]


OWN = {"support_needs": {"要望クロス集計", "要望一覧", "一覧_L4"}, "cooperation_cases": {"取組事例"}}


@pytest.mark.parametrize("name", OWN)
def test_the_sheets_of_the_book(name: str, tmp_path: Path) -> None:
    write_compiled(sample_cut(name, 5), tmp_path / "x.xlsx")
    found = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert [sheet for sheet in found if sheet in SHEETS] == list(SHEETS)
    assert set(found) - set(SHEETS) - {sheet for sheet in found if sheet.startswith("データ_")} == OWN[name]


def test_nothing_in_the_file_is_hidden(path: Path) -> None:
    known = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
        r"|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
        r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/drawings/(_rels/)?drawing\d+\.xml(\.rels)?|xl/charts/chart\d+\.xml"
    )
    with zipfile.ZipFile(path) as parts:
        assert [name for name in parts.namelist() if not known.fullmatch(name)] == []
        for name in parts.namelist():
            text = parts.read(name).decode()
            hidden = [line for line in re.findall(r"<[^>]*hidden=[^>]*>", text) if "_FilterDatabase" not in line]
            assert hidden == [], name
            assert "veryHidden" not in text
            assert 'TargetMode="External"' not in text
    names = openpyxl.load_workbook(path)
    assert all(sheet.sheet_state == "visible" for sheet in names)


def test_only_what_was_handed_in_is_in_the_file() -> None:
    file = BytesIO()
    write_compiled(cut({"072010": Given({"B1": "1"})}, others={"072028": State.DRAFT}), file)
    coded = openpyxl.load_workbook(file)["データ"]
    assert [row[0] for row in coded.iter_rows(min_row=3, values_only=True)] == ["072010"]


def test_every_sheet_is_ready_to_be_printed(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        paper = A3 if sheet.title in ("要望一覧", "市町村別") else A4  # these have too many columns for A4
        orientation = "portrait" if sheet.title == "検算" else "landscape"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (orientation, paper), sheet.title
        fitted = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert fitted or sheet.page_setup.scale, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title
        assert sheet.print_area, sheet.title
        if sheet.title not in ("表紙", "提出状況", "要望クロス集計"):
            assert sheet.print_title_rows, sheet.title
            assert sheet.freeze_panes, sheet.title


def test_lists_can_be_filtered(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for name in ("提出状況一覧", "要望一覧", "市町村別", "自由記述", "データ", "データ_D"):
        filtered = book[name].auto_filter.ref
        rows = [row for row in book[name].iter_rows(min_col=1, max_col=1, values_only=True) if row[0] is not None]
        assert filtered
        assert int(filtered.rsplit(":", 1)[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == book[name].max_row, name
        assert rows


def test_answers_are_shown_as_people_say_them(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    listed = _rows(book["要望一覧"], 3)
    assert {row["分野"] for row in listed} <= {
        "人事交流の拡大",
        "税の滞納整理",
        "政策法務支援",
        "情報通信系の技術支援",
        "収集した情報の包括的提供",
        "その他",
    }
    assert {type(row["希望時期"]) for row in listed} == {datetime, type(None)}
    assert book["要望一覧"].cell(4, list(listed[0]).index("希望時期") + 1).number_format == '[$-411]ggge"年"m"月"'
    together = [row["共同要望団体"] for row in listed if row["共同要望団体"] not in (None, "－")]
    assert together
    assert not any(any(map(str.isdigit, towns)) for towns in together)
    assert [row["管理番号"] for row in listed] == sorted(row["管理番号"] for row in listed)
    assert {row["備考"] for row in listed} == {None, "差戻し中", "修正中", "修正中（承認待ち）"}


def _rows(sheet: Worksheet, heading: int) -> list[dict[str, object]]:
    names = [cell.value for cell in sheet[heading]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=heading + 1, values_only=True)]


def test_every_row_has_a_height_that_excel_shows(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        tall = [row.height for row in sheet.row_dimensions.values() if row.height]
        assert max(tall, default=0) <= TALLEST, sheet.title


def test_charts_hold_their_values(path: Path) -> None:
    """A preview draws what the chart holds, without reckoning."""
    with zipfile.ZipFile(path) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        for name in charts:
            root = ElementTree.fromstring(parts.read(name))
            space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
            for series in root.iterfind(".//c:ser", space):
                assert series.findall("c:val/c:numRef/c:numCache/c:pt", space)
                assert series.findall("c:cat/c:strRef/c:strCache/c:pt", space)


def _long_text(length: int, end: str) -> str:
    return ("要望の内容を具体的に記す。\n" * 3 + "本文が続く、" * 200)[: length - len(end)] + end


def _many_columns(place: int, length: int) -> Given:
    """A reply to 様式1 with long texts in the table that has the most columns."""
    texts = {name: _long_text(min(length, 400 if name == "D15" else 800), f"{name}E{place}") for name in LONG}
    need = {"D1": 1, "D2": "TAX", "D3": ("HR", "LAW"), "D4": "EXCH", "D5": "件名" * 20, "D8": None, "D9": "lt1y"}
    need |= {"D10": 12, "D11": "保健師", "D12": "H", "D13": "J", "D14": ("074446", "074454"), "D16": "pref"}
    values = {"B1": "1", "B4": ("TAX",), "Z1": _long_text(length, f"Z1E{place}")}
    return Given(values, {"D": [{**need, "D17": "anon", **texts}]})


LONG = ("D6", "D7", "D15")


@pytest.mark.libreoffice
@needs("soffice", "pdftotext")
@pytest.mark.parametrize("longest", [300, 800])
def test_long_texts_are_printed_to_their_end(longest: int, tmp_path: Path) -> None:
    lengths = (*range(20, longest, 60), longest)
    given = {
        code: _many_columns(place, length) for place, (code, length) in enumerate(zip(CODES, lengths, strict=False))
    }
    write_compiled(cut(given, read_catalogue("support_needs")), tmp_path / "x.xlsx")
    told = printed(tmp_path / "x.xlsx", tmp_path)
    for name in (*LONG, "Z1"):
        ends = {f"{name}E{place}" for place in range(len(lengths))}
        assert ends - set(re.findall(rf"{name}E\d+", told)) == set()
