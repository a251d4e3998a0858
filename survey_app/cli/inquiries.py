"""shokai inquiry: opening inquiries and listing them."""

from datetime import datetime
from pathlib import Path

import click
from sqlite_utils import Database

from questions.life import State
from survey_app import clock, wording_rosters
from survey_app.cli.commands import Group, Option, Told, with_database
from survey_app.cli.deadlines import read_deadline, show_moment
from survey_app.cli.failures import Failure
from survey_app.cli.opening import opened
from survey_app.cli.pages import table
from survey_app.cli.questionnaires import known_questionnaire
from survey_app.cli.words import language, spoken, tell
from survey_app.preparing.naming import NAME
from survey_app.preparing.starting import ISSUER
from survey_app.rosters.reading import FaultyRoster, read_targets
from survey_app.store.audit import Who
from survey_app.store.inquiries import (
    Inquiry,
    InquiryExists,
    NewInquiry,
    UnknownTargets,
    inquiries,
    open_inquiry,
    standings,
)
from survey_app.store.rosters import roster
from survey_app.store.turnout import counted

MOST_NAMED = 20

inquiry = Group(
    name="inquiry",
    no_args_is_help=True,
    ja="照会を始める、一覧を見る。",
    en="Open inquiries and list them.",
)


@inquiry.command(
    "open",
    cls=Told,
    ja="調査票を市町村に送り、照会を始める。\n\n"
    "QUESTIONNAIRE は備わっている調査票の名前（shokai questionnaire list）か、TOMLファイル又はXLSForm（.xlsx）です。\n"
    "期限は 2026-12-18T17:15、2026-12-18（その日の終わりまで）、令和8年12月18日17時15分 のように書きます。\n"
    "対象は、見出しに code のあるCSVか、1行に1団体コードのファイルで指定します。指定しなければ全市町村です。",
    en="Send a questionnaire to municipalities.\n\n"
    "QUESTIONNAIRE is a name of the catalogue (shokai questionnaire list), a TOML file or an XLSForm (.xlsx).\n"
    "Deadline: 2026-12-18T17:15, 2026-12-18 (to the end of the day), or as Japanese officials write it (Asia/Tokyo).\n"
    "Targets: a CSV with a column code, or one code a line; without them, all municipalities.",
)
@click.argument("questionnaire")
@click.option("--deadline", cls=Option, required=True, ja="回答期限（日本時間）。", en="The deadline (Asia/Tokyo).")
@click.option(
    "--targets",
    cls=Option,
    type=click.Path(path_type=Path),
    ja="対象市町村のファイル。",
    en="The file of the targets.",
)
@click.option("--name", cls=Option, ja="照会の名前（URLにも使う）。既定は調査票の名前。", en="The inquiry's name.")
@click.option("--title", cls=Option, ja="件名。既定は調査票の題名。", en="Its title; by default the questionnaire's.")
@click.option("--issuer", cls=Option, default=ISSUER, show_default=True, ja="照会元。", en="Who asks.")
@click.option("--purpose", cls=Option, default="", ja="趣旨（回答者に示す）。", en="What it is for, shown to officers.")
@with_database
def open_one(questionnaire: str, deadline: str, targets: Path | None, database: Path, **texts: str | None) -> None:
    """Open an inquiry."""
    asked = known_questionnaire(questionnaire)
    now = clock.now()
    new = NewInquiry(
        name=_name(texts["name"] or asked.name),
        title=texts["title"] or asked.title.ja,
        issuer=texts["issuer"] or ISSUER,
        purpose=texts["purpose"] or "",
        questionnaire=asked,
        deadline=_deadline(deadline, now),
        targets=() if targets is None else _targets(targets),
    )
    with opened(database) as held:
        made = open_new(held, new, Who(None, "shokai", now))
        count = len(standings(held, made))
    tell(
        f"照会「{made.name}」を始めました：{made.title}（対象 {count}団体、期限 {show_moment(made.deadline)}）",
        f"The inquiry “{made.name}” is open: {made.title} ({count} targets, until {made.deadline:%Y-%m-%d %H:%M})",
    )


@inquiry.command(
    "list",
    cls=Told,
    ja="照会の一覧を見る（名前、期限、対象・提出・受付の数、件名）。",
    en="List the inquiries: name, deadline, numbers of targets, replies and accepted replies, title.",
)
@with_database
def list_all(database: Path) -> None:
    """List the inquiries."""
    with opened(database) as held:
        rows = [_row(held, one) for one in inquiries(held)]
    if not rows:
        tell("照会はまだありません。shokai inquiry open で始めます。", "There is no inquiry yet: shokai inquiry open.")
    for line in table(rows):
        click.echo(line)


def open_new(database: Database, new: NewInquiry, who: Who) -> Inquiry:
    """Open an inquiry to its targets, or to all municipalities when it names none. Raises Failure."""
    everybody = tuple(one.code for one in roster(database))
    if not everybody:
        raise Failure(
            "市町村が一つも登録されていません。先に shokai init を実行してください。",
            "No municipality is known. Run shokai init first.",
        )
    try:
        return open_inquiry(database, NewInquiry(**{**vars(new), "targets": new.targets or everybody}), who)
    except InquiryExists as fault:
        raise Failure(
            f"「{new.name}」という照会はすでにあります。--name で別の名前（例：{new.name}_2）を付けてください。",
            f"There is an inquiry “{new.name}” already. Give another name with --name (such as {new.name}_2).",
        ) from fault
    except UnknownTargets as fault:
        named = "、".join(map(str, fault.args[:MOST_NAMED])) + (" …" if len(fault.args) > MOST_NAMED else "")
        raise Failure(
            f"対象のうち{len(fault.args)}団体が市町村の一覧にありません：{named}。コードを直すか、shokai init --roster "
            "で一覧に加えてください。照会は始めていません。",
            f"{len(fault.args)} target(s) are not in the roster: {named}. Correct them, or add them with "
            "shokai init --roster. No inquiry was opened.",
        ) from fault


def _row(database: Database, one: Inquiry) -> tuple[str, ...]:
    standing = standings(database, one)
    found = counted(standing, clock.now())
    handed, accepted = found.handed_in, found.states[State.ACCEPTED]
    counts = spoken(
        f"対象{len(standing)} 提出{handed}（うち受付{accepted}）",
        f"{len(standing)} targets, {handed} replies ({accepted} accepted)",
    )
    deadline = show_moment(one.deadline) if language() == "ja" else f"{one.deadline:%Y-%m-%d %H:%M}"
    return (one.name, deadline, counts, one.title)


def _name(name: str) -> str:
    if NAME.fullmatch(name) is None:
        raise Failure(
            f"照会の名前「{name}」は使えません。半角の英数字と「_」「-」で、64字以内にしてください。",
            f"The name “{name}” cannot be used: letters, digits, “_” and “-”, at most 64 of them.",
        )
    return name


def _deadline(text: str, now: datetime) -> datetime:
    found = read_deadline(text)
    if found is None:
        raise Failure(
            f"期限「{text}」が読み取れません。2026-12-18T17:15、令和8年12月18日17時 のように書いてください。",
            f"The deadline “{text}” cannot be read. Write it as 2026-12-18T17:15 or 2026-12-18.",
        )
    if found <= now:
        raise Failure(
            f"期限 {show_moment(found)} は過ぎています（いま {show_moment(now)}）。先の日時を指定してください。",
            f"The deadline {found:%Y-%m-%d %H:%M} has passed (it is {now:%Y-%m-%d %H:%M}). Name a later one.",
        )
    return found


def _targets(path: Path) -> tuple[str, ...]:
    try:
        return read_targets(path.read_bytes())
    except FaultyRoster as faulty:
        told = "\n".join(f"  {wording_rosters.fault(fault, language())}" for fault in faulty.faults)
        raise Failure(
            f"対象のファイル {path} に誤りが{len(faulty.faults)}件あります。照会は始めていません。\n{told}",
            f"The file of targets {path} has {len(faulty.faults)} fault(s). No inquiry was opened.\n{told}",
        ) from faulty
