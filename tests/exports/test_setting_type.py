"""Room for Japanese text: wide characters are wide, and a row is as tall as its longest text."""

import pytest

from exports.addresses import LONGEST_SHEET_NAME, Area, SheetNames, cell, letters
from exports.typesetting import SMALL, TALLEST, height_of, lines_of, most_lines, text_width, width_for


def test_a_wide_character_takes_twice_the_room() -> None:
    assert text_width("要望", 11) == pytest.approx(30)
    assert text_width("ab", 11) == pytest.approx(16)
    assert text_width("要a", 11) == pytest.approx(23)


def test_lines_follow_breaks_and_width() -> None:
    assert lines_of("", 100) == 1
    assert lines_of("a\n\nb", 100) == 3
    assert lines_of("あ" * 40, 200) > lines_of("あ" * 40, 400) > 1


def test_a_row_is_never_taller_than_excel_shows() -> None:
    assert height_of(1000) == TALLEST
    assert height_of(most_lines(SMALL), SMALL) <= TALLEST < height_of(most_lines(SMALL), SMALL) + SMALL * 1.5


def test_a_column_is_as_wide_as_its_longest_text_needs() -> None:
    assert width_for(["短い"], range(140, 361, 10), SMALL) == 140
    wide = width_for(["あ" * 800], range(140, 361, 10), SMALL)
    assert lines_of("あ" * 800, wide, SMALL) <= most_lines(SMALL)
    assert width_for(["\n" * 900], range(140, 361, 10), SMALL) == 360


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(column: int, name: str) -> None:
    assert letters(column) == name


def test_addresses_as_formulas_name_them() -> None:
    assert cell(6, 2, "column") == "$C7"
    assert str(Area("データ", 2, 0, 9, 0)) == "'データ'!$A$3:$A$10"
    assert str(Area("It's", 0, 0, 0, 0)) == "'It''s'!$A$1"


def test_names_of_sheets_are_taken_once_and_fit() -> None:
    names = SheetNames()
    assert names.take("データ_D") == "データ_D"
    assert names.take("データ_d") == "データ_d_2"
    assert names.take("a/b:c") == "a・b・c"
    long = [names.take("長い名前" * 20) for _ in range(3)]
    assert len(set(long)) == 3
    assert max(map(len, long)) == LONGEST_SHEET_NAME
