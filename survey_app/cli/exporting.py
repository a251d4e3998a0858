"""shokai export: the workbooks of an inquiry."""

import os
from pathlib import Path

import click

from exports.cut import Cut
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.words import tell
from survey_app.store.cuts import take_cut


@click.command(
    cls=Told,
    ja="取りまとめのExcelブックを作る。\n\n"
    "提出された回答だけを集計します。回答が変わらなければ、何度書き出しても1バイトも違わないファイルになります。",
    en="Write the compiled workbook.\n\n"
    "Only submitted replies count. While no reply changes, every run gives the same bytes.",
)
@click.argument("inquiry")
@click.option(
    "-o",
    "--output",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path),
    ja="書き出すファイル（.xlsx）。",
    en="The file to write (.xlsx).",
)
@with_database
def export(inquiry: str, output: Path, database: Path) -> None:
    """Write the compiled workbook."""
    _check_place(output)
    with opened(database) as held:
        asked = known_inquiry(held, inquiry)
        cut = take_cut(held, asked, clock.now())
    _write(cut, output)
    tell(
        f"{output} を作りました：{cut.title}（対象 {len(cut.targets)}団体、提出 {len(cut.submissions)}団体）",
        f"Wrote {output}: {cut.title} ({len(cut.targets)} targets, {len(cut.submissions)} replies)",
    )


def _write(cut: Cut, output: Path) -> None:
    """Write beside the place and move it there when it is whole, so that a failure leaves what was there."""
    from exports.compiled import write_compiled  # noqa: PLC0415 (loads pandas: only once all else is known to be right)

    unfinished = output.with_name(f".{output.stem}.{os.getpid()}{output.suffix}")
    try:
        write_compiled(cut, unfinished)
        unfinished.replace(output)
    except PermissionError as fault:
        raise Failure(
            f"{output} に書き込めません。Excelなどで開いていれば閉じ、フォルダの権限を確かめてください。",
            f"{output} cannot be written. Close it where it is open, and check the folder's permissions.",
        ) from fault
    finally:
        unfinished.unlink(missing_ok=True)


def _check_place(output: Path) -> None:
    folder = output.parent
    if output.suffix.lower() != ".xlsx":
        raise Failure(
            f"書き出すファイルの名前は .xlsx で終わるものにしてください（いま：{output.name}）。",
            f"The file's name must end with .xlsx (it is {output.name}).",
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
            f"フォルダ {folder} に書き込む権限がありません。ほかの場所を -o で指定してください。",
            f"The folder {folder} cannot be written to. Name another place with -o.",
        )
