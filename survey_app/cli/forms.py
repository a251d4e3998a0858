"""shokai form: the form workbook of one municipality."""

from pathlib import Path

import click
from sqlite_utils import Database

from questions.answers import Place
from questions.setting import AmbiguousName, Roster
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.places import check_place, write_whole
from survey_app.cli.words import tell
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.returns import open_items
from survey_app.store.rosters import roster


@click.command(
    cls=Told,
    ja="1団体の回答票（Excel）を作る。\n\n"
    "CODE は6桁の団体コード（名称でもよい）です。いまの回答と、差し戻された項目の理由が入ります。"
    "記入された回答票は shokai receive で取り込みます。",
    en="Write the form workbook of one municipality.\n\n"
    "CODE is its six-digit code (or its name). It holds the answers as they stand, and why items came back. "
    "Forms that were filled in are taken in with shokai receive.",
)
@click.argument("inquiry")
@click.argument("code")
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
def form(inquiry: str, code: str, output: Path, database: Path) -> None:
    """Write the form of one municipality."""
    check_place(output, (".xlsx",))
    with opened(database) as held:
        reply = known_reply(held, known_inquiry(held, inquiry), code)
        content = _book(held, reply)
    write_whole(output, lambda file: file.write_bytes(content))
    name = reply.setting.roster.name(reply.municipality)
    tell(
        f"{output} を作りました：{name}（{reply.municipality}）の回答票",
        f"Wrote {output}: the form of {name} ({reply.municipality})",
    )


def known_reply(database: Database, inquiry: Inquiry, code: str) -> Reply:
    """Return the reply of a municipality by its code or name. Raises Failure."""
    known = roster(database)
    found = _code(known, code)
    try:
        return find_reply(database, inquiry, found, Surroundings(known, Who(None, "shokai", clock.now())))
    except LookupError as fault:
        raise Failure(
            f"{known.name(found)}（{found}）は、照会「{inquiry.name}」の対象ではありません。",
            f"{known.name(found)} ({found}) is no target of the inquiry “{inquiry.name}”.",
        ) from fault


def _code(known: Roster, text: str) -> str:
    try:
        found = known.find(text)
    except AmbiguousName as fault:
        raise Failure(
            f"「{text}」という市町村は複数あります。6桁の団体コードで指定してください。",
            f"Several municipalities bear the name “{text}”. Give the six-digit code.",
        ) from fault
    if found is None:
        raise Failure(
            f"「{text}」という市町村はありません。6桁の団体コードか名称を確かめてください。",
            f"There is no municipality “{text}”. Check the six-digit code or the name.",
        )
    return found.code


def _book(database: Database, reply: Reply) -> bytes:
    from survey_app.receiving.forms import earlier_of, form_book  # noqa: PLC0415 (loads XlsxWriter: only when needed)

    returned: dict[Place, str] = {place: item.reason for place, item in open_items(database, reply).items()}
    return form_book(reply, clock.now(), returned=returned, earlier=earlier_of(database, reply))
