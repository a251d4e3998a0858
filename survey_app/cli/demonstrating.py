"""shokai demo: sample inquiries and accounts, so that there is something to look at."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import click
from sqlite_utils import Database

from questions.life import State
from questions.reading import read_catalogue
from survey_app import clock
from survey_app.cli.commands import Told, with_database
from survey_app.cli.initialising import OWN_ROSTER, prepare, start_with_own_divisions
from survey_app.cli.inquiries import ISSUER, open_new
from survey_app.cli.sampling import hand_in_samples
from survey_app.cli.words import Words, tell
from survey_app.passwords import hash_password, verify_password
from survey_app.permissions import ADMINISTRATOR, ANALYST, CONSULTED, DIVISION, OFFICER
from survey_app.rosters.reading import read_own_roster
from survey_app.sample import Run
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.audit import Who
from survey_app.store.database import initialise
from survey_app.store.divisions import named
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, inquiries, standings

SAMPLED = "support_needs"
REPLIES, SEED = 40, 1
SINCE, AHEAD = timedelta(days=14), timedelta(days=21)
OPENS, CLOSES = time(9), time(17, 15)
PURPOSES = {
    "support_needs": "市町村が県に求める技術的・専門的な支援を把握し、関係課と対応を検討するためのものです。",
    "cooperation_cases": "町村間の連携の取組事例を集め、今後の支援の参考とするためのものです。",
    "grant_cooperation": "来年度の広域連携支援事業の要望を把握するためのものです。",
    "grant_small": "来年度の小規模町村連携支援事業の要望を把握するためのものです。",
}


class Person(NamedTuple):
    """A sample account; its password is known to everybody, so it is made in a new database only.

    ``place`` is a municipality's code, or the name of a relevant division.
    """

    sign_in_name: str
    password: str
    name: str
    role: str
    place: str
    told: Words


PEOPLE = (
    Person(
        "mishima", "mishima-demo", "三島町 担当者", OFFICER, "074446", Words("三島町の担当者", "officer of Mishima")
    ),
    Person("division", "division-demo", "市町村行政課 担当者", DIVISION, "", Words("県の担当者", "division")),
    Person(
        "zeimu", "zeimu-demo", "税務課 担当者", CONSULTED, "税務課", Words("関係課（税務課）の担当者", "tax division")
    ),
    Person("analyst", "analyst-demo", "分析 担当者", ANALYST, "", Words("分析担当", "analyst")),
    Person("admin", "admin-demo", "システム 管理者", ADMINISTRATOR, "", Words("管理者", "administrator")),
)
FIRST = 2
"""So many of them must be known for a sample: databases of earlier versions have no more. They are made last."""


@click.command(
    cls=Told,
    ja="見本の照会と利用者を用意する。\n\n"
    "新しいデータベースを作り、四つの照会を始め、見本の利用者5人と回答を加えます。"
    "すでにあるデータベースには、見本でなければ何も加えません。何度実行しても同じです。",
    en="Set up sample inquiries and accounts.\n\n"
    "Makes a new database with four inquiries, five accounts and some replies. Adds nothing to a database that holds "
    "anything else. Can be run again.",
)
@with_database
def demo(database: Path) -> None:
    """Set the sample up."""
    new = not database.exists()
    held = prepare(database, read_own_roster(OWN_ROSTER)) if new else initialise(database)
    now = clock.now()
    if new:
        start_with_own_divisions(held)
        for person in reversed(PEOPLE):
            create_account(held, _account(held, person, now), now)
    known = [person for person in PEOPLE if _signs_in(held, person)]
    if set(PEOPLE[:FIRST]) <= set(known):
        _open_missing(held, now)
    held.close()
    _tell(database, known)


def _account(database: Database, person: Person, now: datetime) -> Account:
    municipality = person.place if person.role == OFFICER else None
    consulted = named(database, person.place, now.date())[0].id if person.role == CONSULTED else None
    secret = hash_password(person.password)
    return Account(None, person.sign_in_name, person.name, person.role, municipality, secret, consulted=consulted)


def _signs_in(database: Database, person: Person) -> bool:
    account = find_account(database, person.sign_in_name)
    return account is not None and verify_password(person.password, account.password_hash)


def _open_missing(database: Database, now: datetime) -> None:
    """Open what is not open yet, and fill in the sample replies unless there are some."""
    there = {one.name for one in inquiries(database)}
    opened_at = datetime.combine((now - SINCE).date(), OPENS, clock.TOKYO)
    deadline = datetime.combine(_weekday((now + AHEAD).date()), CLOSES, clock.TOKYO)
    for name, purpose in PURPOSES.items():
        if name not in there:
            asked = read_catalogue(name)
            new = NewInquiry(name, asked.title.ja, ISSUER, purpose, asked, deadline, ())
            open_new(database, new, Who(None, "shokai demo", opened_at))
    sampled = find_inquiry(database, SAMPLED)
    if _untouched(database, sampled):
        spared = frozenset(person.place for person in PEOPLE if person.role == OFFICER)
        hand_in_samples(database, sampled, Run(REPLIES, SEED, now, spared))


def _untouched(database: Database, inquiry: Inquiry) -> bool:
    return all(one.state is State.NOT_STARTED for one in standings(database, inquiry))


def _weekday(day: date) -> date:
    """Return the day, or the Monday after it when it is a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _tell(path: Path, known: list[Person]) -> None:
    if not known:
        tell(
            f"{path} は見本のデータベースではないため、何も加えていません。",
            f"{path} is no sample database: nothing was added.",
        )
        return
    tell(f"見本のデータベース：{path}", f"The sample database: {path}")
    tell("見本の利用者（サインイン名 / パスワード）：", "Sample accounts (sign-in name / password):")
    for person in known:
        click.echo(f"  {person.sign_in_name} / {person.password}  {person.told}", err=True)
