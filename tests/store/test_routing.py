"""Which division a need goes to."""

from datetime import date
from types import MappingProxyType

import pytest
from sqlite_utils import Database
from town import OPENED, OWN

from exports.needs import Need
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.routing import NewRule, Route, add_rule, end_rule, move_need, routes, routing_rules

WHO = Who(None, "県庁 太郎", OPENED)
TODAY = OPENED.date()


def need(field: str, form: str, row: str = "r1") -> Need:
    return Need(OWN, row, f"{OWN}-01", field, form, "件名", "内容", "open", 1, MappingProxyType({}), "d")


@pytest.fixture
def divisions(database: Database) -> list[int]:
    names = ("市町村行政課", "税務課", "人事課", "県税部")
    table = database.table("division")
    return [int(str(table.insert({"bureau": "総務部", "name": one, "since": "2026-04-01"}).last_pk)) for one in names]


def test_a_rule_for_the_form_goes_before_one_for_every_form(
    database: Database, support_needs: Inquiry, divisions: list[int]
) -> None:
    lead, tax, _people, bureau = divisions
    add_rule(database, NewRule("TAX", "", tax, "lead", date(2026, 4, 1)), WHO)
    add_rule(database, NewRule("TAX", "JOINT", bureau, "lead", date(2026, 4, 1)), WHO)
    add_rule(database, NewRule("TAX", "", lead, "support", date(2026, 4, 1)), WHO)
    needs = [need("TAX", "TRAIN", "r1"), need("TAX", "JOINT", "r2"), need("OTH", "TRAIN", "r3")]
    found = routes(database, support_needs, needs, TODAY)
    assert found[OWN, "r1"] == Route(tax, (lead,))
    assert found[OWN, "r2"] == Route(bureau, (lead,))
    assert found[OWN, "r3"] == Route(None), "a need that nobody owns stays visible"


def test_rules_have_dates(database: Database, support_needs: Inquiry, divisions: list[int]) -> None:
    first, later = divisions[:2]
    old = add_rule(database, NewRule("TAX", "", first, "lead", date(2026, 4, 1)), WHO)
    end_rule(database, old, date(2027, 3, 31), WHO)
    add_rule(database, NewRule("TAX", "", later, "lead", date(2027, 4, 1)), WHO)
    asked = [need("TAX", "TRAIN")]
    assert routes(database, support_needs, asked, date(2027, 3, 31))[OWN, "r1"].lead == first
    assert routes(database, support_needs, asked, date(2027, 4, 1))[OWN, "r1"].lead == later
    assert routes(database, support_needs, asked, date(2026, 3, 31))[OWN, "r1"].lead is None
    assert len(routing_rules(database)) == 2
    with pytest.raises(LookupError):
        end_rule(database, 99, TODAY, WHO)


def test_the_same_rule_is_added_once(database: Database, divisions: list[int]) -> None:
    new = NewRule("TAX", "", divisions[0], "lead", date(2026, 4, 1))
    assert add_rule(database, new, WHO) == add_rule(database, new, WHO)
    assert len(routing_rules(database)) == 1


def test_moved_by_hand_and_back(database: Database, support_needs: Inquiry, divisions: list[int]) -> None:
    lead, tax, people, _ = divisions
    add_rule(database, NewRule("TAX", "", tax, "lead", date(2026, 4, 1)), WHO)
    asked = [need("TAX", "TRAIN")]
    move_need(database, support_needs, (OWN, "r1"), Route(people, (lead, tax), reason="職員の派遣を含むため"), WHO)
    moved = routes(database, support_needs, asked, TODAY)[OWN, "r1"]
    assert moved == Route(people, (lead, tax), by_hand=True, reason="職員の派遣を含むため")
    move_need(database, support_needs, (OWN, "r1"), Route(None), WHO)
    assert routes(database, support_needs, asked, TODAY)[OWN, "r1"] == Route(tax)
    told = [row["act"] for row in database.execute("SELECT act FROM event WHERE act = 'move_need'")]
    assert len(told) == 2
