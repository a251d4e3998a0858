"""Division workbooks that came back with mistakes, foreign rows and old answers: told by cell, nobody overwritten."""

from collections.abc import Iterator
from datetime import date

import pytest
from book_hands import (
    Step,
    cell_of,
    handled,
    needs_sheet,
    opened,
    pasted,
    put,
    put_formula,
    row_of,
    saved,
)
from openpyxl.workbook import Workbook
from round_desk import HANAKO, LEADER, WHOLE, Desk, desk_of, open_first
from sqlite_utils import Database
from town import DEADLINE

from exports.form.opened import address
from survey_app.consulting.findings import BookReason, Sign
from survey_app.consulting.taking import Chosen
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Opener
from survey_app.receiving.refusals import Reason
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.handing_responses import hand_in
from survey_app.store.round_changes import withdraw_division
from survey_app.store.rounds import NewRound, close_round, open_round

PLANNED = {"R1": "B", "R2": "研修会を開く。\n年２回。", "R3": "当初予算", "R4": "R9.4", "R7": "税務課 一郎"}


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    """One process that opens all files of the tests."""
    with Opener() as held:
        yield held


@pytest.fixture
def desk(sampled: Database, opener: Opener) -> Desk:
    return open_first(desk_of(sampled, opener))


def test_mistakes_are_told_by_cell_and_taken_as_typed(desk: Desk) -> None:
    first, second, third = desk.needs_of(desk.tax)[:3]
    typed = {**PLANNED, "R4": None}
    content = handled(
        desk.book(desk.tax),
        put(first, typed),
        put(second, {**WHOLE, "R1": "要検討"}),
        put(third, {**PLANNED, "R4": date(2027, 4, 1), "R3": "未定"}),
        put_formula(third, "R3", "#REF!"),
    )
    taken = desk.take(content)
    book = opened(content)
    found = {(one.sign.value, one.weight.value, address(one.spot), one.content) for one in taken.findings if one.spot}
    assert found == {
        ("problem", "wrong", cell_of(book, first, "R4"), ""),
        ("problem", "wrong", cell_of(book, second, "R1"), "要検討"),
        ("error_value", "refused", cell_of(book, third, "R3"), "#REF!"),
    }
    assert desk.texts(desk.tax)[second]["R1"] == "要検討"
    assert desk.texts(desk.tax)[third]["R4"] == "2027-04"


def test_rows_of_another_division_are_refused_with_their_cells(desk: Desk) -> None:
    hr = [one for one in desk.needs_of(desk.people) if one not in desk.needs_of(desk.tax)]
    other = handled(desk.book(desk.people), *(put(key, WHOLE) for key in hr[:2]))
    own = desk.needs_of(desk.tax)[0]
    for keys in (True, False):
        content = handled(desk.book(desk.tax), put(own, PLANNED), pasted(other, keys=keys))
        taken = desk.receive(content)
        refused = taken.found(Weight.REFUSED)
        assert [one.sign for one in refused] == [Sign.OTHER_ROW, Sign.OTHER_ROW]
        assert all(one.spot is not None and "現行の研修で対応します" in one.content for one in refused)
        assert {one.key for one in taken.taken} == {own}


def test_a_row_pasted_over_ones_own_is_refused(desk: Desk) -> None:
    hr = next(one for one in desk.needs_of(desk.people) if one not in desk.needs_of(desk.tax))
    own = desk.needs_of(desk.tax)[0]

    def paste(book: Workbook) -> None:
        sheet = needs_sheet(book)[0]
        theirs = needs_sheet(opened(handled(desk.book(desk.people), put(hr, WHOLE))))[0]
        for one in theirs[row_of(theirs, hr)][1:]:
            sheet.cell(row_of(sheet, own), one.column).value = one.value

    taken = desk.receive(handled(desk.book(desk.tax), paste))
    assert [one.sign for one in taken.findings] == [Sign.OTHER_ROW]
    assert taken.taken == ()


def test_a_copied_row_is_one_need_once(desk: Desk) -> None:
    own = desk.needs_of(desk.tax)[0]

    def copied(text: str) -> Step:
        def step(book: Workbook) -> None:
            sheet, first, columns = needs_sheet(book)
            source = row_of(sheet, own)
            for one in list(sheet[source]):
                sheet.cell(first + 4, one.column).value = one.value
            sheet.cell(first + 4, columns["R2"]).value = text

        return step

    content = desk.book(desk.tax)
    same = desk.receive(handled(content, put(own, WHOLE), copied(WHOLE["R2"])))
    assert {one.key for one in same.taken} == {own}
    differs = desk.receive(handled(content, put(own, WHOLE), copied("別の内容")))
    assert [one.sign for one in differs.findings] == [Sign.TWICE, Sign.TWICE]
    assert differs.taken == ()


def test_a_blank_erases_nothing_and_a_newer_answer_stays(desk: Desk) -> None:
    first, second, third = desk.needs_of(desk.tax)[:3]
    for key in (first, second, third):
        desk.respond(key, desk.tax, **PLANNED)
    book = desk.book(desk.tax)
    desk.respond(second, desk.tax, HANAKO, 1, R2="画面で直した")
    desk.respond(third, desk.tax, HANAKO, 1, R2="画面で直した")
    content = handled(book, put(first, {"R2": None, "R3": None}), put(third, {"R2": "ブックで直した"}))
    taken = desk.take(content)
    assert desk.texts(desk.tax)[first] == PLANNED
    assert desk.texts(desk.tax)[second]["R2"] == "画面で直した"
    assert desk.texts(desk.tax)[third]["R2"] == "画面で直した"
    conflicts = [one for one in taken.findings if one.sign is Sign.CONFLICT]
    assert [(one.question, one.content, one.context["theirs"]) for one in conflicts] == [
        ("R2", "ブックで直した", "画面で直した")
    ]
    desk.take(content, Chosen(take=frozenset({(third, "R2")})))
    assert desk.texts(desk.tax)[third]["R2"] == "ブックで直した"


def test_a_need_that_changed_since_is_marked(desk: Desk) -> None:
    key = desk.needs_of(desk.tax)[0]
    book = handled(desk.book(desk.tax), put(key, WHOLE))
    cut = desk.consultation.cut
    other = "UPDATE submission SET contents = replace(contents, ?, ?)"
    desk.database.execute("DROP TRIGGER IF EXISTS submission_is_not_changed")
    desk.database.execute(other, [cut.needs[key].subject, "件名が変わった"])
    fix_cut(desk.database, desk.inquiry, "第2次集計", "cut2", LEADER)
    taken = desk.take(book)
    assert [one.sign for one in taken.findings] == [Sign.NEED_CHANGED]
    held = opened(desk.book(desk.tax))
    sheet, _, columns = needs_sheet(held)
    row = row_of(sheet, key)
    assert "件名が変わった" in sheet.cell(row, columns["need.subject"]).value
    assert "要望がその後変わっています" in sheet.cell(row, columns["need.before"]).value


def test_the_response_of_the_round_before_stands_beside(desk: Desk) -> None:
    key = desk.needs_of(desk.tax)[0]
    desk.respond(key, desk.tax, **PLANNED)
    close_round(desk.database, desk.round, LEADER)
    open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "再度", "two"), LEADER)
    sheet, _, columns = needs_sheet(opened(desk.book(desk.tax)))
    said = sheet.cell(row_of(sheet, key), columns["need.before"]).value
    assert "第1回" in said
    assert "B 対応予定" in said
    assert sheet.cell(row_of(sheet, key), columns["R2"]).value is None


def test_what_was_handed_in_does_not_change(desk: Desk) -> None:
    desk.respond_to_all(desk.tax)
    hand_in(desk.database, desk.round, desk.tax, HANAKO)
    key = desk.needs_of(desk.tax)[0]
    taken = desk.receive(handled(desk.book(desk.tax), put(key, {"R2": "あとから"})))
    assert [one.sign for one in taken.findings] == [Sign.SETTLED]
    assert taken.taken == ()


def test_other_workbooks_are_refused(desk: Desk) -> None:
    tax = desk.book(desk.tax)
    refused = {
        BookReason.OTHER_DIVISION: desk.receive(tax, division=desk.people),
        BookReason.OTHER_ROUND: desk.receive(tax, round_=2),
        BookReason.NOT_A_BOOK: desk.receive(saved(Workbook())),
        Reason.OLD_EXCEL: desk.receive(bytes.fromhex("D0CF11E0A1B11AE1") * 100),
        Reason.EMPTY: desk.receive(b""),
        BookReason.OTHER_INQUIRY: desk.receive(handled(tax, lambda book: _meta(book, "inquiry", "other"))),
        BookReason.CONTRADICTORY: desk.receive(handled(tax, lambda book: _meta(book, "division", "2", line=False))),
    }
    assert {wanted: taken.refusal.reason for wanted, taken in refused.items() if taken.refusal} == {
        wanted: wanted for wanted in refused
    }
    close_round(desk.database, desk.round, LEADER)
    closed = desk.receive(tax).refusal
    assert closed is not None
    assert closed.reason is BookReason.ROUND_CLOSED


def _meta(book: Workbook, name: str, value: str, *, line: bool = True) -> None:
    for row in book["_meta"].iter_rows():
        if row[0].value == name:
            row[1].value = value
    if line:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=30):
                for one in row:
                    if isinstance(one.value, str) and "support_needs/第1回" in one.value:
                        one.value = None


def test_a_withdrawn_need_says_nothing_while_it_is_as_issued(desk: Desk) -> None:
    key = desk.needs_of(desk.tax)[0]
    desk.respond(key, desk.tax, **WHOLE)
    book = desk.book(desk.tax)
    withdraw_division(desk.database, desk.round, key, desk.tax, LEADER)
    assert desk.receive(book).findings == ()
    changed = desk.receive(handled(book, put(key, {"R2": "変えた"})))
    assert [one.sign for one in changed.findings] == [Sign.OTHER_ROW]


def test_a_formula_without_a_result_is_told(desk: Desk) -> None:
    key = desk.needs_of(desk.tax)[0]
    taken = desk.receive(handled(desk.book(desk.tax), put_formula(key, "R2", "=A1")))
    assert [(one.sign, one.content) for one in taken.found(Weight.REFUSED)] == [(CellSign.NOT_CALCULATED, "=A1")]
