"""What a cell of a workbook can hold, and what is said of a workbook that cannot be made."""

from exports.addresses import cell

LONGEST_TEXT = 32_767  # UTF-16 units in a cell


def fits_a_cell(text: str) -> bool:
    """Can a cell hold a text of this length?"""
    return len(text) <= LONGEST_TEXT and len(text.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST_TEXT


class CellRefused(Exception):
    """A cell cannot hold its value. ``address`` is such as ``データ!B7``."""

    def __init__(self, sheet: str, row: int, column: int, reason: str) -> None:
        self.address = f"{sheet}!{cell(row, column)}"
        self.reason = reason
        super().__init__(f"{self.address}: {reason}")


class Unwritable(Exception):
    """The workbook of somebody cannot be made: a text is too long for a cell.

    ``whose``: a division or municipality by name; ``place``: the need and the question, or the cell.
    """

    def __init__(self, whose: str, place: str) -> None:
        super().__init__(f"{whose}: {place}")
        self.whose, self.place = whose, place
