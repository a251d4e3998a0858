"""The workbook of a division: its needs and nobody else's; filled in, handled, read back."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from book_hands import (
    Step,
    handled,
    names_row_deleted,
    needs_sheet,
    opened,
    put,
    row_deleted,
    rows_inserted,
    saved,
    turned_round,
    without_hidden,
    without_keys,
    without_names,
)
from office import printed, recalculated
from round_desk import WHOLE, Desk, desk_of, open_first
from sqlite_utils import Database
from town import needs

from exports.divisions.anchors import disposition_code
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Opener
from survey_app.receiving.received import Verdict

PLANNED = {"R1": "B", "R2": "研修会を開く。\n年２回。", "R3": "当初予算", "R4": "R9.4", "R7": "税務課 一郎"}
ODD = {"R1": "G", "R2": "=1+1\n-項目　", "R6": "総務省", "R7": "024-521-1111", "R5": "_x000D_"}


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    """One process that opens all files of the tests."""
    with Opener() as held:
        yield held


@pytest.fixture
def desk(sampled: Database, opener: Opener) -> Desk:
    return open_first(desk_of(sampled, opener))


def all_parts(content: bytes) -> str:
    """Everything that stands in any part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_no_part_of_it_holds_anything_of_needs_of_others(desk: Desk) -> None:
    cut = desk.consultation.cut
    own = set(desk.needs_of(desk.tax))
    words = "".join(str(value) for key in own for value in cut.needs[key].values.values())
    held = all_parts(desk.book(desk.tax))
    assert all(cut.needs[key].subject in held for key in own)
    foreign = [need for key, need in cut.needs.items() if key not in own]
    assert len(foreign) > 15
    for need in foreign:
        assert need.control not in held
        assert need.row not in held
        for text in (need.subject, need.detail):
            assert text in words or not any(line in held for line in text.split("\n") if len(line) > 12)


def test_responses_of_other_divisions_are_not_in_it(desk: Desk) -> None:
    key = desk.needs_of(desk.tax)[0]
    desk.respond(key, desk.people, **{**WHOLE, "R2": "人事課だけの内容"})
    assert "人事課だけの内容" in all_parts(desk.book(desk.people))
    assert "人事課だけの内容" not in all_parts(desk.book(desk.tax))


def test_the_same_state_gives_the_same_bytes(desk: Desk) -> None:
    assert desk.book(desk.tax) == desk.book(desk.tax)


def test_what_was_typed_comes_back_to_the_letter(desk: Desk) -> None:
    first, second, third = desk.needs_of(desk.tax)[:3]
    taken = desk.take(handled(desk.book(desk.tax), put(first, PLANNED), put(second, ODD)))
    assert desk.texts(desk.tax) == {first: PLANNED, second: ODD}
    assert [one.sign for one in taken.findings] == []
    assert desk.response(third, desk.tax) is None
    again = desk.take(desk.book(desk.tax))
    assert {one.verdict for one in again.lines} == {Verdict.UNCHANGED}
    assert desk.acts().count("take_division_book") == 1


HANDS: dict[str, tuple[Step, ...]] = {
    "as it is": (),
    "names lost": (without_names,),
    "hidden sheets lost": (without_hidden,),
    "hidden column emptied": (without_keys,),
    "all of it lost": (without_names, without_hidden, without_keys),
    "hidden row lost": (names_row_deleted,),
    "rows inserted": (rows_inserted,),
    "sorted": (turned_round(1),),
    "sorted without the hidden column": (turned_round(2),),
    "a row of another need deleted": (row_deleted(3),),
    "renamed": (lambda book: setattr(book["要望と回答"], "title", "Sheet1"),),
    "filtered": (
        lambda book: [setattr(book["要望と回答"].row_dimensions[row], "hidden", True) for row in range(9, 15)],
    ),
}


@pytest.mark.parametrize("name", HANDS)
def test_read_by_its_anchors_through_many_hands(desk: Desk, name: str) -> None:
    first, second = desk.needs_of(desk.tax)[:2]
    desk.take(handled(desk.book(desk.tax), put(first, PLANNED), put(second, ODD), *HANDS[name]))
    assert desk.texts(desk.tax) == {first: PLANNED, second: ODD}


@pytest.mark.libreoffice
@needs("soffice")
def test_through_libreoffice_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    first, second = desk.needs_of(desk.tax)[:2]
    file = tmp_path / "book.xlsx"
    file.write_bytes(handled(desk.book(desk.tax), put(first, PLANNED), put(second, ODD)))
    taken = desk.take(recalculated(file, tmp_path).read_bytes())
    assert desk.texts(desk.tax) == {first: PLANNED, second: ODD}
    assert taken.found(Weight.REFUSED, Weight.WRONG) == ()


@pytest.mark.libreoffice
@needs("soffice", "pdftotext")
def test_it_is_printed_with_all_its_words(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(handled(desk.book(desk.tax), put(desk.needs_of(desk.tax)[0], PLANNED)))
    told = re.sub(r"\s", "", printed(file, tmp_path))
    assert all(desk.control(key) in told for key in desk.needs_of(desk.tax))
    assert "研修会を開く。" in told


def test_what_the_cells_take_and_show(desk: Desk) -> None:
    book = opened(desk.book(desk.tax))
    sheet, first, columns = needs_sheet(book)
    assert set(book.defined_names) == {"table.needs", "list.R1"}
    assert sheet.row_dimensions[first - 2].hidden
    assert sheet.column_dimensions["A"].hidden
    offered = [row[1].value for row in book["_choices"].iter_rows()]
    assert offered[:2] == ["A 対応済み・現行制度で対応可能", "B 対応予定"]
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert [(one.formula1, one.errorStyle) for one in lists] == [("list.R1", None)]  # None: stop
    rules = {str(area.sqref)[0]: rule[-1].formula[0] for area, rule in sheet.conditional_formatting._cf_rules.items()}
    month = openpyxl.utils.get_column_letter(columns["R4"])
    assert "B 対応予定" in rules[month]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "8")


@pytest.mark.libreoffice
@needs("soffice")
def test_the_colour_of_what_is_missing_follows_the_rules(desk: Desk, tmp_path: Path) -> None:
    """LibreOffice works the rules out as formulas beside the table."""
    keys = desk.needs_of(desk.tax)[:8]
    book = opened(desk.book(desk.tax))
    for key, code in zip(keys, "ABCDEFGS", strict=True):
        put(key, {"R1": code})(book)
    sheet, first, columns = needs_sheet(book)
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        letter = re.match(r"[A-Z]+", str(area.sqref))
        name = next(one for one, column in columns.items() if openpyxl.utils.get_column_letter(column) == letter[0])
        for number in range(8 if name in ("R3", "R4", "R5", "R6") else 0):
            formula = re.sub(rf"(\$[A-Z]+){first}\b", rf"\g<1>{first + number}", rules[-1].formula[0])
            sheet.cell(first + number, 30 + int(name[1])).value = f"={formula}"
    file = tmp_path / "book.xlsx"
    file.write_bytes(saved(book))
    reckoned = openpyxl.load_workbook(recalculated(file, tmp_path), data_only=True)["要望と回答"]
    found = {
        (name, code)
        for name in ("R3", "R4", "R5", "R6")
        for number, code in enumerate("ABCDEFGS")
        if reckoned.cell(first + number, 30 + int(name[1])).value
    }
    assert found == {("R3", "B"), ("R3", "C"), ("R4", "B"), ("R5", "E"), ("R5", "F"), ("R6", "G")}


@pytest.mark.parametrize(
    "text", ["B 対応予定", "B", "ｂ", "Ｂ　対応予定", "対応予定", "B：対応予定", "b.対応予定", "Planned", "B Planned"]
)
def test_a_disposition_is_known_by_code_or_label(text: str) -> None:
    assert disposition_code(text) == "B"


@pytest.mark.parametrize("text", ["H", "対応", "B 検討中", "BB", "要検討", "1"])
def test_what_is_none_stays_as_typed(text: str) -> None:
    assert disposition_code(text) == text
