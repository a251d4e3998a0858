"""The sheet of questions: a row for each question, a row for each choice of several, a band for each section."""

from collections.abc import Iterator, Sequence
from math import ceil

from exports.addresses import Area
from exports.form.anchors import ANSWER_HEADING, ANSWER_MARK, KEY_MARK, NUMBER_HEADING, Choice, choices_of
from exports.form.filling import filled, style_of
from exports.form.form import Form
from exports.form.guidance import advice, condition
from exports.form.intakes import intake_of
from exports.form.layout import ADVICE, ANSWER, ANSWERS, FIRST_ROW, HEADING_ROW, LABEL, NUMBER
from exports.form.looks import Looks
from exports.overlays import Intake, Overlay, Rule
from exports.sheets import Cell, Line, Link, Paging, Rich, Sheet
from exports.typesetting import BODY, SMALL, height_of, lines_of
from questions.model import Question, Section, Table

_WIDTHS = (60, 44, 210, 38, 312, 216)
_WIDTHS_WITH_EARLIER = (60, 44, 184, 38, 290, 176, 170)
_HEADINGS = (None, NUMBER_HEADING, "設問", "必須", ANSWER_HEADING, "記入のしかた", "前回の回答")
_LEGEND = "必須で未記入の欄は黄色、回答の必要がない欄は灰色になります。"
_LEAST_LINES, _MOST_LINES = 4, 14  # of an answer in full sentences that is still blank
_LEAST_HEIGHT = 20.0


def question_rows(form: Form) -> Sheet:
    """Lay out the sheet."""
    return _Questions(form).sheet()


class _Questions:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.layout = form.layout
        self.widths = _WIDTHS_WITH_EARLIER if form.earlier.texts else _WIDTHS
        self.looks = Looks(form.layout)
        self.rules: list[Rule] = []
        self.intakes: list[Intake] = []
        self.notes: dict[tuple[int, int], str] = {}

    def sheet(self) -> Sheet:
        lines = [*self._head(), *self._body()]
        overlay = Overlay(self.layout.names(), self.rules, self.intakes, self.notes, hidden_columns=1)
        paging = Paging(portrait=True, repeat_rows=(HEADING_ROW, HEADING_ROW))
        return Sheet(ANSWERS, self.widths, lines, frozen=(FIRST_ROW, 0), paging=paging, accent=True, overlay=overlay)

    def _head(self) -> Iterator[Line]:
        yield Line((KEY_MARK, None, None, None, ANSWER_MARK), ("plain",) * 5, hidden=True)
        yield Line((None, self.form.title), ("plain", "title"), 26)
        yield Line((None, self.form.subtitle), ("plain", "remark"), 16)
        yield Line((None, f"{_LEGEND}　　{self.layout.issue.serial}"), ("plain", "remark"), 16)
        shown = len(self.widths)
        yield Line(_HEADINGS[:shown], ("plain", *("head",) * (shown - 1)), 20)

    def _body(self) -> Iterator[Line]:
        for place, row in enumerate(self.layout.rows, FIRST_ROW):
            if row.item is None:
                yield self._band(row.section)
            elif isinstance(row.item, Table):
                yield self._table(row.item, place)
            elif row.choice is not None:
                yield self._choice(row.item, row.choice)
            else:
                yield self._question(row.item, place)

    def _band(self, section: Section) -> Line:
        said = condition(section, self.form.questionnaire)
        cells = (None, f"{section.name}　{section.title.ja}", None, None, None, said or None)
        styles = ("plain", *("stripe",) * 4, "text small pale_stripe")
        return self._line(cells, styles, self._height("", said, ""), "stripe")

    def _table(self, table: Table, place: int) -> Line:
        plan = self.layout.tables[table.name]
        told = [one for one in (condition(table, self.form.questionnaire), f"{table.most}件まで") if one]
        reason = self.form.returned.get(("", table.name), "")
        link = Link(f"→ {table.name} のシートに記入してください", plan.sheet)
        cells = (None, table.name, table.label.ja, _must(table.required), link, _told(reason, told))
        styles = ("plain", "serial", "asked", _must_style(table.required), "link", "advice")
        self._grey(table, place, place)
        return self._line(cells, styles, self._height(table.label.ja, _text(reason, told), ""), "advice")

    def _question(self, question: Question, place: int) -> Line:
        reason = self.form.returned.get(("", question.name), "")
        told = advice(question, self.form.questionnaire, self.form.setting)
        content = filled(question, self.form.entry(question.name), self.form.setting)
        before = self.form.earlier.texts.get(question.name)
        look = "asked tinted" if choices_of(question) or question.prefilled else style_of(question)
        must = question.required
        cells = (
            *(question.name, question.name, question.label.ja, _must(must)),
            *(content, _told(reason, told), before)[: len(self.widths) - ANSWER],
        )
        styles = ("plain", "serial", "asked", _must_style(must), f"{look} returned" if reason else look, "advice")
        if reason:
            self.notes[place, ANSWER] = f"差戻しの理由：{reason}"
        self._over(question, place)
        height = self._height(question.label.ja, _text(reason, told), content, before or "")
        return self._line(cells, styles, max(height, _room(question)), "advice")

    def _choice(self, question: Question, choice: Choice) -> Line:
        mark = filled(question, self.form.entry(question.name), self.form.setting, choice)
        look = style_of(question, marked=True)
        look = f"{look} returned" if ("", question.name) in self.form.returned else look
        cells = (choice.key, None, choice.label.ja, None, mark, None)
        height = height_of(lines_of(choice.label.ja, self.widths[LABEL] - 20, SMALL), SMALL)
        return self._line(cells, ("plain", "void", "choice", "void", look, "void"), height, "void")

    def _over(self, question: Question, place: int) -> None:
        """Lay looks and intakes over the answer of a question, with the rows of its choices."""
        last = place + len(choices_of(question))
        self._grey(question, place, last)
        area = Area(ANSWERS, min(place + 1, last), ANSWER, last, ANSWER)
        self.rules += self.looks.of_answer(question, area)
        intake = intake_of(question, area, self.form)
        self.intakes += [] if intake is None else [intake]

    def _grey(self, item: Question | Table, first: int, last: int) -> None:
        self.rules += self.looks.not_asked(item, Area(ANSWERS, first, NUMBER, last, len(self.widths) - 1))

    def _line(self, cells: Sequence[Cell], styles: Sequence[str], height: float, more: str) -> Line:
        """Make a row as wide as the sheet."""
        shown = len(self.widths)
        blanks, looks = (None,) * (shown - len(cells)), (more,) * (shown - len(styles))
        return Line([*cells, *blanks], [*styles, *looks], max(_LEAST_HEIGHT, height))

    def _height(self, label: str, told: str, answer: Cell, before: str = "") -> float:
        shown = answer if isinstance(answer, str) else ""
        small = ((told, self.widths[ADVICE]), (before, self.widths[-1]))
        return max(
            height_of(max(lines_of(label, self.widths[LABEL]), lines_of(shown, self.widths[ANSWER])), BODY),
            *(height_of(lines_of(text, width, SMALL), SMALL) for text, width in small),
        )


def _room(question: Question) -> float:
    """Return the height that an answer in full sentences is given while it is blank."""
    if not question.kind.long:
        return 0.0
    longest = int(question.kind.limits().get("longest", 400))
    return height_of(min(_MOST_LINES, max(_LEAST_LINES, ceil(longest / 60))), SMALL)


def _must(required: bool) -> str:
    return "必須" if required else "任意"


def _must_style(required: bool) -> str:
    return "must" if required else "may"


def _text(reason: str, told: Sequence[str]) -> str:
    return "\n".join((*((f"【差戻し】{reason}",) if reason else ()), *told))


def _told(reason: str, told: Sequence[str]) -> Cell:
    """Return what stands beside a question, the reason of a return in red before all else."""
    text = "\n".join(told)
    if not reason:
        return text or None
    parts = [(f"【差戻し】{reason}" + ("\n" if text else ""), "alert small")]
    return Rich(tuple(parts + ([(text, "grey small")] if text else [])))
