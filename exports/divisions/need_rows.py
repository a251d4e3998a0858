"""The sheet of needs: what each municipality asks for, and beside it the columns that the division fills in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exports.addresses import Area
from exports.divisions.anchors import (
    BEFORE,
    CONTROL,
    CONTROL_HEADING,
    DETAIL,
    FACTS,
    MORE,
    NEEDS,
    SHEET,
    SUBJECT,
    SUBJECT_HEADING,
    answered_questions,
    dispositions,
    key_text,
    table_of_needs,
)
from exports.divisions.book import DivisionBook, NeedLine
from exports.divisions.looks import rules_of
from exports.fitting import fits_a_cell
from exports.form.anchors import HEAD_MARK, LIST_NAME, ROW_HEADING, TABLE_MARK, TABLE_NAME, row_key
from exports.form.filling import UNCARRIED
from exports.form.form import moment
from exports.form.guidance import taken
from exports.form.layout import TableColumn, TablePlan
from exports.overlays import Intake, Overlay
from exports.sheets import Cell, Line, Paging, Rich, Sheet, Span
from exports.typesetting import SMALL, TINY, height_of, lines_of, width_for
from exports.words import office
from questions.model import Question
from questions.responses import ADDRESSEE, CONTACT, DISPOSITION, MEASURE, PLANNED, REASON, TEXT
from questions.setting import Setting

_KEY_WIDTH, _NUMBER_WIDTH = 60, 30
_WIDTHS = {
    DISPOSITION: (126,),
    TEXT: (236, 300, 380, 460),
    MEASURE: (130, 180, 240, 320),
    PLANNED: (72,),
    REASON: (130, 180, 240, 320),
    ADDRESSEE: (92,),
    CONTACT: (104,),
}
_LEAST_HEIGHT = 84.0
_NAMES_ROW, _WORDS_FROM = 5, 2
_SHOWN, _GOES_ON = 16_000, "…\n（長いため、ここまでを示しています。全文は画面で御覧ください。）"


@dataclass(frozen=True)
class WordsColumn:
    """One column of the municipality's words. ``widths``: the first at which every text fits is taken."""

    key: str
    heading: str
    texts: Sequence[str]
    widths: Sequence[int]

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return width_for(self.texts, self.widths, SMALL)


def need_rows(book: DivisionBook) -> Sheet:
    """Lay out the sheet."""
    return _Rows(book).sheet()


class _Rows:
    def __init__(self, book: DivisionBook) -> None:
        self.book = book
        self.words = tuple(self._words())
        first = _WORDS_FROM + len(self.words)
        columns = tuple(
            TableColumn(question, None, first + number) for number, question in enumerate(answered_questions())
        )
        ids = tuple(key_text(one.key) for one in book.lines)
        self.plan = TablePlan(table_of_needs().tables[NEEDS], SHEET, columns, ids, _NAMES_ROW)

    def sheet(self) -> Sheet:
        plan = self.plan
        body = Area(SHEET, plan.first_row, plan.columns[0].column, plan.last_row, plan.last_column)
        overlay = Overlay(
            {f"{TABLE_NAME}{NEEDS}": body}, tuple(rules_of(plan)), tuple(self._intakes()), hidden_columns=1
        )
        return Sheet(
            SHEET,
            self.widths,
            [*self._head(), *self._header(), *self._body()],
            frozen=(plan.first_row, _WORDS_FROM + 2),
            filtered=Area(SHEET, plan.header_row, 1, plan.last_row, plan.last_column),
            paging=Paging(large=True, repeat_rows=(plan.header_row, plan.header_row)),
            accent=True,
            overlay=overlay,
        )

    @cached_property
    def widths(self) -> list[int]:
        """The widths of all columns in pixels."""
        answers = []
        for question in answered_questions():
            texts = [one.texts.get(question.name, "") for one in self.book.lines]
            answers.append(width_for(texts, _WIDTHS[question.name], SMALL))
        return [_KEY_WIDTH, _NUMBER_WIDTH, *(one.width for one in self.words), *answers]

    def _words(self) -> Iterator[WordsColumn]:
        lines = self.book.lines
        yield WordsColumn(CONTROL, CONTROL_HEADING, [_head_of(one) for one in lines], (88,))
        yield WordsColumn(SUBJECT, SUBJECT_HEADING, [one.subject for one in lines], (124, 180))
        yield WordsColumn(FACTS, "分野・形態", [one.facts for one in lines], (96, 140))
        yield WordsColumn(DETAIL, "具体的内容", [one.detail for one in lines], (264, 330, 420, 520))
        yield WordsColumn(MORE, "背景・課題など", [one.more for one in lines], (230, 300, 390, 480, 600))
        if any(one.before or one.note for one in lines):
            yield WordsColumn(BEFORE, "照会課から・前回の回答", [_said(one) for one in lines], (190, 260, 340, 460))

    # ---- Lines

    def _head(self) -> Iterator[Line]:
        book = self.book
        yield self._free(f"{book.title}　要望事項への回答", "title", 26)
        yield self._free(
            f"{book.subtitle}　／　回答期限：{moment(book.due)}　／　照会：{office(book.issuer)}", "remark", 16
        )
        yield self._free(book.issue.serial, "remark", 16)
        told = (
            "左側は市町村の要望です（書き換えても取り込みません）。右側に記入してください。黄色は記入が必要な欄です。"
        )
        yield self._free(told, "remark", 16)
        yield self._groups()

    @staticmethod
    def _free(text: str, style: str, height: float) -> Line:
        return Line((None, text), ("plain", style), height)

    def _groups(self) -> Line:
        asked, answered = len(self.words) + 1, len(self.plan.columns)
        cells = (None, Span("市町村の要望（読むだけの欄）", asked), Span("関係課の回答（記入する欄）", answered))
        return Line(cells, ("plain", "caption", "group centred"), 18)

    def _header(self) -> Iterator[Line]:
        columns = self.plan.columns
        keys: list[Cell] = [f"{TABLE_MARK}{NEEDS}", None, *(one.key for one in self.words)]
        keys += [column.key for column in columns]
        yield Line(keys, ("plain",) * len(keys), hidden=True)
        headings = [_heading(column.question) for column in columns]
        cells: list[Cell] = [HEAD_MARK, ROW_HEADING, *(one.heading for one in self.words), *headings]
        height = max(_heading_height(column.question, self.widths[column.column]) for column in columns)
        yield Line(cells, ("plain", *("head small top",) * (len(cells) - 1)), height)

    def _body(self) -> Iterator[Line]:
        for place, one in enumerate(self.book.lines):
            words = [_carried(_in_a_cell(column.texts[place])) for column in self.words]
            texts = [self._answer(question, one) for question in answered_questions()]
            number: Cell = place + 1
            cells: list[Cell] = [row_key(place + 1, key_text(one.key)), number, *words, *texts]
            look = "answer small tinted" if one.settled else "answer small"
            styles = ["plain", "code top", *("asked small tinted",) * len(words), *(look,) * len(texts)]
            yield Line(cells, styles, self._height(cells))

    def _answer(self, question: Question, line: NeedLine) -> str | None:
        text = line.texts.get(question.name, "")
        return _carried(dispositions().get(text.strip(), text) if question.name == DISPOSITION else text)

    def _height(self, cells: Sequence[Cell]) -> float:
        shown = [(text, width) for text, width in zip(cells[2:], self.widths[2:], strict=True) if isinstance(text, str)]
        return max(_LEAST_HEIGHT, *(height_of(lines_of(text, width, SMALL), SMALL) for text, width in shown))

    def _intakes(self) -> Iterator[Intake]:
        for column in self.plan.columns:
            question, area = column.question, self.plan.down(column)
            title, message = f"{question.name} {question.label.ja}", "\n".join(_advice(question))
            if question.name == DISPOSITION:
                yield Intake(area, title, message, choices=f"{LIST_NAME}{DISPOSITION}", strict=True)
            else:
                yield Intake(area, title, message, longest=question.kind.limits().get("longest"))


def _head_of(line: NeedLine) -> str:
    return "\n".join(text for text in (line.control, line.municipality, line.part) if text)


def _said(line: NeedLine) -> str:
    return "\n".join(text for text in (line.note, line.before) if text)


def _advice(question: Question) -> tuple[str, ...]:
    """Return what stands below the heading of a column."""
    hint = (question.hint.ja,) if question.hint else ()
    return (*hint, *taken(question, Setting()))


def _titled(question: Question) -> str:
    return f"{question.name} {question.label.ja}{'（必須）' if question.required else ''}"


def _heading(question: Question) -> Cell:
    told = "\n".join(_advice(question))
    return Rich(((f"{_titled(question)}\n", "small strong"), (told, "tiny grey"))) if told else _titled(question)


def _heading_height(question: Question, width: int) -> float:
    told = "\n".join(_advice(question))
    title = height_of(lines_of(_titled(question), width, SMALL), SMALL)
    return title + (height_of(lines_of(told, width, TINY), TINY) if told else 0)


def _in_a_cell(text: str) -> str:
    """Return words that are only read; those that no cell holds, as drafts of earlier rounds may be, end visibly."""
    return text if fits_a_cell(text) else f"{text[:_SHOWN]}{_GOES_ON}"


def _carried(text: str) -> str | None:
    """Return a text as a workbook can hold it; None for a blank one, and for one that none can hold."""
    return None if not text or UNCARRIED.search(text) else text
