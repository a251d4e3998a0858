"""Folders that commands fill: made when they are missing, and looked at before the work."""

import os
from pathlib import Path

from survey_app.cli.failures import Failure


def make_folder(folder: Path) -> None:
    """Make a folder unless it is there. Raises Failure when nothing can be written into it."""
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder} はフォルダではありません。", f"{folder} is no folder.")
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise Failure(
            f"フォルダ {folder} に書き込む権限がありません。ほかの場所を指定してください。",
            f"The folder {folder} cannot be written to. Name another place.",
        )
