"""shokai opinions: takes in what municipalities wrote into their 回答書."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey_app import clock
from survey_app.cli.commands import Told, with_database
from survey_app.cli.failures import FAILED
from survey_app.cli.found import tell_found
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.taking_in import came_back, check_places, write_found, write_marked
from survey_app.cli.words import language, spoken, tell
from survey_app.store.audit import Who

if TYPE_CHECKING:
    from survey_app.opinions.taking import TakenLetter

ACTOR = "Excel回答書"


@click.command(
    cls=Told,
    ja="市町村が回答書（Excel）に書いた意見を取り込む。\n\n"
    "PATH は回答書のファイルか、それが入ったフォルダです。どの団体のどの公表のものかは、回答書そのものから"
    "見分けます。\n"
    "意見は、画面で送られたものと同じように保存します。同じファイルを何度取り込んでも、意見は一度だけ保存されます。\n"
    "取り込めなかったものが一つでもあれば、終了コードは1になります。",
    en="Take in what municipalities wrote into their letters.\n\n"
    "PATH is a letter or a folder of letters. Whose it is, and of which publication, is told by the letter itself.\n"
    "Opinions are kept as those sent on the pages are. However often a file is taken in, each is kept once.\n"
    "Ends with 1 when anything was not taken in.",
)
@came_back
@with_database
def opinions(
    inquiry: str, paths: tuple[Path, ...], dry_run: bool, report: Path | None, marked: Path | None, database: Path
) -> int:
    """Take opinions in."""
    from survey_app.opinions.taking import LetterBatch  # noqa: PLC0415 (loads what reads workbooks)
    from survey_app.receiving.batches import forms_in  # noqa: PLC0415

    check_places(paths, report, marked)
    files = forms_in(paths)
    with opened(database) as held:
        batch = LetterBatch(held, known_inquiry(held, inquiry), Who(None, ACTOR, clock.now()), dry=dry_run)
        letters = list(batch.take((file.name, file.read_bytes()) for file in files))
    _tell(letters, dry=dry_run)
    if report is not None:
        _report(report, letters)
    if marked is not None:
        write_marked(marked, _marked(files, letters))
    return FAILED if not all(letter.whole for letter in letters) else 0


def _tell(letters: "Sequence[TakenLetter]", *, dry: bool) -> None:
    """Print a table of the files and what is to be looked at, then how many opinions are new."""
    from survey_app.opinions.reporting import entries, said_of  # noqa: PLC0415 (loads Flask-Babel)

    rows = [(spoken("ファイル", "File"), spoken("団体", "Municipality"), spoken("結果", "Outcome"))]
    rows += [(one.file, one.town or "―", said_of(one, language())) for one in letters]
    for line in table(rows) if letters else ():
        click.echo(line)
    tell_found(entries(letters, language()))
    new = sum(len(one.new) for one in letters)
    done = "見つけました（保存していません）" if dry else "受け取りました"
    tell(
        f"{len(letters)}ファイルから新しい意見{new}件を{done}。",
        f"{new} new comment(s) in {len(letters)} file(s) {'found (nothing saved)' if dry else 'kept'}.",
    )


def _report(report: Path, letters: "Sequence[TakenLetter]") -> None:
    from survey_app.opinions.reporting import REPORT, entries  # noqa: PLC0415 (loads Flask-Babel, XlsxWriter)
    from survey_app.receiving.reporting import write_report  # noqa: PLC0415

    lines = list(entries(letters, language()))
    write_found(report, lambda file: write_report(file, lines, clock.now(), REPORT))


def _marked(files: Sequence[Path], letters: "Sequence[TakenLetter]") -> Iterator[tuple[str, bytes]]:
    from survey_app.opinions.reporting import marked_book  # noqa: PLC0415 (loads Flask-Babel)

    for file, letter in zip(files, letters, strict=True):
        if letter.findings:
            yield file.name, marked_book(file.read_bytes(), letter, language())
