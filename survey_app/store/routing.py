"""Which division answers a need: a matrix field × form with dates of validity, and needs that were moved by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from exports.needs import Key, Need
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import mark, not_overtaken

LEAD, SUPPORT = "lead", "support"


@dataclass(frozen=True)
class RoutingRule:
    """One cell of the matrix. ``form`` "" stands for every form; ``until`` is its last day, None for no end."""

    id: int
    field: str
    form: str
    division: int
    part: str
    since: date
    until: date | None

    def holds(self, need: Need, on: date) -> bool:
        """Does it speak of a need, on a day?"""
        return self.field == need.field and self.form in ("", need.form) and self.is_valid(on)

    def is_valid(self, on: date) -> bool:
        """Is it valid on a day?"""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def is_void(self) -> bool:
        """Was it taken back before it ever held?"""
        return self.until is not None and self.until < self.since


@dataclass(frozen=True)
class NewRule:
    """What is needed to add a rule."""

    field: str
    form: str
    division: int
    part: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Moved:
    """One division to which a need was moved by hand; ``ended_at``: when another move took its place."""

    division: int
    part: str
    reason: str
    moved_at: datetime
    moved_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Route:
    """Who answers one need: ids of divisions. ``lead`` None: nobody owns it. ``by_hand``: moved, for a ``reason``."""

    lead: int | None
    supports: tuple[int, ...] = ()
    by_hand: bool = False
    reason: str = ""


def routing_rules(database: Database) -> tuple[RoutingRule, ...]:
    """Return all rules, those that have ended too, by field and form."""
    rows = database.execute("SELECT * FROM routing_rule ORDER BY field, form, part, since, id")
    return tuple(
        RoutingRule(
            id=row["id"],
            field=row["field"],
            form=row["form"],
            division=row["division"],
            part=row["part"],
            since=date.fromisoformat(row["since"]),
            until=None if row["until"] is None else date.fromisoformat(row["until"]),
        )
        for row in rows
    )


def add_rule(database: Database, new: NewRule, who: Who) -> int:
    """Add a rule; return its id. A rule that says the same and is still valid is left as it is."""
    with writing(database):
        query = (
            "SELECT id FROM routing_rule WHERE field = ? AND form = ? AND division = ? AND part = ?"
            " AND (until IS NULL OR until >= ?)"
        )
        said = [new.field, new.form, new.division, new.part, new.since.isoformat()]
        same = database.execute(query, said).fetchone()
        return insert_rule(database, new, who) if same is None else int(same["id"])


def insert_rule(database: Database, new: NewRule, who: Who) -> int:
    """Add a rule inside the transaction of a larger change; return its id."""
    said = {"field": new.field, "form": new.form, "division": new.division, "part": new.part}
    term = {"since": new.since.isoformat(), "until": None if new.until is None else new.until.isoformat()}
    made = {"made_at": clock.stored(who.at), "made_by": who.name}
    identity = int(str(database.table("routing_rule").insert({**said, **term, **made}).last_pk))
    record(database, who, "add_routing_rule", Subject(), after={"rule": identity, **said, **term})
    return identity


def end_rule(database: Database, rule: int, last_day: date, who: Who) -> None:
    """End a rule with a day; what was asked under it stays. Raises LookupError."""
    with writing(database):
        set_last_day(database, rule, last_day, who)


def set_last_day(database: Database, rule: int, last_day: date | None, who: Who) -> None:
    """Set the last day of a rule, or take it back, inside the transaction of a larger change. Raises LookupError."""
    row = database.execute("SELECT * FROM routing_rule WHERE id = ?", [rule]).fetchone()
    if row is None:
        raise LookupError(rule)
    until = None if last_day is None else last_day.isoformat()
    database.execute("UPDATE routing_rule SET until = ? WHERE id = ?", [until, rule])
    before, after = {"rule": rule, "until": row["until"]}, {"rule": rule, "until": until}
    record(database, who, "end_routing_rule", Subject(), before=before, after=after)


def routes(database: Database, inquiry: Inquiry, needs: Iterable[Need], on: date) -> dict[Key, Route]:
    """Return who answers each need on a day. A need that nobody owns has a route without a lead."""
    rules = routing_rules(database)
    moved = _moved(database, inquiry)
    return {need.key: moved.get(need.key) or route_by(rules, need, on) for need in needs}


def route_by(rules: Sequence[RoutingRule], need: Need, on: date) -> Route:
    """Return who answers a need by the matrix alone; a rule for its form goes before one for every form."""
    holding = sorted((rule for rule in rules if rule.holds(need, on)), key=lambda rule: rule.form == "")
    leads = [rule.division for rule in holding if rule.part == LEAD]
    lead = leads[0] if leads else None
    supports = dict.fromkeys(rule.division for rule in holding if rule.part == SUPPORT and rule.division != lead)
    return Route(lead, tuple(supports))


def move_need(
    database: Database, inquiry: Inquiry, key: Key, route: Route, who: Who, *, seen: str | None = None
) -> None:
    """Give a need to other divisions by hand, with a reason; a route without a lead takes the move back.

    ``seen`` is the ``move_mark`` of what the form was made from. What holds already is not written again. Raises
    Overtaken.
    """
    municipality, row = key
    place = {"inquiry": inquiry.id, "municipality": municipality, "row": row}
    with writing(database):
        before = _moved(database, inquiry).get(key)
        if before == (None if route.lead is None else route):
            return
        not_overtaken(seen, _told(before, row))
        ending = (
            "UPDATE need_route SET ended_at = ? WHERE inquiry = ? AND municipality = ? AND row = ? AND ended_at IS NULL"
        )
        database.execute(ending, [clock.stored(who.at), *place.values()])
        if route.lead is not None:
            parts = [(route.lead, LEAD), *((one, SUPPORT) for one in route.supports if one != route.lead)]
            said = {"reason": route.reason, "moved_at": clock.stored(who.at), "moved_by": who.name}
            database.table("need_route").insert_all(
                [{**place, "division": division, "part": part, **said} for division, part in parts]
            )
        record(
            database,
            who,
            "move_need",
            Subject(inquiry.id, municipality),
            before=_told(before, row),
            after=_told(route, row),
        )


def move_mark(database: Database, inquiry: Inquiry, key: Key) -> str:
    """Return the mark of how a need is moved by hand now, for ``move_need``."""
    return mark(_told(_moved(database, inquiry).get(key), key[1]))


def moves(database: Database, inquiry: Inquiry, key: Key) -> tuple[Moved, ...]:
    """Return every move of one need by hand, the first one first."""
    query = "SELECT * FROM need_route WHERE inquiry = ? AND municipality = ? AND row = ? ORDER BY id"
    return tuple(
        Moved(
            division=row["division"],
            part=row["part"],
            reason=row["reason"],
            moved_at=clock.read(row["moved_at"]),
            moved_by=row["moved_by"],
            ended_at=clock.read_optional(row["ended_at"]),
        )
        for row in database.execute(query, [inquiry.id, *key])
    )


def _told(route: Route | None, row: str) -> dict[str, object]:
    if route is None:
        return {"row": row}
    return {"row": row, "lead": route.lead, "supports": list(route.supports), "reason": route.reason}


def _moved(database: Database, inquiry: Inquiry) -> dict[Key, Route]:
    query = "SELECT * FROM need_route WHERE inquiry = ? AND ended_at IS NULL ORDER BY part, id"
    found: dict[Key, Route] = {}
    for row in database.execute(query, [inquiry.id]):  # "lead" comes before "support"
        key = (row["municipality"], row["row"])
        known = found.get(key, Route(None, by_hand=True, reason=row["reason"]))
        if row["part"] == LEAD:
            found[key] = Route(row["division"], known.supports, by_hand=True, reason=row["reason"])
        else:
            found[key] = Route(known.lead, (*known.supports, row["division"]), by_hand=True, reason=row["reason"])
    return found
