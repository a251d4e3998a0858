"""shokai publish: tells the municipalities what became of their needs, and writes their 回答書."""

import secrets
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from exports.needs import Key
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.folders import make_folder
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.places import write_whole
from survey_app.cli.words import language, spoken, tell
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.publications import NewPublication, NothingToTell, Published, last_publication
from survey_app.store.publications import publish as publish_now
from survey_app.store.rounds import Round, find_round, rounds
from survey_app.store.telling import Lack, Prepared, differences, prepare

MOST_NAMED = 20


@click.command(
    cls=Told,
    ja="市町村に、要望への回答を公表する。\n\n"
    "画面の「公表の準備」と同じ内容を公表し、市町村ごとの回答書と、全団体が見る一覧（Excel）を DIR に書き出します。"
    "提出済みの回答だけを知らせます。公表した内容は取り消せません。--sure を付けないときは、知らせる内容と確かめること"
    "を示すだけで、公表しません（終了コードは1）。\n"
    "前回の公表から変わりがなければ、公表せずに、前回の公表のファイルだけを書き出します。",
    en="Tell the municipalities what became of their needs.\n\n"
    "Publishes what the pages would, and writes a letter to each municipality and the list that all of them share "
    "(Excel) into DIR. Only responses that were handed in are told. What was published cannot be taken back: without "
    "--sure it only says what would be told and what to look at, publishes nothing, and ends with 1.\n"
    "When nothing changed since the last publication, only its files are written again.",
)
@click.argument("inquiry")
@click.option(
    "-o",
    "--output",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path),
    ja="回答書を書き出すフォルダ。",
    en="The folder for the letters.",
)
@click.option(
    "--round",
    "number",
    cls=Option,
    type=click.IntRange(min=1),
    ja="どの回の回答を知らせるか。指定しないときは最後の回。",
    en="The round whose responses are told; without it, the last one.",
)
@click.option(
    "--sure",
    cls=Option,
    is_flag=True,
    ja="知らせる内容を確かめた。公表する。",
    en="What is told was looked at: publish it.",
)
@click.option(
    "--as-they-are",
    cls=Option,
    multiple=True,
    ja="団体名を伏せる要望のうち、文中に手掛かりがあっても一覧に載せるもの（管理番号。何度でも）。",
    en="A need (by its number) that is shared although its words name the municipality; any number of times.",
)
@click.option(
    "--write-only",
    cls=Option,
    is_flag=True,
    ja="公表せず、最後の公表のファイルだけを書き出す。",
    en="Publish nothing; write the files of the last publication.",
)
@with_database
def publish(inquiry: str, output: Path, database: Path, *, write_only: bool, **asked: Any) -> None:
    """Publish, and write the letters."""
    with opened(database) as held:
        found = known_inquiry(held, inquiry)
        last = last_publication(held, found)
        if write_only and last is None:
            raise Failure(f"「{inquiry}」は、まだ公表していません。", f"Nothing of “{inquiry}” was published yet.")
        make_folder(output)
        one = last if last is not None and write_only else _published(held, found, last, **asked)
    _write(one, output)


def _published(
    held: Database,
    inquiry: Inquiry,
    last: Published | None,
    *,
    number: int | None,
    sure: bool,
    as_they_are: Sequence[str],
) -> Published:
    """Publish unless nothing changed. Raises Failure."""
    now = clock.now()
    round_ = _round(held, inquiry, number)
    prepared = prepare(held, inquiry, round_, now)
    keys = frozenset(_key(prepared, control) for control in as_they_are)
    if last is not None and _is_same(prepared, last, keys):
        tell(
            f"第{last.number}回の公表から変わりがないため、公表していません。",
            f"Nothing changed since publication {last.number}: nothing was published.",
        )
        return last
    _tell(prepared, last)
    if not sure:
        raise Failure(
            "公表していません。公表した内容は取り消せません。内容を確かめて、--sure を付けて実行してください。",
            "Nothing was published. It cannot be taken back: look at it, then run this with --sure.",
        )
    new = NewPublication(prepared.digest, secrets.token_urlsafe(24), keys)
    try:
        done = publish_now(held, inquiry, round_, new, Who(None, "shokai publish", now))
    except Overtaken as fault:
        raise Failure(
            "公表していません。いま、ほかの方が公表したか、回答が変わりました。もう一度、内容を確かめてください。",
            "Nothing was published: somebody else published just now, or a response changed. Look at it again.",
        ) from fault
    except NothingToTell as fault:
        raise Failure("市町村に知らせる要望がありません。", "There is no need to tell of.") from fault
    tell(f"第{done.number}回の公表をしました。", f"Published: publication {done.number}.")
    return done


def _round(held: Database, inquiry: Inquiry, number: int | None) -> Round:
    known = rounds(held, inquiry)
    if not known:
        raise Failure(
            "関係課への照会をまだしていません。shokai consult で始めてください。",
            "The divisions were not asked yet: shokai consult.",
        )
    try:
        return known[-1] if number is None else find_round(held, inquiry, number)
    except (LookupError, OverflowError) as fault:
        raise Failure(
            f"第{number}回の照会はありません（第{known[-1].number}回まであります）。",
            f"There is no round {number} (the last one is {known[-1].number}).",
        ) from fault


def _key(prepared: Prepared, control: str) -> Key:
    found = next((one.told for one in prepared.lines if one.told.control == control), None)
    if found is None:
        raise Failure(f"管理番号 {control} の要望はありません。", f"There is no need {control}.")
    return found.key


def _is_same(prepared: Prepared, last: Published, keys: frozenset[Key]) -> bool:
    """Would the same be told? Without keys, what was shared as it is last time stays so."""
    shared = prepared.shared(keys) if keys else prepared.publication.model_copy(update={"shared": last.contents.shared})
    return shared == last.contents


def _tell(prepared: Prepared, last: Published | None) -> None:
    """Say how much would be told, what to look at before, and what is told otherwise than last time."""
    told, answered = len(prepared.lines), sum(one.told.lead is not None for one in prepared.lines)
    towns, shared = len(prepared.publication.told_to), len(prepared.publication.shared)
    unowned = len(prepared.lacking(Lack.UNOWNED))
    waiting = told - answered - unowned
    tell(
        f"{towns}団体に要望{told}件：回答あり {answered}、検討中（担当課の回答待ち） {waiting}、"
        f"担当課を調整中 {unowned}。全団体が見る一覧に{shared}件。",
        f"{told} need(s) of {towns} municipalities: {answered} answered, {waiting} under review, "
        f"{unowned} without a division yet; {shared} in the list that all share.",
    )
    if prepared.round.is_open:
        number = prepared.round.number
        tell(f"第{number}回の照会は、まだ受付中です。", f"Round {number} still takes responses.")
    for lack in Lack:
        if prepared.lacking(lack):
            _tell_lack(prepared, lack)
    if last is not None:
        changed = [now.control for now, _was in differences(prepared.publication, last.contents)]
        named = _named(changed)
        tell(
            f"第{last.number}回の公表から変わる要望 {len(changed)}件：{named or '－'}",
            f"Told otherwise than in publication {last.number}, {len(changed)}: {named or '-'}",
        )


def _tell_lack(prepared: Prepared, lack: Lack) -> None:
    from survey_app import wording_publishing  # noqa: PLC0415 (loads Flask-Babel)

    lines = prepared.lacking(lack)
    texts = []
    for one in lines:
        more = wording_publishing.about(lack, one, language())
        texts.append(f"{one.told.control}（{more}）" if more else one.told.control)
    head = wording_publishing.lack(lack, language())
    tell(f"確かめること：{head} {len(lines)}件：{_named(texts)}", f"Look at: {head}, {len(lines)}: {_named(texts)}")


def _named(texts: Sequence[str]) -> str:
    rest = len(texts) - MOST_NAMED
    more = spoken(f" ほか{rest}件", f" and {rest} more") if rest > 0 else ""
    return spoken("、", ", ").join(texts[:MOST_NAMED]) + more


def _write(one: Published, folder: Path) -> None:
    from exports.answers.books import all_books  # noqa: PLC0415 (loads XlsxWriter)

    letters, shared = len(one.contents.told_to), len(one.contents.shared)
    for name, content in all_books(one.contents, one.number, one.published_at):
        write_whole(folder / name, partial(Path.write_bytes, data=content))
    tell(
        f"{folder} に第{one.number}回の公表の回答書{letters}通を書き出しました（全団体が見る一覧は{shared}件）。",
        f"Wrote {letters} letter(s) of publication {one.number} to {folder} ({shared} need(s) in the shared list).",
    )
