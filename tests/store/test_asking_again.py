"""A further round asks about what is left over from those before it, and what it leaves out is told as it was."""

from dataclasses import replace

import pytest
from book_hands import needs_sheet, opened, row_of
from sqlite_utils import Database
from telling import LEADER, PROMISE, Desk, desk_of
from town import DEADLINE

from survey_app.consulting.books import division_book
from survey_app.consulting.matters import consultation
from survey_app.store.asking_again import Reason, reasons
from survey_app.store.cut_needs import cut_needs
from survey_app.store.handing_responses import hand_in
from survey_app.store.opinions import say_opinion
from survey_app.store.rounds import NewRound, asked, open_round
from survey_app.store.telling import Lack


@pytest.fixture
def desk(sampled: Database) -> Desk:
    """A first round in which 税務課 has handed everything in, and 人事課 nothing."""
    found = desk_of(sampled)
    found.hand_in(found.tax)
    return found


def why(desk: Desk) -> dict[tuple[str, str], tuple[Reason, ...]]:
    """Why each need is to be asked about again."""
    return reasons(desk.database, desk.inquiry, cut_needs(desk.database, desk.inquiry, 1))


def again(desk: Desk) -> None:
    """Open a second round on what is left over, but for what nobody was asked about."""
    only = frozenset(key for key, several in why(desk).items() if several != (Reason.NEW,))
    open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE, "", "again", only=only), LEADER)


def test_nothing_is_left_over_of_a_need_that_was_settled(desk: Desk) -> None:
    found = why(desk)
    assert {found.get(one.key) for one in desk.of("TAX")} == {None}
    assert {found[one.key] for one in desk.of("HR")} == {(Reason.WAITING,)}
    assert {found[one.key] for one in desk.of("LAW")} == {(Reason.NEW,)}


def test_an_opinion_asks_again_until_a_later_round_answers_it(desk: Desk) -> None:
    need = desk.of("TAX")[0]
    say_opinion(desk.database, desk.publish(), need.key, "時期を早めてほしい。", "t", LEADER)
    assert why(desk)[need.key] == (Reason.OPINION,)
    again(desk)
    asked_now = {one.key for one in asked(desk.database, desk.round, division=desk.tax)}
    assert asked_now == {need.key}
    desk.respond(need.key, desk.tax, **{**PROMISE, "R1": "D", "R3": "", "R4": ""})
    hand_in(desk.database, desk.round, desk.tax, replace(LEADER, name="税務課"))
    assert why(desk)[need.key] == (Reason.UNSETTLED,)


def test_what_a_round_leaves_out_is_told_as_it_was_answered_before(desk: Desk) -> None:
    first, second, *_ = desk.of("TAX")
    say_opinion(desk.database, desk.publish(), first.key, "時期を早めてほしい。", "t", LEADER)
    again(desk)
    line = desk.prepared().line(second.key)
    assert line.told.lead is not None
    assert line.told.lead.text == PROMISE["R2"]
    assert not {Lack.EARLIER, Lack.UNOWNED, Lack.WAITING} & set(line.lacks)
    assert Lack.EARLIER in desk.prepared().line(first.key).lacks


def test_an_opinion_stands_in_the_workbook_of_the_division(desk: Desk) -> None:
    need = desk.of("TAX")[0]
    say_opinion(desk.database, desk.publish(), need.key, "時期を早めてほしい。", "t", LEADER)
    again(desk)
    book = division_book(desk.database, consultation(desk.database, desk.inquiry, 2), desk.tax, DEADLINE)
    sheet, _, _ = needs_sheet(opened(book))
    texts = [str(one.value) for one in sheet[row_of(sheet, need.key)]]
    assert any("の意見】時期を早めてほしい。" in text for text in texts)
