"""Places to which commands write: checked before the work, and filled when the file is whole."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from survey_app.cli.failures import Failure


@contextmanager
def replaced(output: Path) -> Iterator[Path]:
    """Give a place beside ``output`` to write to, and move it there when it is whole.

    A failure leaves what was there.
    """
    unfinished = output.with_name(f".{output.stem}.{os.getpid()}{output.suffix}")
    try:
        yield unfinished
        unfinished.replace(output)
    except PermissionError as fault:
        raise Failure(
            f"{output} に書き込めません。Excelなどで開いていれば閉じ、フォルダの権限を確かめてください。",
            f"{output} cannot be written. Close it where it is open, and check the folder's permissions.",
        ) from fault
    finally:
        unfinished.unlink(missing_ok=True)


def check_place(output: Path, endings: Sequence[str]) -> None:
    """Check that a file can be written. Raises Failure."""
    folder = output.parent
    if output.suffix.lower() not in endings:
        raise Failure(
            f"書き出すファイルの名前は {' '.join(endings)} で終わるものにしてください（いま：{output.name}）。",
            f"The file's name must end with {' '.join(endings)} (it is {output.name}).",
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
