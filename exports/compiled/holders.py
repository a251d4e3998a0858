"""該当団体: which municipalities stand behind each count of 集計 and of 要望クロス集計."""

from collections import Counter
from collections.abc import Iterable, Sequence

from exports.addresses import Area, spot
from exports.blanks import Standing
from exports.compiled.choosing import choice_questions
from exports.compiled.compilation import HOLDERS, Compilation, Source
from exports.sheets import Cell, Formula, Line, Paging, Sheet, Span
from exports.typesetting import SMALL, row_height
from questions.model import Question, Table

_HEADINGS = ("設問", "選択肢", "件数", "団体")
_WIDTHS = (54, 300, 60, 640)
_STYLES = ("code open", "text small open", "whole small open", "text small open")
_TOP = 3
_MOST_CHARACTERS = 900  # of names in one cell: more is no longer read, and no row is tall enough
BLANK = ""
"""Stands for the choice of those who did not answer."""


def place_holders(book: Compilation) -> None:
    """Note where the names behind each choice will stand, for 集計, which is laid out before."""
    row = _TOP
    for question in choice_questions(book):
        row += 1  # the line of the question
        for code in (*_codes(book, question), BLANK):
            book.places.put(spot(HOLDERS, row, 0), "holders", question.name, code)
            row += 1


def holders(book: Compilation) -> Sheet:
    """Lay out the names, one choice a line; 集計 must have been laid out before."""
    lines = [
        Line([HOLDERS], ("title",), 26),
        Line(
            ["「集計」の選択肢から、その件数の内訳の団体へ進める。（　）は、一覧に複数の行がある団体の行数。"],
            ("remark",),
            16,
        ),
        Line(_HEADINGS, ("head",) * len(_HEADINGS), 20),
    ]
    for question in choice_questions(book):
        lines += _of_question(book, question)
    if book.needs is not None:
        lines += _of_pairs(book, book.needs)
    last = len(lines) - 1
    return Sheet(
        HOLDERS,
        _WIDTHS,
        lines,
        frozen=(_TOP, 2),
        filtered=Area(HOLDERS, _TOP - 1, 0, last, len(_HEADINGS) - 1),
        paging=Paging(repeat_rows=(_TOP - 1, _TOP - 1)),
    )


def _codes(book: Compilation, question: Question) -> list[str]:
    return [option.code for option in question.kind.options(book.source(question).records.setting)]


def _of_question(book: Compilation, question: Question) -> list[Line]:
    source = book.source(question)
    label = question.label.ja + ("　〔一覧の行ごと〕" if source is not book.replies else "")
    lines = [Line([question.name, Span(label, len(_WIDTHS) - 1)], ("code tinted open", "text strong tinted open"), 18)]
    names, chosen = source.records.heads["_name"], source.chosen(question)
    for option in question.kind.options(source.records.setting):
        counted = book.places["count", question.name, option.code]
        found = _pick(names, chosen[option.code])
        lines.append(_line(question.name, option.label.ja, Formula(f"={counted}", len(found)), found))
    counted = book.places["blank", question.name]
    blank = _pick(names, [one is Standing.BLANK for one in source.records.standings[question.name]])
    lines.append(_line(question.name, "無回答", Formula(f"={counted}", len(blank)), blank))
    return lines


def _of_pairs(book: Compilation, table: Table) -> list[Line]:
    """Return a line for each pair of field and form that somebody wants."""
    assert table.need is not None
    source: Source = book.tables[table.name]
    field, form = table.question(table.need.field), table.question(table.need.form)
    said = zip(source.records.values[field.name], source.records.values[form.name], strict=True)
    pairs = list(said)
    lines = [
        Line(
            [None, Span("要望クロス集計（分野×形態）", len(_WIDTHS) - 1)],
            ("code tinted open", "text strong tinted open"),
            18,
        )
    ]
    for row, one in enumerate(field.kind.options(source.records.setting)):
        for column, other in enumerate(form.kind.options(source.records.setting)):
            found = _pick(source.records.heads["_name"], [pair == (one.code, other.code) for pair in pairs])
            if found:
                area = book.places["needs cross",]
                counted = spot(area.sheet, area.first_row + row, area.first_column + column)
                label = f"{one.label.ja} × {other.label.ja}"
                lines.append(_line("", label, Formula(f"={counted}", len(found)), found))
    return lines


def _pick(names: Sequence[str], held: Iterable[bool]) -> list[str]:
    return [name for name, holds in zip(names, held, strict=True) if holds]


def _line(question: str, label: str, counted: Formula, names: Sequence[str]) -> Line:
    said = listed(names)
    cells: list[Cell] = [question or None, label, counted, said or None]
    return Line(cells, _STYLES, row_height([(label, _WIDTHS[1]), (said, _WIDTHS[3])], SMALL))


def listed(names: Sequence[str]) -> str:
    """Return names as one text, each once, with how often it comes; long lists end with how many are left."""
    times = Counter(names)
    parts: list[str] = []
    length = 0
    for name, count in times.items():
        part = name if count == 1 else f"{name}（{count}）"
        length += len(part) + 1
        if length > _MOST_CHARACTERS:
            return f"{'、'.join(parts)} ほか{len(times) - len(parts)}団体（「データ」のシートで絞り込める）"
        parts.append(part)
    return "、".join(parts)
