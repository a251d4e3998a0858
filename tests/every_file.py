"""Every file that the product makes of one database, by name. As a program it says the digest of each.

``python tests/every_file.py DATABASE FOLDER`` writes {name: sha256} to standard output.
"""

import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from a_cut import sample_cut
from canaries import TOWNS
from round_desk import LEADER
from sqlite_utils import Database
from town import DEADLINE, OTHER, OWN

from exports.answers.books import all_letters, letter_bytes, letter_of, list_bytes
from exports.compiled import write_compiled
from exports.data.writing import WRITERS, write_data
from exports.versus.book import write_versus
from exports.versus.comparing import Versus
from exports.xlsform.writing import write_empty_xlsform, write_xlsform
from questions.reading import catalogue, read_catalogue
from survey_app.attached_files import write_files
from survey_app.consulting.books import division_books, zipped_books
from survey_app.consulting.marking import marked_book as marked_division_book
from survey_app.consulting.matters import consultation
from survey_app.consulting.taking import Expected
from survey_app.consulting.taking import receive as receive_division_book
from survey_app.receiving.forms import earlier_of, form_book
from survey_app.receiving.marking import marked_book
from survey_app.receiving.taking import receive
from survey_app.store.cuts import take_cut
from survey_app.store.database import connect
from survey_app.store.fixed_cuts import fixed_cuts, load_cut
from survey_app.store.inquiries import find_inquiry
from survey_app.store.publications import last_publication
from survey_app.store.replies import Surroundings, find_reply
from survey_app.store.returns import open_items
from survey_app.store.rosters import roster
from survey_app.store.rounds import rounds

Files = Iterator[tuple[str, bytes]]


def every_file(database: Database, folder: Path) -> Files:
    """Yield the name and the bytes of each file; ``folder`` takes what is written to a place."""
    yield from forms(database)
    yield from division_files(database)
    yield from letters(database)
    yield from xlsforms()
    yield from figures(database, folder)
    yield from data_files(database, folder)


def forms(database: Database) -> Files:
    """回答票 of each town: filled in, returned, drafted, blank; with files."""
    around = Surroundings(roster(database), LEADER)
    asked = [("support_needs", town) for town in (*TOWNS, "072010")]
    for name, town in (*asked, ("cooperation_cases", OWN), ("with_files", OWN), ("with_files", OTHER)):
        reply = find_reply(database, find_inquiry(database, name), town, around)
        returned = {place: item.reason for place, item in open_items(database, reply).items()}
        content = form_book(reply, DEADLINE, returned=returned, earlier=earlier_of(database, reply))
        yield f"form {name} {town}.xlsx", content


def marked(database: Database) -> Files:
    """What goes back to whoever sent a workbook as it was handed out; no two of them are the same bytes."""
    inquiry, around = find_inquiry(database, "support_needs"), Surroundings(roster(database), LEADER)
    for town in (OWN, OTHER):
        reply = find_reply(database, inquiry, town, around)
        sent = form_book(reply, DEADLINE)
        yield f"marked form {town}.xlsx", marked_book(sent, receive(database, reply, sent, file="x.xlsx", sure=True))
    for name, sent in division_books(database, consultation(database, inquiry, 1), DEADLINE):
        taken = receive_division_book(database, inquiry, (name, sent), Expected(), DEADLINE)
        assert taken.refusal is None, taken.refusal
        yield f"marked {name}", marked_division_book(sent, taken)


def division_files(database: Database) -> Files:
    """The workbooks of divisions, one by one and together."""
    inquiry = find_inquiry(database, "support_needs")
    for one in rounds(database, inquiry):
        held = consultation(database, inquiry, one.number)
        yield f"divisions {one.number}.zip", zipped_books(database, held, DEADLINE)
        for name, content in division_books(database, held, DEADLINE):
            yield f"division {name}", content


def letters(database: Database) -> Files:
    """回答書, the shared list, all of them together."""
    published = last_publication(database, find_inquiry(database, "support_needs"))
    assert published is not None
    contents, number, at = published.contents, published.number, published.published_at
    yield "letters.zip", all_letters(contents, number, at)
    yield "list.xlsx", list_bytes(contents, at)
    for town in contents.told_to:
        yield f"letter {town}.xlsx", letter_bytes(letter_of(contents, town, number, at))


def xlsforms() -> Files:
    """The questionnaires of the catalogue, and the empty form."""
    yield "empty xlsform.xlsx", _written(lambda file: write_empty_xlsform(file, DEADLINE))
    for name in catalogue():
        asked = read_catalogue(name)
        yield f"xlsform {name}.xlsx", _written(lambda file, asked=asked: write_xlsform(asked, file, DEADLINE))


def figures(database: Database, folder: Path) -> Files:
    """The compiled books: now, of a cut, with what changed; and the comparison of two inquiries."""
    inquiry = find_inquiry(database, "support_needs")
    now, fixed = (
        take_cut(database, inquiry, DEADLINE),
        load_cut(database, inquiry, fixed_cuts(database, inquiry)[0].number),
    )
    for name, cut, previous in (("now", now, None), ("of a cut", fixed, None), ("with changes", now, fixed)):
        place = folder / f"{name}.xlsx"
        write_compiled(cut, place, previous=previous)
        yield f"compiled {name}.xlsx", place.read_bytes()
    versus = Versus(sample_cut("support_needs", 20, seed=3), sample_cut("support_needs", 30, seed=4))
    yield "versus.xlsx", _written(lambda file: write_versus(versus, file))


def data_files(database: Database, folder: Path) -> Files:
    """The data in every format, and the files that were sent."""
    cut = take_cut(database, find_inquiry(database, "support_needs"), DEADLINE)
    for form in WRITERS:
        for encoding in ("utf-8", "cp932") if form == "csv" else ("utf-8",):
            for place in write_data(cut, folder / f"{encoding}.{form}", encoding):
                yield f"data {place.name}", place.read_bytes()
    inquiry = find_inquiry(database, "with_files")
    write_files(database, inquiry, take_cut(database, inquiry, DEADLINE), folder / "sent.zip")
    yield "sent.zip", (folder / "sent.zip").read_bytes()


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


if __name__ == "__main__":
    with connect(Path(sys.argv[1])) as opened:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in every_file(opened, Path(sys.argv[2]))}
    sys.stdout.write(json.dumps(digests))
