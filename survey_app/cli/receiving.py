"""shokai receive: takes in forms that came back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey_app import clock
from survey_app.cli.acting import acting
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import FAILED
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.taking_in import came_back, check_places, write_found, write_marked
from survey_app.cli.words import language, spoken, tell
from survey_app.store.audit import Who
from survey_app.store.rosters import roster

if TYPE_CHECKING:
    from questions.setting import Roster
    from survey_app.receiving.batches import Outcome
    from survey_app.receiving.handing import HandedForm

ACTOR = "Excel回答票"


@click.command(
    cls=Told,
    ja="記入された回答票（Excel）を取り込む。\n\n"
    "PATH は回答票のファイルか、それが入ったフォルダです。どの団体の回答票かは、回答票そのもの、"
    "回答票に書かれた団体、ファイル名の順に見分けます。\n"
    "取り込んだ回答は保存されるだけで、提出はされません（--hand-in を付けると、回答票だけで提出できる団体は"
    "提出済みにします）。空欄で回答が消えることはなく、回答票を作った後に変更された回答は上書きしません。"
    "同じファイルを何度取り込んでも結果は同じです。\n"
    "取り込めなかったものが一つでもあれば、終了コードは1になります。",
    en="Take in forms that were filled in.\n\n"
    "PATH is a form or a folder of forms. Whose form it is, is told by the form itself, by the municipality written "
    "in it, or by the file's name.\n"
    "Answers are saved, not handed in (with --hand-in those are whose form alone makes a whole reply). A blank "
    "erases nothing, and an answer that was changed after the form was made is not overwritten. Taking the "
    "same file in again changes nothing.\n"
    "Ends with 1 when anything was not taken in.",
)
@came_back
@click.option(
    "--hand-in",
    "by",
    cls=Option,
    metavar="NAME",
    ja="そのまま提出できる回答票は、提出済みにする（代理入力。差し戻した項目の訂正も）。"
    "NAME は、県の照会担当のサインイン名。",
    en="Hand in, as NAME of the lead division, for municipalities whose form can be handed in as it is.",
)
@with_database
def receive(
    inquiry: str,
    paths: tuple[Path, ...],
    database: Path,
    *,
    dry_run: bool,
    by: str | None,
    **places: Path | None,
) -> int:
    """Take in forms."""
    from survey_app.receiving.batches import Batch, forms_in  # noqa: PLC0415 (loads what reads forms)
    from survey_app.receiving.handing import HandedForm, take_and_hand_in  # noqa: PLC0415

    report, marked = places["report"], places["marked"]
    check_places(paths, report, marked)
    files = forms_in(paths)
    with opened(database) as held:
        known, now = roster(held), clock.now()
        who = Who(None, ACTOR, now) if by is None else acting(held, by, ACTOR, now)
        batch = Batch(held, known_inquiry(held, inquiry), known, who, dry=dry_run)
        forms = [HandedForm(one) for one in batch.take(files)] if by is None else list(take_and_hand_in(batch, files))
    outcomes = [form.outcome for form in forms]
    _tell(outcomes, known, dry=dry_run)
    _tell_handed(forms, known)
    if report is not None:
        _report(report, outcomes, known)
    if marked is not None:
        write_marked(marked, _marked(outcomes))
    return FAILED if not all(outcome.whole for outcome in outcomes) else 0


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
        f"{len(outcomes)}ファイルのうち{taken}ファイルを{done}。",
        f"{taken} of {len(outcomes)} file(s) {'compared (nothing saved)' if dry else 'taken in'}.",
    )


def _tell_handed(forms: "Sequence[HandedForm]", known: "Roster") -> None:
    """Say how many replies were handed in, and why others were not."""
    from survey_app.wording_gathering import hindrance  # noqa: PLC0415 (loads Flask-Babel)

    for form in forms:
        if form.hindrance is not None and form.outcome.municipality:
            town, why = known.name(form.outcome.municipality), hindrance(form.hindrance, language())
            tell(f"{town}：{why}", f"{town}: {why}")
    handed = sum(form.handed for form in forms)
    if handed:
        tell(f"提出済みにした団体は{handed}です。", f"{handed} handed in.")
    else:
        tell("提出はしていません。", "None was handed in.")


def _report(report: Path, outcomes: "Sequence[Outcome]", known: "Roster") -> None:
    from survey_app.receiving.reporting import entries, write_report  # noqa: PLC0415 (loads Flask-Babel, XlsxWriter)

    lines = list(entries(outcomes, known, language()))
    write_found(report, lambda file: write_report(file, lines, clock.now()))


def _marked(outcomes: "Sequence[Outcome]") -> Iterator[tuple[str, bytes]]:
    from survey_app.receiving.marking import marked_book  # noqa: PLC0415 (loads Flask-Babel)

    for outcome in outcomes:
        if outcome.received is not None and outcome.received.findings:
            yield outcome.file.name, marked_book(outcome.file.read_bytes(), outcome.received, language())
