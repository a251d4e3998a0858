"""What a reader finds in the cell is what was typed, to the code point."""

import errno
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from a_cut import CODES, Given, cut
from office import column, recalculated
from town import DEADLINE, needs

from exports.compiled import write_compiled
from exports.sheets import Line, Sheet
from exports.workbook import CellRefused, Properties, write_workbook
from questions.model import Questionnaire
from questions.reading import read_toml

TEXTS = (
    "=1+1",
    "+81 24 521",
    "-5",
    "@SUM(A1)",
    "'引用",
    '=HYPERLINK("http://example.com","x")',
    "http://example.com/" + "x" * 300,
    "mailto:a@example.com",
    "一行目\n二行目\n\n四行目",
    "髙橋𠮟る﨑",
    "か\u3099（結合文字）とが",
    "あ" * 800,
    "=" + "髙𠮟\n" * 266 + "。",
    "_x000D_と打った",
    "a_x000A__x0041_b",
    "007",
    "1e5",
    "2026-04-01",
    "TRUE",
    "#N/A",
    "NA",
    "－",
    "該当なし",
    "<r><t>太字</t></r>",
    "<r></r>",
    "</t></is></c>&amp;",
    "  前後の空白  ",
    "タブ\tあり",
    "０１２３ＡＢＣ",
)

CODED = {"データ": "N11", "データ_D": "D4"}  # the column
LISTED = {"自由記述": 4, "要望一覧": 6}  # its place


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with all of these texts, each typed by another municipality."""
    path = tmp_path_factory.mktemp("texts") / "texts.xlsx"
    typed = zip(CODES, TEXTS, strict=False)
    given = {
        code: Given({"B1": "1", "N11": text}, {"D": [{"D1": "TAX", "D3": text.replace("\n", " "), "D4": text}]})
        for code, text in typed
    }
    write_compiled(cut(given), path)
    return path


def _read(path: Path) -> dict[str, list[object]]:
    opened = openpyxl.load_workbook(path)
    found: dict[str, list[object]] = {name: column(opened[name], where) for name, where in CODED.items()}
    for name, place in LISTED.items():
        found[name] = [row[place] for row in opened[name].iter_rows(min_row=4, values_only=True)]
    return found


def test_openpyxl_reads_what_was_typed(book: Path) -> None:
    for found in _read(book).values():
        assert found == list(TEXTS)


@pytest.mark.libreoffice
@needs("soffice")
def test_libreoffice_reads_what_was_typed(book: Path, tmp_path: Path) -> None:
    for found in _read(recalculated(book, tmp_path)).values():
        assert found == list(TEXTS)


def test_a_mark_and_the_same_text_typed_are_told_apart(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    assert set(column(opened["データ"], "N11._standing")) == {"answered"}
    assert set(column(opened["データ"], "B3._standing")) == {"not_asked"}
    assert set(column(opened["データ"], "B3")) == {"－"}


def _long(text: str) -> Questionnaire:
    return read_toml(
        f"""
name = "long"
style = {{ ja = "様式", en = "Form" }}
title = {{ ja = "長い", en = "Long" }}
[[sections]]
name = "S"
title = {{ ja = "節", en = "Section" }}
[[sections.questions]]
name = "{text}"
kind = "prose"
longest = 100000
label = {{ ja = "意見", en = "Opinion" }}
"""
    )


@pytest.mark.parametrize(("text", "holds"), [("あ" * 32_767, True), ("あ" * 32_768, False), ("𠮟" * 16_384, False)])
def test_a_text_that_no_cell_holds_stops_the_export(text: str, holds: bool) -> None:
    made = cut({"072010": Given({"Q": text})}, _long("Q"))
    if holds:
        file = BytesIO()
        write_compiled(made, file)
        assert column(openpyxl.load_workbook(file)["データ"], "Q") == [text]
        return
    with pytest.raises(CellRefused) as refused:
        write_compiled(made, BytesIO())
    assert refused.value.address == "自由記述!E4"


def test_a_refused_cell_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(CellRefused):
        write_compiled(cut({"072010": Given({"Q": "あ_x000D_" * 5000})}, _long("Q")), path)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["x.xlsx"]


def test_a_day_that_no_cell_holds_stops_the_export() -> None:
    from datetime import date

    with pytest.raises(CellRefused) as refused:
        write_compiled(cut({"072010": Given({"B1": "1", "N3": date(1899, 12, 31)})}), BytesIO())
    assert refused.value.address.startswith("市町村別!")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.filterwarnings("error")
def test_a_full_disk_is_told_as_the_system_tells_it() -> None:
    with pytest.raises(OSError, match="No space left") as full:
        write_workbook(
            Path("/dev/full"), Properties("x", "x", "x", DEADLINE), [Sheet("x", (64,), [Line(("x",), ("",))])]
        )
    assert full.value.errno == errno.ENOSPC
