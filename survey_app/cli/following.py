"""shokai follow-up: the promises whose date has passed, for the divisions that made them."""

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.answers.replies import status, whole
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.places import check_place, write_whole
from survey_app.cli.words import tell
from survey_app.store.follow_ups import Promise, promises
from survey_app.store.publications import last_publication

if TYPE_CHECKING:
    from exports.answers.follow_page import Followed


@click.command(
    cls=Told,
    ja="時期を過ぎた約束の一覧（Excel）を、課ごとに作る。\n\n"
    "「対応予定」「一部対応・代替措置」で市町村に知らせた時期の月が過ぎ、どうなったかの記録が済んでいないものです。"
    "課ごとのシートに、状況を書く欄があります。書かれた内容は、画面の「約束のその後」で記録します。\n"
    "一つもないときは、ファイルを作りません。",
    en="Write a list of the promises whose date has passed, a sheet for each division.\n\n"
    "Those that municipalities were told of, whose month has passed and of which nothing final was noted. The sheets "
    "have columns for what became of them; note it on the pages. Without any, no file is written.",
)
@click.argument("inquiry")
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
def follow_up(inquiry: str, output: Path, database: Path) -> None:
    """Write the promises that are over."""
    from exports.answers.follow_page import FollowUpBook, follow_up_bytes  # noqa: PLC0415 (loads XlsxWriter)
    from survey_app.wording_publishing import STATUSES  # noqa: PLC0415 (loads Flask-Babel)

    check_place(output, (".xlsx",))
    now = clock.now()
    with opened(database) as held:
        found = known_inquiry(held, inquiry)
        published = last_publication(held, found)
        over = [one for one in promises(held, found) if one.is_over(now.date())]
    if not over or published is None:
        tell("時期を過ぎた約束はありません。", "No promise is over.")
        return
    by_division = defaultdict(list)
    for one in sorted(over, key=lambda promise: (promise.due, promise.needs[0].control)):
        by_division[one.answer.name].append(_followed(one, published.contents.names))
    book = FollowUpBook(found.title, found.issuer, now, list(STATUSES.values()), dict(sorted(by_division.items())))
    write_whole(output, partial(Path.write_bytes, data=follow_up_bytes(book)))
    tell(
        f"{output} を作りました：時期を過ぎた約束 {len(over)}件（{len(by_division)}課）",
        f"Wrote {output}: {len(over)} promise(s) of {len(by_division)} division(s) over",
    )


def _followed(one: Promise, names: dict[str, str]) -> "Followed":
    from exports.answers.follow_page import Followed  # noqa: PLC0415 (loads XlsxWriter)
    from exports.answers.told import show_month  # noqa: PLC0415
    from survey_app.wording_publishing import STATUSES  # noqa: PLC0415 (loads Flask-Babel)

    noted = [f"{note.noted_at:%Y/%m/%d} {STATUSES[note.status]}：{note.text}" for note in one.notes]
    return Followed(
        controls="\n".join(need.control for need in one.needs),
        towns="\n".join(names.get(need.municipality, need.municipality) for need in one.needs),
        subject=one.needs[0].subject,
        told=f"【{status(one.needs[0])}】{whole(one.answer)}",
        planned=show_month(f"{one.due:%Y-%m}", "ja"),
        noted="\n".join(noted),
    )
