"""Every formula of every book: what the file holds, what LibreOffice makes of it and what pandas makes of it agree."""

import math
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from a_cut import Given, cut, sample_cut
from caging import cage_of
from every_file import every_file, marked
from every_part import every_part
from office import all_recalculated
from reckoning import Reckoner
from test_figures import mixed_codes
from town import DEADLINE, needs

from exports.compiled import write_compiled
from exports.versus.book import write_versus
from exports.versus.comparing import Versus
from questions.life import State
from questions.reading import catalogue
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.fixed_cuts import fix_cut, load_cut
from survey_app.store.inquiries import find_inquiry


def _of_a_cut(prepared_replies: Path, folder: Path, place: Path) -> None:
    """The book of a cut that was fixed in the database, as the page of cuts hands it out."""
    with connect(Path(shutil.copy(prepared_replies, folder / "cut.db"))) as database:
        inquiry = find_inquiry(database, "support_needs")
        fixed = fix_cut(database, inquiry, "第1次集計", "cut", Who(None, "県庁 太郎", DEADLINE))
        write_compiled(load_cut(database, inquiry, fixed.number), place)


def _changed(place: Path) -> None:
    """The book with 前回からの変更."""
    before = replace(sample_cut("support_needs", 9, seed=2), name="第1次集計")
    write_compiled(sample_cut("support_needs", 11, seed=2), place, previous=before)


def _versus(place: Path) -> None:
    write_versus(Versus(sample_cut("support_needs", 40, seed=3), sample_cut("support_needs", 59, seed=4)), place)


WITH_FORMULAS: dict[str, Callable[[Path], None]] = {
    **{
        f"{name}, 59 replies": lambda place, name=name: write_compiled(sample_cut(name, 59), place)
        for name in catalogue()
    },
    "codes that look alike": lambda place: write_compiled(mixed_codes(), place),
    "one reply": lambda place: write_compiled(cut({"072010": Given({"B1": "0"})}), place),
    "no reply": lambda place: write_compiled(cut({}, others={"072010": State.NOT_STARTED}), place),
    "with changes": _changed,
    "versus": _versus,
}
BOOKS = (*WITH_FORMULAS, "a fixed cut")


@pytest.fixture(scope="module")
def books(prepared_replies: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every book that has formulas."""
    folder = tmp_path_factory.mktemp("formulas")
    found = {name: folder / f"{name}.xlsx" for name in BOOKS}
    for name, write in WITH_FORMULAS.items():
        write(found[name])
    _of_a_cut(prepared_replies, folder, found["a fixed cut"])
    return found


@pytest.fixture(scope="module")
def opened(books: dict[str, Path]) -> dict[str, Reckoner]:
    """The same books, each opened once."""
    return {name: Reckoner(path) for name, path in books.items()}


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return bool(one == other)


def test_there_are_formulas_in_all_of_them(opened: dict[str, Reckoner]) -> None:
    counted = {name: len(found.formulas) for name, found in opened.items()}
    assert min(counted.values()) > 50, counted
    assert sum(counted.values()) > 17000, counted
    empty = [(name, *one) for name, found in opened.items() for one in found.formulas if one[-1] is None]
    assert empty == [], "no value for a preview to show"


@pytest.mark.parametrize("name", BOOKS)
def test_pandas_reckons_the_same(name: str, opened: dict[str, Reckoner]) -> None:
    """Every formula, those that it builds on too, from the plain cells of the file alone."""
    wrong = []
    for sheet, address, formula, value in opened[name].formulas:
        anew = opened[name].value(sheet, address)
        if not _agree(value, anew):
            wrong.append(f"{sheet}!{address} {formula}: {value!r}, pandas {anew!r}")
    assert wrong == []


@pytest.mark.libreoffice
@needs("soffice")
def test_libreoffice_reckons_the_same(books: dict[str, Path], opened: dict[str, Reckoner], tmp_path: Path) -> None:
    anew = all_recalculated(list(books.values()), tmp_path)
    wrong = []
    for name, path in books.items():
        reckoned = openpyxl.load_workbook(anew[path], data_only=True)
        for sheet, address, formula, value in opened[name].formulas:
            found = reckoned[sheet][address].value
            if not _agree(value, found):
                wrong.append(f"{name} {sheet}!{address} {formula}: {value!r}, LibreOffice {found!r}")
    assert wrong == []


WITHOUT_FORMULAS = {
    "form": "回答票, filled in, returned, drafted and blank (it asks by conditional formats and validations)",
    "division": "関係課別",
    "divisions": "関係課別, all of them",
    "letter": "回答書",
    "letters": "回答書, all of them",
    "list": "要望と回答の一覧",
    "data": "the data",
    "xlsform": "調査票 (XLSForm)",
    "empty": "調査票のひな型 (XLSForm)",
    "marked": "a workbook that goes back to whoever sent it",
}
"""The books that hold no formula, by the first word of their names in ``every_file``. 集計結果 has no book."""


def _formulas_in(content: bytes) -> tuple[int, int]:
    """Count the formulas of a workbook, or of all those in a zip; and the texts that look like formulas."""
    parts = [text for name, text in every_part(content) if re.search(r"xl/worksheets/sheet\d+\.xml$", name)]
    texts = [text for name, text in every_part(content) if re.search(r"xl/(sharedStrings|worksheets/.*)\.xml$", name)]
    return sum(len(re.findall(r"<f[ >/]", text)) for text in parts) // 2, sum(text.count("=1+cnry") for text in texts)


@pytest.mark.timeout(300)
def test_the_other_books_hold_none(path: Path, tmp_path: Path) -> None:
    """Texts that look like formulas are texts there; each book stands in one of the two lists."""
    look_alike = dict.fromkeys(WITHOUT_FORMULAS, 0)
    with connect(path) as database:
        cage_of(database)
        for name, content in chain(every_file(database, tmp_path), marked(database)):
            if not content.startswith(b"PK") or name.startswith("sent"):
                continue
            counted, texts = _formulas_in(content)
            first = re.split(r"[ .]", name)[0]
            if first in ("compiled", "versus"):
                assert counted > 50, name
                continue
            assert counted == 0, name
            look_alike[first] += texts
    assert all(look_alike[one] for one in ("form", "division", "letters", "list", "data", "marked")), look_alike
