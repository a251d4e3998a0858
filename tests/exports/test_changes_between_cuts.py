"""前回からの変更 and 該当団体: what changed since the last cut, and who stands behind each count."""

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from a_cut import CODES, Given, cut, sample_cut
from openpyxl.worksheet.worksheet import Worksheet

from exports.changes import NEW, changes, extent
from exports.compiled import write_compiled
from exports.compiled.holders import listed
from exports.cut import Cut
from questions.eras import Month

NAMED = "第1次集計"


def book(now: Cut, before: Cut | None = None) -> openpyxl.Workbook:
    """The compiled workbook, read back."""
    file = BytesIO()
    write_compiled(now, file, previous=before)
    return openpyxl.load_workbook(file, data_only=True)


def rows(sheet: Worksheet, first: int) -> list[tuple[str, ...]]:
    """The cells of a sheet from a row on, as texts."""
    return [
        tuple("" if one is None else str(one) for one in row)
        for row in sheet.iter_rows(min_row=first, values_only=True)
    ]


@pytest.fixture(scope="module")
def cuts() -> tuple[Cut, Cut]:
    """An earlier cut and a later one: one reply is new, one says something else, one is as it was."""
    first, second, third = CODES[:3]
    before = {first: Given({"B1": "1", "N1": 12}), second: Given({"B1": "1", "N1": 3})}
    after = {
        **before,
        second: Given({"B1": "1", "N1": 4, "N4": Month(2027, 4)}),
        third: Given({"B1": "0", "B2": "none"}),
    }
    return replace(cut(before), name=NAMED), cut(after)


def test_what_changed_is_told_answer_by_answer(cuts: tuple[Cut, Cut]) -> None:
    found = changes(*cuts)
    _, second, third = CODES[:3]
    assert [(one.municipality, one.sort, one.question, one.before, one.after) for one in found] == [
        (second, "changed", "N1", "3", "4"),
        (second, "answered", "N4", "", "令和9年4月"),
        (third, NEW, "", "", ""),
    ]
    assert extent(found, cuts[1]).__dict__ == {"new": 1, "changed": 1, "same": 1}


def test_the_sheet_names_the_earlier_cut_and_each_change(cuts: tuple[Cut, Cut]) -> None:
    before, after = cuts
    made = book(after, before)
    title, said, _, *lines = rows(made["前回からの変更"], 1)
    assert title[0] == "前回からの変更"
    assert said[0].startswith(f"{NAMED}（")
    assert "新規提出 1団体、内容の変更 1団体、変更なし 1団体" in said[0]
    assert [(line[2], line[3], line[6], line[7]) for line in lines] == [
        ("変更", "N1", "3", "4"),
        ("回答を追加", "N4", "", "令和9年4月"),
        ("新規提出", "", "", ""),
    ]
    assert "前回からの変更" in {row[0] for row in rows(made["表紙"], 1)}
    assert "前回からの変更" not in book(after).sheetnames


def test_rows_that_came_and_went_say_what_they_are_about() -> None:
    now = sample_cut("support_needs", 6)
    handed = next(one for one in now.submissions if len(one.contents.row_ids("D")) > 1)
    first, *rest = handed.contents.row_ids("D")
    short = replace(handed.contents, rows={**handed.contents.rows, "D": tuple(rest)})
    earlier = replace(
        now,
        submissions=[replace(handed, contents=short, digest="x") if one is handed else one for one in now.submissions],
    )
    (added,) = changes(earlier, now)
    assert (added.sort, added.question, added.after) == ("row_added", "D", handed.contents.value("D5", first))
    (removed,) = changes(now, earlier)
    assert (removed.sort, removed.before, removed.after) == ("row_removed", added.after, "")


def test_each_count_has_the_names_behind_it() -> None:
    made = book(sample_cut("support_needs", 20))
    held = [row for row in rows(made["該当団体"], 4) if row[2]]
    counts = {(row[0], row[1]): (int(row[2]), row[3]) for row in held}
    assert len(counts) > 50
    for number, names in counts.values():
        times = [
            int(found) if (found := re.sub(r".*?（(\d+)）$", r"\1", name)).isdigit() else 1
            for name in names.split("、")
        ]
        assert number == (sum(times) if names else 0), names
    handed = {row[2] for row in rows(made["市町村別"], 5)} | {row[1] for row in rows(made["市町村別"], 5)}
    named = {re.sub(r"（\d+）$", "", name) for _, names in counts.values() if names for name in names.split("、")}
    assert named <= handed


def test_the_choices_of_the_summary_lead_to_the_names() -> None:
    made = book(sample_cut("support_needs", 5))
    summary, holders = made["集計"], made["該当団体"]
    linked = [cell for row in summary.iter_rows() for cell in row if cell.hyperlink is not None]
    assert len(linked) > 50
    for cell in linked:
        row = int(re.fullmatch(r"'該当団体'!A(\d+)", cell.hyperlink.location).group(1))
        assert holders.cell(row, 2).value == cell.value
        assert holders.cell(row, 3).value == summary.cell(cell.row, 8).value


def test_long_lists_of_names_end_with_how_many_are_left() -> None:
    assert listed(["三島町", "金山町", "三島町"]) == "三島町（2）、金山町"
    assert listed([]) == ""
    many = listed([f"第{number}町" for number in range(1741)])
    assert len(many) < 1000
    named = many.split(" ほか")[0].count("、") + 1
    assert f"ほか{1741 - named}団体" in many


def test_the_cover_says_in_sentences_what_the_figures_are() -> None:
    now = sample_cut("support_needs", 52)
    nil = sum(bool(one.nil) for one in now.targets)
    made = book(now)
    said = [row[0] for row in rows(made["表紙"], 1) if row[0].endswith("。")]
    assert said[0] == f"対象59団体のうち52団体（88.1%）から提出があり、うち{nil}団体は「該当なし」である。"
    assert re.fullmatch(
        r"要望事項は\d+件ある。最も多い分野は「.+」（\d+件）、最も多い支援の形態は「.+」（\d+件）である。", said[2]
    )
