"""shokai doctor: is everything sound?"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from sqlite_utils import Database

from questions.reading import FaultyDefinition, catalogue, read_catalogue
from survey_app.cli.commands import Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.progress import progress
from survey_app.cli.words import Words
from survey_app.store import health
from survey_app.store.database import NotInitialised, connect

LEAST_FREE = 500_000_000
"""Bytes that must be free; and there must be room for the database once more, for its backup."""
Check = tuple[Words, Callable[[Database], list[str]]]

CHECKS: tuple[Check, ...] = (
    (Words("ファイルに壊れたところがない", "The file is whole"), health.integrity),
    (Words("表と表のつながりが切れていない", "No reference is broken"), health.foreign_keys),
    (Words("表の形が新しい", "The tables are up to date"), health.pending),
    (
        Words("書込みの方式がWALである", "Writing goes through a write-ahead log"),
        lambda database: [mode for mode in (health.journal_mode(database),) if mode != "wal"],
    ),
    (
        Words("保存した調査票が全て読め、要約値が合う", "Every stored questionnaire reads and fits its digest"),
        health.unreadable_questionnaires,
    ),
    (
        Words("提出された回答が全て読め、要約値が合う", "Every submission reads and fits its digest"),
        lambda database: list(_submissions(database)),
    ),
)


@click.command(
    cls=Told,
    ja="データベースに異常がないか調べる。\n\n調べるだけで、何も変えません。異常があれば終了コードは1です。",
    en="Look whether the database is sound.\n\nChanges nothing. Ends with 1 when something is wrong.",
)
@with_database
def doctor(database: Path) -> None:
    """Look at everything and say what was found."""
    wrong = [not _tell(words, found) for words, found in _findings(database)]
    if any(wrong):
        raise Failure(
            f"{sum(wrong)}項目に異常があります。データベースを書き換えず、控えを取ってから対処してください。",
            f"{sum(wrong)} item(s) are wrong. Do not write to the database; take a copy of it first.",
        )
    click.echo(Words("異常はありません。", "All is sound."))


def _findings(path: Path) -> Iterator[tuple[Words, list[str]]]:
    yield Words("備え付けの調査票が全て読める", "The catalogue reads"), list(_catalogue())
    yield Words("空き容量が足りている", "There is enough free space"), _space(path)
    opens = Words("データベースが開く", "The database opens")
    try:
        held = connect(path)
    except NotInitialised:
        missing = Words("ファイルがない、又は形が古い（shokai init）", "missing, or of an older program (shokai init)")
        yield opens, [f"{path}: {missing}"]
        return
    except sqlite3.Error as fault:
        yield opens, [f"{path}: {fault}"]
        return
    yield opens, []
    for words, check in CHECKS:
        try:
            yield words, check(held)
        except sqlite3.Error as fault:
            yield words, [str(fault)]
    held.close()


def _tell(words: Words, found: list[str]) -> bool:
    """Say what one check found; return whether all was well."""
    click.echo(f"{'×' if found else '○'} {words}")
    for one in found[: health.MOST_TOLD]:
        click.echo(f"    {one}")
    return not found


def _catalogue() -> Iterator[str]:
    for name in catalogue():
        try:
            read_catalogue(name)
        except FaultyDefinition as faulty:
            yield f"{name}: {faulty}"


def _space(path: Path) -> list[str]:
    folder = next(folder for folder in path.resolve().parents if folder.is_dir())
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_FREE, health.size(path))
    return [f"{free:,} < {needed:,} bytes ({folder})"] if free < needed else []


def _submissions(database: Database) -> Iterator[str]:
    with progress(health.count_submissions(database), "提出を確かめています", "Looking at submissions") as advance:
        for receipt in health.wrong_submissions(database):
            advance(1)
            if receipt is not None:
                yield receipt
