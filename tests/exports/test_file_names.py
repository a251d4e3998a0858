"""Names of files: what every system takes, not too long, never blank, each its own."""

import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.file_names import LONGEST_NAME, MOST_BYTES, Names, fit_name


@pytest.mark.parametrize(
    ("given_name", "fit"),
    [
        ("回答書_072010_福島市.xlsx", "回答書_072010_福島市.xlsx"),
        ("回答書_072010_../../福島市.xlsx", "回答書_072010_..＿..＿福島市.xlsx"),
        ("../../福島市", "＿..＿福島市"),
        ("郡\n山市.html", "郡＿山市.html"),
        ("=cmd|A1.csv", "=cmd＿A1.csv"),
        ('x　"a".zip', "x　＿a＿.zip"),
        ("", "名称なし"),
        (" . .xlsx", "名称なし.xlsx"),
        ("con.xlsx", "＿con.xlsx"),
        ("見\u202exslx.exe", "見＿xslx.exe"),
        ("い" * 300 + ".xlsx", "い" * 78 + ".xlsx"),
        ("a" * 300 + ".xlsx", "a" * 95 + ".xlsx"),
    ],
)
def test_names_are_made_fit(given_name: str, fit: str) -> None:
    assert fit_name(given_name) == fit


@given(st.lists(st.text(max_size=300), max_size=8))
def test_whatever_it_was_called_every_system_takes_it(wanted: list[str]) -> None:
    names = Names()
    made = [names.own(one) for one in wanted]
    assert len({one.casefold() for one in made}) == len(wanted)
    for one in made:
        assert one.strip(" .")
        assert len(one) <= LONGEST_NAME
        assert len(one.encode()) <= MOST_BYTES
        assert not set(one) & set('\\/:*?"<>|\n\t\0')
        assert not {unicodedata.category(character) for character in one} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert PurePosixPath(one).name == one


def test_a_zip_holds_files_of_the_same_name_each_under_its_own() -> None:
    names = Names()
    with zipfile.ZipFile(BytesIO(), "w") as packed:
        for name in ("a/b.csv", "a＿b.csv", "A＿B.csv"):
            packed.writestr(names.own(name), b"")
        assert packed.namelist() == ["a＿b.csv", "a＿b-2.csv", "A＿B-3.csv"]
