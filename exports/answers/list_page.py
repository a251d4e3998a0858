"""The list that all municipalities share: what was asked for, and what became of it."""

from collections.abc import Iterator, Sequence

from exports.answers.letter import parts
from exports.answers.replies import unanswered, whole
from exports.answers.told import Shared
from exports.sheets import Line, Paging, Sheet, Span
from exports.typesetting import PADDING, height_of, row_height

COLUMNS = (
    ("番号", 40, "code top"),
    ("市町村", 84, "text top"),
    ("項目", 108, "text top small"),
    ("形態", 96, "text top small"),
    ("件名", 150, "text top"),
    ("要望の内容", 270, "text top"),
    ("対応区分", 104, "text top"),
    ("回答", 300, "text top"),
    ("担当課", 104, "text top small"),
)
HEADING_ROW = 2
UNNAMED = "（団体名非公表）"
_LONG = (5, 7)  # the columns whose texts may be taller than a row


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
        "" if one.field is None else one.field.ja,
        "" if one.form is None else one.form.ja,
        one.subject,
        one.detail,
        unanswered(one) if one.lead is None else "" if one.lead.label is None else one.lead.label.ja,
        _answers(one),
        "\n".join(answer.name for answer in (*(() if one.lead is None else (one.lead,)), *one.supports)),
    ]
    styles = [style for _, _, style in COLUMNS]
    split = {place: list(parts(cells[place], COLUMNS[place][1] - PADDING)) for place in _LONG}
    for step in range(max(map(len, split.values()))):
        row = ["" if step else text for text in cells]
        for place, texts in split.items():
            row[place] = texts[step] if step < len(texts) else ""
        row[0] = str(number) if step == 0 else "続き"
        texts_in = [(text, COLUMNS[place][1] - PADDING) for place, text in enumerate(row)]
        yield Line(row, styles, row_height(texts_in))


def _answers(one: Shared) -> str:
    if one.lead is None:
        lead = ""
    else:
        lead = whole(one.lead)
    return "\n".join(text for text in (lead, *(f"〔{answer.name}〕{whole(answer)}" for answer in one.supports)) if text)
