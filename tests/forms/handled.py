"""Forms that went through many hands: each is read as the good one, or what is doubtful is told.

The good form has a few answers outside tables, one question of several choices, and three requests.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from filling import changed, put, put_row, table_sheet
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from packing import repacked

from survey_app.receiving.findings import Sign

Step = Callable[[Workbook], object]
Signs = frozenset[tuple[Sign, str]]

OUTSIDE = {
    "A2": "総務課 行政係",
    "A4": "佐藤 花子",
    "A5": "0241-48-5511",
    "A8": "R8.11.20",
    "B1": "1",
    "T1": "7828",
    "T4": "34.5",
    "Z1": "一行目\n二行目",
}
"""What the good form says outside tables, but for the question of several choices."""
SHOWN = {**OUTSIDE, "B1": "要望あり"}
CHOSEN = ("TAX", "ICT")
REQUESTS = (
    ("1", "税の滞納整理", "件名その一"),
    ("2", "情報通信系の技術支援", "件名その二"),
    ("3", "その他", "件名その三"),
)
CODES = ("TAX", "ICT", "OTH")


@lru_cache(maxsize=4)
def good(form: bytes) -> bytes:
    """Fill in the good form."""
    steps: list[Step] = [put(key, text) for key, text in SHOWN.items() if key not in ("T1", "T4")]
    steps += [put("T1", 7828), put("T4", 34.5), *(put(f"B4.{code}", "○") for code in CHOSEN)]
    for number, (rank, subject, title) in enumerate(REQUESTS, 1):
        steps.append(put_row("D", number, D1=int(rank), D2=subject, D5=title))
    return changed(form, *steps)


def said() -> tuple[dict[str, tuple[str, ...]], list[tuple[str, ...]]]:
    """What the good form says: outside tables, and its requests in order."""
    outside = {key: (text,) for key, text in OUTSIDE.items()} | {"B4": CHOSEN}
    rows = [(rank, code, title) for (rank, _, title), code in zip(REQUESTS, CODES, strict=True)]
    return outside, rows


@dataclass(frozen=True)
class Handled:
    """What was done to the good form. ``lost``: answers that are not read; ``told``: signs with their question."""

    step: Callable[[bytes], bytes]
    lost: frozenset[str] = frozenset()
    told: Signs = frozenset()
    instead: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] | None = None
    quiet: bool = False  # whether notes other than those told are let pass


def by(*steps: Step) -> Callable[[bytes], bytes]:
    """Change the good form with openpyxl."""
    return lambda content: changed(content, *steps)


def answers(book: Workbook) -> Worksheet:
    """The sheet of questions, whatever it is called now."""
    return book["回答"]


# ---- Names, sheets, anchors


def without_names(book: Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def without_hidden_sheets(book: Workbook) -> None:
    for name in ("_meta", "_issued", "_choices"):
        del book[name]


def without_rules(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []
        sheet.conditional_formatting = type(sheet.conditional_formatting)()


def renamed(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def without_key_column(book: Workbook) -> None:
    answers(book).delete_cols(1)


def without_key_texts(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=1):
            row[0].value = None


def moved_names(book: Workbook, rows: int, columns: int, after: int = 0) -> None:
    """Let the names follow their cells, as an office program does when rows or columns are inserted."""
    for defined in book.defined_names.values():
        sheet, _, area = defined.attr_text.rpartition("!")
        if sheet.strip("'") != "回答":
            continue
        _, column, row = area.split("$")
        place = int(row) + (rows if int(row) > after else 0)
        letter = chr(ord(column) + columns)
        defined.attr_text = f"{sheet}!${letter}${place}"


def rows_inserted(book: Workbook) -> None:
    answers(book).insert_rows(8, 3)
    moved_names(book, 3, 0, after=7)


def column_inserted(book: Workbook) -> None:
    answers(book).insert_cols(3, 2)
    moved_names(book, 0, 2)


# ---- Sorted, dragged, pushed


def sorted_rows(sheet: Worksheet, first: int, last: int, columns: range, *, reverse: bool = True) -> None:
    """Sort a block of rows: only the cells of these columns go along."""
    block = [[sheet.cell(row, column).value for column in columns] for row in range(first, last + 1)]
    block.sort(key=lambda cells: str(cells[5 - columns.start] or ""), reverse=reverse)
    for row, cells in enumerate(block, first):
        for column, value in zip(columns, cells, strict=True):
            sheet.cell(row, column).value = value


def questions_sorted(columns: range) -> Step:
    return lambda book: sorted_rows(answers(book), 7, 15, columns)  # the nine questions of section A


def requests_sorted(first_column: int) -> Step:
    def step(book: Workbook) -> None:
        sheet, first, _ = table_sheet(book, "D")
        rows = [[one.value for one in sheet[row][first_column - 1 :]] for row in range(first, first + 3)]
        for row, cells in zip(range(first, first + 3), [rows[2], rows[0], rows[1]], strict=True):
            for one, value in zip(sheet[row][first_column - 1 :], cells, strict=True):
                one.value = value

    return step


def dragged(book: Workbook) -> None:
    """Drag the answer to A4 to the blank A3: the name goes along, and the other's is broken."""
    put("A3", "佐藤 花子")(book)
    put("A4", None)(book)
    book.defined_names["ans.A4"].attr_text = book.defined_names["ans.A3"].attr_text
    book.defined_names["ans.A3"].attr_text = "#REF!"


def pushed_down(book: Workbook) -> None:
    """Push all answers from A2 on down by one cell, beside their numbers."""
    sheet = answers(book)
    for row in range(sheet.max_row + 1, 8, -1):
        sheet.cell(row, 5).value = sheet.cell(row - 1, 5).value
    sheet.cell(8, 5).value = None
    moved_names(book, 1, 0, after=7)


# ---- Copies


def copied_sheet(title: str | None) -> Step:
    def step(book: Workbook) -> None:
        made = book.copy_worksheet(answers(book))
        if title is not None:
            made["E8"] = title

    return step


def copied_row(book: Workbook) -> None:
    """Copy the last request, with its hidden key, into the row below, and change its title."""
    sheet, first, keys = table_sheet(book, "D")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(first + 3, column).value = copy.copy(sheet.cell(first + 2, column).value)
    sheet.cell(first + 3, keys["D5"]).value = "件名その四"


def inserted_request(book: Workbook) -> None:
    """Insert a row among the requests; it has no key."""
    sheet, first, keys = table_sheet(book, "D")
    sheet.insert_rows(first + 1)
    for key, value in {"D1": 4, "D2": "その他", "D5": "件名その四"}.items():
        sheet.cell(first + 1, keys[key]).value = value


def total_below(book: Workbook) -> None:
    sheet, first, keys = table_sheet(book, "D")
    sheet.cell(first + 21, keys["D1"]).value = 6
    sheet.cell(first + 21, 2).value = "合計"


def without_names_row(book: Workbook) -> None:
    for table in ("D", "L4"):
        sheet, first, _ = table_sheet(book, table)
        sheet.delete_rows(first - 2)
    without_names(book)


def places(*names: str) -> frozenset[str]:
    return frozenset(names)


FOUR = (*said()[1], ("4", "OTH", "件名その四"))
TWICE = frozenset({(Sign.TWO_PLACES, "A2")})

HANDLED: dict[str, Handled] = {
    "as it is": Handled(lambda content: content),
    "names stripped": Handled(by(without_names)),
    "hidden sheets stripped": Handled(by(without_hidden_sheets)),
    "drop-downs and colours stripped": Handled(by(without_rules)),
    "all of it stripped": Handled(by(without_names, without_hidden_sheets, without_rules)),
    "sheets renamed": Handled(by(renamed)),
    "sheets renamed, names stripped": Handled(by(without_names, renamed)),
    "sheets in another order": Handled(by(lambda book: book._sheets.reverse())),
    "hidden column emptied": Handled(by(without_key_texts)),
    "hidden column emptied, names stripped": Handled(by(without_names, without_key_texts)),
    "rows inserted": Handled(by(rows_inserted)),
    "rows inserted, names left behind": Handled(by(lambda book: answers(book).insert_rows(8, 3), without_names)),
    "columns inserted": Handled(by(column_inserted)),
    "questions sorted": Handled(by(questions_sorted(range(1, 7)))),
    "questions sorted, names stripped": Handled(by(questions_sorted(range(1, 7)), without_names)),
    "only a part of the columns sorted": Handled(
        by(questions_sorted(range(2, 7))),
        lost=places("A2", "A4", "A8"),
        told=TWICE,
        quiet=True,
    ),
    "an answer dragged to another question": Handled(
        by(dragged), lost=places("A4"), instead={"A3": ("佐藤 花子",)}, told=frozenset({(Sign.MOVED, "A3")}), quiet=True
    ),
    "answers pushed down beside their numbers": Handled(
        by(pushed_down), lost=places(*OUTSIDE, "B4"), told=TWICE, quiet=True
    ),
    "sheet copied": Handled(by(copied_sheet(None))),
    "sheet copied and changed": Handled(by(copied_sheet("別の課")), lost=places("A2"), told=TWICE),
    "requests sorted": Handled(by(requests_sorted(1)), rows=(FOUR[2], FOUR[0], FOUR[1])),
    "requests sorted without the hidden column": Handled(by(requests_sorted(2)), rows=(FOUR[2], FOUR[0], FOUR[1])),
    "requests sorted without their numbers": Handled(by(requests_sorted(3)), rows=(FOUR[2], FOUR[0], FOUR[1])),
    "a request inserted": Handled(by(inserted_request), rows=(FOUR[0], FOUR[3], FOUR[1], FOUR[2])),
    "a request copied with its key": Handled(by(copied_row), rows=(*FOUR[:3], ("3", "OTH", "件名その四"))),
    "a sum below the table": Handled(by(total_below), told=frozenset({(Sign.OUTSIDE_ROW, "D")})),
    "hidden rows and names lost": Handled(by(without_names_row)),
    "a sheet that is not needed deleted": Handled(
        by(lambda book: book.remove(table_sheet(book, "L4")[0])), told=frozenset({(Sign.LOST_TABLE, "L4")})
    ),
    "a drawing and a comment added": Handled(
        lambda content: repacked(content, {"xl/drawings/drawing9.xml": b"<a/>", "docProps/custom.xml": b"<a/>"})
    ),
}


@lru_cache(maxsize=64)
def handled(name: str, form: bytes) -> bytes:
    """Fill in a form and let it go through hands."""
    return HANDLED[name].step(good(form))
