"""The compiled workbook (取りまとめ) that a division takes to the relevant divisions."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from exports.compiled.changed import changed
from exports.compiled.codebook import codebook
from exports.compiled.compilation import Compilation
from exports.compiled.cover import cover, place_moment
from exports.compiled.crossing import cross, needs_cross
from exports.compiled.holders import holders, place_holders
from exports.compiled.lists import table_list
from exports.compiled.municipalities import by_municipality, free_texts
from exports.compiled.proof import place_verdict, proof
from exports.compiled.status import roster, status
from exports.compiled.summary import summary
from exports.coordination import Coordination
from exports.cut import Cut
from exports.sheets import Sheet
from exports.workbook import Properties, write_workbook

Progress = Callable[[str], None]
"""Is told the name of each sheet before it is written."""


def write_compiled(
    cut: Cut,
    file: Path | str | BinaryIO,
    progress: Progress | None = None,
    previous: Cut | None = None,
    coordination: Coordination | None = None,
) -> None:
    """Write the compiled workbook of a cut; the same cut gives the same bytes.

    ``previous``: an earlier cut of the same inquiry; what changed since then has a sheet of its own. ``coordination``:
    what is settled about the needs, which 要望一覧 then tells; it changes while a cut does not, so the book of a fixed
    cut is made without it.

    A path is written under another name first and then renamed, so that it never holds half a book. Raises
    ``exports.workbook.CellRefused`` with the address of a cell that cannot hold its value.
    """
    about = Properties(f"{cut.title}　取りまとめ", cut.issuer, cut.inquiry, cut.taken_at)
    sheets = _told(_sheets(Compilation(cut, coordination), previous), progress)
    if not isinstance(file, Path | str):
        write_workbook(file, about, sheets)
        return
    path = Path(file)
    handle, name = tempfile.mkstemp(suffix=".xlsx", prefix=f".{path.stem}-", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write_workbook(temporary, about, sheets)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sheets(book: Compilation, previous: Cut | None) -> Iterator[Sheet]:
    """Lay out all sheets, then yield them in the order of the book; long ones are still to be gone through."""
    place_moment(book)
    place_verdict(book)
    place_holders(book)
    tables = list(book.questionnaire.tables.values())
    lists = sorted((table_list(book, table) for table in tables), key=lambda sheet: sheet.name != "要望一覧")
    front = [status(book), roster(book), summary(book)]
    if book.needs is not None:
        front.append(needs_cross(book, book.needs))
    front += [cross(book), holders(book)]
    if previous is not None:
        front.append(changed(book, previous))
    front += [*lists, by_municipality(book), free_texts(book), codebook(book)]
    front.append(proof(book))
    coded = [book.replies.coded.sheet(), *(source.coded.sheet() for source in book.tables.values())]
    described = {book.list_names[table.name]: f"{table.label.ja}を１件１行で掲げる" for table in tables}
    described |= {sheet.name: "集計の元になる符号化したデータ" for sheet in coded}
    yield cover(book, (*front, *coded), described)
    yield from front
    yield from coded


def _told(sheets: Iterator[Sheet], progress: Progress | None) -> Iterator[Sheet]:
    for sheet in sheets:
        if progress is not None:
            progress(sheet.name)
        yield sheet
