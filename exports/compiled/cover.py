"""表紙: which inquiry, at which moment, the figures at one look, and what each sheet holds."""

from collections.abc import Sequence

from exports.addresses import spot
from exports.compiled.compilation import (
    CHANGES,
    CODEBOOK,
    COVER,
    CROSS,
    HOLDERS,
    MUNICIPALITIES,
    NEEDS,
    NEEDS_CROSS,
    PROOF,
    PROSE,
    ROSTER,
    STATUS,
    SUMMARY,
    Compilation,
)
from exports.compiled.coordinated import told
from exports.compiled.counting import UNKNOWABLE
from exports.compiled.sentences import sentences
from exports.compiled.status import handed_in, is_overdue
from exports.sheets import Cell, Formula, Line, Link, Paging, Sheet, Span
from exports.typesetting import height_of, lines_of
from exports.words import office
from questions.eras import show_day

_WIDTHS = (150, 130, 130, 130, 130, 130, 130)
_MOMENT_ROW = 7
_CONTENTS = {
    HOLDERS: "選択肢ごとの該当団体の名称",
    CHANGES: "前回の集計から変わった回答",
    STATUS: "地方振興局別・区分別の提出数と提出率、図",
    ROSTER: "全ての対象団体の状態、期限、提出日時",
    SUMMARY: "全ての設問の件数・割合・合計・平均など",
    NEEDS_CROSS: "要望の分野×支援の形態、図",
    CROSS: "選択式の設問の地方振興局別・区分別の件数",
    NEEDS: "要望事項を１件１行で、建制順に掲げる",
    MUNICIPALITIES: "１団体１行で、全ての回答を掲げる",
    PROSE: "文章による回答を１件１行で掲げる",
    CODEBOOK: "設問、選択肢、回答する条件",
    PROOF: "合計の一致、集計の基準（時点、提出、調査票）",
}
BLANKS = (
    ("（空欄）", "無回答：たずねたが、回答がない。"),
    ("－", "対象外：条件により、たずねていない。"),
    ("該当なし", "要望等がない旨の回答のため、たずねていない。"),
    ("0", "「０」という回答。"),
)


def place_moment(book: Compilation) -> None:
    """Note where the moment of the cut will stand, for the sheets that are laid out before the cover."""
    book.places.put(spot(COVER, _MOMENT_ROW, 1), "taken at")


def cover(book: Compilation, sheets: Sequence[Sheet], described: dict[str, str]) -> Sheet:
    """Lay out the cover. ``sheets`` in their order; ``described`` says what those hold that are named by a table."""
    cut = book.cut
    across = len(_WIDTHS)
    title_lines = lines_of(cut.title, 840, 20)
    lines = [
        Line((), (), 14),
        Line([Span(cut.title, across)], ("cover_title",), height_of(title_lines, 20)),
        Line([Span(f"取りまとめ　／　{book.questionnaire.style.ja}", across)], ("cover_subtitle",), 22),
        Line((), (), 10),
        *_facts(book),
        Line((), (), 14),
        *_figures(book),
        Line((), (), 8),
        *(Line([Span(one, across)], ("lead",), height_of(lines_of(str(one.value), 900))) for one in sentences(book)),
        Line((), (), 14),
        Line(["このブックの内容"], ("heading",), 22),
        *(_content(one, _CONTENTS.get(one.name) or described.get(one.name, "")) for one in sheets),
        Line([Span(_PRINTING, across)], ("remark_wrapped",), 30),
        Line((), (), 14),
        Line(["空欄と記号の読み方"], ("heading",), 22),
        *(Line([mark, Span(meaning, across - 1)], ("line centred", "text"), 18) for mark, meaning in BLANKS),
        Line([Span(_CORRECTION, across)], ("remark_wrapped",), 30),
    ]
    return Sheet(COVER, _WIDTHS, lines, paging=Paging(whole=True), accent=True)


_PRINTING = (
    "右の欄は、印刷する用紙。「画面用」の「データ」シートは印刷用ではなく、印刷しても見出しだけが１枚出る。"
    "集計・クロス集計の選択肢のコードは、数式が用いるもので、右端の印刷されない列にある。"
)
_CORRECTION = (
    "件数・割合などは、全て末尾の「データ」シートを数える数式である。差戻し中・修正中の団体は、直前の提出を集計に含め、"
    "備考欄に示す。入力中で一度も提出のない回答は含まない。"
)


def _facts(book: Compilation) -> list[Line]:
    """Return who asked, until when, and the moment of the cut (in _MOMENT_ROW)."""
    cut = book.cut
    across = len(_WIDTHS) - 1
    facts: tuple[tuple[str, Cell, str], ...] = (
        ("照会者", Span(office(cut.issuer), across), "text"),
        ("照会日", Span(show_day(cut.opened_at.date()), across), "text"),
        ("回答期限", Span(f"{show_day(cut.deadline.date())} {cut.deadline:%H:%M}", across), "text"),
        ("基準日時", Span(cut.taken_at, across), "moment"),
        *((("集計の名称", Span(cut.name, across), "text"),) if cut.name else ()),
        *_settled(book, across),
    )
    return [Line([name, value], ("head", style), 20) for name, value, style in facts]


def _settled(book: Compilation, across: int) -> tuple[tuple[str, Cell, str], ...]:
    """Return whether and of which moment the book tells what is settled about the needs."""
    if book.needs is None or not (book.coordination or book.cut.name):
        return ()
    said = _WITHOUT if book.coordination is None else told(book.coordination)
    return (("関係課の回答", Span(said, across), "text"),)


_WITHOUT = "載せていない（確定した集計には、市町村の回答だけを掲げる）"


def _figures(book: Compilation) -> list[Line]:
    """Return the figures at one look, each taken from another sheet."""
    cut = book.cut
    asked, handed = len(cut.targets), len(handed_in(book))
    late = sum(is_overdue(book, target) for target in cut.targets)
    figures: list[tuple[str, Formula, str]] = []

    def add(caption: str, what: str, value: float | str, style: str = "whole") -> None:
        figures.append((caption, Formula(f"={book.places['status', what]}", value), style))

    add("対象団体", "対象", asked)
    add("提出あり", "提出あり", handed)
    add("提出率", "提出率", handed / asked if asked else UNKNOWABLE, "share")
    add("うち該当なし", "該当なし", sum(bool(target.nil) for target in cut.targets))
    add("期限超過", "期限超過", late)
    if book.needs is not None:
        rows = book.places["rows", book.needs.name]
        figures.append(
            (f"{book.needs.label.ja}（件）", Formula(f"={rows}", len(book.tables[book.needs.name].records)), "whole")
        )
    verdict = book.places["verdict",]
    figures.append(("検算", Formula(f"={verdict}", book.verdict), "verdict"))
    return [
        Line([caption for caption, _, _ in figures], ("caption",) * len(figures), 18),
        Line([formula for _, formula, _ in figures], tuple(f"{style} big" for *_, style in figures), 36),
    ]


def _content(sheet: Sheet, meaning: str) -> Line:
    paged = sheet.paging
    paper = "画面用" if paged.for_screen else f"{'A3' if paged.large else 'A4'}{'縦' if paged.portrait else '横'}"
    cells: list[Cell] = [Link(sheet.name, sheet.name), Span(meaning, len(_WIDTHS) - 2), paper]
    return Line(cells, ("link", "text", "line centred grey" if paged.for_screen else "line centred"), 18)
