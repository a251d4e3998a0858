"""The list that all municipalities share: what was asked for, and what became of it."""

from collections.abc import Iterator, Sequence
from math import ceil

from exports.answers.letter import parts
from exports.answers.replies import unanswered, whole
from exports.answers.told import Shared
from exports.sheets import Line, Paging, Sheet, Span
from exports.typesetting import PADDING, height_of, lines_of, row_height
from exports.words import office

COLUMNS = (
    ("番号", 40, "code top"),
    ("市町村", 84, "text top"),
    ("分野・形態", 132, "text top"),
    ("件名", 150, "text top"),
    ("要望の内容", 300, "text top"),
    ("対応区分", 104, "text top"),
    ("回答", 340, "text top"),
    ("担当課", 110, "text top"),
)
HEADING_ROW = 2
UNNAMED = "（団体名非公表）"
_LONG = (4, 6)  # the columns whose texts may be long
_MOST = 12  # lines of a row: a row goes to the next page as a whole, so that tall ones would leave pages half empty


def list_sheet(title: str, shared: Sequence[Shared]) -> Sheet:
    """Lay out the list."""
    paging = Paging(repeat_rows=(HEADING_ROW, HEADING_ROW))
    widths = [width for _, width, _ in COLUMNS]
    return Sheet("要望と回答", widths, _lines(title, shared), frozen=(HEADING_ROW + 1, 0), paging=paging, accent=True)


def _lines(title: str, shared: Sequence[Shared]) -> Iterator[Line]:
    yield Line(["要望と回答の一覧"], ["title"], 28)
    told = f"{title}　／　{len(shared)}件　／　公表・共有を「可」又は「団体名を伏せて可」とした要望だけを載せています。"
    yield Line([Span(told, len(COLUMNS))], ["remark"], 16)
    yield Line([name for name, _, _ in COLUMNS], ["head"] * len(COLUMNS), height_of(2))
    for number, one in enumerate(shared, 1):
        yield from _rows(number, one)


def _rows(number: int, one: Shared) -> Iterator[Line]:
    cells = [
        str(number),
        one.name or UNNAMED,
        "\n".join(label.ja for label in (one.field, one.form) if label is not None),
        one.subject,
        one.detail,
        unanswered(one) if one.lead is None else "" if one.lead.label is None else one.lead.label.ja,
        _answers(one),
        "\n".join(office(answer.name) for answer in (*(() if one.lead is None else (one.lead,)), *one.supports)),
    ]
    styles = [style for _, _, style in COLUMNS]
    split = {place: list(_parts(cells[place], COLUMNS[place][1] - PADDING)) for place in _LONG}
    for step in range(max(map(len, split.values()))):
        row = ["" if step else text for text in cells]
        for place, texts in split.items():
            row[place] = texts[step] if step < len(texts) else ""
        row[0] = str(number) if step == 0 else "続き"
        texts_in = [(text, COLUMNS[place][1] - PADDING) for place, text in enumerate(row)]
        yield Line(row, styles, row_height(texts_in))


def _parts(text: str, width: float) -> Iterator[str]:
    """Yield a text in parts of about the same height, none much taller than _MOST lines."""
    lines = lines_of(text, width)
    yield from parts(text, width, ceil(lines / ceil(lines / _MOST)) + 2)


def _answers(one: Shared) -> str:
    if one.lead is None:
        lead = ""
    else:
        lead = whole(one.lead)
    return "\n".join(
        text for text in (lead, *(f"〔{office(answer.name)}〕{whole(answer)}" for answer in one.supports)) if text
    )
