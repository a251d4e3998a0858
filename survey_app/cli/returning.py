"""shokai return: gives items of a reply back for correction; the form that is made then says why."""

from collections.abc import Iterator
from pathlib import Path

import click
from sqlite_utils import Database

from exports.needs import needs_table
from questions.answers import Place
from questions.life import NotAllowed
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.forms import known_reply
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.words import language, tell
from survey_app.store.audit import Who
from survey_app.store.needs import need_numbers
from survey_app.store.replies import Reply
from survey_app.store.returns import NothingReturned, return_items


@click.command(
    "return",
    cls=Told,
    ja="市町村の回答の項目を、理由を付けて差し戻す。\n\n"
    "CODE は6桁の団体コード（名称でもよい）です。ITEM は設問又は表の番号（例：B4、D）か、要望の管理番号"
    "（例：074446-01。その要望の全部の欄）、管理番号の後に欄の番号を付けたもの（例：074446-01.D6）です。\n"
    "差し戻したら shokai form で、理由の入った回答票を作れます。",
    en="Give items of a reply back for correction, with a reason.\n\n"
    "CODE is a municipality's six-digit code (or its name). ITEM is the number of a question or table (B4, D), the "
    "number of a need (074446-01: all its columns), or that with one column (074446-01.D6).\n"
    "Then shokai form writes the form with the reason in it.",
)
@click.argument("inquiry")
@click.argument("code")
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@click.option(
    "--reason", cls=Option, required=True, ja="差し戻す理由（市町村に示す）。", en="Why, for the municipality."
)
@with_database
def give_back(inquiry: str, code: str, items: tuple[str, ...], reason: str, database: Path) -> None:
    """Return items."""
    with opened(database) as held:
        reply = known_reply(held, known_inquiry(held, inquiry), code)
        places = [place for item in items for place in _places(held, reply, item)]
        try:
            return_items(held, reply, dict.fromkeys(places, reason), Who(None, "shokai return", clock.now()))
        except NotAllowed as fault:
            raise _refused(fault) from fault
        except NothingReturned as fault:
            raise Failure(
                "差し戻せる項目ではないか、理由がありません。提出された回答にある設問の番号と、理由を指定してください。",
                "These are no items that can be returned, or there is no reason. Name questions of the reply.",
            ) from fault
    name = reply.setting.roster.name(reply.municipality)
    tell(f"{name}に{'、'.join(items)}を差し戻しました。", f"Returned to {name}: {', '.join(items)}.")


def _places(held: Database, reply: Reply, item: str) -> Iterator[Place]:
    """Yield what an item names. Raises Failure."""
    control, _, column = item.partition(".")
    numbers = need_numbers(held, reply.inquiry)
    rows = {f"{code}-{number:02d}": row for (code, row), number in numbers.items() if code == reply.municipality}
    if control not in rows:
        yield "", item
        return
    row, table = rows[control], needs_table(reply.inquiry.questionnaire)
    examination = reply.examination()
    columns = [] if table is None else [one.name for one in table.questions if examination.asked(one.name, row)]
    if column and column not in columns:
        raise Failure(f"{control} に欄 {column} はありません。", f"{control} has no column {column}.")
    yield from ((row, name) for name in ([column] if column else columns))


def _refused(fault: NotAllowed) -> Failure:
    from survey_app.wording import REFUSALS, translate  # noqa: PLC0415 (loads Flask-Babel)

    told = translate(REFUSALS[fault.reason], language())
    return Failure(f"差し戻せません。{told}", f"Nothing can be returned. {told}")
