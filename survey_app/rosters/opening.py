"""Lines of a file that somebody sends: CSV, or an Excel workbook that is opened in a process of its own."""

from exports.form.opened import OpenedBook, OpenedCell
from survey_app.receiving.opening import open_once
from survey_app.rosters.reading import FaultyRoster, Records, RosterCode, RosterFault, records_of_text

PACKAGES = (b"PK", bytes.fromhex("D0CF11E0"))
"""How files of Excel and the like begin."""


def records_in(content: bytes) -> Records:
    """Return the lines of a CSV file or of a workbook's first sheet. Raises FaultyRoster and Refused."""
    return records_of_book(open_once(content)) if content.startswith(PACKAGES) else records_of_text(content)


def records_of_book(book: OpenedBook) -> Records:
    """Return the lines of the first sheet that holds anything. Raises FaultyRoster."""
    sheet = next((one for one in book.sheets if one.cells), None)
    if sheet is None:
        raise FaultyRoster((RosterFault(RosterCode.EMPTY),))
    width = max(column for _, column in sheet.cells) + 1
    records: Records = []
    for row, cells in sheet.by_row.items():
        texts = [_text(cells[column]) if column in cells else "" for column in range(width)]
        if any(texts):
            records.append((row + 1, texts))
    return records


def _text(cell: OpenedCell) -> str:
    """Return what a reader sees: a number that is shown with leading zeros keeps them."""
    zeros = cell.look if cell.form == "number" and cell.look.strip("0") == "" else ""
    return cell.text.strip().zfill(len(zeros))
