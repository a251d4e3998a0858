"""shokai consult, shokai respond: asks the relevant divisions, and takes their workbooks in."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import FAILED, Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.places import check_place, write_whole
from survey_app.cli.words import language, spoken, tell
from survey_app.deadlines import read_deadline
from survey_app.store.audit import Who
from survey_app.store.round_cuts import fix_for_round
from survey_app.store.rounds import NewRound, NothingToAsk, open_round

if TYPE_CHECKING:
    from survey_app.consulting.batches import BookOutcome

ACTOR = "関係課のブック"
FORMATS = (".xlsx", ".csv", ".json")


@click.command(
    cls=Told,
    ja="関係課への照会を始める。\n\n"
    "いまの提出内容で集計を確定し、その要望を、振り分けのとおり関係課に照会します（新しい回になります）。"
    "確定した集計で照会するときは --cut でその番号を指定します。受け持つ課のない要望は照会しません。\n"
    "始めたら shokai export INQUIRY --divisions DIR で関係課ごとのブックを作れます。",
    en="Ask the relevant divisions.\n\n"
    "Fixes a cut of what is handed in now and asks the divisions about its needs, as they are routed (a new round). "
    "--cut names a cut that was fixed before. Needs that no division answers are not asked.\n"
    "Then shokai export INQUIRY --divisions DIR writes the workbook of each division.",
)
@click.argument("inquiry")
@click.option("--due", cls=Option, required=True, ja="回答期限（例：2027-01-29T17:15）。", en="When responses are due.")
@click.option("--request", cls=Option, default="", ja="関係課へのお願い。", en="What the divisions are asked to do.")
@click.option("--cut", cls=Option, type=int, ja="確定した集計の番号。", en="The number of a cut fixed before.")
@with_database
def consult(inquiry: str, due: str, request: str, cut: int | None, database: Path) -> None:
    """Open a round."""
    until = _due(due)
    with opened(database) as held:
        found, who = known_inquiry(held, inquiry), Who(None, "shokai consult", clock.now())
        try:
            number = cut or fix_for_round(held, found, secrets.token_urlsafe(24), who).number
            made = open_round(held, found, NewRound(number, until, request, secrets.token_urlsafe(24)), who)
        except LookupError as fault:
            raise Failure(f"集計 {number} はありません。", f"There is no cut {number}.") from fault
        except NothingToAsk as fault:
            raise Failure(
                "受け持つ課のある要望がありません。画面の「関係課」で振り分けを登録してください。",
                "No need has a division that answers it. Set the routing up on the pages.",
            ) from fault
    tell(f"第{made.number}回の照会を始めました。", f"Opened round {made.number}.")


def _due(text: str) -> datetime:
    found = read_deadline(text)
    if found is None:
        raise Failure(
            f"回答期限「{text}」を読み取れません。2027-01-29T17:15 のように指定してください。",
            f"The date “{text}” cannot be read. Write it as 2027-01-29T17:15.",
        )
    return found


@click.command(
    cls=Told,
    ja="関係課が記入したブック（Excel）を取り込む。\n\n"
    "PATH はブックのファイルか、それが入ったフォルダです。どの課のどの回のブックかは、ブックそのものから見分けます。\n"
    "回答は保存されるだけで、提出はされません（--hand-in を付けると、全ての要望に回答のある課は提出済みにします）。"
    "空欄で回答が消えることはなく、ブックを作った後に変更された回答は上書きしません。ほかの課の要望の行は取り込みません。"
    "同じファイルを何度取り込んでも結果は同じです。\n"
    "取り込めなかったものが一つでもあれば、終了コードは1になります。",
    en="Take in workbooks that divisions filled in.\n\n"
    "PATH is a workbook or a folder of workbooks. Whose it is, and of which round, is told by the workbook itself.\n"
    "Responses are saved, not handed in (with --hand-in those of divisions that answered everything are). A blank "
    "erases nothing, and what was changed after the workbook was made is not overwritten. Rows about needs of other "
    "divisions are refused. Taking the same file in again changes nothing.\n"
    "Ends with 1 when anything was not taken in.",
)
@click.argument("inquiry")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", cls=Option, is_flag=True, ja="比べるだけで、保存しない。", en="Only compare; save nothing.")
@click.option(
    "--hand-in",
    cls=Option,
    is_flag=True,
    ja="全ての要望に回答のある課は、提出済みにする。",
    en="Hand in for divisions that answered everything.",
)
@click.option(
    "--report",
    cls=Option,
    type=click.Path(path_type=Path),
    ja="結果を書き出すファイル（.xlsx、.csv、.json）。",
    en="A file for what was found (.xlsx, .csv, .json).",
)
@click.option(
    "--marked",
    cls=Option,
    type=click.Path(path_type=Path),
    ja="確認の必要なブックに印を付けて書き出すフォルダ（関係課へ返すためのもの）。",
    en="A folder for workbooks that need a look, marked to be sent back.",
)
@with_database
def respond(
    inquiry: str,
    paths: tuple[Path, ...],
    database: Path,
    **options: object,
) -> int:
    """Take in workbooks of divisions."""
    from survey_app.consulting.batches import BookBatch  # noqa: PLC0415 (loads what reads workbooks)
    from survey_app.receiving.batches import forms_in  # noqa: PLC0415

    dry, report, marked = bool(options["dry_run"]), options["report"], options["marked"]
    _check(paths, report, marked)
    files = forms_in(paths)
    with opened(database) as held:
        who = Who(None, ACTOR, clock.now())
        batch = BookBatch(held, known_inquiry(held, inquiry), who, dry=dry, hand_in=bool(options["hand_in"]))
        outcomes = list(batch.take((file.name, file.read_bytes()) for file in files))
    _tell(outcomes, dry=dry)
    if isinstance(report, Path):
        _report(report, outcomes)
    if isinstance(marked, Path):
        _mark(marked, files, outcomes)
    return FAILED if not all(outcome.whole for outcome in outcomes) else 0


def _check(paths: Sequence[Path], report: object, marked: object) -> None:
    if missing := [str(path) for path in paths if not path.exists()]:
        raise Failure(f"ありません：{'、'.join(missing)}", f"There is no {', '.join(missing)}.")
    if isinstance(report, Path):
        check_place(report, FORMATS)
    if isinstance(marked, Path) and not marked.is_dir():
        raise Failure(
            f"フォルダ {marked} がありません。フォルダを作ってから、もう一度実行してください。",
            f"There is no folder {marked}. Make it, then try again.",
        )


def _tell(outcomes: "Sequence[BookOutcome]", *, dry: bool) -> None:
    """Print a table of the files, then how many of them were taken in."""
    from survey_app.consulting.batches import said_of  # noqa: PLC0415 (loads Flask-Babel)

    rows = [(spoken("ファイル", "File"), spoken("関係課", "Division"), spoken("結果", "Outcome"))]
    rows += [(one.book.file, one.division or "―", said_of(one, language())) for one in outcomes]
    for line in table(rows) if outcomes else ():
        click.echo(line)
    taken = sum(one.book.refusal is None and not one.late for one in outcomes)
    handed = sum(one.handed for one in outcomes)
    done = "比べました（保存していません）" if dry else "取り込みました"
    tell(
        f"{len(outcomes)}ファイルのうち{taken}ファイルを{done}。提出済みにした課は{handed}です。",
        f"{taken} of {len(outcomes)} file(s) {'compared (nothing saved)' if dry else 'taken in'}; {handed} handed in.",
    )


def _report(report: Path, outcomes: "Sequence[BookOutcome]") -> None:
    from survey_app.consulting.batches import REPORT, entries  # noqa: PLC0415 (loads Flask-Babel, XlsxWriter)
    from survey_app.receiving.reporting import write_report  # noqa: PLC0415

    lines = list(entries(outcomes, language()))
    write_whole(report, lambda file: write_report(file, lines, clock.now(), REPORT))
    tell(f"結果を {report} に書き出しました。", f"Wrote what was found to {report}.")


def _mark(folder: Path, files: Sequence[Path], outcomes: "Sequence[BookOutcome]") -> None:
    from survey_app.consulting.marking import marked_book  # noqa: PLC0415 (loads Flask-Babel)

    for file, outcome in zip(files, outcomes, strict=True):
        if outcome.book.findings:
            content = marked_book(file.read_bytes(), outcome.book, language())
            write_whole(folder / file.name, partial(Path.write_bytes, data=content))
