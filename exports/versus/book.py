"""前回との比較: two inquiries side by side as a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from exports.addresses import Area, cell
from exports.moments import show_moment
from exports.needs import Need
from exports.records import unit_of
from exports.sheets import Cell, Formula, Line, Paging, Sheet
from exports.typesetting import SMALL, row_height
from exports.versus.comparing import Answered, NeedPair, TownLine, Versus
from exports.versus.totals import Part, totals
from exports.workbook import Properties, write_workbook

OVERVIEW, QUESTIONS, TOWNS, ANSWERS, NEEDS = "概要", "設問別", "団体別", "変わった回答", "要望の比較"
HEADLINES = {
    "targets": "対象団体",
    "replied": "提出のあった団体",
    "nil": "該当なしの団体",
    "asking": "要望ありの団体",
    "needs": "要望事項（件）",
    "towns": "要望事項のある団体",
}
SORTS = {"same": "前回と同じ", "changed": "変わった", "new": "今回だけ回答", "gone": "前回だけ回答"}
NEED_SORTS = {"again": "同じ要望", "new": "新しい要望", "gone": "なくなった要望"}
_ALONE = "（片方だけ提出）"
_FIGURES = {"sum": "合計", "median": "中央値"}
_HEAD = "head small"


def write_versus(versus: Versus, file: Path | BinaryIO) -> None:
    """Write the workbook. Raises ``exports.workbook.CellRefused``."""
    after = versus.after
    about = Properties(f"{after.title}　前回との比較", after.issuer, after.inquiry, after.taken_at)
    write_workbook(file, about, _sheets(versus))


def _sheets(versus: Versus) -> Iterator[Sheet]:
    yield _overview(versus)
    yield _questions(versus)
    yield _towns(versus)
    yield _answers(versus)
    if versus.asks_for_needs:
        yield _needs(versus)


def _overview(versus: Versus) -> Sheet:
    lines = [Line(["前回との比較"], ("title",), 26)]
    for name, cut in (("前回", versus.before), ("今回", versus.after)):
        told = f"{name}：{cut.title}（{cut.inquiry}、{show_moment(cut.taken_at)}現在）"
        lines.append(Line([told], ("remark",), 16))
    lines += [
        Line([f"前回と今回のどちらにも提出した団体：{len(versus.both)}団体"], ("remark",), 16),
        Line(["項目", "前回", "今回", "差"], (_HEAD,) * 4, 20),
    ]
    for one in versus.headlines:
        lines.append(_compared([HEADLINES[one.name]], one.before, one.after, len(lines), ("text",)))
    lines += [Line((), ()), Line(["数え方"], ("heading",), 20)]
    lines += [Line([text], ("remark",), 16) for text in _RULES]
    for heading, names in zip(("前回だけの設問", "今回だけの設問"), versus.unmatched, strict=True):
        if names:
            lines.append(Line([f"{heading}：{'、'.join(names)}"], ("remark",), 16))
    return Sheet(OVERVIEW, (230, 90, 90, 90, 420), lines, accent=True)


_RULES = (
    "提出された回答だけを比べている（修正中の団体は、最後に提出された内容）。",
    "「前回と同じ」から「前回だけ回答」までは、前回も今回も提出した団体だけを数えている。",
    "担当者の連絡先や決裁日など、そのつど書く設問は比べていない。「差」の列は、計算式である。",
    "要望の比較は、件名と内容に同じ文字の並びが多いものを「同じ要望」としている。確かめてから用いること。",
)


def _compared(
    first: Sequence[Cell],
    before: float | None,
    after: float | None,
    row: int,
    styles: Sequence[str],
    number: str = "whole",
) -> Line:
    """Return a line that ends with the figure before, after, and the difference as a formula."""
    place = len(first)
    difference: Cell = None
    if before is not None and after is not None:
        difference = Formula(f"={cell(row, place + 1)}-{cell(row, place)}", after - before)
    return Line([*first, before, after, difference], (*styles, number, number, f"{number} strong"), 18)


def _questions(versus: Versus) -> Sheet:
    widths = (52, 300, 76, 76, 76, *(82,) * 4)
    headings = ["設問", "設問・選択肢", "前回", "今回", "差", *SORTS.values()]
    lines = [
        Line([QUESTIONS], ("title",), 26),
        Line(["設問の行は回答した団体の数、その下は選択肢ごとの数（数値は合計と中央値）。"], ("remark",), 16),
        Line(headings, (_HEAD,) * len(headings), 32),
    ]
    for one in totals(versus):
        unit = unit_of(one.question)
        label = one.question.label.ja + (f"（{unit}）" if unit else "")
        label += "　※前回と設問か選択肢が異なる" if one.altered else ""
        head = _compared([one.question.name, label], *one.answered, len(lines), ("code tinted", "text strong tinted"))
        counts: list[Cell] = [one.count(sort) for sort in SORTS]
        styles = (*head.styles[:2], *(f"{style} tinted" for style in head.styles[2:]), *("whole tinted",) * len(counts))
        lines.append(Line([*head.cells, *counts], styles, row_height([(label, widths[1])])))
        lines += [_part(part, len(lines) + place) for place, part in enumerate(one.parts)]
    return Sheet(QUESTIONS, widths, lines, frozen=(3, 2), paging=Paging(repeat_rows=(2, 2)), accent=True)


def _part(part: Part, row: int) -> Line:
    name = part.label.ja if part.label is not None else _FIGURES[part.name]
    number = "whole" if part.label is not None or part.name == "sum" else "decimal1"
    found = _compared([None, name], part.before, part.after, row, ("code", "text indented"), number)
    return Line([*found.cells, None, None, None, None], (*found.styles, *("void",) * 4), row_height([(name, 280)]))


def _towns(versus: Versus) -> Sheet:
    headings = ["団体コード", "団体名", "地方振興局", "前回", "今回", *SORTS.values()]
    widths = [70, 96, 84, 84, 84, *(76,) * 4]
    if versus.asks_for_needs:
        headings += ["前回の要望", "今回の要望", *NEED_SORTS.values()]
        widths += [76] * 5
    lines = [
        Line([TOWNS], ("title",), 26),
        Line(["設問の数は、前回も今回も提出した団体だけ。"], ("remark",), 16),
        Line(headings, (_HEAD,) * len(headings), 32),
    ]
    lines += [_town(one, needs=versus.asks_for_needs) for one in versus.towns]
    first, last = 3, len(lines) - 1
    sums: list[Cell] = ["計", None, None, None, None]
    for column in range(5, len(headings)):
        found = [line.cells[column] for line in lines[first:]]
        total = sum(one for one in found if isinstance(one, int))
        sums.append(Formula(f"=SUM({cell(first, column)}:{cell(last, column)})", total))
    if versus.towns:
        lines.append(Line(sums, ("text total", *("text total",) * 4, *("whole total",) * (len(headings) - 5)), 20))
    area = Area(TOWNS, 2, 0, max(last, 3), len(headings) - 1)
    return Sheet(TOWNS, widths, lines, frozen=(3, 2), filtered=area, paging=Paging(repeat_rows=(2, 2)), accent=True)


def _town(one: TownLine, *, needs: bool) -> Line:
    both = all(one.replied)
    cells: list[Cell] = [one.town.code, one.town.name, one.town.bureau or None]
    cells += [
        "未提出" if not replied else "該当なし" if nil else "提出"
        for replied, nil in zip(one.replied, one.nil, strict=True)
    ]
    cells += [one.answers[sort] if both else None for sort in SORTS]
    styles = ["line small", "text small", "text small", "line small", "line small", *("whole",) * 4]
    if needs:
        cells += [*one.needs, *(one.pairs[sort] if both else None for sort in NEED_SORTS)]
        styles += ["whole"] * 5
    shown = [style if one is not None else "void" for one, style in zip(cells, styles, strict=True)]
    return Line(cells, shown, 18)


def _answers(versus: Versus) -> Sheet:
    headings = ("団体コード", "団体名", "設問", "設問の名称", "区分", "前回", "今回")
    widths = (70, 96, 54, 220, 96, 300, 300)
    shown = [one for one in versus.answers if one.sort != "same"]
    lines = [
        Line([ANSWERS], ("title",), 26),
        Line([f"前回と違う回答{len(shown)}件。前回も今回も提出した団体だけ。"], ("remark",), 16),
        Line(headings, (_HEAD,) * len(headings), 20),
        *(_answer(versus, one, widths) for one in shown),
    ]
    area = Area(ANSWERS, 2, 0, 2 + max(len(shown), 1), len(headings) - 1)
    return Sheet(ANSWERS, widths, lines, frozen=(3, 2), filtered=area, paging=Paging(repeat_rows=(2, 2)))


def _answer(versus: Versus, one: Answered, widths: Sequence[int]) -> Line:
    before, after = versus.shown(one.question, one.before, 0), versus.shown(one.question, one.after, 1)
    label = versus.after.questionnaire.label(one.question).ja
    name = versus.after.roster.name(one.municipality)
    cells = [one.municipality, name, one.question, label, SORTS[one.sort], before or None, after or None]
    styles = tuple(f"{style} small top" for style in ("line", "text", "line", "text", "text", "text", "text"))
    height = row_height([(label, widths[3]), (before, widths[5]), (after, widths[6])], SMALL)
    return Line(cells, styles, height)


def _needs(versus: Versus) -> Sheet:
    headings = ("団体コード", "団体名", "区分", "前回の番号", "前回の件名", "今回の番号", "今回の件名", "近さ")
    widths = (70, 96, 110, 84, 330, 84, 330, 54)
    lines = [
        Line([NEEDS], ("title",), 26),
        Line([_RULES[3]], ("remark",), 16),
        Line(headings, (_HEAD,) * len(headings), 20),
        *(_need(versus, one) for one in versus.needs),
    ]
    area = Area(NEEDS, 2, 0, 2 + max(len(versus.needs), 1), len(headings) - 1)
    return Sheet(NEEDS, widths, lines, frozen=(3, 2), filtered=area, paging=Paging(repeat_rows=(2, 2)))


def _need(versus: Versus, one: NeedPair) -> Line:
    sort = _ALONE if one.alone else NEED_SORTS[one.sort]
    cells: list[Cell] = [one.municipality, versus.after.roster.name(one.municipality), sort]
    cells += [*_said(one.before), *_said(one.after), one.likeness]
    styles = ("line", "text", "text", "line", "text", "line", "text", "decimal2")
    texts = [(str(cells[4] or ""), 330.0), (str(cells[6] or ""), 330.0), (sort, 110.0)]
    return Line(cells, tuple(f"{style} small top" for style in styles), row_height(texts, SMALL))


def _said(need: Need | None) -> tuple[Cell, Cell]:
    return (None, None) if need is None else (need.control, need.subject or None)
