"""shokai consult, shokai respond: asks the relevant divisions, and takes their workbooks in."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlite_utils import Database

from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import FAILED, Failure
from survey_app.cli.found import tell_found
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.taking_in import came_back, check_places, write_found, write_marked
from survey_app.cli.words import language, spoken, tell
from survey_app.consulting.starting import faults_of, plain_request
from survey_app.deadlines import read_deadline
from survey_app.store.asking import Only, plan
from survey_app.store.asking_again import reasons
from survey_app.store.audit import Who
from survey_app.store.cut_needs import cut_needs, needs_now
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.round_cuts import fix_for_round
from survey_app.store.rounds import NewRound, Round, open_round, rounds

if TYPE_CHECKING:
    from survey_app.consulting.batches import BookOutcome
    from survey_app.consulting.matters import Consultation

ACTOR = "関係課のブック"


@click.command(
    cls=Told,
    ja="関係課への照会を始める。\n\n"
    "いまの提出内容で集計を確定し、その要望を、振り分けのとおり関係課に照会します（新しい回になります）。"
    "確定した集計で照会するときは --cut でその番号を指定します。受け持つ課のない要望は照会しません。\n"
    "第2回からは、改めて照会する要望（まだ照会していないもの、主担当の課の回答がないもの、回答の後に変わったもの、市町村の意見が"
    "あったもの、回答が検討中などのもの）だけを照会します。すべての要望を照会するときは --all を付けます。\n"
    "始めたら shokai export INQUIRY --divisions DIR で関係課ごとのブックを作れます。",
    en="Ask the relevant divisions.\n\n"
    "Fixes a cut of what is handed in now and asks the divisions about its needs, as they are routed (a new round). "
    "--cut names a cut that was fixed before. Needs that no division answers are not asked.\n"
    "From the second round on only what is left over is asked: needs nobody was asked about, without a response of the "
    "lead, changed since, with an opinion of the municipality, or left open by the response. --all asks all again.\n"
    "Then shokai export INQUIRY --divisions DIR writes the workbook of each division.",
)
@click.argument("inquiry")
@click.option("--due", cls=Option, required=True, ja="回答期限（例：2027-01-29T17:15）。", en="When responses are due.")
@click.option("--request", cls=Option, default="", ja="関係課へのお願い。", en="What the divisions are asked to do.")
@click.option(
    "--cut", cls=Option, type=click.IntRange(min=1), ja="確定した集計の番号。", en="The number of a cut fixed before."
)
@click.option(
    "--all",
    "whole",
    cls=Option,
    is_flag=True,
    ja="第2回からも、すべての要望を照会する。",
    en="Ask about all needs again, from the second round on too.",
)
@with_database
def consult(inquiry: str, due: str, request: str, cut: int | None, whole: bool, database: Path) -> None:
    """Open a round."""
    from survey_app.consulting.matters import consultation  # noqa: PLC0415 (loads what reads needs)

    until, asked_of_them = _due(due), plain_request(request)
    with opened(database) as held:
        found, who = known_inquiry(held, inquiry), Who(None, "shokai consult", clock.now())
        _check(until, asked_of_them, who.at)
        only, seen = _to_be_asked(held, found, cut, who.at, whole=whole)
        number = cut or fix_for_round(held, found, secrets.token_urlsafe(24), who).number
        new = NewRound(number, until, asked_of_them, secrets.token_urlsafe(24), seen, only)
        asking = consultation(held, found, _opened_round(held, found, new, who).number)
    asked, opened_number = {one.division for one in asking.lines}, asking.round.number
    tell(
        f"第{opened_number}回の照会を始めました（要望 {len(asking.asked_keys)}件を{len(asked)}課に）。",
        f"Opened round {opened_number}: {len(asking.asked_keys)} need(s), {len(asked)} division(s).",
    )
    _tell_unasked(asking)


def _opened_round(held: Database, inquiry: Inquiry, new: NewRound, who: Who) -> Round:
    try:
        return open_round(held, inquiry, new, who)
    except Overtaken as fault:
        raise Failure(
            "照会を始めていません。この間に、ほかの方が照会を始めたか、要望や振り分けが変わりました。"
            "画面の「関係課」で確かめて、必要ならもう一度実行してください。",
            "No round was opened. Meanwhile somebody else opened one, or needs or their routing changed. "
            "Look at the pages and run it again if it is still wanted.",
        ) from fault


def _to_be_asked(held: Database, inquiry: Inquiry, cut: int | None, now: datetime, *, whole: bool) -> tuple[Only, str]:
    """Return the needs that a round is about (None: all), and the mark of its plan. Raises Failure without a need."""
    try:
        found = needs_now(held, inquiry, now) if cut is None else cut_needs(held, inquiry, cut)
    except (LookupError, OverflowError) as fault:
        raise Failure(f"集計 {cut} はありません。", f"There is no cut {cut}.") from fault
    only = None if whole or not rounds(held, inquiry) else frozenset(reasons(held, inquiry, found))
    asked = plan(held, inquiry, found, now.date(), only)
    if asked.asked:
        return only, mark(asked.told)
    if only is not None and plan(held, inquiry, found, now.date()).asked:
        raise Failure(
            "改めて照会する要望がありません。すべての要望をもう一度照会するときは、--all を付けて実行してください。",
            "There is no need left over to ask about. --all asks about all of them again.",
        )
    raise Failure(
        "受け持つ課のある要望がありません。画面の「関係課」で振り分けを登録してください。",
        "No need has a division that answers it. Set the routing up on the pages.",
    )


def _check(due: datetime, request: str, now: datetime) -> None:
    """Look at what the page looks at. Raises Failure."""
    from survey_app.wording_consulting import starting  # noqa: PLC0415 (loads Flask-Babel)

    if faults := faults_of(due, request, now):
        options = {"due": "--due", "request": "--request"}
        told = "\n".join(f"{options[one.about]}：{starting(one, language())}" for one in faults)
        raise Failure(f"照会を始めていません。\n{told}", f"No round was opened.\n{told.replace('：', ': ')}")


def _tell_unasked(asking: "Consultation") -> None:
    """Say what nobody is asked about, as the page of the round does."""
    if asking.unowned:
        named = spoken("、", ", ").join(one.control for one in asking.unowned)
        merged = asking.merged_unowned
        tell(
            f"受け持つ課がなく、照会していない要望 {len(asking.unowned)}件"
            f"{f'（ほかに、まとめ済み{merged}件）' if merged else ''}：{named}",
            f"Nobody answers for {len(asking.unowned)} need(s), which are not asked"
            f"{f' ({merged} more merged with them)' if merged else ''}: {named}",
        )
    if asking.left_to_before:
        count = len(asking.left_to_before)
        tell(
            f"前の回の回答が残り、この回では照会しない要望 {count}件（--all ですべて照会できます）。",
            f"{count} need(s) keep the response of a round before and are not asked again (--all asks about all).",
        )


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
    "取り込めなかったものや、そのままでは提出できない記入が一つでもあれば、終了コードは1になります。",
    en="Take in workbooks that divisions filled in.\n\n"
    "PATH is a workbook or a folder of workbooks. Whose it is, and of which round, is told by the workbook itself.\n"
    "Responses are saved, not handed in (with --hand-in those of divisions that answered everything are). A blank "
    "erases nothing, and what was changed after the workbook was made is not overwritten. Rows about needs of other "
    "divisions are refused. Taking the same file in again changes nothing.\n"
    "Ends with 1 when anything was not taken in, or cannot be handed in as it is.",
)
@came_back
@click.option(
    "--hand-in",
    cls=Option,
    is_flag=True,
    ja="全ての要望に回答のある課は、提出済みにする。",
    en="Hand in for divisions that answered everything.",
)
@click.option(
    "--hand-in-ready",
    cls=Option,
    is_flag=True,
    ja="記入のそろった回答だけでも、提出済みにする。",
    en="Hand in what can be, of divisions that did not answer everything too.",
)
@with_database
def respond(
    inquiry: str,
    paths: tuple[Path, ...],
    database: Path,
    report: Path | None,
    marked: Path | None,
    **options: bool,
) -> int:
    """Take in workbooks of divisions."""
    from survey_app.consulting.batches import BookBatch  # noqa: PLC0415 (loads what reads workbooks)
    from survey_app.receiving.batches import forms_in  # noqa: PLC0415

    check_places(paths, report, marked)
    files = forms_in(paths)
    with opened(database) as held:
        who = Who(None, ACTOR, clock.now())
        how = {"dry": options["dry_run"], "hand_in": options["hand_in"], "part": options["hand_in_ready"]}
        batch = BookBatch(held, known_inquiry(held, inquiry), who, **how)
        outcomes = list(batch.take((file.name, file.read_bytes()) for file in files))
    _tell(outcomes, dry=options["dry_run"])
    if report is not None:
        _report(report, outcomes)
    if marked is not None:
        write_marked(marked, _marked(files, outcomes))
    return FAILED if not all(outcome.sound for outcome in outcomes) else 0


def _tell(outcomes: "Sequence[BookOutcome]", *, dry: bool) -> None:
    """Print a table of the files, then how many of them were taken in."""
    from survey_app.consulting.batches import entries, said_of  # noqa: PLC0415 (loads Flask-Babel)

    rows = [(spoken("ファイル", "File"), spoken("関係課", "Division"), spoken("結果", "Outcome"))]
    rows += [(one.book.file, one.division or "―", said_of(one, language())) for one in outcomes]
    for line in table(rows) if outcomes else ():
        click.echo(line)
    tell_found(entries(outcomes, language()))
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
    write_found(report, lambda file: write_report(file, lines, clock.now(), REPORT))


def _marked(files: Sequence[Path], outcomes: "Sequence[BookOutcome]") -> Iterator[tuple[str, bytes]]:
    from survey_app.consulting.marking import marked_book  # noqa: PLC0415 (loads Flask-Babel)

    for file, outcome in zip(files, outcomes, strict=True):
        if outcome.book.findings:
            yield file.name, marked_book(file.read_bytes(), outcome.book, language())
