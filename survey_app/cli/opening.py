"""Opens the database for a command, and finds in it what the command names."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from survey_app.cli.failures import Failure
from survey_app.store.database import NotInitialised, TooNew, connect
from survey_app.store.inquiries import Inquiry, find_inquiry, inquiries


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Hold an existing database open. Raises Failure when there is none."""
    try:
        database = connect(path)
    except NotInitialised as fault:
        raise not_initialised(path) from fault
    try:
        yield database
    finally:
        database.close()


def not_initialised(path: Path) -> Failure:
    """Return what to say of a database that is not there, or of an older program."""
    if path.is_file():
        return Failure(
            f"データベース {path} は古い形です。先に shokai init を実行して新しくしてください（中身は残ります）。",
            f"The database {path} has an older form. Run shokai init to bring it up to date (what it holds stays).",
        )
    return Failure(
        f"データベース {path} がありません。先に shokai init を実行するか、--database で場所を指定してください。",
        f"There is no database {path}. Run shokai init first, or name the place with --database.",
    )


def too_new(path: Path, fault: TooNew) -> Failure:
    """Return what to say of a database, or a copy of one, that a newer program made."""
    ours, steps = version("shokai"), "、".join(fault.steps)
    return Failure(
        f"{path} は、このプログラム（{ours}版）より新しい版が作ったものです（{fault.since}に加えられた変更 {steps} を、"
        "この版は知りません）。何も変えていません。新しい版のプログラムに入れ替えてから、もう一度実行してください。",
        f"{path} was made by a newer version than this program ({ours}): it does not know {', '.join(fault.steps)}, "
        f"made on {fault.since}. Nothing was changed. Install the newer version, then try again.",
    )


def known_inquiry(database: Database, name: str) -> Inquiry:
    """Return an inquiry by its name. Raises Failure that names those that there are."""
    try:
        return find_inquiry(database, name)
    except LookupError as fault:
        names = [inquiry.name for inquiry in inquiries(database)]
        listed = "、".join(get_close_matches(name, names) or names) or "（まだありません）"
        raise Failure(
            f"「{name}」という照会はありません。shokai inquiry list で名前を確かめてください。いまある照会：{listed}",
            f"There is no inquiry “{name}”. See shokai inquiry list. There are: {listed}",
        ) from fault
