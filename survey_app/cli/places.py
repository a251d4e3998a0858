"""Places to which commands write: checked before the work, and filled when the file is whole."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from survey_app.cli.failures import Failure
from survey_app.full_disks import is_full


@contextmanager
def replaced(output: Path) -> Iterator[Path]:
    """Give a place beside ``output`` to write to, and move it there when it is whole.

    A failure leaves what was there.
    """
    unfinished = output.with_name(f".{output.stem}.{os.getpid()}{output.suffix}")
    try:
        with told_of(output):
            yield unfinished
            unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def told_of(output: Path) -> Iterator[None]:
    """Name the file that cannot be written: it is open elsewhere, or the disk is full. Raises Failure."""
    try:
        yield
    except PermissionError as fault:
        raise Failure(
            f"{output} に書き込めません。Excelなどで開いていれば閉じ、フォルダの権限を確かめてください。",
            f"{output} cannot be written. Close it where it is open, and check the folder's permissions.",
        ) from fault
    except (OSError, sqlite3.OperationalError) as fault:
        if not is_full(fault):
            raise
        raise Failure(
            f"空き容量が足りないため、{output} を書き出していません。書き出し先と一時ファイルの置き場所"
            f"（{tempfile.gettempdir()}）の空きを確かめ、要らないファイルを消してから、もう一度実行してください。",
            f"There is no room left, so {output} was not written. Look how much room its place and that of temporary "
            f"files ({tempfile.gettempdir()}) have, remove what is not needed, then try again.",
        ) from fault


def write_whole(output: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that a failure leaves what was there."""
    with replaced(output) as unfinished:
        write(unfinished)


def check_place(output: Path, endings: Sequence[str]) -> None:
    """Check that a file with one of these endings can be written. Raises Failure."""
    folder = output.parent
    if output.suffix.lower() not in endings:
        raise Failure(
            f"書き出すファイルの名前は {'・'.join(endings)} で終わるものにしてください（いま：{output.name}）。",
            f"The file's name must end with {' or '.join(endings)} (it is {output.name}).",
        )
    if not folder.is_dir():
        raise Failure(
            f"フォルダ {folder} がありません。フォルダを作ってから、もう一度実行してください。",
            f"There is no folder {folder}. Make it, then try again.",
        )
    if output.is_dir():
        raise Failure(
            f"{output} はフォルダです。ファイルの名前を指定してください。", f"{output} is a folder; name a file."
        )
    if not os.access(folder, os.W_OK):
        raise Failure(
            f"フォルダ {folder} に書き込む権限がありません。ほかの場所を指定してください。",
            f"The folder {folder} cannot be written to. Name another place.",
        )
