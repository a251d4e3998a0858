"""shokai rounds: the rounds of an inquiry, and where each division stands."""

from collections.abc import Iterator
from pathlib import Path

import click
from sqlite_utils import Database

from survey_app import clock
from survey_app.cli.commands import Told, with_database
from survey_app.cli.deadlines import show_moment
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.words import language, spoken, tell
from survey_app.store.inquiries import Inquiry
from survey_app.store.rounds import rounds


@click.command(
    cls=Told,
    ja="関係課への照会の回と、課ごとの回答の状況を見る。\n\n"
    "課ごとに、照会した要望、そのうち回答のある要望、期限、提出の有無を示します。期限を過ぎて提出のない課が先です。",
    en="List the rounds in which divisions are asked, and where each division stands.\n\n"
    "For each division: the needs it is asked about, how many it answered, its date, whether it handed in. Those "
    "overdue come first.",
)
@click.argument("inquiry")
@with_database
def show(inquiry: str, database: Path) -> None:
    """List the rounds."""
    with opened(database) as held:
        found = known_inquiry(held, inquiry)
        numbers = [one.number for one in rounds(held, found)]
        for number in numbers:
            for line in _round(held, found, number):
                click.echo(line)
    if not numbers:
        tell(
            "関係課への照会をまだしていません。shokai consult で始めます。",
            "The divisions were not asked yet: shokai consult.",
        )


def _round(held: Database, inquiry: Inquiry, number: int) -> Iterator[str]:
    from survey_app.consulting.answers import progress  # noqa: PLC0415 (loads what reads workbooks)
    from survey_app.consulting.matters import consultation  # noqa: PLC0415

    asking = consultation(held, inquiry, number)
    name = asking.cut.cut.name
    closed = "" if asking.round.is_open else spoken("、締切済", ", closed")
    yield spoken(f"第{number}回（{name}{closed}）", f"Round {number} ({name}{closed})")
    rows = []
    for one in progress(held, asking, clock.now()):
        counts = spoken(f"回答 {one.answered}/{one.total}", f"answered {one.answered}/{one.total}")
        due = show_moment(one.stands.due) if language() == "ja" else f"{one.stands.due:%Y-%m-%d %H:%M}"
        state = spoken("提出済", "handed in") if one.is_whole else spoken("未提出", "not handed in")
        if one.overdue:
            state = spoken("期限超過", "overdue")
        rows.append((f"  {one.division.name}", state, counts, due))
    yield from table(rows)
