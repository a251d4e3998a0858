"""What was pasted, as its page shows it: every row as it would be read, and what is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext

from questions.answers import BLANK, Entry, Place
from questions.checking import Examination
from questions.model import Question, Table
from questions.problems import Level, Problem
from survey_app import wording
from survey_app.forms import Message
from survey_app.pasting import NOT_A_CONTENT, Line, entries_of, new_ids, ranked, read_block
from survey_app.progress import UNANSWERED, in_what_was_typed
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.ways import Link

LONGEST_QUOTED = 30


@dataclass(frozen=True)
class PastedCell:
    """One cell. ``typed`` is what stands in it, ``read`` what it was read as where that looks different."""

    id: str
    typed: str
    read: str
    messages: tuple[Message, ...]
    aside: bool  # its question is not asked in this row

    @property
    def wrong(self) -> bool:
        """Is it to be mended?"""
        return bool(self.messages)


@dataclass(frozen=True)
class PastedLine:
    """One row. ``missing``: the required answers that it does not give; ``beyond`` what stands in no column."""

    number: int
    cells: tuple[PastedCell, ...]
    missing: int
    beyond: tuple[str, ...]
    fits: bool


class Pasted:
    """A block of cells beside the reply that it is to be added to. Raises TooManyCells when it is made."""

    def __init__(self, opened: Opened, table: Table, text: str, token: str) -> None:
        self.opened, self.table, self.token = opened, table, token
        self._text, reply = text, opened.reply
        present = reply.answers.row_ids(table.name)
        block = read_block(text, table, reply.setting)
        self.block = ranked(block, table, len(present) + 1, reply.setting)
        self.fitting = self.block.lines[: max(0, table.most - len(present))]
        self.over = len(self.block.lines) - len(self.fitting)
        self.ids = new_ids(table, text, token, len(self.fitting))
        self.entries = entries_of(self.fitting, self.ids)
        answers = reply.answers.with_rows(table.name, (*present, *self.ids)).with_entries(self.entries)
        self.examination = Examination(opened.questionnaire, answers, reply.setting)

    @property
    def taken(self) -> bool:
        """Were these rows added already, whatever became of them since?"""
        known = {row for row, _ in self.opened.reply.answers.entries}
        return any(row in known for row in new_ids(self.table, self._text, self.token, 1))

    @cached_property
    def _found(self) -> dict[Place, tuple[Problem, ...]]:
        """What is wrong in the new rows, by place."""
        section = self.opened.questionnaire.section_of[self.table.name]
        new = frozenset(self.ids)
        found: dict[Place, tuple[Problem, ...]] = {}
        for place, entry in self.entries.items():
            if entry.problems:
                found[place] = tuple(problem.at(place[1], place[0]) for problem in entry.problems)
        for problem in self.examination.problems_of(section):
            if problem.row in new and (in_what_was_typed(problem) or problem.code in UNANSWERED):
                found.setdefault(problem.place, (problem,))
        return found

    @cached_property
    def lines(self) -> tuple[PastedLine, ...]:
        """All rows of the block, those beyond the most that the table may have last."""
        rows = [*self.ids, *("" for _ in range(self.over))]
        return tuple(self._line(line, row) for line, row in zip(self.block.lines, rows, strict=True))

    @property
    def shown(self) -> tuple[Question, ...]:
        """The columns that the page shows: those that the block has, and the rank that was given."""
        there = {name for line in self.block.lines for name in line.entries}
        return tuple(one for one in self.table.questions if one.name in there)

    @cached_property
    def problems(self) -> tuple[Link, ...]:
        """The lines of the summary, each with the way to its cell."""
        return tuple(self._links())

    def _links(self) -> Iterator[Link]:
        language = self.opened.language
        for line in self.lines:
            for question, cell in zip(self.shown, line.cells, strict=True):
                for message in cell.messages:
                    text = gettext(
                        "%(line)s行目 %(place)s「%(typed)s」 — %(message)s",
                        line=line.number,
                        place=f"{question.name} {question.label.text(language)}",
                        typed=_quoted(cell.typed),
                        message=message.text,
                    )
                    yield Link(f"#{cell.id}", text)

    def _line(self, line: Line, row: str) -> PastedLine:
        cells = tuple(self._cell(question, line, row) for question in self.shown)
        missing = sum(place[0] == row and _is_missing(found) for place, found in self._found.items()) if row else 0
        return PastedLine(line.number, cells, missing, line.beyond, bool(row))

    def _cell(self, question: Question, line: Line, row: str) -> PastedCell:
        entry = line.entries.get(question.name, BLANK)
        aside = bool(row and entry.texts) and not self.examination.asked(question.name, row)
        messages = () if not row else self._messages(question, entry, row)
        typed = "\n".join(entry.texts)
        read = self._read(question, entry)
        return PastedCell(f"cell-{line.number}-{question.name}", typed, "" if read == typed else read, messages, aside)

    def _read(self, question: Question, entry: Entry) -> str:
        if entry.value is None:
            return ""
        return question.kind.show(entry.value, self.opened.language, self.opened.reply.setting)

    def _messages(self, question: Question, entry: Entry, row: str) -> tuple[Message, ...]:
        problems = self._found.get((row, question.name), ())
        told = [one for one in problems if not _is_missing((one,))]
        messages = [Message(one.level, wording.problem(one, self.opened.language)) for one in told]
        if not messages and any(NOT_A_CONTENT.fullmatch(text.strip()) for text in entry.texts):
            sentence = gettext(
                "Excelで表示できなかった内容です。元のセルの式や列の幅を直して、もう一度写してください。"
            )
            messages.append(Message(Level.CONFIRM, sentence))
        return tuple(messages)


def _is_missing(problems: tuple[Problem, ...]) -> bool:
    return any(problem.code in UNANSWERED for problem in problems)


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTED else f"{plain[:LONGEST_QUOTED]}…"
