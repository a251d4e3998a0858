"""Cuts: the same one again, byte for byte, whatever happened since."""

import io
import sqlite3
from dataclasses import replace

import pytest
from sqlite_utils import Database
from town import DEADLINE, Clock

from exports.compiled.book import write_compiled
from exports.cut import Cut
from exports.needs import needs_of
from questions.life import State
from survey_app.store.audit import Who
from survey_app.store.fixed_cuts import CutExists, find_fixed, fix_cut, fixed_cuts, late, load_cut
from survey_app.store.inquiries import Inquiry, find_inquiry, standings
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.rosters import keep_municipalities, roster
from survey_app.store.submissions import Order, submit, withdraw


@pytest.fixture
def inquiry(sampled: Database) -> Inquiry:
    return find_inquiry(sampled, "support_needs")


def book(cut: Cut) -> bytes:
    """The compiled workbook."""
    made = io.BytesIO()
    write_compiled(cut, made)
    return made.getvalue()


def hand_in_again(database: Database, inquiry: Inquiry, who: Who) -> str:
    """Take the first reply back that was handed in, and hand it in again; return whose it is."""
    code = next(one.municipality for one in standings(database, inquiry) if one.state is State.SUBMITTED)
    around = Surroundings(roster(database), who)
    withdraw(database, find_reply(database, inquiry, code, around), who)
    reply = find_reply(database, inquiry, code, around)
    confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    submit(database, reply, Order(reply.revision, "again", confirmed), who)
    return code


def test_it_stays_what_it_was(sampled: Database, inquiry: Inquiry) -> None:
    who = Who(1, "佐藤 花子", DEADLINE)
    fixed = fix_cut(sampled, inquiry, "第1次集計", "one", who)
    assert (fixed.number, fixed.name, fixed.replies) == (1, "第1次集計", 12)
    before = book(load_cut(sampled, inquiry, 1))
    keep_municipalities(sampled, list(roster(sampled))[:1], "another source")
    code = hand_in_again(sampled, inquiry, who)
    assert late(sampled, inquiry, 1) == {code: 2}
    again = load_cut(sampled, inquiry, 1)
    assert book(again) == before
    assert {one.municipality: one.number for one in again.submissions}[code] == 1
    later = fix_cut(sampled, inquiry, "最終", "two", who)
    assert later.number == 2
    assert late(sampled, inquiry, 2) == {}
    assert {one.municipality: one.number for one in load_cut(sampled, inquiry, 2).submissions}[code] == 2
    assert [one.name for one in fixed_cuts(sampled, inquiry)] == ["第1次集計", "最終"]


def test_it_is_fixed_once_and_names_are_not_used_again(sampled: Database, inquiry: Inquiry) -> None:
    who = Who(1, "佐藤 花子", DEADLINE)
    first = fix_cut(sampled, inquiry, "第1次集計", "one", who)
    assert fix_cut(sampled, inquiry, "第1次集計", "one", who) == first
    with pytest.raises(CutExists):
        fix_cut(sampled, inquiry, "第1次集計", "two", who)
    with pytest.raises(LookupError):
        find_fixed(sampled, inquiry, 2)
    with pytest.raises(sqlite3.IntegrityError, match="immutable"):
        sampled.execute("UPDATE cut SET members = '[]'")


def test_needs_are_the_rows_of_the_table_that_goes_on(sampled: Database, inquiry: Inquiry, clock: Clock) -> None:
    cut = load_cut(sampled, inquiry, fix_cut(sampled, inquiry, "第1次集計", "one", Who(None, "x", clock.now)).number)
    needs = needs_of(cut)
    assert len(needs) == sum(len(one.contents.row_ids("D")) for one in cut.submissions) > 12
    assert len({one.key for one in needs}) == len(needs) == len({one.control for one in needs})
    assert {one.field for one in needs} <= {"HR", "TAX", "LAW", "ICT", "INFO", "OTH"}
    assert all(one.subject and one.detail and one.disclosure in ("open", "anon", "closed") for one in needs)
    assert set(cut.numbers) == {one.key for one in needs}
    numbered = needs_of(replace(cut, numbers={needs[0].key: 77}))
    assert numbered[0].control.endswith("-77")
    assert [one.digest for one in numbered] == [one.digest for one in needs]
