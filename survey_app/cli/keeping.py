"""shokai backup and shokai restore: a copy of everything, and putting it back."""

from collections.abc import Callable
from pathlib import Path

import click

from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import not_initialised, too_new
from survey_app.cli.places import told_of
from survey_app.cli.progress import Advance, progress
from survey_app.cli.words import tell
from survey_app.store.backups import DamagedBackup, InUse, NotInitialised, NotOurs, TooNew, back_up
from survey_app.store.backups import restore as put_back

_STEPS = 100


@click.command(
    cls=Told,
    ja="データベースの控えを1つのファイルに取る。\n\n"
    "画面を動かしたまま取れます。書き終えた控えは、壊れていないことを確かめてからその名前になります。",
    en="Copy the whole database into one file.\n\n"
    "The server may run meanwhile. The copy is looked through before it takes its name.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--overwrite",
    cls=Option,
    is_flag=True,
    ja="同じ名前のファイルがあれば置き換える。",
    en="Replace a file of this name.",
)
@with_database
def backup(file: Path, overwrite: bool, database: Path) -> None:
    """Copy the database."""
    if file.exists() and not overwrite:
        raise Failure(
            f"{file} は既にあります。日付を入れた別の名前にするか、置き換えるなら --overwrite を付けてください。",
            f"{file} exists. Choose another name, with the date in it, or replace it with --overwrite.",
        )
    if not file.parent.is_dir():
        raise Failure(
            f"フォルダ {file.parent} がありません。フォルダを作ってから、もう一度実行してください。",
            f"There is no folder {file.parent}. Make it, then try again.",
        )
    try:
        with told_of(file), progress(_STEPS, "控えを取っています", "Copying") as advance:
            size = back_up(database, file, _in_steps(advance))
    except NotInitialised as fault:
        raise not_initialised(database) from fault
    except DamagedBackup as fault:
        raise Failure(
            f"控えに異常が見つかったため、{file} は作っていません。"
            f"shokai doctor でデータベースを調べてください（{fault}）。",
            f"The copy is not whole; {file} was not made. Look at the database with shokai doctor ({fault}).",
        ) from fault
    tell(f"控えを取りました：{file}（{size:,} バイト）", f"Copied to {file} ({size:,} bytes)")


def _in_steps(advance: Advance) -> Callable[[int, int], None]:
    """Turn pages left into steps of the bar."""
    done = 0

    def told(left: int, whole: int) -> None:
        nonlocal done
        now = _STEPS if not whole else _STEPS * (whole - left) // whole
        advance(now - done)
        done = now

    return told


@click.command(
    cls=Told,
    ja="控えからデータベースを元に戻す。\n\n"
    "画面（shokai serve）を止めてから実行してください。いまのデータベースは消さず、"
    "名前に before-restore と日時を付けて隣に残します。",
    en="Put a copy back in the place of the database.\n\n"
    "Stop the server first. The present database is not removed: it is kept beside, as before-restore with the time.",
)
@click.argument("file", type=click.Path(path_type=Path))
@with_database
def restore(file: Path, database: Path) -> None:
    """Put a copy back."""
    try:
        with told_of(database):
            kept = put_back(file, database, clock.now())
    except FileNotFoundError as fault:
        raise Failure(
            f"控え {file} がありません。ファイルの場所を確かめてください。",
            f"There is no copy {file}. Check its place.",
        ) from fault
    except DamagedBackup as fault:
        raise Failure(
            f"{file} は壊れているか、データベースの控えではありません。何も変えていません。"
            f"別の控えを指定してください（{fault}）。",
            f"{file} is damaged or no copy of a database. Nothing was changed. Name another copy ({fault}).",
        ) from fault
    except NotOurs as fault:
        raise Failure(
            f"{file} は、このプログラムの控えではありません。何も変えていません。",
            f"{file} is no copy made by this program. Nothing was changed.",
        ) from fault
    except TooNew as fault:
        raise too_new(file, fault) from fault
    except InUse as fault:
        raise Failure(
            f"データベース {database} が使われています。画面（shokai serve）を止めてから、もう一度実行してください。"
            "何も変えていません。",
            f"The database {database} is in use. Stop the server (shokai serve), then try again. Nothing was changed.",
        ) from fault
    told = "" if kept is None else f"（前のものは {kept}）"
    told_en = "" if kept is None else f" (what was there: {kept})"
    tell(f"元に戻しました：{database}{told}", f"Restored {database}{told_en}")
