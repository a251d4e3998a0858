"""Changes one cell of the routing matrix: its lead from a day on, its supports, the last day of a rule.

At most one lead of a cell holds on a day. Nothing is deleted: a rule that never came to hold ends before it begins.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlite_utils import Database

from survey_app.store.audit import Who
from survey_app.store.database import writing
from survey_app.store.overtaking import mark, not_overtaken
from survey_app.store.routing import LEAD, SUPPORT, NewRule, RoutingRule, insert_rule, routing_rules, set_last_day

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """A field and a form; ``form`` "" stands for every form of the field."""

    field: str
    form: str = ""


class RuleStands(ValueError):
    """Another rule of the cell holds in that time already; the argument is the rule."""


class EndsTooEarly(ValueError):
    """A last day before the first one."""


def rules_of(database: Database, cell: Cell) -> tuple[RoutingRule, ...]:
    """Return the rules of a cell that hold, held or will hold: leads first, each part by its first day."""
    return tuple(rule for rule in routing_rules(database) if Cell(rule.field, rule.form) == cell and not rule.is_void)


def cell_mark(rules: tuple[RoutingRule, ...]) -> str:
    """Return the mark of what a form shows of a cell."""
    return mark(_told(rules))


def set_lead(database: Database, new: NewRule, who: Who, *, seen: str | None = None) -> tuple[RoutingRule, ...]:
    """Let a division lead a cell from a day on: the lead before ends the day before; one to come stays as it is.

    Where the division supports the cell in that time, this ends too: returns these rules. What holds already is not
    written again. Raises Overtaken.
    """
    with writing(database):
        rules = rules_of(database, Cell(new.field, new.form))
        leads = [rule for rule in rules if rule.part == LEAD]
        holding = next((rule for rule in leads if rule.is_valid(new.since)), None)
        if holding is not None and holding.division == new.division:
            return ()
        not_overtaken(seen, _told(rules))
        if holding is not None:
            set_last_day(database, holding.id, new.since - DAY, who)
        coming = min((rule.since for rule in leads if rule.since > new.since), default=None)
        until = new.until if coming is None else min(coming - DAY, new.until or coming - DAY)
        insert_rule(database, replace(new, until=until), who)
        own = [rule for rule in rules if (rule.part, rule.division) == (SUPPORT, new.division)]
        ended = tuple(rule for rule in own if _overlap(rule, new.since, until))
        for rule in ended:
            set_last_day(database, rule.id, max(rule.since, new.since) - DAY, who)
    return ended


def add_support(database: Database, new: NewRule, who: Who, *, seen: str | None = None) -> None:
    """Let a division support a cell. The very same sent twice stands once. Raises RuleStands, Overtaken."""
    with writing(database):
        rules = rules_of(database, Cell(new.field, new.form))
        others = [rule for rule in rules if (rule.part, rule.division) == (new.part, new.division)]
        if any((rule.since, rule.until) == (new.since, new.until) for rule in others):
            return
        not_overtaken(seen, _told(rules))
        for rule in others:
            if _overlap(rule, new.since, new.until):
                raise RuleStands(rule)
        insert_rule(database, new, who)


def end(database: Database, cell: Cell, identity: int, last_day: date | None, *, who: Who) -> None:
    """Set the last day of a rule of a cell, or take it back (None); the day before its first one makes it void.

    Raises LookupError, EndsTooEarly, RuleStands when a rule that follows would hold at the same time.
    """
    with writing(database):
        rules = rules_of(database, cell)
        rule = next((one for one in rules if one.id == identity), None)
        if rule is None:
            raise LookupError(identity)
        if rule.until == last_day:
            return
        if last_day is not None and last_day < rule.since - DAY:
            raise EndsTooEarly(last_day)
        for other in rules:
            rival = other.part == rule.part and (rule.part == LEAD or other.division == rule.division)
            if other.id != rule.id and rival and _overlap(other, rule.since, last_day):
                raise RuleStands(other)
        set_last_day(database, identity, last_day, who)


def _overlap(rule: RoutingRule, since: date, until: date | None) -> bool:
    return (until is None or rule.since <= until) and (rule.until is None or since <= rule.until)


def _told(rules: tuple[RoutingRule, ...]) -> dict[str, object]:
    return {"rules": [[one.id, one.division, one.part, one.since, one.until] for one in rules]}
