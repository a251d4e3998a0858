"""前回からの変更: what the earlier cut did not hold, or held otherwise."""

from exports.addresses import Area
from exports.changes import NEW, Change, changes, extent
from exports.compiled.compilation import CHANGES, Compilation
from exports.cut import Cut
from exports.moments import show_moment
from exports.sheets import Line, Paging, Sheet
from exports.typesetting import SMALL, row_height

_HEADINGS = ("団体コード", "団体名", "変更", "設問", "設問の名称", "管理番号・行", "前回", "今回")
_WIDTHS = (70, 96, 84, 54, 190, 110, 300, 300)
_STYLES = tuple(f"{one} small top" for one in ("line", "text", "line", "line", "text", "line", "text", "text strong"))
_HEADING_ROW = 2
_SORTS = {
    NEW: "新規提出",
    "answered": "回答を追加",
    "changed": "変更",
    "cleared": "回答を削除",
    "asked": "対象になった",
    "unasked": "対象外になった",
    "row_added": "行を追加",
    "row_removed": "行を削除",
}


def changed(book: Compilation, previous: Cut) -> Sheet:
    """Lay out what changed since an earlier cut, one answer a line."""
    found = changes(previous, book.cut)
    how = extent(found, book.cut)
    since = f"{previous.name or '前回'}（{show_moment(previous.taken_at)}現在）"
    said = f"{since}から：新規提出 {how.new}団体、内容の変更 {how.changed}団体、変更なし {how.same}団体。"
    lines = [
        Line([CHANGES], ("title",), 26),
        Line([said], ("remark",), 16),
        Line(_HEADINGS, ("head small",) * len(_HEADINGS), 20),
        *(_line(book, one) for one in found),
    ]
    if not found:
        lines.append(Line(["変更はない。"], ("remark",), 18))
    last = _HEADING_ROW + max(len(found), 1)
    return Sheet(
        CHANGES,
        _WIDTHS,
        lines,
        frozen=(_HEADING_ROW + 1, 2),
        filtered=Area(CHANGES, _HEADING_ROW, 0, last, len(_HEADINGS) - 1),
        paging=Paging(repeat_rows=(_HEADING_ROW, _HEADING_ROW)),
        accent=True,
    )


def _line(book: Compilation, one: Change) -> Line:
    known = one.question in book.questionnaire.questions or one.question in book.questionnaire.tables
    label = book.questionnaire.label(one.question).ja if known else ""
    name = book.municipality(one.municipality).name
    cells = [one.municipality, name, _SORTS[one.sort], one.question, label, one.subject, one.before, one.after]
    wrapped = [(label, _WIDTHS[4]), (one.before, _WIDTHS[6]), (one.after, _WIDTHS[7]), (name, _WIDTHS[1])]
    return Line([cell or None for cell in cells], _STYLES, row_height(wrapped, SMALL))
