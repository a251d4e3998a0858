"""検算: shows that the figures of the book agree with each other, and which cut they were taken from."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from exports.addresses import Area, cell, spot
from exports.compiled.choosing import choice_questions
from exports.compiled.compilation import (
    CODED,
    CROSS,
    NEEDS_CROSS,
    PROOF,
    PROSE,
    ROSTER,
    STATUS,
    SUMMARY,
    Compilation,
    Source,
)
from exports.compiled.counting import Condition, count, records_in
from exports.compiled.municipalities import prose_questions
from exports.compiled.status import CODE, NIL, NUMBER, handed_in, roster_area
from exports.moments import show_moment
from exports.sheets import Cell, Formula, Line, Paging, Sheet, Span
from exports.summaries import EVERYONE, counts_of_pairs
from exports.typesetting import SMALL, height_of, lines_of
from exports.words import STATES
from questions.model import Question, Table

_HEADINGS = ("No.", "確かめること", "左辺", "右辺", "左辺の値", "右辺の値", "判定")
_WIDTHS = (44, 330, 250, 250, 80, 80, 60)
_VERDICT_ROW = 2
RIGHT, WRONG = "○", "×"
_REMARK = "左辺と右辺は、それぞれ別の道筋で数えたもの。全て○であれば、集計に漏れも重なりもない。"


@dataclass(frozen=True)
class _Way:
    """One way to a number: what is said of it, its formula without ``=`` ("": the number itself), and the number."""

    said: str
    formula: str
    value: int

    @property
    def cell(self) -> Cell:
        """What stands in the sheet."""
        return Formula(f"={self.formula}", self.value) if self.formula else self.value


@dataclass(frozen=True)
class _Equation:
    """Two ways that must lead to the same number."""

    what: str
    left: _Way
    right: _Way

    @property
    def verdict(self) -> str:
        """○ or ×."""
        return RIGHT if self.left.value == self.right.value else WRONG


def place_verdict(book: Compilation) -> None:
    """Note where the verdict over all will stand, for the cover."""
    book.places.put(spot(PROOF, _VERDICT_ROW, 2), "verdict")


def proof(book: Compilation) -> Sheet:
    """Lay out the proof; every other sheet must have been laid out before."""
    facts = list(_facts(book))
    top = 4 + len(facts) + 2
    equations = list(_equations(book))
    last = top + len(equations) - 1
    verdicts = Area(PROOF, top, 6, last, 6)
    judged = f"{cell(top, 6, 'both')}:{cell(last, 6, 'both')}"
    book.verdict = WRONG if any(equation.verdict == WRONG for equation in equations) else RIGHT
    overall = Formula(f'=IF(COUNTIFS({judged},"{RIGHT}")=ROWS({judged}),"{RIGHT}","{WRONG}")', book.verdict)
    lines = [
        Line(["検算"], ("title",), 26),
        Line(
            ["左辺と右辺は、それぞれ別のシートから数えたもの。全て○であれば、集計に漏れも重なりもない。"],
            ("remark",),
            16,
        ),
        Line([Span("全体の判定", 2), overall], ("head", "verdict big"), 30),
        Line((), (), 10),
        *facts,
        Line((), (), 10),
        Line(_HEADINGS, ("head",) * len(_HEADINGS), 20),
        *(_line(equation, number, top + number - 1) for number, equation in enumerate(equations, 1)),
    ]
    return Sheet(
        PROOF,
        _WIDTHS,
        lines,
        frozen=(_VERDICT_ROW + 1, 0),
        verdicts=(verdicts, spot(PROOF, _VERDICT_ROW, 2)),
        paging=Paging(repeat_rows=(top - 1, top - 1), portrait=True),
    )


def _facts(book: Compilation) -> Iterator[Line]:
    cut = book.cut
    digests = "\n".join(book.replies.records.heads["_digest"])
    facts: tuple[tuple[str, Cell], ...] = (
        ("照会", Span(f"{cut.inquiry}　{cut.title}", 5)),
        ("基準日時", Span(f"{show_moment(cut.taken_at)}:{cut.taken_at:%S}（日本時間）", 5)),
        ("提出の数", Span(f"{len(book.replies.records)}", 5)),
        ("提出のダイジェスト", Span(f"sha256:{hashlib.sha256(digests.encode()).hexdigest()}", 5)),
        ("調査票のダイジェスト", Span(f"sha256:{book.questionnaire.digest}", 5)),
    )
    for name, value in facts:
        yield Line([Span(name, 2), value], ("head", "text"), 18)


def _line(equation: _Equation, number: int, row: int) -> Line:
    verdict = Formula(f'=IF({cell(row, 4)}={cell(row, 5)},"{RIGHT}","{WRONG}")', equation.verdict)
    texts = (equation.what, equation.left.said, equation.right.said)
    widths = zip(texts, _WIDTHS[1:4], strict=True)
    height = max(height_of(lines_of(text, width, SMALL), SMALL) for text, width in widths)
    cells: list[Cell] = [number, *texts, equation.left.cell, equation.right.cell, verdict]
    return Line(cells, ("number small", *("text small",) * 3, "whole", "whole", "verdict"), height)


def _equations(book: Compilation) -> Iterator[_Equation]:
    yield from _of_targets(book)
    yield from _of_submissions(book)
    for table in book.questionnaire.tables.values():
        yield from _of_rows(book, table)
    yield from _of_texts(book)
    yield from _of_turnout(book)
    for question in choice_questions(book):
        yield from _of_choices(book, question)
    if book.needs is not None:
        yield from _of_needs(book, book.needs)


def _records(source: Source) -> _Way:
    return _Way(f"{source.coded.name}：行数", records_in(source.coded), len(source.records))


def _of_targets(book: Compilation) -> Iterator[_Equation]:
    targets = book.cut.targets
    total = _Way(f"{STATUS}：対象の計", str(book.places["status", "対象"]), len(targets))
    states = Counter(target.state for target in targets)
    added = "+".join(str(book.places["status", name]) for name in STATES.values())
    yield _Equation(
        "対象は、状態の合計に等しい", total, _Way(" ＋ ".join(STATES.values()), added, sum(states.values()))
    )
    codes = {target.municipality for target in targets}
    listed = _Way(f"{ROSTER}：行数", f"COUNTA({roster_area(book, CODE)})", len(codes))
    yield _Equation("対象は、一覧の団体数に等しい", total, listed)
    yield _Equation("一覧の団体数は、基準日時の対象数に等しい", listed, _Way("基準日時の対象数", "", len(targets)))
    for name, ones in (("対象", codes), ("提出あり", handed_in(book))):
        by_kind = Counter(book.municipality(code).kind for code in ones)
        summed = f"SUM({book.places['status by kind', name]})"
        whole = _Way(f"{STATUS}：{name}の計", str(book.places["status", name]), len(ones))
        kinds = _Way(f"{STATUS}：区分別の{name}の計", summed, sum(by_kind.values()))
        yield _Equation(f"{name}は、地方振興局別と区分別とで一致する", whole, kinds)


def _of_submissions(book: Compilation) -> Iterator[_Equation]:
    heads = book.replies.records.heads
    found = count(Condition(roster_area(book, NUMBER), '">0"'))
    listed = _Way(f"{ROSTER}：提出回数のある行", found, len(handed_in(book)))
    coded = _records(book.replies)
    yield _Equation("提出のある団体は、全てデータにある", listed, coded)
    given = _Way("基準日時の提出数", "", len(book.cut.submissions))
    yield _Equation("データの行数は、基準日時の提出数に等しい", coded, given)
    nil = count(Condition(roster_area(book, NIL), '"該当なし"'))
    told = _Way(f"{ROSTER}：該当なし", nil, sum(bool(target.nil) for target in book.cut.targets))
    flags = _Way(f"{CODED}：該当なし", count(Condition(book.replies.coded.area("_nil"), "1")), sum(heads["_nil"]))
    yield _Equation("該当なしの数は、一覧とデータとで一致する", told, flags)


def _of_rows(book: Compilation, table: Table) -> Iterator[_Equation]:
    source = book.tables[table.name]
    rows = sum(number or 0 for number in book.replies.records.values[table.name])
    told = _Way(f"{CODED}：団体ごとの行数の計", str(book.places["rows", table.name]), rows)
    area = book.places["list", table.name]
    listed = _Way(f"{book.list_names[table.name]}：行数", f"COUNTA({area})", len(set(source.records.heads["_control"])))
    yield _Equation(f"{table.label.ja}：団体ごとの行数の計は、行数に等しい", told, _records(source))
    yield _Equation(f"{table.label.ja}：一覧に全ての行がある", listed, _records(source))


def _of_texts(book: Compilation) -> Iterator[_Equation]:
    questions = prose_questions(book)
    if not questions:
        return
    listed = _Way(f"{PROSE}：行数", f"COUNT({book.places['texts',]})", book.texts)
    added = "+".join(str(book.places["answered", one.name]) for one in questions)
    found = sum(book.replies.turnout(one).answered for one in questions)
    yield _Equation("自由記述に全ての文章がある", listed, _Way(f"{SUMMARY}：文章の設問の回答の計", added, found))


def _of_turnout(book: Compilation) -> Iterator[_Equation]:
    for name in (*book.questionnaire.questions, *book.questionnaire.tables):
        item = book.questionnaire.questions.get(name) or book.questionnaire.tables[name]
        source = book.source(item)
        added = "+".join(str(book.places[what, name]) for what in ("asked", "not asked", "nil"))
        found = source.turnout(item)
        summed = _Way(f"{SUMMARY}：対象＋対象外＋該当なし", added, found.asked + found.not_asked + found.nil)
        yield _Equation(f"{name}：全ての行が数えられている", summed, _records(source))


def _of_choices(book: Compilation, question: Question) -> Iterator[_Equation]:
    name, source = question.name, book.source(question)
    counts = source.tally(question).chosen
    found = sum(number for (_, group), number in counts.items() if group == EVERYONE)
    chosen = _Way(f"{SUMMARY}：選択肢の計", f"SUM({book.places['chosen', name]})", found)
    if not source.fills_flags(question):
        answered = source.turnout(question).answered
        text = f"{book.places['asked', name]}-{book.places['blank', name]}"
        rest = _Way(f"{SUMMARY}：対象－無回答", text, answered)
        yield _Equation(f"{name}：選択肢の計は、対象から無回答を除いた数", chosen, rest)
    for group, said, members in (("bureau", "地方振興局", book.bureaus), ("kind", "区分", book.kinds)):
        groups = {(f"_{group}", member) for member in members}
        crossed = sum(number for (_, one), number in counts.items() if one in groups)
        area = book.places[f"cross {group}", name]
        way = _Way(f"{CROSS}：{said}別の計", f"SUM({area})", crossed)
        yield _Equation(f"{name}：選択肢の計は、{said}別の計に等しい", chosen, way)


def _of_needs(book: Compilation, table: Table) -> Iterator[_Equation]:
    if table.need is None:
        return
    source = book.tables[table.name]
    field, form = table.need.field, table.need.form
    answers = source.records.values
    pairs = sum(counts_of_pairs(answers[field], answers[form]).values())
    by_field = _Way(f"{NEEDS_CROSS}：分野別の計", f"SUM({book.places['needs by field',]})", pairs)
    both = Condition(source.coded.area(field), '"?*"'), Condition(source.coded.area(form), '"?*"')
    answered = sum(None not in pair for pair in zip(answers[field], answers[form], strict=True))
    rows = _Way(f"{source.coded.name}：分野と形態のある行", count(*both), answered)
    yield _Equation("要望の分野別の計は、要望の件数に等しい", by_field, rows)
    body = _Way(f"{NEEDS_CROSS}：各欄の計", f"SUM({book.places['needs cross',]})", pairs)
    total = _Way(f"{NEEDS_CROSS}：総計", str(book.places["needs total",]), pairs)
    yield _Equation("要望の分野×形態の計は、総計に等しい", body, total)
