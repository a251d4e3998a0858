"""The first sheet of a division's workbook: what is asked, until when, how to fill it in and send it back."""

from collections.abc import Iterator, Sequence

from exports.divisions.anchors import GUIDE as NAME
from exports.divisions.anchors import SHEET, answered_questions, dispositions
from exports.divisions.book import DivisionBook
from exports.form.form import moment
from exports.sheets import Line, Link, Paging, Sheet, Span
from exports.typesetting import height_of, lines_of
from exports.words import office
from questions.responses import codes_demanding, telling

_WIDTHS = (34, 96, 570)
_TEXT = _WIDTHS[1] + _WIDTHS[2]
_FILLING = (
    f"「{SHEET}」シートの右側の欄に、1行に1件の要望への回答を記入してください。",
    "対応区分は一覧（▼）から選びます。黄色の欄は、記入が必要でまだ記入のない欄です。赤い欄は、字数を超えているか、一覧にない区分です。",
    "予定時期は「R9.4」「令和9年4月」「2027-04」のどの書き方でも読み取ります。",
    "左側（市町村の要望）は読むだけの欄です。書き換えても取り込まれません。",
    "行の並べ替え、絞り込み、行の挿入・削除をしても構いません。削除した行と空欄で、保存済みの回答が消えることはありません。",
    "ほかの課のブックの行を貼り付けないでください（取り込まれません）。",
    "シートの保護やマクロはありません。列の幅や文字の大きさは、見やすいように変えて構いません。",
)
_SENDING = (
    "記入を終えたら、Excelブック（.xlsx）のまま保存してください。パスワードは付けないでください。",
    "照会システムの「Excelで回答する」からアップロードするか、照会課へ送ってください。",
    "取り込む前に、いまの回答との違いが表示されます。画面で後から直した回答が、このブックで上書きされることはありません。",
    "取り込んだだけでは提出になりません。画面の「提出する」を押してください（照会課へ送ったときは、照会課が行います）。",
)


def guide_page(book: DivisionBook) -> Sheet:
    """Lay out the sheet."""
    lines = [
        Line((Span(book.title, 3),), ("cover_title",), height_of(lines_of(book.title, sum(_WIDTHS), 20), 20)),
        Line(("要望事項への回答（関係課）",), ("cover_subtitle",), 22),
        Line((), (), 8),
        *_facts(book),
        *_listed("記入のしかた", _FILLING),
        *_dispositions(),
        *_listed("返送のしかた", _SENDING),
        Line((), (), 10),
        Line((None, Link(SHEET, SHEET), f"要望 {len(book.lines)}件"), ("plain", "link text small", "text"), 22),
    ]
    return Sheet(NAME, _WIDTHS, lines, paging=Paging(portrait=True))


def _facts(book: DivisionBook) -> Iterator[Line]:
    issue = book.issue
    facts = {
        "関係課": office(book.division),
        "回答期限": moment(book.due),
        "照会": f"{office(book.issuer)}（第{issue.round}回）",
        "お願い": book.request,
        "整理番号": issue.serial.partition("：")[2],
        "作成日時": f"{moment(issue.made_at)} 現在の回答を記入済み" if issue.made_at else "",
    }
    for name, text in facts.items():
        if text:
            style = "text strong" if name in ("関係課", "回答期限") else "text"
            yield Line((Span(name, 2), text), ("caption", style), height_of(lines_of(text, _WIDTHS[2])))


def _dispositions() -> Iterator[Line]:
    """List the dispositions with what each needs besides, as the rules of the response demand it."""
    yield Line((), (), 10)
    yield Line(("対応区分",), ("heading",), 20)
    labels = {one.name: one.label.ja for one in answered_questions()}
    for code, text in dispositions().items():
        needed = [labels[name] for name, codes in codes_demanding().items() if code in codes]
        more = f"　→ 「{'」「'.join(needed)}」も記入" if needed else ""
        told = text.partition(" ")[2] + more
        yield Line((code, Span(told, 2)), ("code", "text"), height_of(lines_of(told, _TEXT)))
    required = "」「".join(one.label.ja for one in telling().questions.values() if one.required)
    told = f"どの区分でも「{required}」が必要です。"
    yield Line((None, Span(told, 2)), ("void", "text"), height_of(lines_of(told, _TEXT)))


def _listed(heading: str, texts: Sequence[str]) -> Iterator[Line]:
    yield Line((), (), 10)
    yield Line((heading,), ("heading",), 20)
    for number, text in enumerate(texts, 1):
        yield Line((number, Span(text, 2)), ("code", "text"), height_of(lines_of(text, _TEXT)))
