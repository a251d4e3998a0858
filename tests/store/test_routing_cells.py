"""One cell of the routing matrix: one lead at a time, whatever is changed in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from town import OPENED

from survey_app.store.audit import Who
from survey_app.store.overtaking import Overtaken
from survey_app.store.routing import LEAD, SUPPORT, NewRule, routing_rules
from survey_app.store.routing_cells import (
    Cell,
    EndsTooEarly,
    RuleStands,
    add_support,
    cell_mark,
    end,
    rules_of,
    set_lead,
)

WHO = Who(None, "県庁 太郎", OPENED)
TODAY, APRIL = OPENED.date(), date(2027, 4, 1)
TAX = Cell("TAX")


@pytest.fixture
def divisions(database: Database) -> list[int]:
    table = database.table("division")
    names = ("市町村行政課", "税務課", "人事課")
    return [int(str(table.insert({"bureau": "総務部", "name": one, "since": "2026-04-01"}).last_pk)) for one in names]


def led(database: Database, cell: Cell, on: date) -> list[int]:
    """Who leads a cell on a day: never more than one."""
    return [one.division for one in rules_of(database, cell) if one.part == LEAD and one.is_valid(on)]


def test_a_change_in_april_ends_the_lead_on_the_last_of_march(database: Database, divisions: list[int]) -> None:
    first, later, _ = divisions
    set_lead(database, NewRule("TAX", "", first, LEAD, TODAY), WHO)
    set_lead(database, NewRule("TAX", "", later, LEAD, APRIL), WHO)
    assert led(database, TAX, date(2027, 3, 31)) == [first]
    assert led(database, TAX, APRIL) == [later]
    (old, new) = rules_of(database, TAX)
    assert (old.until, new.until) == (date(2027, 3, 31), None)


def test_a_lead_that_is_to_come_stays_when_the_present_one_changes(database: Database, divisions: list[int]) -> None:
    first, later, other = divisions
    set_lead(database, NewRule("TAX", "", later, LEAD, APRIL), WHO)
    set_lead(database, NewRule("TAX", "", first, LEAD, TODAY), WHO)
    set_lead(database, NewRule("TAX", "", other, LEAD, TODAY), WHO)
    assert led(database, TAX, TODAY) == [other], "the one of the same day never held"
    assert led(database, TAX, APRIL) == [later]
    assert [one.division for one in rules_of(database, TAX)] == [other, later]
    assert len(routing_rules(database)) == 3, "nothing is deleted"


def test_sent_twice_there_is_one_change(database: Database, divisions: list[int]) -> None:
    seen = cell_mark(rules_of(database, TAX))
    for _ in range(2):
        set_lead(database, NewRule("TAX", "", divisions[0], LEAD, TODAY), WHO, seen=seen)
    support = NewRule("TAX", "", divisions[1], SUPPORT, TODAY)
    seen = cell_mark(rules_of(database, TAX))
    for _ in range(2):
        add_support(database, support, WHO, seen=seen)
    assert database.execute("SELECT count(*) FROM event WHERE act = 'add_routing_rule'").fetchone()[0] == 2


def test_what_somebody_else_changed_is_not_overwritten(database: Database, divisions: list[int]) -> None:
    seen = cell_mark(rules_of(database, TAX))
    set_lead(database, NewRule("TAX", "", divisions[0], LEAD, TODAY), WHO, seen=seen)
    with pytest.raises(Overtaken):
        set_lead(database, NewRule("TAX", "", divisions[1], LEAD, TODAY), WHO, seen=seen)
    assert led(database, TAX, TODAY) == [divisions[0]]


def test_supports_do_not_overlap(database: Database, divisions: list[int]) -> None:
    add_support(database, NewRule("TAX", "", divisions[1], SUPPORT, TODAY), WHO)
    with pytest.raises(RuleStands):
        add_support(database, NewRule("TAX", "", divisions[1], SUPPORT, APRIL), WHO)
    (rule,) = rules_of(database, TAX)
    end(database, TAX, rule.id, date(2027, 3, 31), who=WHO)
    add_support(database, NewRule("TAX", "", divisions[1], SUPPORT, APRIL), WHO)
    with pytest.raises(RuleStands):
        end(database, TAX, rule.id, None, who=WHO)


def test_a_last_day_is_set_and_taken_back(database: Database, divisions: list[int]) -> None:
    set_lead(database, NewRule("TAX", "", divisions[0], LEAD, TODAY), WHO)
    (rule,) = rules_of(database, TAX)
    end(database, TAX, rule.id, APRIL, who=WHO)
    end(database, TAX, rule.id, None, who=WHO)
    assert rules_of(database, TAX)[0].until is None
    with pytest.raises(EndsTooEarly):
        end(database, TAX, rule.id, TODAY - timedelta(days=2), who=WHO)
    with pytest.raises(LookupError):
        end(database, Cell("HR"), rule.id, APRIL, who=WHO)
    end(database, TAX, rule.id, TODAY - timedelta(days=1), who=WHO)
    assert rules_of(database, TAX) == (), "it never held"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), min_size=1, max_size=6))
def test_there_is_one_lead_at_a_time(database: Database, divisions: list[int], changes: list[tuple[int, int]]) -> None:
    cell = Cell("TAX", f"F{database.execute('SELECT count(*) FROM routing_rule').fetchone()[0]}")
    for which, after in changes:
        since = TODAY + timedelta(days=after)
        set_lead(database, NewRule(cell.field, cell.form, divisions[which], LEAD, since), WHO)
        assert led(database, cell, since) == [divisions[which]]
    assert all(len(led(database, cell, TODAY + timedelta(days=day))) <= 1 for day in range(45))
