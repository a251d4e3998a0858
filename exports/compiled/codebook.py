"""調査票: what was asked, as a codebook: questions, choices with their codes, and when each is asked."""

from collections.abc import Iterator

from exports.addresses import Area
from exports.compiled.compilation import CODEBOOK, Compilation
from exports.records import unit_of
from exports.sheets import Cell, Line, Paging, Sheet, Span
from exports.typesetting import SMALL, height_of, lines_of
from questions.expressions.sentence import when_asked
from questions.model import Item, Question, Table

_HEADINGS = ("設問", "設問文", "回答の型", "必須", "回答する条件", "コード", "選択肢")
_WIDTHS = (60, 380, 150, 44, 200, 80, 250)
_HEADING_ROW = 2
_STYLES = tuple(f"{one} tinted open" for one in ("code", "text strong", *("text small",) * 5))
_CHOICE_STYLES = tuple(f"{one} open" for one in (*("line",) * 5, "code", "text small"))


def codebook(book: Compilation) -> Sheet:
    """Lay out the questionnaire as it was asked."""
    lines = list(_lines(book))
    return Sheet(
        CODEBOOK,
        _WIDTHS,
        lines,
        frozen=(_HEADING_ROW + 1, 1),
        filtered=Area(CODEBOOK, _HEADING_ROW, 0, len(lines) - 1, len(_HEADINGS) - 1),
        paging=Paging(repeat_rows=(_HEADING_ROW, _HEADING_ROW)),
    )


def _lines(book: Compilation) -> Iterator[Line]:
    questionnaire = book.questionnaire
    yield Line(["調査票"], ("title",), 26)
    yield Line([f"{questionnaire.style.ja}　{questionnaire.title.ja}"], ("remark",), 16)
    yield Line(_HEADINGS, ("head",) * len(_HEADINGS), 20)
    for section in questionnaire.sections:
        said = when_asked(section, questionnaire, "ja")
        condition = f"　（{said}）" if said else ""
        yield Line([Span(f"{section.name}　{section.title.ja}{condition}", len(_WIDTHS))], ("group",), height_of(1))
        for item in section.items:
            yield _item(book, item)
            yield from _choices(book, item)
            for column in item.questions if isinstance(item, Table) else ():
                yield _item(book, column, within=item.name)
                yield from _choices(book, column)


def _item(book: Compilation, item: Item, within: str = "") -> Line:
    form = _form(book, item)
    hint = f"\n（{item.hint.ja}）" if item.hint else ""
    label = f"{item.label.ja}{hint}"
    condition = when_asked(item, book.questionnaire, "ja")
    place = f"{form}　〔{within}の列〕" if within else form
    cells: list[Cell] = [item.name, label, place, "必須" if item.required else None, condition or None, None, None]
    texts = ((label, _WIDTHS[1], 10.0), (place, _WIDTHS[2], SMALL), (condition, _WIDTHS[4], SMALL))
    return Line(cells, _STYLES, max(height_of(lines_of(text, width, size), size) for text, width, size in texts))


def _choices(book: Compilation, item: Item) -> Iterator[Line]:
    if isinstance(item, Table) or item.kind.summary != "choices":
        return
    for option in item.kind.options(book.replies.records.setting):
        cells: list[Cell] = [*(None,) * 5, option.code, option.label.ja]
        yield Line(cells, _CHOICE_STYLES, height_of(lines_of(option.label.ja, _WIDTHS[6], SMALL), SMALL))


def _form(book: Compilation, item: Item) -> str:
    """Say how a question is answered, from what its kind tells about itself."""
    if isinstance(item, Table):
        return f"表（{item.most}行以内）"
    kind = item.kind
    if kind.summary == "choices":
        form = "複数選択" if kind.many else "一つ選択"
    elif kind.summary == "numbers":
        form = "数値"
    elif kind.attaches:
        form = "添付ファイル"
    elif kind.options(book.replies.records.setting):
        form = "名簿から選択（複数）" if kind.many else "名簿から選択"
    else:
        form = {"day": "年月日", "month": "年月"}.get(kind.cell_format, "文章" if kind.long else "文字")
    return f"{form}{_limits(item)}"


def _limits(question: Question) -> str:
    """Say the unit and the limits of an answer."""
    limits = question.kind.limits()
    said = []
    if unit := unit_of(question):
        said.append(f"単位：{unit}")
    if "longest" in limits:
        said.append(f"{limits['longest']}字以内")
    if "least" in limits or "most" in limits:
        said.append(f"{limits.get('least', '')}～{limits.get('most', '')}")
    if "places" in limits:
        said.append(f"小数第{limits['places']}位まで")
    return f"（{'、'.join(said)}）" if said else ""
