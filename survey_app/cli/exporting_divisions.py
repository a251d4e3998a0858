"""shokai export --divisions: the workbook of each relevant division, for the newest round that is open."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from exports.fitting import Unwritable
from survey_app import clock
from survey_app.cli.failures import Failure, unwritable
from survey_app.cli.folders import make_folder
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.places import write_whole
from survey_app.cli.words import tell
from survey_app.store.rounds import rounds

if TYPE_CHECKING:
    from survey_app.consulting.matters import Consultation


def write_divisions(inquiry: str, folder: Path, database: Path) -> None:
    """Write the workbooks into a folder, which is made when it is missing. Raises Failure."""
    from survey_app.consulting.books import divisions_asked  # noqa: PLC0415 (loads XlsxWriter: only when needed)
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
        asking = consultation(held, found, running[-1].number)
        unwritten = [fault for one in divisions_asked(asking) if (fault := _write(held, asking, one, folder))]
        written = len(divisions_asked(asking)) - len(unwritten)
    number = running[-1].number
    tell(
        f"{folder} に第{number}回の関係課ごとのブックを{written}冊作りました。",
        f"Wrote {written} workbook(s) of round {number} to {folder}.",
    )
    if unwritten:
        told = [unwritable(one) for one in unwritten]
        raise Failure("\n".join(one.ja for one in told), "\n".join(one.en for one in told))


def _write(held: Database, asking: "Consultation", division: int, folder: Path) -> Unwritable | None:
    """Write the workbook of a division; return why that cannot be."""
    from survey_app.consulting.books import book_name, division_book  # noqa: PLC0415 (loads XlsxWriter)

    try:
        content = division_book(held, asking, division, clock.now())
    except Unwritable as fault:
        return fault
    write_whole(folder / book_name(asking, division), partial(Path.write_bytes, data=content))
    return None
