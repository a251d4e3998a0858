"""The promises whose date has passed, a sheet for each division, with columns for what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from exports.addresses import Area, SheetNames
from exports.overlays import Intake, Overlay
from exports.sheets import Line, Paging, Sheet, Span
from exports.typesetting import PADDING, SMALL, height_of, lines_of, row_height
from exports.workbook import Properties, write_workbook
from questions.eras import show_day

COLUMNS = (
    ("No.", 34, "code top"),
    ("管理番号", 84, "text top small"),
    ("市町村", 84, "text top"),
    ("件名", 150, "text top"),
    ("知らせた回答", 260, "text top"),
    ("約束の時期", 92, "text top strong"),
    ("これまでの記録", 170, "text top small"),
    ("状況", 108, "answer"),
    ("説明（市町村に伝えます）", 260, "answer"),
    ("新しい予定時期", 104, "answer"),
)
STATUS, PLANNED = 7, 9
HEADING_ROW = 3
_LEAST = 3  # lines of a row, so that something can be written


@dataclass(frozen=True)
class Followed:
    """One promise in words: of which needs, what was told, by when, and what was noted since."""

    controls: str
    towns: str
    subject: str
    told: str
    planned: str
    noted: str = ""


@dataclass(frozen=True)
class FollowUpBook:
    """The promises over, by division. ``statuses`` are what can be chosen."""

    title: str
    issuer: str
    made_at: datetime
    statuses: Sequence[str]
    by_division: Mapping[str, Sequence[Followed]]


def follow_up_bytes(book: FollowUpBook) -> bytes:
    """Return the workbook. Raises ``exports.workbook.CellRefused``."""
    file, names = BytesIO(), SheetNames()
    about = Properties(f"{book.title}　約束のその後", book.issuer, "", book.made_at)
    sheets = [_sheet(book, names.take(one), one, lines) for one, lines in book.by_division.items()]
    write_workbook(file, about, sheets)
    return file.getvalue()


def _sheet(book: FollowUpBook, name: str, division: str, lines: Sequence[Followed]) -> Sheet:
    first = HEADING_ROW + 1
    last = first + max(len(lines), 1) - 1
    intakes = [
        Intake(
            Area(name, first, STATUS, last, STATUS), "状況", "一覧から選んでください。", f'"{",".join(book.statuses)}"'
        ),
        Intake(
            Area(name, first, PLANNED, last, PLANNED),
            "新しい予定時期",
            "遅れるときだけ記入してください。例：令和9年10月",
        ),
    ]
    return Sheet(
        name,
        [width for _, width, _ in COLUMNS],
        list(_lines(book, division, lines)),
        frozen=(first, 3),
        paging=Paging(repeat_rows=(HEADING_ROW, HEADING_ROW)),
        accent=True,
        overlay=Overlay(intakes=intakes),
    )


def _lines(book: FollowUpBook, division: str, lines: Sequence[Followed]) -> Iterator[Line]:
    yield Line([f"約束のその後　{division}"], ["title"], 28)
    told = (
        f"{book.title}　／　{show_day(book.made_at.date())}までに時期を過ぎ、どうなったかの記録が済んでいない約束　"
        f"{len(lines)}件　／　照会　{book.issuer}"
    )
    yield Line([Span(told, len(COLUMNS))], ["remark"], 16)
    asked = "右側の「状況」「説明」を記入し（遅れるときは「新しい予定時期」も）、照会課へ送ってください。"
    yield Line([Span(asked, len(COLUMNS))], ["remark"], 16)
    yield Line([name for name, _, _ in COLUMNS], ["head"] * len(COLUMNS), height_of(2))
    for number, one in enumerate(lines, 1):
        texts = [one.controls, one.towns, one.subject, one.told, one.planned, one.noted]
        widths = [width - PADDING for _, width, _ in COLUMNS[1:7]]
        height = max(row_height(zip(texts, widths, strict=True)), height_of(_LEAST))
        small = height_of(lines_of(one.noted, widths[-1], SMALL), SMALL)
        styles = [style for _, _, style in COLUMNS]
        yield Line([str(number), *(text or None for text in texts), None, None, None], styles, max(height, small))
