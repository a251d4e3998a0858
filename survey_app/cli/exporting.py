"""shokai export: what is made of an inquiry's replies: the workbook, data for analysis, the files that were sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from sqlite_utils import Database

from exports.coordination import Coordination
from exports.cut import Cut
from exports.data.texts import Encoding
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.exporting_divisions import write_divisions
from survey_app.cli.failures import Failure, Misuse
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.places import check_place, replaced
from survey_app.cli.words import tell
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry

DATA_ENDINGS = (".xlsx", ".csv", ".zip", ".parquet", ".sav", ".dta")
FILE = click.Path(path_type=Path)


@click.command(
    cls=Told,
    ja="取りまとめのExcelブック、分析用のデータ、添付ファイル、又は関係課ごとのブックを書き出す。\n\n"
    "-o、--data、--files、--divisions のどれか一つを指定します。提出された回答だけが対象です。"
    "回答と関係課との調整が変わらなければ、取りまとめは何度書き出しても1バイトも違わないファイルになります。"
    "--cut の取りまとめには、後から変わる担当課、対応区分などを載せません。",
    en="Write the compiled workbook, data for analysis, the files that were sent, or the divisions' workbooks.\n\n"
    "Give one of -o, --data, --files, --divisions. Only submitted replies count. While neither replies nor what"
    " is settled with the divisions change, every run gives the same workbook, byte for byte; with --cut, what is"
    " settled later is left out.",
)
@click.argument("inquiry")
@click.option("-o", "--output", cls=Option, type=FILE, ja="取りまとめ（.xlsx）。", en="The compiled workbook (.xlsx).")
@click.option(
    "--data",
    cls=Option,
    type=FILE,
    ja="分析用のデータ（.xlsx .csv .zip .parquet .sav .dta）。1表1ファイルの形式では、表ごとに並べて書き出す。",
    en="Data for analysis (.xlsx .csv .zip .parquet .sav .dta); formats of one table write the others beside it.",
)
@click.option("--files", cls=Option, type=FILE, ja="添付ファイル（.zip）。", en="The files that were sent (.zip).")
@click.option(
    "--divisions",
    cls=Option,
    type=FILE,
    ja="関係課ごとのブックを書き出すフォルダ（受付中の回のもの。記入されたら shokai respond で取り込む）。",
    en="The folder for the workbooks of the divisions (of the open round; shokai respond takes them in again).",
)
@click.option(
    "--cut",
    "number",
    cls=Option,
    type=click.IntRange(min=1),
    ja="確定した集計の番号。指定しないときは、いまの回答。",
    en="The number of a fixed cut; without it, the replies as they stand.",
)
@click.option(
    "--encoding",
    cls=Option,
    type=click.Choice(["utf-8", "cp932"]),
    default="utf-8",
    show_default=True,
    ja="CSVの文字コード。cp932では、表せない文字を〓に置き換え、その一覧も書き出す。",
    en="Encoding of CSV; with cp932, characters that it lacks become 〓 and are listed in a file of their own.",
)
@with_database
def export(inquiry: str, database: Path, number: int | None, encoding: Encoding, **wanted: Path | None) -> None:
    """Write one of the things that can be made of the replies."""
    given = {name: path for name, path in wanted.items() if path is not None}
    if len(given) != 1:
        raise Misuse(
            "-o（取りまとめ）、--data（データ）、--files（添付ファイル）、--divisions（関係課）のどれか一つを指定してください。",
            "Give exactly one of -o (compiled workbook), --data (data), --files (files that were sent), --divisions.",
        )
    ((name, path),) = given.items()
    if name == "divisions":
        write_divisions(inquiry, path, database)
        return
    writers: dict[str, Callable[..., None]] = {
        "output": _compiled,
        "data": partial(_data, encoding=encoding),
        "files": _files,
    }
    check_place(path, {"output": (".xlsx",), "data": DATA_ENDINGS, "files": (".zip",)}[name])
    writers[name](database, inquiry, number, path)


def _cut(database: Path, inquiry: str, number: int | None) -> Cut:
    with opened(database) as held:
        return _cut_of(held, known_inquiry(held, inquiry), number)


def _cut_of(held: Database, asked: Inquiry, number: int | None) -> Cut:
    if number is None:
        return take_cut(held, asked, clock.now())
    known = {one.number: one.name for one in fixed_cuts(held, asked)}
    if number not in known:
        listed = "、".join(f"{one} {name}" for one, name in known.items()) or "（まだありません）"
        raise Failure(
            f"確定した集計 {number} はありません。いまある集計：{listed}",
            f"There is no fixed cut {number}. There are: {listed}",
        )
    return load_cut(held, asked, number)


def _compiled(database: Path, inquiry: str, number: int | None, output: Path) -> None:
    with opened(database) as held:
        asked = known_inquiry(held, inquiry)
        cut = _cut_of(held, asked, number)
        settled = None if number is not None else _settled(held, asked, cut)
    from exports.compiled import write_compiled  # noqa: PLC0415 (loads pandas: only once all else is known to be right)

    with replaced(output) as unfinished:
        write_compiled(cut, unfinished, coordination=settled)
    tell(
        f"{output} を作りました：{cut.title}（対象 {len(cut.targets)}団体、提出 {len(cut.submissions)}団体）",
        f"Wrote {output}: {cut.title} ({len(cut.targets)} targets, {len(cut.submissions)} replies)",
    )


def _settled(held: Database, asked: Inquiry, cut: Cut) -> Coordination | None:
    from survey_app.store.coordinating import coordination  # noqa: PLC0415 (only for the book)

    return coordination(held, asked, cut, clock.now())


def _data(database: Path, inquiry: str, number: int | None, output: Path, encoding: Encoding) -> None:
    if encoding != "utf-8" and output.suffix.lower() != ".csv":
        raise Misuse("--encoding は .csv のときだけ指定できます。", "--encoding is for .csv only.")
    cut = _cut(database, inquiry, number)
    from survey_app.cli.data_files import write_all  # noqa: PLC0415 (loads pandas)

    written = write_all(cut, output, encoding)
    names = "、".join(str(one) for one in written)
    tell(
        f"{names} を作りました：{cut.title}（提出 {len(cut.submissions)}団体）",
        f"Wrote {', '.join(map(str, written))}: {cut.title} ({len(cut.submissions)} replies)",
    )


def _files(database: Path, inquiry: str, number: int | None, output: Path) -> None:
    from survey_app.attached_files import write_files  # noqa: PLC0415 (only here)

    with opened(database) as held:
        asked = known_inquiry(held, inquiry)
        cut = _cut_of(held, asked, number)
        with replaced(output) as unfinished:
            count = write_files(held, asked, cut, unfinished)
    tell(f"{output} を作りました：添付ファイル {count}件", f"Wrote {output}: {count} files")
