"""Routing to start from: which divisions the list that comes with the product names for each field."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from questions.reading import read_catalogue
from questions.setting import Setting
from survey_app.rosters.starting_divisions import lines
from survey_app.store.audit import Who
from survey_app.store.divisions import Division, listed
from survey_app.store.routing import LEAD, SUPPORT, NewRule, add_rule, routing_rules

QUESTIONNAIRE, FIELDS = "support_needs", "D2"
PARTS = {"主": LEAD, "関係": SUPPORT}


@dataclass(frozen=True)
class Start:
    """The rules that can be taken over, and what cannot be: fields and divisions that are not registered."""

    rules: tuple[NewRule, ...]
    missing: tuple[tuple[str, str, str], ...]
    """Field, part and the division's name of each line without a division."""

    @property
    def lacks_lead(self) -> bool:
        """Is a division missing that would lead a field?"""
        return any(part == LEAD for _, part, _ in self.missing)


def start(database: Database) -> Start:
    """Return what of the list was never a rule yet: for every form of a field, from the first day of the division."""
    divisions = {(one.bureau, one.name): one for one in listed(database) if one.until is None}
    known = {(one.field, one.form, one.division, one.part) for one in routing_rules(database)}
    led = {one.field for one in routing_rules(database) if one.form == "" and one.part == LEAD}
    rules, missing = [], []
    for field, part, bureau, name in _listed():
        division = divisions.get((bureau, name))
        if division is None:
            if part == SUPPORT or field not in led:
                missing.append((field, part, f"{bureau} {name}"))
        elif (field, "", division.id, part) not in known and not (part == LEAD and field in led):
            rules.append(_rule(field, part, division))
    return Start(tuple(rules), tuple(missing))


def take_start(database: Database, who: Who) -> int:
    """Take over what can be taken over; return how many rules."""
    found = start(database).rules
    for rule in found:
        add_rule(database, rule, who)
    return len(found)


def _rule(field: str, part: str, division: Division) -> NewRule:
    return NewRule(field, "", division.id, part, division.since)


def _listed() -> Iterator[tuple[str, str, str, str]]:
    """Yield field, part, bureau and name of each line about a field of the questionnaire."""
    options = read_catalogue(QUESTIONNAIRE).questions[FIELDS].kind.options(Setting())
    codes = {one.label.ja: one.code for one in options}
    for line in lines():
        if line["field"] in codes:
            yield codes[line["field"]], PARTS[line["role"]], line["bureau_ja"], line["division_ja"]
