"""Where commands write files: whole, or not at all."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from survey_app.cli.failures import Failure


def check_place(output: Path, suffixes: Sequence[str]) -> None:
    """Is it a place for a file of one of these endings? Raises Failure."""
    folder, endings = output.parent, "・".join(suffixes)
    if output.suffix.lower() not in suffixes:
        raise Failure(
            f"書き出すファイルの名前は {endings} で終わるものにしてください（いま：{output.name}）。",
            f"The file's name must end with {' or '.join(suffixes)} (it is {output.name}).",
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


def write_whole(output: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and move it there when it is whole, so that a failure leaves what was there."""
    unfinished = output.with_name(f".{output.stem}.{os.getpid()}{output.suffix}")
    try:
        write(unfinished)
        unfinished.replace(output)
    except PermissionError as fault:
        raise Failure(
            f"{output} に書き込めません。Excelなどで開いていれば閉じ、フォルダの権限を確かめてください。",
            f"{output} cannot be written. Close it where it is open, and check the folder's permissions.",
        ) from fault
    finally:
        unfinished.unlink(missing_ok=True)
