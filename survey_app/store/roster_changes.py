"""Changes of the roster: a list that is taken in as a whole, and groups of municipalities."""

from collections.abc import Collection, Iterable, Mapping

from sqlite_utils import Database

from questions.setting import Municipality
from survey_app.rosters.comparing import SEPARATOR, RosterComparison, compare, texts_of
from survey_app.rosters.reading import RosterLine
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.overtaking import mark, not_overtaken
from survey_app.store.rosters import roster


def present_lines(database: Database) -> tuple[RosterLine, ...]:
    """Return the roster as lines of a file, with where each population figure is from."""
    sources = dict(database.execute("SELECT code, population_source FROM municipality").fetchall())
    return tuple(RosterLine(one, sources[one.code]) for one in roster(database))


def roster_mark(lines: Iterable[RosterLine]) -> str:
    """Return a mark of a roster, by which a later change is noticed."""
    return mark(_told(lines))


def take_roster(
    database: Database, given: Iterable[RosterLine], columns: Collection[str], who: Who, *, seen: str
) -> RosterComparison:
    """Take a roster in, all of it or nothing; nothing is deleted. Returns what changed.

    ``columns``: those that the file has; ``seen``: the mark of the roster that the comparison was made with. Raises
    Overtaken.
    """
    with writing(database):
        present = present_lines(database)
        found = compare(present, given, columns)
        if not found.changes_nothing:
            not_overtaken(seen, _told(present))
        for line in found.new:
            code, row = line.municipality.code, _row(line)
            database.table("municipality").insert({"code": code, **row})
            record(database, who, "add_municipality", Subject(municipality=code), after=row)
        for change in found.changed:
            code = change.line.municipality.code
            new = {one.field: _row(change.line)[one.field] for one in change.fields}
            database.table("municipality").update(code, new)
            before = {one.field: one.before for one in change.fields}
            record(database, who, "change_municipality", Subject(municipality=code), before=before, after=new)
    return found


def groups(database: Database) -> Mapping[str, tuple[Municipality, ...]]:
    """Return the groups with their municipalities, by name."""
    found: dict[str, list[Municipality]] = {}
    for one in roster(database):
        for name in one.groups:
            found.setdefault(name, []).append(one)
    return {name: tuple(found[name]) for name in sorted(found)}


def keep_group(database: Database, known: str, name: str, members: frozenset[str], who: Who, *, seen: str) -> None:
    """Give a group its name and its municipalities (none: it ends); ``known`` is its name so far, "" for a new one.

    ``seen`` is the mark of its members so far. Raises Overtaken.
    """
    with writing(database):
        not_overtaken(seen, group_told(database, known))
        for one in roster(database):
            others = [group for group in one.groups if group not in (known, name)]
            now = [*others, name] if one.code in members else others
            if sorted(now) != sorted(one.groups):
                before, after = SEPARATOR.join(one.groups), SEPARATOR.join(now)
                database.table("municipality").update(one.code, {"groups": after})
                subject = Subject(municipality=one.code)
                told = {"groups": before}, {"groups": after}
                record(database, who, "change_municipality", subject, before=told[0], after=told[1])


def group_told(database: Database, name: str) -> dict[str, list[str]]:
    """Return what a form for a group is made from."""
    return {"members": [one.code for one in groups(database).get(name, ())]}


def _told(lines: Iterable[RosterLine]) -> dict[str, dict[str, str]]:
    return {line.municipality.code: texts_of(line) for line in lines}


def _row(line: RosterLine) -> dict[str, str | int | None]:
    return {**texts_of(line), "population": line.municipality.population}
