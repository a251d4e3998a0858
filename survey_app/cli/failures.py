"""What the command line says when something is wrong: where, what, and how to mend it; never a traceback."""

import errno
import sqlite3

import click

from exports.fitting import LONGEST_TEXT, CellRefused, Unwritable
from survey_app.cli.words import Words, spoken

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


class Failure(click.ClickException):
    """A job that could not be done."""

    exit_code = FAILED

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(spoken(ja, en))


class Misuse(click.UsageError):
    """A command that was called wrongly."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(spoken(ja, en))


def show(message: str) -> None:
    """Write what is wrong to standard error."""
    click.echo(spoken(f"エラー：{message}", f"Error: {message}"), err=True)


def show_misuse(misuse: click.UsageError) -> None:
    """Write how the command was misused, and where its help is."""
    if isinstance(misuse, click.exceptions.NoArgsIsHelpError):
        click.echo(misuse.message, err=True)
        return
    show(str(_misuse(misuse)))
    if misuse.ctx is not None:
        path = misuse.ctx.command_path
        click.echo(spoken(f"使い方：{path} --help", f"Usage: {path} --help"), err=True)


def _misuse(misuse: click.UsageError) -> Words:
    english = misuse.format_message()
    match misuse:
        case click.exceptions.NoSuchOption(option_name=name):
            return Words(f"{name} というオプションはありません。", english)
        case click.exceptions.NoSuchCommand(command_name=name):
            return Words(f"{name} というコマンドはありません。", english)
        case click.MissingParameter(param=click.Parameter() as param):
            return Words(f"{_hint(misuse, param)} がありません。指定してください。", english)
        case click.BadParameter(param=click.Parameter() as param):
            return Words(f"{_hint(misuse, param)} の値が正しくありません。{_wanted(param, misuse.message)}", english)
        case Misuse():
            return Words(english, english)
        case _:
            return Words(f"使い方が違います（{english}）。", english)


def _hint(misuse: click.UsageError, param: click.Parameter) -> str:
    return param.get_error_hint(misuse.ctx) if misuse.ctx else str(param.name)


def _wanted(param: click.Parameter, message: str) -> str:
    match param.type:
        case click.Choice(choices=choices):
            return f"{'、'.join(map(str, choices))} のどれかにしてください。"
        case click.IntRange(min=least, max=most):
            bounds = [f"{least}以上"] * (least is not None) + [f"{most}以下"] * (most is not None)
            return f"{'、'.join(bounds)}の整数にしてください。"
        case _ if param.type is click.INT:
            return "整数にしてください。"
        case _:
            return message


def explained(error: Exception) -> Words | None:
    """Return words for what the world, not the program, did wrong; None for what only a programmer can mend."""
    if isinstance(error, sqlite3.Error):
        return _of_database(error)
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, Unwritable):
        return unwritable(error)
    if isinstance(error, CellRefused):
        return Words(
            f"{error.address} に入る文字が多すぎて、Excelのセル（{LONGEST_TEXT:,}字まで）に入らないため、"
            "作っていません。画面でその文を短くしてください。",
            f"Nothing was made: the text for {error.address} is too long for a cell ({LONGEST_TEXT:,} characters). "
            "Shorten it on the pages.",
        )
    return None


def unwritable(fault: Unwritable) -> Words:
    """Return what to say of somebody's workbook that cannot be made."""
    return Words(
        f"{fault.whose}のブックは作っていません。{fault.place}の文字が多すぎて、Excelのセル（{LONGEST_TEXT:,}字まで）に"
        "入りません。画面でその欄を短くしてから、もう一度実行してください。",
        f"The workbook of {fault.whose} was not made: the text of {fault.place} is too long for a cell "
        f"({LONGEST_TEXT:,} characters). Shorten it on the pages, then try again.",
    )


def _of_database(error: sqlite3.Error) -> Words | None:
    detail = str(error)
    if "not a database" in detail or "malformed" in detail:
        return Words(
            "データベースが壊れているか、データベースではありません。shokai doctor で調べ、控えから戻してください。",
            "The database is damaged or is none. Look with shokai doctor, and restore a backup.",
        )
    if "locked" in detail:
        return Words(
            "データベースがほかの処理で使われています。少し待ってから、もう一度実行してください。",
            "The database is in use by another process. Wait a little, then try again.",
        )
    if "readonly" in detail or "unable to open" in detail or "disk" in detail:
        return Words(
            f"データベースに書き込めません。場所、権限、空き容量を確かめてください（{detail}）。",
            f"The database cannot be written. Check its place, permissions and free space ({detail}).",
        )
    return None


_SYSTEM = {
    errno.ENOENT: ("ファイル又はフォルダがありません", "There is no such file or folder"),
    errno.EACCES: ("使う権限がないか、ほかで開かれています", "Access is denied, or it is open elsewhere"),
    errno.EPERM: ("使う権限がありません", "Access is denied"),
    errno.EEXIST: ("同じ名前のファイルがあります", "A file of that name is in the way"),
    errno.EISDIR: ("フォルダです。ファイルを指定してください", "It is a folder; name a file"),
    errno.ENOTDIR: ("途中がフォルダではありません", "A part of the path is no folder"),
    errno.ENOSPC: ("空き容量がありません", "No space is left"),
    errno.EROFS: ("書き込めない場所です", "The place is read-only"),
    errno.ENAMETOOLONG: ("名前が長すぎます", "The name is too long"),
}


def _of_system(error: OSError) -> Words | None:
    if error.errno is None:
        return None
    japanese, english = _SYSTEM.get(error.errno, (error.strerror or "", error.strerror or ""))
    place, spot = (f"{error.filename}：", f"{error.filename}: ") if error.filename else ("", "")
    return Words(f"{place}{japanese}。", f"{spot}{english}.")
