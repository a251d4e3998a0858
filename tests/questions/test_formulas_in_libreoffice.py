"""Random expressions over random answers: the server and a recalculated workbook say the same."""

from pathlib import Path

import pytest
from answer_sheet import AnswerBook, Layout, RowCells
from random_replies import ASKED, NOT_ASKED, Chance, Typed
from small_inquiry import SETTING
from town import needs

from questions.expressions.cells import NotInWorkbook
from questions.expressions.evaluate import holds
from questions.expressions.formula import formula
from questions.expressions.parser import parse

CASES = 1200


@pytest.mark.libreoffice
@needs("soffice")
def test_the_server_and_the_workbook_say_the_same(tmp_path: Path) -> None:
    chance = Chance(20261124)
    layout = Layout(ASKED, SETTING)
    book = AnswerBook(layout, tmp_path / "formulas.xlsx")
    expected: list[tuple[int, str, bool, Typed]] = []
    left_to_the_server = 0
    for row in range(1, CASES + 1):
        reply, source = chance.reply(), chance.truth(2)
        try:
            written = formula(parse(source), RowCells(layout, row, "N", NOT_ASKED))
        except NotInWorkbook:
            left_to_the_server += 1
            continue
        if len(written) > 8000:  # what a cell can hold
            continue
        for name, value in reply.values.items():
            book.write(row, name, value)
        for name in NOT_ASKED:
            book.write_asked(row, name, name not in reply.not_asked)
        for number, cells in enumerate(reply.rows):
            for name, value in cells.items():
                book.write(row, name, value, number)
        book.write_formula(row, 1, written)
        expected.append((row, source, holds(parse(source), reply), reply))
    found = book.recalculated()
    wrong = [
        (source, truth, found(row, 1), reply) for row, source, truth, reply in expected if found(row, 1) is not truth
    ]
    assert wrong == []
    assert len(expected) > CASES * 0.75
    assert 0.2 < sum(truth for _, _, truth, _ in expected) / len(expected) < 0.8
