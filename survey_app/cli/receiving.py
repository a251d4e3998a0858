"""shokai receive: takes in forms that came back."""

from collections.abc import Sequence
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
from survey_app.store.audit import Who
from survey_app.store.rosters import roster

if TYPE_CHECKING:
    from questions.setting import Roster
    from survey_app.receiving.batches import Outcome

ACTOR = "Excel回答票"
FORMATS = (".xlsx", ".csv", ".json")


@click.command(
    cls=Told,
    ja="記入された回答票（Excel）を取り込む。\n\n"
    "PATH は回答票のファイルか、それが入ったフォルダです。どの団体の回答票かは、回答票そのもの、"
    "回答票に書かれた団体、ファイル名の順に見分けます。\n"
    "取り込んだ回答は保存されるだけで、提出はされません。空欄で回答が消えることはなく、回答票を作った後に変更された"
    "回答は上書きしません。同じファイルを何度取り込んでも結果は同じです。\n"
    "取り込めなかったものが一つでもあれば、終了コードは1になります。",
    en="Take in forms that were filled in.\n\n"
    "PATH is a form or a folder of forms. Whose form it is, is told by the form itself, by the municipality written "
    "in it, or by the file's name.\n"
    "Answers are saved, never handed in. A blank erases nothing, and an answer that was changed after the form was "
    "made is not overwritten. Taking the same file in again changes nothing.\n"
    "Ends with 1 when anything was not taken in.",
)
@click.argument("inquiry")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", cls=Option, is_flag=True, ja="比べるだけで、保存しない。", en="Only compare; save nothing.")
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
    ja="確認の必要な回答票に印を付けて書き出すフォルダ（団体へ返すためのもの）。",
    en="A folder for forms that need a look, marked to be sent back.",
)
@with_database
def receive(
    inquiry: str, paths: tuple[Path, ...], dry_run: bool, report: Path | None, marked: Path | None, database: Path
) -> int:
    """Take in forms."""
    from survey_app.receiving.batches import Batch, forms_in  # noqa: PLC0415 (loads what reads forms)

    _check(paths, report, marked)
    files = forms_in(paths)
    with opened(database) as held:
        known, now = roster(held), clock.now()
        batch = Batch(held, known_inquiry(held, inquiry), known, Who(None, ACTOR, now), dry=dry_run)
        outcomes = list(batch.take(files))
    _tell(outcomes, known, dry=dry_run)
    if report is not None:
        _report(report, outcomes, known)
    if marked is not None:
        _mark(marked, outcomes)
    return FAILED if not all(outcome.whole for outcome in outcomes) else 0


def _check(paths: Sequence[Path], report: Path | None, marked: Path | None) -> None:
    if missing := [str(path) for path in paths if not path.exists()]:
        raise Failure(f"ありません：{'、'.join(missing)}", f"There is no {', '.join(missing)}.")
    if report is not None:
        check_place(report, FORMATS)
    if marked is not None and not marked.is_dir():
        raise Failure(
            f"フォルダ {marked} がありません。フォルダを作ってから、もう一度実行してください。",
            f"There is no folder {marked}. Make it, then try again.",
        )


def _tell(outcomes: "Sequence[Outcome]", known: "Roster", *, dry: bool) -> None:
    """Print a table of the files, then how many of them were taken in."""
    from survey_app.receiving.reporting import said_of  # noqa: PLC0415 (loads Flask-Babel)

    rows = [(spoken("ファイル", "File"), spoken("団体", "Municipality"), spoken("結果", "Outcome"))]
    for outcome in outcomes:
        name = known.name(outcome.municipality) if outcome.municipality else "―"
        rows.append((outcome.file.name, name, said_of(outcome, language())))
    for line in table(rows) if outcomes else ():
        click.echo(line)
    taken = sum(outcome.received is not None and not outcome.late for outcome in outcomes)
    done = "比べました（保存していません）" if dry else "取り込みました"
    tell(
        f"{len(outcomes)}ファイルのうち{taken}ファイルを{done}。提出はしていません。",
        f"{taken} of {len(outcomes)} file(s) {'compared (nothing saved)' if dry else 'taken in'}; none handed in.",
    )


def _report(report: Path, outcomes: "Sequence[Outcome]", known: "Roster") -> None:
    from survey_app.receiving.reporting import entries, write_report  # noqa: PLC0415 (loads Flask-Babel, XlsxWriter)

    lines = list(entries(outcomes, known, language()))
    write_whole(report, lambda file: write_report(file, lines, clock.now()))
    tell(f"結果を {report} に書き出しました。", f"Wrote what was found to {report}.")


def _mark(folder: Path, outcomes: "Sequence[Outcome]") -> None:
    from survey_app.receiving.marking import marked_book  # noqa: PLC0415 (loads Flask-Babel)

    for outcome in outcomes:
        if outcome.received is not None and outcome.received.findings:
            content = marked_book(outcome.file.read_bytes(), outcome.received, language())
            write_whole(folder / outcome.file.name, partial(Path.write_bytes, data=content))
