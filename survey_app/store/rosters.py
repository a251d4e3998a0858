"""Municipalities in the database."""

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database

from questions.setting import Municipality, Roster
from survey_app.store.database import writing
from survey_app.store.memory import Memory


def keep_municipalities(database: Database, municipalities: Iterable[Municipality], source: str) -> int:
    """Add municipalities, or bring known ones up to date; return how many. ``source`` says where figures are from.

    Known ones keep their groups, which the division arranges.
    """
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "kana": one.kana,
            "kind": one.kind,
            "bureau": one.bureau,
            "county": one.county,
            "population": one.population,
            "population_source": source,
            "groups": ";".join(one.groups),
        }
        for one in municipalities
    ]
    with writing(database):
        arranged = dict(database.execute("SELECT code, groups FROM municipality").fetchall())
        kept = [{**row, "groups": arranged.get(row["code"], row["groups"])} for row in rows]
        database.table("municipality").upsert_all(kept, pk="code")
    return len(rows)


_ROSTERS: Memory[tuple[sqlite3.Row, ...], Roster] = Memory(most=8)


def roster(database: Database) -> Roster:
    """Return all municipalities; the same object while none of them changes."""
    rows = tuple(database.execute("SELECT * FROM municipality ORDER BY code"))
    return _ROSTERS.find(rows) or _ROSTERS.keep(rows, _read(rows))


def _read(rows: Iterable[sqlite3.Row]) -> Roster:
    return Roster(
        Municipality(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            bureau=row["bureau"],
            county=row["county"],
            kana=row["kana"],
            population=row["population"],
            groups=tuple(row["groups"].split(";")) if row["groups"] else (),
        )
        for row in rows
    )
