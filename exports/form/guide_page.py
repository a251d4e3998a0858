"""The first sheet: what this is, until when, how to fill it in and send it back."""

from collections.abc import Iterator

from exports.addresses import cell
from exports.form.form import Form, moment
from exports.form.guidance import condition
from exports.form.layout import ANSWER, ANSWERS, FIRST_ROW, GUIDE, ROSTER
from exports.sheets import Cell, Line, Link, Paging, Sheet, Span
from exports.typesetting import SMALL, height_of, lines_of
from questions.answers import Place

_WIDTHS = (34, 96, 570)
_ONE_PAGE = 48  # rows
_TEXT = _WIDTHS[1] + _WIDTHS[2]
_FILLING = (
    "「回答」シートの「回答」の列と、表のシートに記入してください。ほかの列や隠れた行・列は、消さずにそのまま残してください。",
    "黄色の欄は、必須でまだ記入のない欄です。灰色の欄は、これまでの回答では記入の必要がない欄です。赤い欄は、字数や範囲を超えています。",
    "一覧（▼）のある欄は一覧から選んでください。「当てはまるものすべてに○」の欄は、行（表では列）ごとに○を入れてください。",
    "数は「1,234」「▲5」「１２．５」、日付は「R8.4.1」「令和8年4月1日」「2026-04-01」のどの書き方でも読み取ります。",
    "表の行は途中に挿入しても、並べ替えても構いません（並べ替えるときは表の全部の列を選んでください）。",
    "シートの保護やマクロはありません。列の幅や文字の大きさは、見やすいように変えて構いません。",
)
_SENDING = (
    "記入を終えたら、Excelブック（.xlsx）のまま保存してください。パスワードは付けないでください。",
    "照会システムにログインし、この照会の「Excelで回答する」からこのファイルをアップロードしてください。",
    "取り込む前に、いまの回答との違いが表示されます。空欄のままの欄で、いまの回答が消えることはありません。",
    "取り込んだだけでは提出になりません。画面で内容を確かめ、「提出する」を押してください。",
)


def guide_page(form: Form) -> Sheet:
    """Lay out the sheet."""
    lines = [
        Line((Span(form.title, 3),), ("cover_title",), height_of(lines_of(form.title, sum(_WIDTHS), 20), 20)),
        Line((f"{form.questionnaire.style.ja}　回答票",), ("cover_subtitle",), 22),
        Line((), (), 8),
        *_facts(form),
        *_returned(form),
        *_listed("この照会について", [label.ja for label in form.questionnaire.guide]),
        *_listed("記入のしかた", _FILLING),
        *_listed("返送のしかた", _SENDING),
        *_contents(form),
    ]
    return Sheet(GUIDE, _WIDTHS, lines, paging=Paging(portrait=True, whole=len(lines) <= _ONE_PAGE))


def _facts(form: Form) -> Iterator[Line]:
    town, issue = form.municipality, form.layout.issue
    facts = {
        "回答団体": f"{town.name}（{town.code}）",
        "回答期限": moment(form.deadline),
        "照会元": form.issuer,
        "趣旨": form.purpose,
        **form.told,
        "整理番号": issue.serial.partition("：")[2],
        "作成日時": f"{moment(issue.made_at)} 現在の回答を記入済み" if issue.made_at else "",
    }
    for name, text in facts.items():
        if text:
            style = "text strong" if name in ("回答団体", "回答期限") else "text"
            yield Line((Span(name, 2), text), ("caption", style), height_of(lines_of(text, _WIDTHS[2])))


def _listed(heading: str, texts: tuple[str, ...] | list[str]) -> Iterator[Line]:
    if not texts:
        return
    yield Line((), (), 10)
    yield Line((heading,), ("heading",), 20)
    for number, text in enumerate(texts, 1):
        yield Line((number, Span(text, 2)), ("code", "text"), height_of(lines_of(text, _TEXT)))


def _returned(form: Form) -> Iterator[Line]:
    """Say what came back, and why, with links to the cells."""
    if not form.returned:
        return
    yield Line((), (), 10)
    yield Line(("差し戻された項目（この項目だけを修正してください）",), ("heading alert",), 20)
    for number, (place, reason) in enumerate(form.returned.items(), 1):
        text = f"{_label(form, place)}：{reason}"
        height = height_of(lines_of(text, _WIDTHS[2]))
        yield Line((number, _link(form, place), text), ("code", "link", "text returned"), height)


def _label(form: Form, place: Place) -> str:
    row, name = place
    plan = form.layout.tables.get(form.questionnaire.table_of.get(name, name))
    number = f"（{plan.row_ids.index(row) + 1}行目）" if plan and row in plan.row_ids else ""
    return f"{form.questionnaire.label(name).ja}{number}"


def _link(form: Form, place: Place) -> Cell:
    row, name = place
    plan = form.layout.tables.get(form.questionnaire.table_of.get(name, name))
    if plan is None:
        return Link(name, ANSWERS, cell(form.layout.row_of[name], ANSWER))
    column = next((one.column for one in plan.columns if one.question.name == name), plan.columns[0].column)
    place_of_row = plan.first_row + plan.row_ids.index(row) if row in plan.row_ids else plan.first_row
    return Link(name, plan.sheet, cell(place_of_row, column))


def _contents(form: Form) -> Iterator[Line]:
    yield Line((), (), 10)
    yield Line(("記入するシート",), ("heading",), 20)
    sections = form.questionnaire.sections
    yield _sheet_line(ANSWERS, "、".join(f"{one.name} {one.title.ja}" for one in sections), cell(FIRST_ROW, ANSWER))
    for plan in form.layout.tables.values():
        said = condition(plan.table, form.questionnaire)
        within = form.questionnaire.section_of[plan.table.name]
        said = said or (condition(within, form.questionnaire) if within.relevant else "")
        told = f"{plan.table.label.ja}（１行に１件、{plan.table.most}件まで）" + (f"　{said}" if said else "")
        yield _sheet_line(plan.sheet, told)
    if form.layout.needs_roster:
        yield _sheet_line(ROSTER, "市町村の名称と団体コード（記入するときの参考）")


def _sheet_line(sheet: str, told: str, at: str = "A1") -> Line:
    height = max(height_of(lines_of(told, _WIDTHS[2])), height_of(lines_of(sheet, _WIDTHS[1], SMALL), SMALL))
    return Line((None, Link(sheet, sheet, at), told), ("void", "link text small", "text"), height)
