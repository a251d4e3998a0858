"""shokai init: the database and its municipalities."""

from itertools import groupby
from pathlib import Path

import click
from sqlite_utils import Database

from survey_app import clock, wording_rosters
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import too_new
from survey_app.cli.words import language, tell
from survey_app.rosters.reading import FaultyRoster, RosterLine, read_own_roster, read_roster
from survey_app.rosters.starting_divisions import suggestions
from survey_app.routing_start import take_start
from survey_app.store.audit import Who
from survey_app.store.database import NotOurs, TooNew, initialise
from survey_app.store.divisions import Division, start_with
from survey_app.store.rosters import keep_municipalities

OWN_ROSTER = "fukushima"


@click.command(
    cls=Told,
    ja="データベースを作る（又は新しくする）。\n\n"
    "市町村の一覧を読み込みます。すでにあるデータベースでは、形を新しくし、市町村の名称・人口などを書き換えます。"
    "照会や回答は変わりません。--roster を指定しないときは、関係課が一つもなければ、名称の確かなものを登録します。",
    en="Make the database, or bring it up to date.\n\n"
    "Reads the municipalities in. An existing database keeps its inquiries and replies. Without --roster, a database "
    "that has no relevant divisions is given those whose names are confirmed.",
)
@click.option(
    "--roster",
    cls=Option,
    type=click.Path(path_type=Path),
    ja="市町村の一覧（CSV）。指定しなければ福島県の59市町村。",
    en="The municipalities (CSV); without it, the 59 of Fukushima.",
)
@with_database
def init(roster: Path | None, database: Path) -> None:
    """Make or update the database."""
    lines = read_own_roster(OWN_ROSTER) if roster is None else _read(roster)
    opened = prepare(database, lines)
    if roster is None:
        start_with_own_divisions(opened)
    opened.close()
    tell(
        f"データベースを用意しました：{database}（市町村 {len(lines)}団体）",
        f"The database is ready: {database} ({len(lines)} municipalities)",
    )


def prepare(path: Path, lines: tuple[RosterLine, ...]) -> Database:
    """Make or update the database with these municipalities, and return it open."""
    try:
        database = initialise(path)
    except NotOurs as fault:
        raise Failure(
            f"{path} は、ほかのプログラムのデータベースです。何も変更していません。別のファイル名を指定してください。",
            f"{path} is another program's database. Nothing was changed. Name another file.",
        ) from fault
    except TooNew as fault:
        raise too_new(path, fault) from fault
    ordered = sorted(lines, key=lambda line: line.source)
    for source, some in groupby(ordered, key=lambda line: line.source):
        keep_municipalities(database, [line.municipality for line in some], source)
    return database


def start_with_own_divisions(database: Database) -> int:
    """Give a database without relevant divisions those whose names were confirmed, and routes needs to them.

    Returns how many divisions.
    """
    now = clock.now()
    sure = [Division(0, one.bureau, one.name, now.date()) for one in suggestions() if one.sure]
    added = start_with(database, sure, Who(None, "shokai", now))
    if added:
        take_start(database, Who(None, "shokai", now))
    return added


def _read(path: Path) -> tuple[RosterLine, ...]:
    try:
        return read_roster(path.read_bytes())
    except FaultyRoster as faulty:
        told = "\n".join(f"  {wording_rosters.fault(fault, language())}" for fault in faulty.faults)
        raise Failure(
            f"市町村の一覧 {path} に誤りが{len(faulty.faults)}件あります。データベースは変えていません。\n{told}",
            f"The roster {path} has {len(faulty.faults)} fault(s). The database was left as it was.\n{told}",
        ) from faulty
