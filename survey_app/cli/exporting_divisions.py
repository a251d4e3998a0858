"""shokai export --divisions: the workbook of each relevant division, for the newest round that is open."""

from pathlib import Path

from survey_app import clock
from survey_app.cli.failures import Failure
from survey_app.cli.folders import make_folder
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.words import tell
from survey_app.store.rounds import rounds


def write_divisions(inquiry: str, folder: Path, database: Path) -> None:
    """Write the workbooks into a folder, which is made when it is missing. Raises Failure."""
    from survey_app.consulting.books import write_division_books  # noqa: PLC0415 (loads XlsxWriter: only when needed)
    from survey_app.consulting.matters import consultation  # noqa: PLC0415

    with opened(database) as held:
        found = known_inquiry(held, inquiry)
        running = [one for one in rounds(held, found) if one.is_open]
        if not running:
            raise Failure(
                f"「{found.name}」には、受付中の関係課への照会がありません。"
                "画面の「関係課への照会」か shokai consult で始めてください。",
                f"No round of “{found.name}” is open. Open one on the pages or with shokai consult.",
            )
        make_folder(folder)
        written = write_division_books(held, consultation(held, found, running[-1].number), folder, clock.now())
    number = running[-1].number
    tell(
        f"{folder} に第{number}回の関係課ごとのブックを{len(written)}冊作りました。",
        f"Wrote {len(written)} workbook(s) of round {number} to {folder}.",
    )
