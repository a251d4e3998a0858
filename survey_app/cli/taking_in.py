"""What the commands share that take in workbooks which came back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from survey_app.cli.commands import Option
from survey_app.cli.failures import Failure
from survey_app.cli.places import check_place, write_whole
from survey_app.cli.words import tell

Command = TypeVar("Command", bound=Callable[..., object])
FORMATS = (".xlsx", ".csv", ".json")


def came_back(command: Command) -> Command:
    """Give a command its inquiry, the files that came back, and what is to be done with what is found in them."""
    for part in (
        click.option(
            "--marked",
            cls=Option,
            type=click.Path(path_type=Path),
            ja="確認の必要なファイルに印を付けて書き出すフォルダ（相手に返すためのもの）。",
            en="A folder for workbooks that need a look, marked to be sent back.",
        ),
        click.option(
            "--report",
            cls=Option,
            type=click.Path(path_type=Path),
            ja="結果を書き出すファイル（.xlsx、.csv、.json）。",
            en="A file for what was found (.xlsx, .csv, .json).",
        ),
        click.option(
            "--dry-run", cls=Option, is_flag=True, ja="比べるだけで、保存しない。", en="Only compare; save nothing."
        ),
        click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.argument("inquiry"),
    ):
        command = part(command)
    return command


def check_places(paths: Sequence[Path], report: Path | None, marked: Path | None) -> None:
    """Is everything there that is named, and can what is found be written? Raises Failure."""
    if missing := [str(path) for path in paths if not path.exists()]:
        raise Failure(f"ありません：{'、'.join(missing)}", f"There is no {', '.join(missing)}.")
    if report is not None:
        check_place(report, FORMATS)
    if marked is not None and not marked.is_dir():
        raise Failure(
            f"フォルダ {marked} がありません。フォルダを作ってから、もう一度実行してください。",
            f"There is no folder {marked}. Make it, then try again.",
        )


def write_found(report: Path, write: Callable[[Path], object]) -> None:
    """Write what was found, and say where it is."""
    write_whole(report, write)
    tell(f"結果を {report} に書き出しました。", f"Wrote what was found to {report}.")


def write_marked(folder: Path, books: Iterable[tuple[str, bytes]]) -> None:
    """Write marked workbooks, each under the name that it came with."""
    for name, content in books:
        write_whole(folder / name, partial(Path.write_bytes, data=content))
